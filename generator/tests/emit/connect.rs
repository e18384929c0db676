//! The real model of Connect: what is checked in is what is generated now, from any order of keys, and nothing of the model
//! is lost on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;
use std::thread;

use generator::{Files, Inputs, ServiceInputs, ShapeStatus, account, generate};
use serde_json::Value;

use crate::support::shuffle::shuffled;
use crate::support::{inputs, read, read_optional, root, templates, tree};

/// The folder of the first service in models.toml.
const FOLDER: &str = "models/connect/2017-08-08";

/// The inputs of the checked-in crate, as `cargo xtask codegen` reads them.
fn real() -> Inputs {
    let manifest: toml::Table = read("models/models.toml").parse().expect("TOML");
    let services = manifest["services"].as_array().expect("services");
    let service = |service: &toml::Value| {
        let text = |key: &str| service.get(key).and_then(toml::Value::as_str).map(str::to_owned);
        let (name, api) = (text("name").expect("a name"), text("api").expect("an API"));
        let folder = format!("models/{name}/{api}");
        let overrides = format!("models/{name}/overrides.toml");
        let resources = format!("models/{name}/resources.toml");
        let areas = format!("models/{name}/areas.toml");
        let names = format!("models/{name}/names.toml");
        ServiceInputs {
            module: text("module"),
            model: read(&format!("{folder}/service-2.json")),
            paginators: read_optional(&format!("{folder}/paginators-1.json")),
            waiters: read_optional(&format!("{folder}/waiters-2.json")),
            rule_set: read_optional(&format!("{folder}/endpoint-rule-set-1.json")),
            overrides: read_optional(&overrides).map(|text| (overrides, text)),
            resources: read_optional(&resources).map(|text| (resources, text)),
            areas: read_optional(&areas).map(|text| (areas, text)),
            names: read_optional(&names).map(|text| (names, text)),
            folder,
        }
    };
    Inputs {
        crate_name: "amazon-connect".to_owned(),
        services: services.iter().map(service).collect(),
        templates: templates(),
        ..inputs(ServiceInputs::default())
    }
}

/// Connect alone: what is said about numbers of things is said of it.
fn connect() -> Inputs {
    let mut inputs = real();
    inputs.services.retain(|service| service.folder == FOLDER);
    inputs
}

fn emit(inputs: &Inputs) -> Files {
    generate(inputs).unwrap_or_else(|errors| panic!("{errors}"))
}

static FRESH: LazyLock<Files> = LazyLock::new(|| emit(&real()));
static MODEL: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&read(&format!("{FOLDER}/service-2.json"))).expect("JSON"));

#[test]
fn what_is_checked_in_is_what_is_generated() {
    let mut found = tree(&root().join("generated/src"));
    let mut wrong = Vec::new();
    for (path, text) in &*FRESH {
        let Some(path) = path.strip_prefix("src/") else { continue };
        match found.remove(path).map(|file| fs::read_to_string(file).expect("a source")) {
            None => wrong.push(format!("missing: {path}")),
            Some(found) if found != *text => wrong.push(format!("stale: {path}")),
            Some(_) => {}
        }
    }
    wrong.extend(found.keys().map(|path| format!("extra: {path}")));
    assert!(wrong.is_empty(), "{}\nrun `cargo xtask codegen` to mend generated/src", wrong.join("\n"));
}

/// The checked-in crate is completed as one that stands alone: by the features of its manifest, and by whole files.
#[test]
fn the_checked_in_crate_is_completed_as_one_that_stands_alone() {
    let features = |text: &str| {
        let start = text.find("\n[features]\n").expect("features");
        text[start..].trim_start().split("\n\n").next().expect("a section").to_owned()
    };
    assert_eq!(features(&read("generated/Cargo.toml")), features(&FRESH["Cargo.toml"]), "run `cargo xtask codegen`");
    for path in ["examples/wire.rs", "NOTICE"] {
        assert_eq!(read(&format!("generated/{path}")), FRESH[path], "run `cargo xtask codegen` to mend {path}");
    }
}

/// A crate of one service has no feature and no word of the others.
#[test]
fn a_crate_of_one_service_knows_no_other() {
    let alone = emit(&connect());
    let others = real().services.into_iter().filter_map(|service| service.module);
    for module in others {
        for path in ["Cargo.toml", "examples/wire.rs", "src/lib.rs"] {
            assert!(FRESH[path].contains(&module), "{module} is not in {path}");
            assert!(!alone[path].contains(&module), "{module} is in {path}");
        }
    }
    let differ = |path: &&String| path.starts_with("src/") && *path != "src/lib.rs" && FRESH[*path] != alone[*path];
    assert_eq!(alone.keys().filter(differ).count(), 0, "a module changes what is beside it");
}

/// The length that the model gives the shape of a member of `DescribeContact`'s input.
fn length(member: &str) -> String {
    let shape =
        &MODEL["shapes"][MODEL["shapes"]["DescribeContactRequest"]["members"][member]["shape"].as_str().expect(member)];
    format!("{} to {}", shape["min"], shape["max"])
}

