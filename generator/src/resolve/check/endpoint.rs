//! Endpoint parameters: the values that operations and members pass to the rule set (Smithy traits `staticContextParams` and
//! `contextParam`).

use std::collections::BTreeMap;

use super::checker::{Checker, SHAPES};
use crate::endpoint::Kind;
use crate::json::{Json, Path};
use crate::model::{Operation, ShapeType};

impl Checker<'_> {
    pub(super) fn check_params(&mut self, at: Path<'_>, operation: &Operation, open: &BTreeMap<String, Kind>) {
        let constants = at.key("staticContextParams");
        for (param, constant) in &operation.static_context_params {
            let kind = match &constant.value {
                Json::String(_) => Some(Kind::String),
                Json::Bool(_) => Some(Kind::Boolean),
                _ => None,
            };
            self.check_param(constants.key(param), param, kind, open);
        }
        let Some(input) = &operation.input else { return };
        let shape = SHAPES.key(&input.shape);
        let members = shape.key("members");
        for (name, member) in &self.shape(&input.shape).members {
            let Some(param) = &member.context_param else { continue };
            let target = self.shape(&member.shape);
            let kind = match target.kind {
                _ if member.jsonvalue || target.jsonvalue => None,
                ShapeType::String if target.values.is_none() => Some(Kind::String),
                ShapeType::Boolean => Some(Kind::Boolean),
                _ => None,
            };
            self.check_param(members.key(name).key("contextParam"), &param.name, kind, open);
        }
    }

    fn check_param(&mut self, at: Path<'_>, param: &str, kind: Option<Kind>, open: &BTreeMap<String, Kind>) {
        let problem = match (kind, open.get(param)) {
            (None, _) => "only strings and booleans can be given to the endpoint rule set".to_owned(),
            (_, None) => format!("the endpoint rule set has no parameter {param:?} to fill"),
            (Some(kind), Some(wanted)) if kind != *wanted => {
                format!("the endpoint rule set wants {} for {param:?}, this is {}", wanted.name(), kind.name())
            }
            _ => return,
        };
        self.problem(at, problem);
    }
}
