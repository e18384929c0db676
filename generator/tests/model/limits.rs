//! Limits: how long, deep, many and nested the things of a model may be, and what is said beyond.

use generator::generate;
use serde_json::{Map, Value, json};

use crate::support::{base, from_model, of_model, refusal, with};

/// The message where the text of a model is refused.
pub fn text_refusal(text: &str) -> String {
    generate(&of_model(text)).expect_err("this is not refused").to_string()
}

#[test]
fn a_name_may_be_as_long_as_a_file_and_no_longer() {
    let named = |name: &str| {
        let mut model = base();
        model["operations"][name] = json!({"name": name, "http": {"method": "GET", "requestUri": "/"}});
        model
    };
    // The longest in snake case: an underscore for every second letter.
    let longest = "aB".repeat(80);
    let files = from_model(&named(&longest)).expect("160 characters");
    let file = files.keys().filter_map(|path| path.rsplit('/').next()).map(str::len).max();
    assert!(file.is_some_and(|length| (200..=255).contains(&length)), "{file:?}");
    for name in [format!("{longest}c"), "x".repeat(10_000)] {
        let said = refusal(&named(&name));
        assert!(said.contains("bytes; at most 160 are supported"), "{said}");
        assert!(said.len() < 1_000, "a message of {} bytes", said.len());
    }
}

#[test]
fn lists_without_an_end_and_structures_without_a_bottom() {
    let list = |of: &str| json!({"type": "list", "member": {"shape": of}});
    let itself = with(&[("shapes.List", list("List"))]);
    assert!(refusal(&itself).contains("shapes.List: a list or map that holds only itself"));
    let ring = with(&[
        ("shapes.List", list("Ring")),
        ("shapes.Ring", json!({"type": "map", "key": {"shape": "Text"}, "value": {"shape": "List"}})),
    ]);
    let said = refusal(&ring);
    assert!(said.contains("shapes.List: a list or map that holds only itself"), "{said}");
    assert!(said.contains("shapes.Ring: a list or map that holds only itself"), "{said}");
    // A chain of 20,000 would end the stack of whatever recursed along it.
    for length in [100, 20_000] {
        let said = refusal(&chain(length, |next| list(next)));
        assert!(said.contains("shapes.List: lists and maps that hold more than 16 others in one another"), "{said}");
        let said = refusal(&chain(length, |next| json!({"type": "structure", "members": {"Next": {"shape": next}}})));
        assert!(
            said.contains("operations.Foo.output: Out holds types in one another on more than 96 levels"),
            "{said}"
        );
    }
}

/// The base model with a chain of shapes from `List` down.
fn chain(length: usize, link: impl Fn(&str) -> Value) -> Value {
    let mut model = base();
    for index in 0..length {
        let name = if index == 0 { "List".to_owned() } else { format!("Link{index}") };
        let next = if index + 1 == length { "Text".to_owned() } else { format!("Link{}", index + 1) };
        model["shapes"][name] = link(&next);
    }
    model
}

/// A model that is just about taken in every direction, for `compile.rs`.
pub fn at_the_limits() -> Value {
    let list = |next: &str| json!({"type": "list", "member": {"shape": next}});
    let structure = |next: &str| json!({"type": "structure", "members": {"Next": {"shape": next}}});
    let mut model = chain(16, list);
    let structures = chain(46, structure);
    for (name, shape) in structures["shapes"].as_object().expect("shapes") {
        let name = name.replace("Li", "Deep");
        let next = shape["members"]["Next"]["shape"].as_str().map(|next| next.replace("Li", "Deep"));
        if let Some(next) = next.filter(|_| name.starts_with("Deep")) {
            model["shapes"][name] = structure(&next);
        }
    }
    let long = "aB".repeat(80);
    let members = (0..100).map(|index| (format!("M{index}"), json!({"shape": "Text"})));
    let members: Map<_, _> = members.chain([(long.clone(), json!({"shape": "Text"}))]).collect();
    let required: Vec<&String> = members.keys().take(100).collect();
    model["shapes"]["Many"] = json!({"type": "structure", "required": required, "members": members});
    model["shapes"][&long] = json!({"type": "string", "enum": ["x".repeat(10_000), "X".repeat(9_999), "!"]});
    let values: Vec<String> = (1..=500).map(|count| "!".repeat(count)).collect();
    model["shapes"]["Colour"]["enum"] = json!(values);
    model["shapes"]["In"]["members"]["Deep"] = json!({"shape": "Deepst"});
    model["shapes"]["In"]["members"]["Many"] = json!({"shape": "Many"});
    model["shapes"]["In"]["members"]["Long"] = json!({"shape": long});
    model["operations"][&long] =
        json!({"name": long, "http": {"method": "POST", "requestUri": "/x"}, "input": {"shape": "Many"}});
    model
}

#[test]
fn structures_that_double_at_every_step() {
    let double = |next: &str| json!({"type": "structure", "members": {"A": {"shape": next}, "B": {"shape": next}}});
    let said = refusal(&chain(50, double));
    assert!(said.contains("a structure larger than 1048576 bytes, with what it holds"), "{said}");
    from_model(&chain(8, double)).expect("this is small enough");
}

#[test]
fn more_required_members_than_a_builder_has_parameters_for() {
    let names: Vec<String> = (0..101).map(|index| format!("M{index}")).collect();
    let members: Value =
        names.iter().map(|name| (name.clone(), json!({"shape": "Text"}))).collect::<Map<_, _>>().into();
    let model = with(&[("shapes.Part", json!({"type": "structure", "required": names, "members": members}))]);
    let said = refusal(&model);
    assert!(said.contains("shapes.Part.required: 101 required members; at most 100 are supported"), "{said}");
}

#[test]
fn a_clique_of_structures_is_cut_in_time() {
    let clique = |size: usize| {
        let names: Vec<String> = (0..size).map(|index| format!("Node{index:03}")).collect();
        let mut model = with(&[("shapes.Part.members.Node", json!({"shape": "Node000"}))]);
        for name in &names {
            let members = names.iter().map(|other| (format!("To{other}"), json!({"shape": other})));
            model["shapes"][name] = json!({"type": "structure", "members": members.collect::<Map<_, _>>()});
        }
        model
    };
    let files = from_model(&clique(6)).expect("every cycle is boxed");
    let types = files.iter().filter(|(path, _)| path.starts_with("src/types/"));
    let boxes: usize = types.map(|(_, text)| text.matches("optional boxed(Node").count()).sum();
    // All hold one another and themselves: each holds itself and those after it in boxes.
    assert_eq!(boxes, 6 * 7 / 2);
    // What is not boxed doubles from one to the next.
    assert!(refusal(&clique(200)).contains("a structure larger than"));
}

#[test]
fn thousands_of_values_of_one_name() {
    let values: Vec<String> = (1..=4_000).map(|count| "!".repeat(count)).collect();
    let files = from_model(&with(&[("shapes.Colour.enum", json!(values))])).expect("each gets a number");
    assert!(files["src/types/colour.rs"].contains("Empty4000 = "));
}

#[test]
fn nesting_ends_before_the_stack_does() {
    let nested = |depth: usize| format!("{{\"metadata\": {}1{}}}", "[".repeat(depth), "]".repeat(depth));
    assert!(
        text_refusal(&nested(100)).contains("metadata: expected an object, found a list"),
        "100 deep is JSON all the same"
    );
    assert!(text_refusal(&nested(100_000)).contains("more than 127 lists and objects hold one another here"));
}
