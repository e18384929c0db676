//! Parts of a crate around its items: its name, and its documents of the chosen operations.

use generator::{Inputs, generate};
use serde_json::json;

use crate::support::{base, of_model, templates, with};

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

/// What a crate without such a response would pay for in every build.
#[test]
fn only_a_crate_that_responds_with_events_has_the_sources_of_their_streams() {
    let streams = |files: &generator::Files| {
        let sources = files.keys().filter(|path| path.starts_with("src/event_stream")).count();
        (sources > 0, files["src/lib.rs"].contains("pub mod event_stream;"))
    };
    let without = generate(&crate_of("a-crate", &[])).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(streams(&without), (false, false));
    let stream = json!({"type": "structure", "eventstream": true, "members": {"A": {"shape": "Part"}}});
    let held = json!({"type": "structure", "payload": "A", "members": {"A": {"shape": "Stream"}}});
    let watch =
        json!({"name": "Watch", "http": {"method": "GET", "requestUri": "/watch"}, "output": {"shape": "Held"}});
    let speak = json!({"name": "Speak", "http": {"method": "GET", "requestUri": "/speak"}, "input": {"shape": "Held"}});
    let model = with(&[
        ("shapes.Stream", stream),
        ("shapes.Held", held),
        ("operations.Watch", watch),
        ("operations.Speak", speak),
    ]);
    let inputs = Inputs { templates: templates(), ..of_model(&model.to_string()) };
    let files = generate(&inputs).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(streams(&files), (true, true));
    assert!(files["src/lib.rs"].contains("HTTP/1.1 cannot send while the response comes:\n//! `Speak`."));
    // Nor has one of operations that respond with something else.
    let inputs = Inputs { operations: ["Foo".to_owned()].into(), ..inputs };
    assert_eq!(streams(&generate(&inputs).unwrap_or_else(|errors| panic!("{errors}"))), (false, false));
}
