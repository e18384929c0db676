//! Context parameters: what operations and members say to the endpoint rule set (Smithy traits `staticContextParams` and
//! `contextParam`). Rejects what the rule set has no parameter for, or one of another type.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Kind, Rules};
use crate::diagnostic::Diagnostics;
use crate::model::{ServiceModel, ShapeType};

/// Checks the whole model against the parameters that the rule set leaves open.
pub(crate) fn check(file: &str, model: &ServiceModel, rules: &Rules) -> Result<(), Diagnostics> {
    let open = rules.parameters();
    let mut problems = Diagnostics::default();
    for (name, operation) in &model.operations {
        for (param, constant) in &operation.static_context_params {
            let at = format!("operations.{name}.staticContextParams.{param}");
            let kind = match &constant.value {
                Value::String(_) => Some(Kind::String),
                Value::Bool(_) => Some(Kind::Boolean),
                _ => None,
            };
            compare(file, at, param, kind, open, &mut problems);
        }
        let members = operation.input.iter().flat_map(|input| {
            model.shapes[&input.shape].members.iter().map(|(member, traits)| (input.shape.as_str(), member, traits))
        });
        for (shape, member, traits) in members {
            let Some(param) = &traits.context_param else { continue };
            let at = format!("shapes.{shape}.members.{member}.contextParam");
            let target = &model.shapes[&traits.shape];
            let kind = match target.kind {
                _ if traits.jsonvalue || target.jsonvalue => None,
                ShapeType::String if target.values.is_none() => Some(Kind::String),
                ShapeType::Boolean => Some(Kind::Boolean),
                _ => None,
            };
            compare(file, at, &param.name, kind, open, &mut problems);
        }
    }
    problems.into_result(())
}

fn compare(
    file: &str,
    at: String,
    param: &str,
    kind: Option<Kind>,
    open: &BTreeMap<String, Kind>,
    problems: &mut Diagnostics,
) {
    match (kind, open.get(param)) {
        (None, _) => problems.push(file, at, "only strings and booleans can be given to the endpoint rule set"),
        (_, None) => problems.push(file, at, format!("the endpoint rule set has no parameter {param:?} to fill")),
        (Some(kind), Some(wanted)) if kind != *wanted => {
            problems.push(
                file,
                at,
                format!("the endpoint rule set wants a {wanted:?} for {param:?}, this is a {kind:?}"),
            );
        }
        _ => {}
    }
}
