//! Goldens of small rule sets: what they compile to stands in files beside them. `templates/tests/endpoint/rules.rs`
//! compiles those files and asks each the questions in its `cases.json`.
//!
//! `UPDATE_GOLDEN=1 cargo test -p generator --test main endpoint::compiled` rewrites the files; read the difference before committing it.

use std::path::{Path, PathBuf};

use generator::endpoint;
use proc_macro2::TokenStream;

use crate::support::golden;

#[test]
fn functions() {
    golden_rules("functions");
}

#[test]
fn arns_urls_headers_and_auth_schemes() {
    golden_rules("arn");
}

#[test]
fn parameters_and_their_names() {
    golden_rules("parameters");
}

#[test]
fn what_is_known_before_run_time() {
    golden_rules("folding");
}

#[test]
fn choices_between_values() {
    golden_rules("choices");
}

#[test]
fn a_service_without_rules() {
    let resolver = endpoint::Rules::standard("model.json", "some.service").expect("a host name");
    check(resolver.items(), "standard/endpoint.rs");
    let error = endpoint::Rules::standard("model.json", "evil/#").expect_err("no host name").to_string();
    assert_eq!(error, "error: model.json: metadata.endpointPrefix: \"evil/#\" cannot be a part of a host name\n");
}

#[test]
fn partitions() {
    let table = endpoint::Partitions::read("partitions.json", &read("partitions/partitions.json"));
    check(table.expect("a valid table").items(), "partitions/partitions.rs");
}

#[test]
fn the_real_partition_table() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/partitions.json");
    let text = std::fs::read_to_string(file).expect("the table is checked in");
    let items = render(endpoint::Partitions::read("partitions.json", &text).expect("a valid table").items());
    // The forms describe every listed region but the global ones.
    let listed: Vec<_> = items.lines().filter(|line| line.contains("regions: ")).collect();
    assert!(listed.iter().all(|line| line.contains("regions: &[]") || line.contains("-global\"]")), "{listed:#?}");
}

#[test]
fn the_order_of_keys_does_not_matter() {
    let text = read("arn/rule-set.json");
    let reversed = reverse(&serde_json::from_str(&text).expect("JSON"));
    assert_ne!(text, reversed);
    let [one, other] =
        [text, reversed].map(|text| render(endpoint::Rules::compile("rules.json", &text).expect("valid").items()));
    assert_eq!(one, other);
}

#[test]
fn the_parameters_that_operations_may_fill() {
    let resolver = endpoint::Rules::compile("rules.json", &read("parameters/rule-set.json")).expect("a valid rule set");
    let names: Vec<_> = resolver.parameters().keys().map(String::as_str).collect();
    let expected = ["Names", "Others", "Params", "Unread", "UnreadRequired", "fooBar", "foo_bar", "self", "type"];
    assert_eq!(names, expected);
    assert_eq!(resolver.parameters().get("Names"), Some(&endpoint::Kind::Strings));
}

fn golden_rules(case: &str) {
    let file = format!("{case}/rule-set.json");
    let resolver = endpoint::Rules::compile(&file, &read(&file)).unwrap_or_else(|errors| panic!("{errors}"));
    check(resolver.items(), &format!("{case}/endpoint.rs"));
}

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/endpoint").join(file)
}

fn read(file: &str) -> String {
    std::fs::read_to_string(path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn check(items: TokenStream, file: &str) {
    let emitted = render(items);
    if golden::updating() {
        std::fs::create_dir_all(path(file).parent().expect("a file in a folder")).expect("a folder");
        std::fs::write(path(file), &emitted).expect("a writable file");
    }
    golden::compare(&format!("generator/tests/endpoint/{file}"), &read(file), &emitted, "endpoint::compiled");
}

fn render(items: TokenStream) -> String {
    let mut file: syn::File = syn::parse2(items).expect("Rust");
    let items = std::mem::take(&mut file.items);
    let items = items.into_iter().map(|item| {
        file.items = vec![item];
        prettyplease::unparse(&file)
    });
    items.collect::<Vec<_>>().join("\n")
}

/// The JSON text of a value, with the keys of every object in reverse.
fn reverse(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Array(elements) => {
            format!("[{}]", elements.iter().map(reverse).collect::<Vec<_>>().join(","))
        }
        serde_json::Value::Object(map) => {
            let entries = map
                .iter()
                .rev()
                .map(|(key, value)| format!("{}:{}", serde_json::Value::from(key.as_str()), reverse(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}
