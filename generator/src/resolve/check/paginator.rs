//! Paginators: the operation that each belongs to, and the members that it names. What fits and cannot be walked (several
//! tokens, numbers, expressions) is no mistake of the model: planning says so.

use super::checker::{Checker, OPERATIONS};
use crate::json::Path;
use crate::model::{Paginator, Shape, ShapeType};

impl Checker<'_> {
    pub(super) fn check_paginator(&mut self, at: Path<'_>, name: &str, paginator: &Paginator) {
        let Some(operation) = self.model.operations.get(name) else {
            return self.problem(at, "there is no such operation");
        };
        let ends = [("input", &operation.input), ("output", &operation.output)];
        for (key, _) in ends.iter().filter(|(_, end)| end.is_none()) {
            let place = OPERATIONS.key(name).to_string();
            self.problem(at, format!("the operation has no {key}, so that there is no place for a token ({place})"));
        }
        let (Some(input), Some(output)) = (&operation.input, &operation.output) else { return };
        let (input, output) = (self.shape(&input.shape), self.shape(&output.shape));
        if paginator.input_token.as_slice().len() != paginator.output_token.as_slice().len() {
            self.problem(at.key("output_token"), "expected as many tokens as `input_token` has");
        }
        let limit = paginator.limit_key.iter();
        let limits = [ShapeType::Integer, ShapeType::Long, ShapeType::Short, ShapeType::String];
        self.check_paths(at.key("input_token"), input, "input", paginator.input_token.as_slice().iter(), &[]);
        self.check_paths(at.key("limit_key"), input, "input", limit, &limits);
        self.check_paths(at.key("output_token"), output, "output", paginator.output_token.as_slice().iter(), &[]);
        let results = paginator.result_key.iter().flat_map(|keys| keys.as_slice());
        self.check_paths(at.key("result_key"), output, "output", results, &[]);
        self.check_paths(at.key("more_results"), output, "output", paginator.more_results.iter(), &[]);
        let others = paginator.non_aggregate_keys.iter();
        self.check_paths(at.key("non_aggregate_keys"), output, "output", others, &[]);
    }

    /// Checks that each path leads from a shape to a member, of one of some types unless there are none. Of a JMESPath
    /// expression, as much is followed as is a path.
    fn check_paths<'p>(
        &mut self,
        at: Path<'_>,
        from: &Shape,
        end: &str,
        paths: impl Iterator<Item = &'p String>,
        types: &[ShapeType],
    ) {
        for path in paths {
            match self.follow(from, path) {
                Err(member) => self.problem(at, format!("the operation's {end} has no member {member:?}")),
                Ok(Some(kind)) if !types.is_empty() && !types.contains(&kind) => {
                    let names: Vec<&str> = types.iter().map(|kind| kind.name()).collect();
                    self.problem(at, format!("{path:?} is of type {}, not {}", kind.name(), names.join(" or ")));
                }
                Ok(_) => {}
            }
        }
    }

    /// The type of what a path leads to, nothing where it is an expression, or the part of it that is no member.
    fn follow(&self, from: &Shape, path: &str) -> Result<Option<ShapeType>, String> {
        let mut shape = from;
        let mut walked = String::new();
        for step in path.split('.') {
            if step.is_empty() || !step.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
                return Ok(None);
            }
            walked = if walked.is_empty() { step.to_owned() } else { format!("{walked}.{step}") };
            match shape.members.get(step) {
                Some(member) => shape = self.model.shapes.get(&member.shape).ok_or(walked.clone())?,
                None => return Err(walked),
            }
        }
        Ok(Some(shape.kind))
    }
}
