//! The account of the real models: nothing of them is lost on the way to the crate, and what it has is what they say.

use std::collections::{BTreeMap, BTreeSet};

use generator::{Inputs, ShapeStatus, account, generate};
use serde_json::Value;

use crate::support::read;
use crate::support::real::{FOLDER, FRESH, MODEL, connect, emit, operations, real, shapes};

#[test]
fn everything_in_the_model_is_emitted_or_listed() {
    let inputs = connect();
    let account = account(&inputs).unwrap_or_else(|errors| panic!("{errors}"));
    let of = |kind: &str| -> BTreeMap<&str, &ShapeStatus> {
        let prefix = format!("{FOLDER}/service-2.json").replace("/service-2.json", &format!(": {kind}."));
        account.iter().filter_map(|(place, fate)| Some((place.strip_prefix(&prefix)?, fate))).collect()
    };
    let (operations, all) = (of("operations"), of("shapes"));
    let known = |kind: &str| MODEL[kind].as_object().expect(kind).keys().map(String::as_str).collect::<BTreeSet<_>>();
    assert_eq!(operations.keys().copied().collect::<BTreeSet<_>>(), known("operations"));
    assert_eq!(all.keys().copied().collect::<BTreeSet<_>>(), known("shapes"));
    assert!(operations.values().all(|fate| matches!(fate, ShapeStatus::Item(_))), "an operation is not emitted");

    // Every structure and enumeration is an item of the file that the account names.
    let is = |shape: &Value, kind: &str| shape["type"] == kind;
    let structures = shapes(|shape| is(shape, "structure"));
    let enumerations = shapes(|shape| is(shape, "string") && shape["enum"].is_array());
    let mut omitted = Vec::new();
    for name in structures.union(&enumerations) {
        match all[name] {
            ShapeStatus::Item(path) => {
                let text = FRESH.get(&format!("src/{path}")).unwrap_or_else(|| panic!("{name}: no file {path}"));
                let words = text.split(|c: char| !c.is_ascii_alphanumeric());
                assert!(words.into_iter().any(|word| word == *name), "{name} is not in {path}");
            }
            ShapeStatus::Omitted(reason) => omitted.push((*name, reason.as_str())),
            ShapeStatus::Inlined(ty) => panic!("{name} has no item: it became {ty}"),
        }
    }
    assert!(omitted.iter().all(|(_, reason)| *reason == "no operation reaches it"), "{omitted:?}");
    // What has no item is a type wherever it is used, or unreached.
    for name in known("shapes").difference(&structures.union(&enumerations).copied().collect()) {
        assert!(matches!(all[name], ShapeStatus::Inlined(_) | ShapeStatus::Omitted(_)), "{name}: {:?}", all[name]);
    }
}

/// The same of every service beside Connect: each item of the account is a file of the service's module.
#[test]
fn everything_in_the_models_beside_it_is_emitted_or_listed() {
    let inputs = real();
    let account = account(&inputs).unwrap_or_else(|errors| panic!("{errors}"));
    for service in inputs.services.iter().filter(|service| service.module.is_some()) {
        let model: Value = serde_json::from_str(&service.model).expect("JSON");
        for kind in ["operations", "shapes"] {
            for name in model[kind].as_object().expect(kind).keys() {
                let place = format!("{}: {kind}.{name}", service.folder);
                match account.get(&place).unwrap_or_else(|| panic!("{place} is lost")) {
                    ShapeStatus::Item(path) => {
                        let here = path.starts_with(&format!("{}/", service.module.as_deref().unwrap_or_default()));
                        assert!(here && FRESH.contains_key(&format!("src/{path}")), "{place}: no file {path}");
                    }
                    ShapeStatus::Omitted(reason) => {
                        let known = kind == "shapes" && reason == "no operation reaches it";
                        assert!(known, "{place} is not emitted: {reason}");
                    }
                    ShapeStatus::Inlined(_) => assert_eq!(kind, "shapes", "{place}"),
                }
            }
        }
    }
}

/// Readers and compilers alike pay by the line: so many for each operation and shape, the runtime included. The modules are not
/// counted, for a program that does not ask for them does not pay for them.
#[test]
fn the_crate_without_its_modules_stays_within_its_lines() {
    let files = emit(&connect());
    // Nor are the files that a feature asks for.
    let asked_for = ["src/builders.rs", "src/sdk_compat.rs", "src/runtime/sdk", "src/runtime/testing"];
    let is_asked_for = |path: &str| asked_for.iter().any(|asked| path.starts_with(asked));
    let counted = files.iter().filter(|(path, _)| path.starts_with("src/") && !is_asked_for(path));
    let lines: usize = counted.map(|(_, text)| text.lines().count()).sum();
    let items = operations().len() + shapes(|_| true).len();
    assert!(lines < 42 * items, "{lines} lines for {items} operations and shapes");
}

