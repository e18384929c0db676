//! Takes a model that was read with upstream's documentation, and its plan; gives the model with the HTML turned into
//! Markdown, in which names of the model lead to the items that they became.

use std::collections::BTreeMap;

use super::html::markdown;
use crate::model::ServiceModel;
use crate::plan::{Fate, Response, Service};

/// Whether a model was read with documentation.
pub(crate) fn is_documented(model: &ServiceModel) -> bool {
    let operations = model.operations.values().any(|operation| operation.documentation.is_some());
    let members = |shape: &crate::model::Shape| shape.members.values().any(|member| member.documentation.is_some());
    let shapes = model.shapes.values().any(|shape| shape.documentation.is_some() || members(shape));
    model.documentation.is_some() || operations || shapes
}

/// Turns every text of a model.
pub(crate) fn translate(model: &mut ServiceModel, plan: &Service) {
    let paths = paths(plan);
    let link = |name: &str| paths.get(name).cloned();
    let translate = |text: &mut Option<String>| {
        if let Some(html) = text {
            *html = markdown(html, &link);
        }
    };
    translate(&mut model.documentation);
    for operation in model.operations.values_mut() {
        translate(&mut operation.documentation);
    }
    for shape in model.shapes.values_mut() {
        translate(&mut shape.documentation);
        for member in shape.members.values_mut() {
            translate(&mut member.documentation);
        }
    }
}

/// The paths of operations and shapes, by their names in the model. A name that both bear is the operation's.
fn paths(plan: &Service) -> BTreeMap<String, String> {
    let root = plan.module.as_ref().map_or("crate".to_owned(), |module| format!("crate::{module}"));
    let mut paths = BTreeMap::new();
    for item in &plan.items {
        paths.insert(item.shape.clone(), format!("{root}::types::{}", item.ident));
    }
    for operation in &plan.operations {
        let module = format!("{root}::operation::{}", operation.module);
        let response = match &operation.response {
            Response::Own(response) => Some(response),
            _ => None,
        };
        for structure in response.into_iter().chain([&operation.request]) {
            // A request that stands for a shape of several operations is not what the shape's name means.
            if plan.fates.get(&structure.shape).is_some_and(|fate| matches!(fate, Fate::Item(_))) {
                paths.insert(structure.shape.clone(), format!("{module}::{}", structure.ident));
            }
        }
    }
    for operation in &plan.operations {
        paths.insert(operation.name.clone(), format!("{root}::operation::{}", operation.module));
    }
    paths
}
