//! The rules: each takes a resolved model and gives places with what is found there.

use std::collections::BTreeMap;
use std::fmt;

use super::facts::{Facts, Occurrences, at_member, at_operation};
use super::marks;
use crate::model::{Member, Operation, Shape, ShapeType};
use crate::names;

/// One thing that a model can get wrong.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Its name in reports and baselines.
    pub name: &'static str,
    /// The finding, and its effect on a user.
    pub about: &'static str,
    find: fn(&Facts<'_>) -> Occurrences,
}

impl Rule {
    pub(super) fn find(&self, facts: &Facts<'_>) -> Occurrences {
        (self.find)(facts)
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Every rule, in the order of reports.
pub const RULES: &[Rule] = &[
    Rule {
        name: "no-throttling-error",
        about: "operations that name no throttling exception, though every operation is throttled",
        find: no_throttling_error,
    },
    Rule {
        name: "no-paginator",
        about: "operations that take and give a token, and that paginators-1.json leaves out",
        find: no_paginator,
    },
    Rule {
        name: "path-without-minimum",
        about: "inputs in the path whose shape has no minimum: an empty one leads to another resource",
        find: path_without_minimum,
    },
    Rule {
        name: "unsafe-without-token",
        about: "operations that write, are not idempotent and take no idempotency token: no failed call can be repeated",
        find: unsafe_without_token,
    },
    Rule {
        name: "unmarked-token",
        about: "members named ClientToken that the model does not call an idempotency token: none is made up",
        find: unmarked_token,
    },
    Rule {
        name: "unmarked-read",
        about: "operations that are named like reads, and that no method or trait lets a client repeat",
        find: marks::unmarked_read,
    },
    Rule {
        name: "unmarked-secret",
        about: "members that are named like tokens, passwords or keys, and that the model does not call sensitive",
        find: marks::unmarked_secret,
    },
    Rule { name: "unused-shape", about: "shapes that no operation reaches", find: unused_shape },
    Rule {
        name: "enum-collision",
        about: "values of one enumeration that differ in case or punctuation only: their variants are numbered",
        find: enum_collision,
    },
];

/// The exceptions that clients of AWS retry as throttling. LimitExceededException and ServiceQuotaExceededException are
/// no such thing: waiting a second does not raise a quota.
const THROTTLING: &[&str] = &["ThrottlingException", "ThrottledException", "TooManyRequestsException"];

fn no_throttling_error(facts: &Facts<'_>) -> Occurrences {
    let throttles = |name: &str| {
        let shape = facts.model.shapes.get(name);
        let code = shape.and_then(|shape| shape.error.as_ref()?.code.as_deref());
        THROTTLING.contains(&code.unwrap_or(name))
            || shape.and_then(|shape| shape.retryable).is_some_and(|retryable| retryable.throttling)
    };
    let silent = facts
        .model
        .operations
        .iter()
        .filter(|(_, operation)| !operation.errors.iter().any(|error| throttles(&error.shape)));
    silent
        .map(|(name, operation)| {
            (at_operation(name), format!("{} errors, none of them throttling", operation.errors.len()))
        })
        .collect()
}

fn no_paginator(facts: &Facts<'_>) -> Occurrences {
    let token = |shape: Option<&Shape>| {
        let mut members = shape?.members.keys();
        members.find(|name| name.eq_ignore_ascii_case("NextToken")).cloned()
    };
    let unpaged = facts.model.operations.iter().filter(|(name, _)| !facts.paginators.contains_key(*name));
    let pages = unpaged.filter_map(|(name, operation)| {
        let (input, output) = (token(input(facts, operation))?, token(output(facts, operation))?);
        Some((at_operation(name), format!("takes {input} and gives {output}")))
    });
    pages.collect()
}

fn path_without_minimum(facts: &Facts<'_>) -> Occurrences {
    let members = facts
        .model
        .operations
        .values()
        .filter_map(|operation| Some((operation.input.as_ref()?, input(facts, operation)?)));
    let labels = members.flat_map(|(input, shape)| {
        let labels = shape.members.iter().filter(|(_, member)| member.location.as_deref() == Some("uri"));
        labels.map(|(name, member)| (at_member(&input.shape, name), member))
    });
    let unbounded = labels.filter_map(|(at, member)| {
        let target = facts.model.shapes.get(&member.shape)?;
        let kind = match target.kind {
            ShapeType::String if target.is_enumeration() => "enumeration",
            ShapeType::String => "string",
            ShapeType::Integer | ShapeType::Long | ShapeType::Short | ShapeType::Byte => "number",
            // A flag or a time is never empty.
            _ => return None,
        };
        target.min.is_none().then(|| (at, format!("the {kind} {} has no `min`", member.shape)))
    });
    unbounded.collect()
}

fn unsafe_without_token(facts: &Facts<'_>) -> Occurrences {
    let safe = |operation: &Operation| {
        let method = operation.http.method.as_str();
        let token = input(facts, operation).is_some_and(|shape| shape.members.values().any(|m| m.idempotency_token));
        operation.readonly || operation.idempotent || token || matches!(method, "GET" | "HEAD")
    };
    let bare = facts.model.operations.iter().filter(|(_, operation)| !safe(operation));
    bare.map(|(name, operation)| (at_operation(name), format!("{} without a token", operation.http.method))).collect()
}

fn unmarked_token(facts: &Facts<'_>) -> Occurrences {
    let inputs = facts
        .model
        .operations
        .values()
        .filter_map(|operation| Some((operation.input.as_ref()?, input(facts, operation)?)));
    let unmarked =
        |(name, member): &(&String, &Member)| name.eq_ignore_ascii_case("ClientToken") && !member.idempotency_token;
    let members = inputs.flat_map(|(input, shape)| {
        let tokens = shape.members.iter().filter(unmarked);
        tokens.map(|(name, _)| (at_member(&input.shape, name), "no `idempotencyToken`".to_owned()))
    });
    members.collect()
}

fn unused_shape(facts: &Facts<'_>) -> Occurrences {
    let unused = facts.model.shapes.iter().filter(|(name, _)| !facts.usage.contains_key(*name));
    unused.map(|(name, shape)| (format!("shapes.{name}"), format!("{:?}", shape.kind).to_lowercase())).collect()
}

fn enum_collision(facts: &Facts<'_>) -> Occurrences {
    let enumerations = facts.model.shapes.iter().filter_map(|(name, shape)| Some((name, shape.values.as_ref()?)));
    let collisions = enumerations.filter_map(|(name, values)| {
        let mut variants: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for value in values {
            variants.entry(names::variant_name(value).to_ascii_lowercase()).or_default().push(value);
        }
        let same: Vec<_> =
            variants.values().filter(|values| values.len() > 1).map(|values| format!("{values:?}")).collect();
        (!same.is_empty()).then(|| (format!("shapes.{name}"), same.join(", ")))
    });
    collisions.collect()
}

fn input<'a>(facts: &Facts<'a>, operation: &Operation) -> Option<&'a Shape> {
    facts.model.shapes.get(&operation.input.as_ref()?.shape)
}

fn output<'a>(facts: &Facts<'a>, operation: &Operation) -> Option<&'a Shape> {
    facts.model.shapes.get(&operation.output.as_ref()?.shape)
}
