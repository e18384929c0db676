//! Takes an entry of `paginators-1.json`; gives the fields that carry the token and the elements of a page, or the reason
//! why there is no paginator.

use super::structures::is_required;
use super::types::Types;
use super::{Field, Paginator, Step, Structure, Type};
use crate::model;
use crate::resolve::Resolved;

/// Plans the paginator of an operation.
pub(super) fn plan(
    paginator: &model::Paginator,
    request: &Structure,
    output: Option<&str>,
    types: &Types<'_>,
    resolved: &Resolved,
) -> Result<Paginator, String> {
    if paginator.more_results.is_some() {
        return Err("more_results is not supported".to_owned());
    }
    let input_token = single(paginator.input_token.as_slice(), "input_token")?;
    let output_token = single(paginator.output_token.as_slice(), "output_token")?;
    let field: &Field = request
        .fields
        .iter()
        .find(|field| field.member == input_token)
        .ok_or_else(|| format!("the request has no member {input_token:?}"))?;
    if field.ty != Type::Text {
        return Err(format!("the token {input_token:?} is no string"));
    }
    let output = output.ok_or("the operation has no output")?;
    let (output_token, ty) = walk(output_token, output, types, resolved)?;
    if ty != Type::Text {
        return Err("the token of the response is no string".to_owned());
    }
    let items = match &paginator.result_key {
        Some(keys) if keys.as_slice().len() == 1 => {
            let (steps, ty) = walk(&keys.as_slice()[0], output, types, resolved)?;
            match ty {
                Type::List(_) | Type::Map(..) => Some((steps, ty)),
                _ => None,
            }
        }
        // Pages are still given; whoever wants their elements picks one of the lists.
        _ => None,
    };
    Ok(Paginator { input_token: field.ident.clone(), input_required: field.required, output_token, items })
}

fn single<'a>(paths: &'a [String], key: &str) -> Result<&'a str, String> {
    match paths {
        [one] => Ok(one),
        _ => Err(format!("{key} names {} members", paths.len())),
    }
}

/// Follows a path of member names through structures. JMESPath beyond that is not taken.
fn walk(path: &str, output: &str, types: &Types<'_>, resolved: &Resolved) -> Result<(Vec<Step>, Type), String> {
    let mut steps = Vec::new();
    let mut shape = output;
    let mut ty = Type::Structure(String::new());
    for member_name in path.split('.') {
        let structure = &types.model.shapes[shape];
        let member = structure
            .members
            .get(member_name)
            .filter(|_| matches!(ty, Type::Structure(_)) && !structure.union)
            .ok_or_else(|| format!("{path:?} does not lead through members of structures"))?;
        let required = is_required(resolved, shape, structure, member_name);
        let idents = crate::names::unique(structure.members.keys().map(String::as_str), crate::names::field_name);
        steps.push(Step { field: idents[member_name].clone(), required });
        ty = types.of_member(member);
        shape = &member.shape;
    }
    Ok((steps, ty))
}
