//! Examples: what the page of an operation reads of a response.

use crate::names::Ident;
use crate::plan::{Example, Item, ItemKind, Operation, Pages, Response, Step, Structure, Type};

/// The most fields of a response that an example prints.
const MOST_READ: usize = 2;

/// The example of an operation. `items` are the shared types of its service.
pub(super) fn of(operation: &Operation, items: &[Item]) -> Example {
    let Some(response) = response(operation, items) else { return Example::default() };
    let pages = operation.paginator.as_ref().map(|paginator| match paginator.items {
        Some((_, Type::List(_) | Type::Map(..))) => Pages::Items,
        _ => Pages::Pages,
    });
    Example { reads: Some(reads(response, operation)), pages }
}

/// The response as it is declared; `None` where it has no members.
fn response<'a>(operation: &'a Operation, items: &'a [Item]) -> Option<&'a Structure> {
    let response = match &operation.response {
        Response::None => None,
        Response::Own(response) => Some(response),
        Response::Shared { ident, .. } => items.iter().find_map(|item| match &item.kind {
            ItemKind::Structure(structure) | ItemKind::Union(structure) if item.ident == *ident => Some(structure),
            _ => None,
        }),
    };
    response.filter(|response| !response.fields.is_empty())
}

/// The fields that a page lists, or the first ones. Tokens of pages are left to the paginator, and secrets are not printed.
fn reads(response: &Structure, operation: &Operation) -> Vec<Ident> {
    let paginator = operation.paginator.as_ref();
    let items = paginator.and_then(|paginator| paginator.items.as_ref()).and_then(|(steps, _)| steps.first());
    let token = paginator.and_then(|paginator| paginator.output_token.first());
    let fields = response.fields.iter().filter(|field| {
        let is = |step: &Step| step.field == field.ident;
        items.map_or(!token.is_some_and(is), is) && !field.sensitive && !matches!(field.ty, Type::Events(_))
    });
    fields.take(MOST_READ).map(|field| field.ident.clone()).collect()
}
