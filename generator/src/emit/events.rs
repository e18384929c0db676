//! Streams of events: the table by which a message is read as an event or an exception, and what the crate says of operations
//! whose request is such a stream.

use quote::quote;

use super::tokens::{Scope, ident};
use crate::plan::{Service, Structure};
use crate::render::{Item, Row, Table};

/// The folder of the sources that only a crate with streams of events has.
pub(super) const SOURCES: &str = "src/event_stream";

/// The table of the events and the exceptions of a stream, where a union is one.
pub(super) fn table(scope: &Scope<'_>, union: &Structure) -> Option<Item> {
    let events = union.events.as_ref()?;
    let (root, name) = (scope.root(), ident(&union.ident));
    let variants = union.fields.iter().map(|field| {
        let (variant, member) = (ident(&field.ident), &*field.member);
        Row::new(quote!(event #variant = #member))
    });
    let exceptions = events.exceptions.iter().map(|(member, code)| {
        let (member, code) = (&**member, &**code);
        Row::new(quote!(exception #code = #member))
    });
    let rows: Vec<Row> = variants.chain(exceptions).collect();
    Some(Table::of(quote!(crate::event_stream::events), quote!(#name: #root::Exception)).rows(rows).into())
}

/// The paragraph on the operations that are left out of a service.
pub(super) fn left_out(service: &Service) -> String {
    let names: Vec<String> = service.streamed.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!(
            "\nLeft out, because the request is a stream of events, which HTTP/1.1 cannot send while the response comes:\n{}.\n",
            names.join(", ")
        ),
    }
}