#[test]
fn every_operation_has_a_file_and_every_exception_a_variant() {
    let files: Vec<_> = FRESH.iter().filter(|(path, _)| path.starts_with("src/operation/")).collect();
    let count = |needle: &str| files.iter().filter(|(_, text)| text.contains(needle)).count();
    assert_eq!(files.len(), operations().len());
    assert_eq!(count("runtime::request! {"), operations().len());
    // `cargo test --doc` compiles the examples.
    assert_eq!(count("runtime::example!(client."), operations().len());
    assert_eq!(count("runtime::operation! {"), operations().len());
    let is_paginated = |line: &str| line.trim_start().starts_with("traits: [") && line.contains("paginated");
    let paginated = files.iter().filter(|(_, text)| text.lines().any(is_paginated)).count();
    assert_eq!(count("runtime::pages! {"), paginated);
    let exceptions = shapes(|shape| shape["exception"] == true);
    let codes = FRESH["src/error.rs"].lines().filter(|line| line.contains(" = \"") && !line.starts_with('#'));
    assert_eq!(codes.count(), exceptions.len());
    // A sensitive shape hides itself, or every member that is one hides it.
    let sensitive = shapes(|shape| shape["sensitive"] == true);
    let hidden: usize = FRESH.values().map(|text| text.matches(".sensitive()").count()).sum();
    assert!(hidden >= sensitive.len(), "{hidden} for {sensitive:?}");
}

/// An operation that takes a token and answers one can be paged through, and says by that token where paging goes on. The
/// exceptions are those that upstream lists no pages of, which are known findings of the lint.
#[test]
fn every_operation_that_answers_a_token_is_paged() {
    let members = |operation: &Value, end: &str| -> Vec<String> {
        let shape = operation[end]["shape"].as_str().and_then(|name| MODEL["shapes"][name]["members"].as_object());
        shape.into_iter().flat_map(|members| members.keys().map(|name| name.to_lowercase())).collect()
    };
    let lint: Value = serde_json::from_str(&read("models/connect/lint.json")).expect("JSON");
    let unlisted = |name: &str| {
        let places = lint["no-paginator"].as_array().expect("places");
        places.iter().any(|place| *place == format!("operations.{name}"))
    };
    for (name, operation) in operations() {
        let has = |end| members(operation, end).contains(&"nexttoken".to_owned());
        let method = format!("        http: {} ", operation["http"]["method"]);
        let head = format!("        name: {name:?},");
        let text = FRESH.values().find(|text| text.contains(&head) && text.contains(&method)).expect(name);
        let pages = text.split_once("runtime::pages! {").map(|(_, pages)| pages);
        assert!(
            pages.is_some() || !(has("input") && has("output")) || unlisted(name),
            "{name} has tokens and no pages"
        );
        if let Some(pages) = pages {
            let field = pages.split_once("token(").and_then(|(_, row)| row.split_once("?),")).expect(name).0;
            assert!(text.contains(&format!("        {field}: optional text = ")), "{name}: there is no {field} to set");
        }
    }
}

/// Of the shapes that contain themselves, those that do so directly and not through a list or a map are held in boxes.
#[test]
fn recursion_is_boxed_where_a_structure_would_have_no_end() {
    let references = |name: &str, through: bool| -> Vec<&'static str> {
        let shape = &MODEL["shapes"][name];
        let members = shape["members"].as_object().into_iter().flat_map(|members| members.values());
        let parts = ["member", "key", "value"].into_iter().map(|part| &shape[part]);
        let targets = members.chain(parts).filter_map(|part| part["shape"].as_str());
        targets.filter(|target| through || MODEL["shapes"][*target]["type"] == "structure").collect()
    };
    let recursive = |through: bool| -> BTreeSet<&str> {
        let contains_itself = |name: &&str| {
            let (mut seen, mut open) = (BTreeSet::new(), references(name, through));
            while let Some(next) = open.pop() {
                if seen.insert(next) {
                    open.extend(references(next, through));
                }
            }
            seen.contains(name)
        };
        shapes(|_| true).into_iter().filter(contains_itself).collect()
    };
    let directly = recursive(false);
    assert!(directly.is_subset(&recursive(true)));
    let files = FRESH.iter().filter(|(path, _)| path.starts_with("src/types/") || path.starts_with("src/operation/"));
    let boxed: BTreeSet<_> = files
        .filter(|(_, text)| text.contains("boxed(") || text.contains("Box<"))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(!directly.is_empty(), !boxed.is_empty(), "{directly:?} {boxed:?}");
    for path in boxed {
        let is_in = |name: &str| {
            FRESH[path].contains(&format!("\n    {name} ")) || FRESH[path].contains(&format!("pub enum {name} "))
        };
        let inside = directly.iter().any(|name| is_in(name));
        assert!(inside, "{path} holds a box, and nothing in it contains itself");
    }
}

