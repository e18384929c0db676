//! Keys that every entry has, or several.

use crate::json::{Fields, Json};

/// Why an entry exists. Everyone has to say so.
pub(super) fn reason(fields: &mut Fields<'_, '_>) -> String {
    fields.required("reason", |reader, node| {
        let reason = reader.text(node);
        if reason.trim().is_empty() && node.value.as_str().is_some() {
            reader.problem(node.path, "the reason is empty: say what upstream gets wrong");
        }
        reason
    })
}

/// A list that must name something.
pub(super) fn names(fields: &mut Fields<'_, '_>, key: &'static str) -> Vec<String> {
    fields.required(key, |reader, node| {
        let names = reader.texts(node);
        if matches!(node.value, Json::Array(elements) if elements.is_empty()) {
            reader.problem(node.path, "the list is empty: the entry does nothing");
        }
        names
    })
}