/// The file that everyone reads first: it says all that goes over the wire, in the words of the model.
#[test]
fn describe_contact_reads_as_what_it_sends() {
    let text = &FRESH["src/operation/describe_contact.rs"];
    let (contact, instance) = (length("ContactId"), length("InstanceId"));
    let contact_id = format!(
        "`ContactId`, in the path as `{{ContactId}}`. Required. {contact} characters. Identifies what `DescribeContact` reads."
    );
    let instance_id = format!(
        "`InstanceId`, in the path as `{{InstanceId}}`. Required. {instance} characters. Identifies what `DescribeInstance` reads."
    );
    let request = format!(
        "#[non_exhaustive]
pub struct DescribeContactRequest {{
    /// {contact_id}
    pub contact_id: String,
    /// {instance_id}
    pub instance_id: String,
}}

runtime::members! {{
    request DescribeContactRequest {{
        contact_id: label(\"ContactId\").required(),
        instance_id: label(\"InstanceId\").required(),
    }}
}}
"
    );
    let setters = format!(
        "runtime::call!(DescribeContactCall<A: contact_id, B: instance_id>(DescribeContactRequest => DescribeContactResponse));

impl<A, B> DescribeContactCall<A, B> {{
    /// {contact_id}
    pub fn contact_id(
        mut self,
        value: impl Into<String>,
    ) -> DescribeContactCall<runtime::Set, B> {{
        self.input.contact_id = value.into();
        runtime::call::given(self, 0)
    }}

    /// {instance_id}
    pub fn instance_id(
        mut self,
        value: impl Into<String>,
    ) -> DescribeContactCall<A, runtime::Set> {{
        self.input.instance_id = value.into();
        runtime::call::given(self, 1)
    }}
}}
"
    );
    let errors = MODEL["operations"]["DescribeContact"]["errors"].as_array().expect("errors");
    let errors: Vec<_> =
        errors.iter().map(|error| format!("\"{}\"", error["shape"].as_str().expect("a name"))).collect();
    // Method, operation, request, response, setters: what a reader asks first comes first.
    let mut parts = vec![
        "// @generated by `cargo xtask codegen` from models/connect/2017-08-08/service-2.json: operations.DescribeContact. Do not edit.
//! Describes a contact: `GET /contacts/{InstanceId}/{ContactId}`.
",
        "    pub fn describe_contact(&self) -> DescribeContactCall {
",
        "runtime::operation! {
    DescribeContactRequest => DescribeContactResponse {
        service: crate::Connect,
        name: \"DescribeContact\",
        http: \"GET\" \"/contacts/{InstanceId}/{ContactId}\",
        traits: [safe],
        errors: [
",
    ];
    parts.extend(errors.iter().map(String::as_str));
    parts.extend([
        &request,
        "pub struct DescribeContactResponse {
    /// `Contact`. See [the fields of `Contact`](crate::types::Contact).
    pub contact: Option<Contact>,
",
        &setters,
    ]);
    let mut rest = text.as_str();
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            panic!("this is not there, or not in its place:\n{part}\nof:\n{text}");
        };
        rest = after;
    }
    assert!(text.lines().count() <= 100, "more than a page: {} lines", text.lines().count());
}

#[test]
fn any_order_of_keys_gives_the_same_bytes() {
    let seed = 20_170_808;
    let mut mixed = real();
    mixed.partitions = shuffled(&mixed.partitions, seed);
    for service in &mut mixed.services {
        let model = shuffled(&service.model, seed);
        assert_ne!(model, service.model);
        service.model = model;
        service.paginators = service.paginators.as_ref().map(|text| shuffled(text, seed));
        service.rule_set = service.rule_set.as_ref().map(|text| shuffled(text, seed));
    }
    // A second run at the same time: nothing is kept between runs, and no thread of one is seen by the other.
    let (mixed, again) = thread::scope(|scope| {
        let mixed = scope.spawn(|| emit(&mixed));
        let again = scope.spawn(|| emit(&real()));
        (mixed.join().expect("no panic"), again.join().expect("no panic"))
    });
    same(&again, &FRESH, "a second run");
    same(&mixed, &FRESH, "other keys first");
}

/// Compares without printing 100,000 lines where they differ.
fn same(one: &Files, other: &Files, what: &str) {
    let names = |files: &Files| files.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(one), names(other), "{what}");
    let differ: Vec<_> = one.iter().filter(|(path, text)| other[*path] != **text).map(|(path, _)| path).collect();
    assert!(differ.is_empty(), "{what}: {differ:?}");
}

/// The shapes of the model of which something holds.
fn shapes(holds: impl Fn(&Value) -> bool) -> BTreeSet<&'static str> {
    let shapes = MODEL["shapes"].as_object().expect("shapes");
    shapes.iter().filter(|(_, shape)| holds(shape)).map(|(name, _)| name.as_str()).collect()
}

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

fn operations() -> &'static serde_json::Map<String, Value> {
    MODEL["operations"].as_object().expect("operations")
}

#[test]
fn every_operation_has_a_file_and_every_exception_a_variant() {
    let files: Vec<_> = FRESH.iter().filter(|(path, _)| path.starts_with("src/operation/")).collect();
    let count = |needle: &str| files.iter().filter(|(_, text)| text.contains(needle)).count();
    assert_eq!(files.len(), operations().len());
    assert_eq!(count("runtime::call!("), operations().len());
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
            assert!(
                text.contains(&format!("    pub {field}: Option<String>,\n")),
                "{name}: there is no {field} to set"
            );
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
    let boxed: BTreeSet<_> = files.filter(|(_, text)| text.contains("Box<")).map(|(path, _)| path.as_str()).collect();
    assert_eq!(!directly.is_empty(), !boxed.is_empty(), "{directly:?} {boxed:?}");
    for path in boxed {
        let inside = directly.iter().any(|name| FRESH[path].contains(&format!("/// The `{name}` ")));
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