#[test]
fn chosen_operations_come_with_what_they_reach_byte_for_byte() {
    let names = ["ListUsers", "DescribeUser", "SearchUsers"].map(str::to_owned).into();
    let chosen = Inputs { operations: names, ..connect() };
    let files = emit(&chosen);
    // The list of exceptions is of the whole, as that of types is.
    let is_list = |path: &str| path == "src/types/error.rs";
    let items = |path: &str| (path.starts_with("src/types/") || path.starts_with("src/operation/")) && !is_list(path);
    let few: Vec<_> = files.iter().filter(|(path, _)| items(path)).collect();
    let all = FRESH.keys().filter(|path| items(path)).count();
    assert!(few.len() > 3 && few.len() * 5 < all, "{} of {all} files", few.len());
    for (path, text) in few {
        assert!(FRESH[path] == *text, "{path} is not as in the whole crate");
    }
    assert_eq!(files.keys().filter(|path| path.starts_with("src/operation/")).count(), 3);
    // Everything else is listed, and whatever is said to be emitted is there.
    let account = account(&chosen).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(account.len(), operations().len() + shapes(|_| true).len());
    for (place, fate) in account {
        if let ShapeStatus::Item(path) = fate {
            assert!(files.contains_key(&format!("src/{path}")), "{place}: no file {path}");
        }
    }
}

#[test]
fn operations_that_are_not_there_are_told_what_is_nearest() {
    let operations = ["ListUser", "describecontact"].map(str::to_owned).into();
    let problems = generate(&Inputs { operations, ..connect() }).expect_err("no such operations").to_string();
    for (asked, nearest) in [("ListUser", "ListUsers"), ("describecontact", "DescribeContact")] {
        let said = format!(
            "error: {FOLDER}/service-2.json: operations: there is no operation {asked:?}; the nearest are {nearest}, "
        );
        assert!(problems.contains(&said), "{said} in:\n{problems}");
    }
    assert_eq!(problems.lines().count(), 2, "{problems}");
}

#[test]
fn what_the_overrides_mark_is_marked_in_the_crate() {
    let mut reads = 0;
    for service in real().services {
        let Some((_, text)) = &service.overrides else { continue };
        let overrides: toml::Table = text.parse().expect("TOML");
        let marks = overrides.get("readonly").and_then(toml::Value::as_array).into_iter().flatten();
        let operations = marks.flat_map(|mark| mark["operations"].as_array().expect("a list"));
        for name in operations.map(|name| name.as_str().expect("a name")) {
            let heading = format!(" from {}/service-2.json: operations.{name}.", service.folder);
            let file = FRESH.values().find(|text| text.lines().next().is_some_and(|line| line.contains(&heading)));
            let traits = file.expect(name).lines().find_map(|line| line.trim().strip_prefix("traits: ")).unwrap_or("");
            assert!(traits.contains("safe"), "{name} is not repeated");
            reads += 1;
        }
    }
    assert!(reads > 0, "nothing is marked");
}

#[test]
fn tokens_of_participants_are_sensitive_wherever_they_are() {
    let rows = FRESH.values().flat_map(|text| text.lines());
    let tokens = ["(\"ConnectionToken\")", "(\"ParticipantToken\")", ".wire(\"X-Amz-Bearer\")"];
    let rows: Vec<&str> = rows.filter(|row| tokens.iter().any(|token| row.contains(token))).collect();
    assert!(!rows.is_empty());
    let shown: Vec<_> = rows.into_iter().filter(|row| !row.contains(".sensitive()")).collect();
    assert!(shown.is_empty(), "{shown:?}");
}
