//! Traits that are not emitted, and models that contradict themselves, are refused by name: never dropped, never guessed at.

mod paginators;
mod service;
mod shapes;

use serde_json::Value;

use crate::support::{base, from_model, refusal, with};

/// Each row: what is set where in the base model, and the line that refuses it (without the file).
fn refused(rows: &[(&[(&str, Value)], &str)]) {
    for (edits, expected) in rows {
        let said = refusal(&with(edits));
        assert_eq!(said, format!("error: models/x/service-2.json: {expected}\n"), "of {edits:?}");
    }
}

#[test]
fn the_base_model_is_taken() {
    from_model(&base()).expect("nothing is wrong with it");
}
