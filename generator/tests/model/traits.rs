//! Every key that the generator's mirror of the format reads has an effect on what is emitted, is refused, or is listed in
//! `traits/` as no fact, with the reason. A key that the mirror learns to read and that does none of it fails this test.

mod operations;
mod shapes;
mod waiters;

use std::collections::BTreeSet;

use generator::{Files, generate};
use quote::ToTokens;
use serde_json::{Value, json};
use syn::Item;

use crate::support::{of_model, root, tree, with};

/// A value that is set at a place of the base model or, under `pagination` and `paginators`, of its paginators, or under
/// `waiters` and `waiting` of its waiters.
type Edit = (&'static str, Value);

/// A key, what is set before it, what is set with it, and what becomes of it.
type Row = (&'static str, Vec<Edit>, Vec<Edit>, Becomes);

/// The treatment of a key.
enum Becomes {
    /// The emitted code differs.
    Seen,
    /// The model is refused, in words that hold these.
    Refused(&'static str),
    /// Nothing differs, for this reason.
    NoFact(&'static str),
}

const XML: &str = "names and forms of elements belong to the XML protocols";
const EVENTS: &str = "only a request that is a stream of events needs HTTP/2, and that is left out";

/// A rule set with a parameter that operations and members may fill.
const RULES: &str = r#"{
    "version": "1.0",
    "parameters": { "Stage": { "type": "string" } },
    "rules": [{ "type": "endpoint", "conditions": [], "endpoint": { "url": "https://example.com" } }]
}"#;

/// A row of one edit.
fn row(key: &'static str, path: &'static str, value: Value, becomes: Becomes) -> Row {
    (key, Vec::new(), vec![(path, value)], becomes)
}

#[test]
fn every_key_of_the_format_is_seen_refused_or_no_fact() {
    let mut left = mirror();
    for (key, before, after, becomes) in operations::rows().into_iter().chain(shapes::rows()).chain(waiters::rows()) {
        assert!(left.remove(key), "{key} is not read by the mirror, or stands here twice");
        let (before, after) = (emitted(&before, &[]), emitted(&before, &after));
        match becomes {
            Becomes::Seen => {
                assert!(after.is_ok(), "{key}: {:?}", after.err());
                assert!(before != after, "{key} changes nothing");
            }
            Becomes::Refused(words) => {
                let said = after.expect_err(key);
                assert!(said.contains(words), "{key}: {said}");
            }
            Becomes::NoFact(reason) => {
                assert!(!reason.is_empty(), "{key} has no reason");
                assert!(before.is_ok() && before == after, "{key} is a fact after all: {:?}", after.err());
            }
        }
    }
    assert!(left.is_empty(), "the mirror reads keys that nothing is said of here: {left:?}");
}

/// The emitted files without the runtime, or the problems.
fn emitted(before: &[Edit], after: &[Edit]) -> Result<Files, String> {
    let all = before.iter().chain(after).cloned();
    let (paging, model): (Vec<_>, Vec<_>) = all.partition(|(path, _)| path.starts_with("paginat"));
    let (waiting, model): (Vec<_>, Vec<_>) = model.into_iter().partition(|(path, _)| path.starts_with("wait"));
    let mut inputs = of_model(&with(&model).to_string());
    inputs.services[0].rule_set = Some(RULES.to_owned());
    inputs.services[0].paginators = file(paging, "paginators.");
    inputs.services[0].waiters = file(waiting, "waiting.");
    generate(&inputs).map_err(|problems| problems.to_string())
}

/// A file of values at their places, of which `head` starts those at its top.
fn file(edits: Vec<Edit>, head: &str) -> Option<String> {
    let mut file = json!({});
    for (path, value) in &edits {
        let path = path.strip_prefix(head).unwrap_or(path);
        *path.split('.').fold(&mut file, |place, step| match step.parse::<usize>() {
            Ok(index) => &mut place[index],
            Err(_) => &mut place[step],
        }) = value.clone();
    }
    (!edits.is_empty()).then(|| file.to_string())
}

/// The keys that the mirror reads, as `Struct.key`, from its source: each is the first argument of a method of `fields`.
fn mirror() -> BTreeSet<String> {
    let sources = tree(&root().join("generator/src/model"));
    let top = root().join("generator/src/model.rs");
    let files = sources.values().chain([&top]).map(|path| std::fs::read_to_string(path).expect("a source"));
    let items = files.flat_map(|text| syn::parse_file(&text).expect("Rust").items);
    let mut keys = BTreeSet::new();
    for item in items {
        let noun = match &item {
            Item::Impl(item) => item.self_ty.to_token_stream().to_string(),
            Item::Fn(item) => item.sig.ident.to_string(),
            _ => continue,
        };
        let text = item.to_token_stream().to_string();
        for call in text.split("fields . ").skip(1) {
            let key = call.split_once("(\"").filter(|(method, _)| !method.contains([';', ')']));
            let key = key.and_then(|(_, rest)| rest.split_once('"')).map(|(key, _)| key);
            keys.extend(key.map(|key| format!("{noun}.{key}")));
        }
    }
    assert!(keys.contains("Shape.enum") && keys.contains("Metadata.apiVersion"), "{keys:?}");
    keys
}
