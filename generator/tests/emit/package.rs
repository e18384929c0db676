//! Parts of a crate around its items: its name, and its documents of the chosen operations.

use generator::{Inputs, generate};

use crate::support::{base, of_model, templates};

fn crate_of(name: &str, operations: &[&str]) -> Inputs {
    let mut model = base();
    let mut bar = model["operations"]["Foo"].clone();
    bar["name"] = "Bar".into();
    model["operations"]["Bar"] = bar;
    let operations = operations.iter().map(|name| (*name).to_owned()).collect();
    let inputs = of_model(&model.to_string());
    Inputs { crate_name: name.to_owned(), operations, templates: templates(), ..inputs }
}

#[test]
fn the_order_of_operations_and_their_number_change_nothing() {
    let files =
        |operations: &[&str]| generate(&crate_of("a-crate", operations)).unwrap_or_else(|errors| panic!("{errors}"));
    let sorted = files(&["Bar", "Foo"]);
    assert!(
        sorted["Cargo.toml"].contains("for the operations Bar, Foo and what they reach"),
        "{}",
        sorted["Cargo.toml"]
    );
    assert!(sorted == files(&["Foo", "Bar", "Foo"]));
    let one = files(&["Foo", "Foo"]);
    assert!(one["Cargo.toml"].contains("for the operation Foo and what it reaches"), "{}", one["Cargo.toml"]);
}

#[test]
fn a_crate_that_no_program_could_name_is_refused() {
    assert!(generate(&crate_of("a-crate", &[])).is_ok());
    for (name, said) in [
        ("fn", "\"fn\" cannot be the name of the package: fn is a keyword of Rust"),
        ("std", "\"std\" cannot be the name of the package: std is a crate of Rust's own"),
        // As the template of the manifest says.
        ("serde-json", "the crate itself depends on a package serde_json"),
        ("tokio", "the crate itself depends on a package tokio"),
    ] {
        let problems = generate(&crate_of(name, &[])).expect_err(name).to_string();
        assert!(problems.starts_with("error: the inputs: crate_name: ") && problems.contains(said), "{problems}");
    }
}
