//! The record of Rust names as a file: beside the models of the repository, and in a crate that was emitted from a folder.

use std::fs;
use std::path::Path;

use super::write::{MODEL, codegen, put, repository, stderr, stdout};

/// The model with these members in its structure `Thing`.
fn model(members: &[&str]) -> String {
    let members = members.iter().map(|member| format!("{member:?}: {{ \"shape\": \"Text\" }}"));
    let members = members.collect::<Vec<_>>().join(", ");
    const MEMBER: &str = r#""Name": { "shape": "Text" }"#;
    assert!(MODEL.contains(MEMBER));
    MODEL.replace(MEMBER, &members)
}

fn run(root: &Path, args: &[&str]) {
    let output = codegen(root, args);
    assert!(output.status.success(), "{args:?}: {}{}", stdout(&output), stderr(&output));
}

#[test]
fn the_repository_remembers_names_beside_its_models() {
    let repository = repository();
    let root = repository.path();
    let file = "models/tiny/2020-01-01/service-2.json";
    let record = || fs::read_to_string(root.join("models/tiny/names.toml")).unwrap();
    let thing = || fs::read_to_string(root.join("generated/src/types/thing.rs")).unwrap();
    put(root, file, &model(&["NAME"]));
    run(root, &[]);
    assert!(record().contains("\n[fields.Thing]\nNAME = \"name\"\n"), "{}", record());
    assert!(!thing().contains("name2: optional text"));

    // `Name` is the usual spelling and would have the name, were it not for the record.
    put(root, file, &model(&["NAME", "Name"]));
    let checked = codegen(root, &["--check"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(stdout(&checked).contains("+++ b/models/tiny/names.toml\n"), "{}", stdout(&checked));
    run(root, &[]);
    assert!(record().contains("\n[fields.Thing]\nNAME = \"name\"\nName = \"name2\"\n"), "{}", record());
    assert!(thing().contains("name2: optional text"));
    run(root, &["--check"]);

    // What is gone is forgotten, and what is there keeps its name.
    put(root, file, &model(&["Name"]));
    run(root, &[]);
    assert!(record().contains("\n[fields.Thing]\nName = \"name2\"\n"), "{}", record());

    // A person may choose a name.
    let chosen = record().replace("\"name2\"", "\"full_name\"");
    put(root, "models/tiny/names.toml", &chosen);
    run(root, &[]);
    assert_eq!(record(), chosen);
    assert!(thing().contains("full_name: optional text"));
    put(root, "models/tiny/names.toml", &chosen.replace("full_name", "Full Name"));
    let refused = codegen(root, &[]);
    assert_eq!(
        stderr(&refused),
        "error: models/tiny/names.toml: fields.Thing.Name: \"Full Name\" cannot be the Rust name of this\n"
    );
}

#[test]
fn an_emitted_crate_remembers_its_names() {
    let repository = repository();
    let root = repository.path();
    let text = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    put(root, "old/service-2.json", &model(&["NAME"]));
    put(root, "new/service-2.json", &model(&["NAME", "Name"]));
    let emit = |model: &str, out: &str| run(root, &["--model", model, "--out", out, "--name", "tiny"]);
    emit("old", "crate");
    assert!(text("crate/names.toml").contains("NAME = \"name\"\n"));
    emit("new", "crate");
    assert!(text("crate/names.toml").contains("NAME = \"name\"\nName = \"name2\"\n"), "{}", text("crate/names.toml"));
    run(root, &["--check", "--model", "new", "--out", "crate", "--name", "tiny"]);
    // Without a record the usual spelling comes first; with one beside the model another crate has the names of the first.
    emit("new", "other");
    assert!(text("other/names.toml").contains("NAME = \"name2\"\n"));
    fs::copy(root.join("crate/names.toml"), root.join("new/names.toml")).unwrap();
    emit("new", "same");
    assert_eq!(text("same/names.toml"), text("crate/names.toml"));
    assert_eq!(text("same/src/types/thing.rs"), text("crate/src/types/thing.rs"));
    // What stands in the folder of a crate that is not ours is not read.
    put(root, "stranger/names.toml", "no record");
    let refused = codegen(root, &["--model", "old", "--out", "stranger", "--name", "tiny"]);
    assert!(stderr(&refused).contains("neither empty nor a crate that codegen emitted"), "{}", stderr(&refused));
}
