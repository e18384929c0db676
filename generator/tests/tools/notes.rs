//! Notes: nothing of a model is left out in silence.

use generator::notes;
use serde_json::{Value, json};

use crate::support::{of_model, with};

/// The notes on the base model with some edits and, where there is one, a paginator of its operation.
fn noted(edits: &[(&str, Value)], paginator: Option<Value>) -> Vec<String> {
    let mut inputs = of_model(&with(edits).to_string());
    inputs.services[0].paginators = paginator.map(|paginator| json!({"pagination": {"Foo": paginator}}).to_string());
    let notes = notes(&inputs).unwrap_or_else(|problems| panic!("{problems}"));
    notes.iter().map(ToString::to_string).collect()
}

#[test]
fn a_model_that_is_emitted_whole_needs_no_note() {
    assert!(noted(&[], None).is_empty());
}

#[test]
fn a_paginator_that_no_operation_gets_is_noted() {
    let text = |shape: &str| (format!("shapes.{shape}.members.Next"), json!({"shape": "Text"}));
    let (input, output) = (text("In"), text("Out"));
    let members = [(input.0.as_str(), input.1), (output.0.as_str(), output.1)];
    let plain = json!({"input_token": "Next", "output_token": "Next", "result_key": "List"});
    assert!(noted(&members, Some(plain.clone())).is_empty());
    for (key, value, reason) in [
        ("more_results", json!("Next"), "more_results is not supported"),
        ("input_token", json!(["Next", "Text"]), "input_token names 2 members"),
        ("output_token", json!("List[0]"), "does not lead"),
    ] {
        let mut paginator = plain.clone();
        paginator[key] = value.clone();
        if key == "input_token" {
            paginator["output_token"] = json!(["Next", "Next"]);
        }
        let notes = noted(&members, Some(paginator));
        assert_eq!(notes.len(), 1, "{key}: {notes:?}");
        let head = "models/x/paginators-1.json: pagination.Foo: the operation gets no paginator: ";
        assert!(notes[0].starts_with(head) && notes[0].contains(reason), "{key}: {notes:?}");
    }
}

#[test]
fn an_operation_whose_request_is_a_stream_of_events_is_left_out_by_name() {
    let stream = json!({"type": "structure", "eventstream": true, "members": {"A": {"shape": "Part"}}});
    let held = json!({"type": "structure", "members": {"A": {"shape": "Stream"}}});
    let operation = json!({
        "name": "Speak", "http": {"method": "POST", "requestUri": "/speak"}, "input": {"shape": "Held"}, "output": {"shape": "Held"}
    });
    let edits = [("shapes.Stream", stream), ("shapes.Held", held), ("operations.Speak", operation)];
    let note = "models/x/service-2.json: operations.Speak: the operation is left out: its request is a stream of events, which \
                HTTP/1.1 cannot send while the response comes";
    assert_eq!(noted(&edits, None), [note]);
    // Where it is asked for by name, it is not said to be no operation.
    let mut inputs = of_model(&with(&edits).to_string());
    inputs.operations = ["Speak".to_owned()].into();
    let said = generator::generate(&inputs).unwrap_err().to_string();
    assert!(said.contains("the operation \"Speak\" is left out: its request is a stream of events"), "{said}");
}

#[test]
fn bindings_that_bind_nothing_are_noted() {
    let at = "models/x/service-2.json: shapes";
    let body = "the member is a key of the body, as in botocore";
    for (path, edit, expected) in [
        (
            "shapes.Part.members.Text.location",
            json!("header"),
            format!("{at}.Part.members.Text.location: a shape that others hold is not bound: {body}"),
        ),
        (
            "shapes.Part.payload",
            json!("Blob"),
            format!("{at}.Part.payload: a shape that others hold has no payload: {body}"),
        ),
        (
            "shapes.In.members.Status",
            json!({"shape": "Number", "location": "statusCode"}),
            format!("{at}.In.members.Status.location: a request has no status: {body}"),
        ),
        (
            "shapes.Out.members.Query",
            json!({"shape": "Text", "location": "querystring"}),
            format!("{at}.Out.members.Query.location: a response has no URI: {body}"),
        ),
        (
            "shapes.Part.members.Text.idempotencyToken",
            json!(true),
            format!(
                "{at}.Part.members.Text.idempotencyToken: no token is made up for a member of a shape that an input holds, \
                 as in botocore"
            ),
        ),
    ] {
        assert_eq!(noted(&[(path, edit)], None), [expected]);
    }
}
