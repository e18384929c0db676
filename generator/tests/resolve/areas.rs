//! Areas of a model: each operation is in one of them, and everything else is an error that says where and what to do.

use generator::{Inputs, ServiceInputs, generate};
use serde_json::{Value, json};

use crate::support::{base, features_of_every_crate, of_model, templates};

const FILE: &str = "models/x/areas.toml";

/// The operations `Bar`, `Baz` and `Foo`.
fn model() -> Value {
    let mut model = base();
    for name in ["Bar", "Baz"] {
        let mut operation = model["operations"]["Foo"].clone();
        operation["name"] = json!(name);
        model["operations"][name] = operation;
    }
    model
}

fn service(areas: &str) -> ServiceInputs {
    let areas = Some((FILE.to_owned(), areas.to_owned()));
    ServiceInputs { areas, ..of_model(&model().to_string()).services.remove(0) }
}

fn refusal(areas: &str) -> String {
    let inputs = Inputs { services: vec![service(areas)], templates: templates(), ..of_model("") };
    match generate(&inputs) {
        Ok(_) => panic!("taken: {areas}"),
        Err(problems) => problems.to_string(),
    }
}

/// An area with a title.
fn area(name: &str, operations: &str) -> String {
    format!("[areas.{name}]\ntitle = 'Some'\noperations = [{operations}]\n")
}

#[test]
fn areas_that_do_not_fit_the_model_are_refused() {
    let whole = area("all", "'Bar', 'Baz', 'Foo'");
    for (areas, said) in [
        (
            area("one", "'Foo', 'Bar'"),
            "areas: the operation Baz is in no area: add it to the `operations` of one, or have `cargo xtask areas --place`",
        ),
        (
            area("one", "'Foo', 'Bar', 'Baz', 'Fou'"),
            "areas.one.operations[3]: the model has no operation \"Fou\"; the nearest are Foo",
        ),
        (whole.clone() + &area("two", "'Foo'"), "areas.two.operations[0]: Foo is in the area all already"),
        (whole.clone() + &area("none", ""), "areas.none: the area has no operations: delete it"),
        (whole.replace("Some", " "), "areas.all: the title is empty"),
        (whole.replace("title", "name"), "areas.all.name: the generator does not know this key"),
        (whole.replace("title = 'Some'\n", ""), "areas.all.title: this key is missing"),
        (whole.replace("areas.all", "areas.All"), "areas.All: \"All\" cannot be the name of a feature"),
        (whole.replace("areas.all", "areas.'a b'"), "\"a b\" cannot be the name of a feature"),
        (whole.replace("areas.all", "areas.full"), "areas.full: the crate has another feature \"full\""),
        (whole.replace(']', ""), "this is not TOML"),
    ] {
        let problems = refusal(&areas);
        assert!(problems.contains(&format!("error: {FILE}: ")) && problems.contains(said), "{said}\n{problems}");
    }
}

#[test]
fn a_feature_of_every_crate_is_no_name_of_an_area() {
    for feature in features_of_every_crate() {
        // No name of an area has a hyphen.
        if !feature.contains('-') {
            let problems = refusal(&area(&feature, "'Bar', 'Baz', 'Foo'"));
            assert!(problems.contains(&format!("areas.{feature}: the crate has another feature")), "{problems}");
        }
    }
}

#[test]
fn the_features_of_all_services_are_one_list() {
    let root = service(&area("things", "'Bar', 'Baz', 'Foo'"));
    let module = |module: &str| ServiceInputs { module: Some(module.to_owned()), areas: None, ..root.clone() };
    let crate_of =
        |second: ServiceInputs| Inputs { services: vec![root.clone(), second], templates: templates(), ..of_model("") };
    let problems = generate(&crate_of(module("things"))).expect_err("a module of the same name").to_string();
    assert!(problems.contains("areas.things: the crate has another feature \"things\""), "{problems}");
    let other = ServiceInputs { areas: root.areas.clone(), ..module("other") };
    assert!(generate(&crate_of(other)).is_ok(), "an area of a module is `other_things`");
}
