//! A call or a structure that lacks a required input does not compile, and the compiler says which.
//!
//! Each program is handed to the compiler against the library that this test itself was built with, so that nothing but
//! the toolchain is needed and nothing is built twice. What is asked of the compiler's words is ours: the rest of them
//! changes from one release to the next.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// What the compiler says of the body of a function that has a client; `None` where it is content.
fn compile(library: &Path, name: &str, body: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("missing_input");
    fs::create_dir_all(&folder).unwrap();
    let source = folder.join(format!("{name}.rs"));
    let program = format!(
        "#![allow(unused)]\nuse amazon_connect::{{Client, types}};\n\
         pub async fn program(client: Client) {{\n    {body};\n}}\n"
    );
    fs::write(&source, program).unwrap();
    let output = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "--extern"])
        .arg(format!("amazon_connect={}", library.display()))
        .arg("-L")
        .arg(format!("dependency={}", dependencies().display()))
        .arg("--out-dir")
        .arg(&folder)
        .arg(&source)
        .output()
        .unwrap();
    (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Where cargo put the libraries that this test was built with.
fn dependencies() -> PathBuf {
    env::current_exe().unwrap().parent().unwrap().to_owned()
}

/// The library as cargo built it last. One of other features or another day may lie beside it: the right one is one that
/// a complete program compiles against.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let files = fs::read_dir(dependencies()).unwrap().map(|entry| entry.unwrap().path());
        let is_ours = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("libamazon_connect-") && name.ends_with(".rlib")
        };
        let mut found: Vec<_> = files.filter(is_ours).collect();
        found.sort_by_key(|path| std::cmp::Reverse(fs::metadata(path).and_then(|data| data.modified()).ok()));
        let complete = "client.describe_contact().instance_id(\"i\").contact_id(\"c\").send().await";
        let problems: Vec<_> = found
            .iter()
            .map(|path| (path, compile(path, "complete", complete)))
            .take_while(|(_, p)| p.is_some())
            .collect();
        match found.get(problems.len()) {
            Some(library) => library.clone(),
            None => panic!("a complete call ought to compile against one of {found:?}: {problems:#?}"),
        }
    })
}

/// The inputs that the compiler says are missing from a program.
fn missing(name: &str, body: &str) -> Vec<String> {
    let Some(said) = compile(library(), name, body) else { return Vec::new() };
    let parts = said.split("the required input `").skip(1);
    let mut names: Vec<_> = parts
        .filter_map(|rest| rest.split_once("` is missing"))
        .map(|(input, _)| input.rsplit("::").next().unwrap_or_default().to_owned())
        .collect();
    assert!(!names.is_empty(), "refused, but not for a missing input:\n{said}");
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn a_call_that_lacks_an_input_names_it() {
    for (name, body, expected) in [
        ("no_instance", "client.describe_contact().contact_id(\"c\").send().await", &["instance_id"][..]),
        ("no_contact", "client.describe_contact().instance_id(\"i\").send().await", &["contact_id"]),
        ("neither", "client.describe_contact().send().await", &["contact_id", "instance_id"]),
        ("request", "client.describe_contact().instance_id(\"i\").into_request()", &["contact_id"]),
        ("pages", "client.list_users().into_paginator()", &["instance_id"]),
        ("twice", "client.describe_contact().instance_id(\"i\").instance_id(\"i\").send().await", &["contact_id"]),
    ] {
        assert_eq!(missing(name, body), expected, "{body}");
    }
}

#[test]
fn the_words_are_ours() {
    let said = compile(library(), "words", "client.describe_contact().contact_id(\"c\").send().await").unwrap();
    assert!(said.contains("the required input `instance_id` is missing"), "{said}");
    assert!(said.contains("call `.instance_id(…)` first"), "{said}");
    // The compiler lists no tuples that would be complete.
    assert!(!said.contains("the following other types implement"), "{said}");
}

#[test]
fn a_value_of_a_wrong_type_is_told_what_would_do() {
    for (name, body, words) in [
        ("text", "client.create_queue().description(3)", "give what converts into"),
        ("number", "client.create_queue().max_contacts(\"x\")", "give a `i32`, or an `Option` of it"),
        ("structure", "client.create_user().phone_config(\"x\")", "UserPhoneConfig`, or an `Option` of it"),
        ("list", "client.create_queue().quick_connect_ids(3)", "give one value that converts into"),
        ("map", "client.create_queue().tags_from(3)", "give something that iterates over pairs"),
    ] {
        let said = compile(library(), name, body).expect("a wrong type is refused");
        assert!(said.contains(words), "{body}:\n{said}");
        assert!(!said.contains("the following other types implement"), "{body}:\n{said}");
    }
}

#[test]
fn a_structure_that_lacks_an_input_names_it() {
    let body = "types::Reference::builder().build()";
    assert_eq!(missing("structure", body), ["r#type"], "{body}");
}

#[test]
fn what_is_complete_compiles_in_any_order() {
    for (name, body) in [
        ("order", "client.describe_contact().contact_id(\"c\").instance_id(\"i\").send().await"),
        ("again", "client.describe_contact().contact_id(\"c\").instance_id(\"i\").contact_id(\"d\").send().await"),
        ("optional", "client.list_users().max_results(3).instance_id(\"i\").next_token(\"t\").send().await"),
    ] {
        assert_eq!(missing(name, body), [""; 0], "{body}");
    }
}
