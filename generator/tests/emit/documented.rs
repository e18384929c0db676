//! A model that is read with upstream's documentation: where the sentences go, what names in them lead to, and that they
//! change nothing else.

use generator::{Files, Inputs, ServiceInputs, generate};
use serde_json::{Value, json};

fn model() -> Value {
    json!({
        "metadata": {
            "apiVersion": "2020-01-01", "endpointPrefix": "tiny", "protocol": "rest-json", "serviceFullName": "Tiny",
            "serviceId": "Tiny", "signatureVersion": "v4"
        },
        "operations": {
            "GetThing": {
                "name": "GetThing", "http": { "method": "GET", "requestUri": "/things" },
                "output": { "shape": "GetThingResponse" },
                "documentation": "<p>Gives a <code>Thing</code>. </p><note>See <a href=\"https://x/API_GetThing.html\">it</a>.</note>"
            }
        },
        "shapes": {
            "GetThingResponse": { "type": "structure", "members": { "Thing": { "shape": "Thing" } } },
            "Thing": {
                "type": "structure", "documentation": "*/ <script>x</script> <b>bold",
                "members": { "Name": { "shape": "Text", "documentation": "A `tick`, a \\ and a </b>]" } }
            },
            "Text": { "type": "string", "documentation": "Inlined." }
        }
    })
}

fn files(model: &Value) -> Files {
    let service =
        ServiceInputs { folder: "models/tiny".to_owned(), model: model.to_string(), ..ServiceInputs::default() };
    let partitions = include_str!("../../../models/partitions.json").to_owned();
    let inputs = Inputs { crate_name: "tiny".to_owned(), services: vec![service], partitions, ..Inputs::default() };
    generate(&inputs).unwrap()
}

#[test]
fn sentences_follow_the_facts_and_names_lead_to_items() {
    let files = files(&model());
    let operation = &files["src/operation/get_thing.rs"];
    assert!(
        operation.contains("    /// Gives a [`Thing`](crate::types::Thing).\n    ///\n    /// > **Note:**\n"),
        "{operation}"
    );
    assert!(operation.contains("    /// > See [it](mod@crate::operation::get_thing).\n"), "{operation}");
    let thing = &files["src/types/thing.rs"];
    assert!(thing.contains("/// \\*/ **bold**\n"), "{thing}");
    assert!(thing.contains("    /// A \\`tick\\`, a \\\\ and a \\]\n"), "{thing}");
}

/// A member whose name says nothing more than its wire name says what its shape is, and what it identifies.
#[test]
fn fields_say_what_is_known_of_their_shape() {
    let mut model = model();
    let shapes = model["shapes"].as_object_mut().unwrap();
    shapes.insert("State".to_owned(), json!({ "type": "string", "enum": ["A", "B", "C", "D", "E", "F", "G", "H"] }));
    shapes.insert("States".to_owned(), json!({ "type": "list", "member": { "shape": "State" } }));
    shapes.insert("Things".to_owned(), json!({ "type": "list", "member": { "shape": "Thing" } }));
    shapes.insert(
        "DescribeThingRequest".to_owned(),
        json!({
            "type": "structure", "required": ["ThingId"],
            "members": { "ThingId": { "shape": "Text", "location": "uri", "locationName": "ThingId" } }
        }),
    );
    model["operations"]["DescribeThing"] = json!({
        "name": "DescribeThing", "http": { "method": "GET", "requestUri": "/things/{ThingId}" },
        "input": { "shape": "DescribeThingRequest" }
    });
    model["shapes"]["GetThingResponse"]["members"] = json!({
        "Thing": { "shape": "Thing" }, "Things": { "shape": "Things" }, "State": { "shape": "State" },
        "States": { "shape": "States" }, "ThingId": { "shape": "Text" }
    });
    let files = files(&model);
    let file = &files["src/operation/get_thing.rs"];
    for line in [
        "/// `Thing`. See [the fields of `Thing`](crate::types::Thing).",
        "/// `Things`. See [the fields of `Thing`](crate::types::Thing).",
        "/// `State`. One of `A`, `B`, `C`, `D`, `E`, `F`, and 2 more.",
        "/// `States`. Each one of `A`, `B`, `C`, `D`, `E`, `F`, and 2 more.",
        "/// `ThingId`. Identifies what `DescribeThing` reads.",
    ] {
        assert!(file.contains(line), "{line}\n{file}");
    }
}

#[test]
fn a_documented_crate_is_the_same_but_for_comments() {
    fn strip(value: Value) -> Value {
        match value {
            Value::Object(entries) => {
                let facts = entries.into_iter().filter(|(key, value)| key != "documentation" || !value.is_string());
                Value::Object(facts.map(|(key, value)| (key, strip(value))).collect())
            }
            other => other,
        }
    }
    let code = |files: Files| {
        let code = |text: String| text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<String>();
        files.into_iter().map(|(path, text)| (path, code(text))).collect::<Vec<_>>()
    };
    assert_eq!(code(files(&model())), code(files(&strip(model()))));
}
