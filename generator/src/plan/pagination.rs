//! Paginators: the fields that carry the token and the elements of a page.

use super::context::Context;
use super::structures::{Presence, Structure, presence};
use super::types::Type;
use crate::model;
use crate::names::Ident;

/// The pagination of an operation.
#[derive(Debug, Clone)]
pub(crate) struct Paginator {
    /// The field of the request that takes the token.
    pub input_token: Ident,
    pub input_required: bool,
    /// The field of the request that takes the size of a page.
    pub limit: Option<Step>,
    /// The fields that lead to the token in the response.
    pub output_token: Vec<Step>,
    /// The fields that lead to the elements of a page, and their type.
    pub items: Option<(Vec<Step>, Type)>,
}

/// One field on the way into a response.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub field: Ident,
    /// Whether the field is there without an `Option`.
    pub required: bool,
}

/// Plans the paginator of an operation.
///
/// # Errors
/// The reason why there is no paginator.
pub(super) fn plan(
    context: &Context<'_>,
    paginator: &model::Paginator,
    request: &Structure,
    output: Option<&str>,
) -> Result<Paginator, String> {
    if paginator.more_results.is_some() {
        return Err("more_results is not supported".to_owned());
    }
    let input_token = single(paginator.input_token.as_slice(), "input_token")?;
    let output_token = single(paginator.output_token.as_slice(), "output_token")?;
    let field = request
        .fields
        .iter()
        .find(|field| &*field.member == input_token)
        .ok_or_else(|| format!("the request has no member {input_token:?}"))?;
    if field.ty != Type::Text {
        return Err(format!("the token {input_token:?} is not a string"));
    }
    let limit = paginator.limit_key.as_ref().and_then(|key| request.fields.iter().find(|field| *field.member == **key));
    let limit = limit.map(|field| Step { field: field.ident.clone(), required: field.is_required() });
    let output = output.ok_or("the operation has no output")?;
    let (output_token, ty) = walk(context, output_token, output)?;
    if ty != Type::Text {
        return Err("the token of the response is not a string".to_owned());
    }
    let items = match &paginator.result_key {
        Some(keys) if keys.as_slice().len() == 1 => {
            let (steps, ty) = walk(context, &keys.as_slice()[0], output)?;
            matches!(ty, Type::List(_) | Type::Map(..)).then_some((steps, ty))
        }
        // With several lists a caller gets whole pages, and picks one of them.
        _ => None,
    };
    Ok(Paginator { input_token: field.ident.clone(), input_required: field.is_required(), limit, output_token, items })
}

fn single<'a>(paths: &'a [String], key: &str) -> Result<&'a str, String> {
    match paths {
        [one] => Ok(one),
        _ => Err(format!("{key} names {} members", paths.len())),
    }
}

/// Follows a path of member names through structures. JMESPath beyond that is not supported.
fn walk(context: &Context<'_>, path: &str, output: &str) -> Result<(Vec<Step>, Type), String> {
    let mut steps = Vec::new();
    let mut shape = output;
    let mut end = None;
    for name in path.split('.') {
        let structure = &context.model.shapes[shape];
        let within = end.as_ref().is_none_or(|ty| matches!(ty, Type::Structure(_)));
        let member = structure
            .members
            .get(name)
            .filter(|_| within && !structure.union)
            .ok_or_else(|| format!("{path:?} does not lead through members of structures"))?;
        let required = presence(context.resolved, shape, structure, name) == Presence::Required;
        steps.push(Step { field: context.names.members[shape][name].clone(), required });
        end = Some(context.type_of_member(member));
        shape = &member.shape;
    }
    end.map(|ty| (steps, ty)).ok_or_else(|| "an empty path".to_owned())
}
