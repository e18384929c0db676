//! Shapes and their members: types that are not emitted, traits on the wrong shape, bindings.

use serde_json::{Value, json};

use super::refused;
use crate::support::{from_model, with};

#[test]
fn event_streams() {
    const PAYLOAD: &str = "eventstream is supported for the payload of a response only";
    let stream =
        ("shapes.Stream", json!({"type": "structure", "eventstream": true, "members": {"A": {"shape": "Event"}}}));
    let event = (
        "shapes.Event",
        json!({"type": "structure", "event": true, "members": {"Text": {"shape": "Text", "eventpayload": true}}}),
    );
    let held_by = |shape: &'static str| (shape, json!({"shape": "Stream"}));
    let list = ("shapes.Part.members.List", json!({"shape": "Streams"}));
    let streams = ("shapes.Streams", json!({"type": "list", "member": {"shape": "Stream"}}));
    refused(&[
        (
            &[stream.clone(), event.clone(), held_by("shapes.Out.members.A")],
            &format!("shapes.Out.members.A: {PAYLOAD}"),
        ),
        (
            &[stream.clone(), event.clone(), held_by("shapes.Part.members.A")],
            &format!("shapes.Part.members.A: {PAYLOAD}"),
        ),
        (&[stream.clone(), event.clone(), held_by("shapes.Ex.members.A")], &format!("shapes.Ex.members.A: {PAYLOAD}")),
        (&[stream.clone(), event.clone(), list, streams], &format!("shapes.Streams: {PAYLOAD}")),
    ]);
    // What no operation reaches is not emitted either.
    from_model(&with(&[stream, event])).expect("nothing uses it");
}

#[test]
fn events() {
    const BINDINGS: &str = "`eventheader` and `eventpayload` are for the members of an event";
    // A response that is a stream, whose event is a shape; and the members of the shape `Event`.
    let case = |event: &str, members: Value| {
        let stream = json!({"type": "structure", "eventstream": true, "members": {"A": {"shape": event}}});
        [
            ("shapes.Out", json!({"type": "structure", "payload": "A", "members": {"A": {"shape": "Stream"}}})),
            ("shapes.Stream", stream),
            ("shapes.Event", json!({"type": "structure", "event": true, "members": members})),
        ]
    };
    let payload = json!({"shape": "Text", "eventpayload": true});
    refused(&[
        (&case("Text", json!({})), "shapes.Stream.members.A: Text is not a structure, as an event has to be"),
        (&case("Choice", json!({})), "shapes.Stream.members.A: Choice is not a structure, as an event has to be"),
        (
            &case("Event", json!({"A": payload, "B": {"shape": "Text"}})),
            "shapes.Event.members.B: another member is the whole payload of the event: this is not sent",
        ),
        (
            &case("Event", json!({"A": {"shape": "Blob", "eventheader": true}})),
            "shapes.Event.members.A.eventheader: a blob is not supported here",
        ),
        (
            &[&case("Event", json!({"A": payload}))[..], &[("shapes.Part.members.Event", json!({"shape": "Event"}))]]
                .concat(),
            "shapes.Event: an event with bindings that another shape holds is not supported",
        ),
        (&[("shapes.Part.members.Text.eventheader", json!(true))], &format!("shapes.Part: {BINDINGS}")),
    ]);
}

#[test]
fn types_that_are_not_emitted() {
    refused(&[
        (&[("shapes.Number.type", json!("bigdecimal"))], "shapes.Number.type: bigdecimal is not supported"),
        (&[("shapes.Number.type", json!("biginteger"))], "shapes.Number.type: biginteger is not supported"),
    ]);
}

#[test]
fn streams_that_are_no_payload() {
    let only = "streaming is supported for the payload of an operation only";
    let member = |at: &str| format!("{at}: {only}, and for blobs");
    refused(&[
        (&[("shapes.Blob.streaming", json!(true))], &member("shapes.Part.members.Blob")),
        (&[("shapes.Part.members.Blob.streaming", json!(true))], &member("shapes.Part.members.Blob")),
        (
            &[("shapes.Part.members.Blob.streaming", json!(true)), ("shapes.Part.payload", json!("Blob"))],
            &member("shapes.Part.members.Blob"),
        ),
        (&[("shapes.In.members.Blob", json!({"shape": "Blob", "streaming": true}))], &member("shapes.In.members.Blob")),
        (
            &[(
                "shapes.Ex",
                json!({"type": "structure", "exception": true, "payload": "B", "members": {"B": {"shape": "Blob", "streaming": true}}}),
            )],
            &member("shapes.Ex.members.B"),
        ),
        (
            &[(
                "shapes.In",
                json!({"type": "structure", "payload": "T", "members": {"T": {"shape": "Text", "streaming": true}}}),
            )],
            &member("shapes.In.members.T"),
        ),
        (
            &[
                ("shapes.Out.members.Streams", json!({"shape": "Streams"})),
                ("shapes.Streams", json!({"type": "list", "member": {"shape": "Stream"}})),
                ("shapes.Stream", json!({"type": "blob", "streaming": true})),
            ],
            &format!("shapes.Streams: {only}"),
        ),
    ]);
}

#[test]
fn traits_on_shapes_of_another_type() {
    let part = json!({"shape": "Text"});
    refused(&[
        (&[("shapes.Part.member", part.clone())], "shapes.Part.member: `member` is not for shapes of type structure"),
        (&[("shapes.Part.key", part.clone())], "shapes.Part.key: `key` is not for shapes of type structure"),
        (
            &[("shapes.Part.value", json!({"shape": "Part"}))],
            "shapes.Part.value: `value` is not for shapes of type structure",
        ),
        (
            &[("shapes.List.members", json!({"A": {"shape": "Text"}}))],
            "shapes.List.members: `members` is not for shapes of type list",
        ),
        (&[("shapes.Map.retryable", json!({}))], "shapes.Map.retryable: `retryable` is not for shapes of type map"),
        (&[("shapes.Text.union", json!(true))], "shapes.Text.union: `union` is not for shapes of type string"),
        (
            &[("shapes.Text.exception", json!(true))],
            "shapes.Text.exception: `exception` is not for shapes of type string",
        ),
        (&[("shapes.Text.document", json!(true))], "shapes.Text.document: `document` is not for shapes of type string"),
        (
            &[("shapes.Number.eventstream", json!(true))],
            "shapes.Number.eventstream: `eventstream` is not for shapes of type integer",
        ),
        (&[("shapes.Text.sparse", json!(true))], "shapes.Text.sparse: `sparse` is not for shapes of type string"),
        (&[("shapes.Number.enum", json!(["1"]))], "shapes.Number.enum: `enum` is not for shapes of type integer"),
        (
            &[("shapes.Text.streaming", json!(true))],
            "shapes.Text.streaming: `streaming` is not for shapes of type string",
        ),
        (
            &[("shapes.Text.timestampFormat", json!("iso8601"))],
            "shapes.Text.timestampFormat: `timestampFormat` is not for shapes of type string",
        ),
        (&[("shapes.List", json!({"type": "list"}))], "shapes.List.member: a list needs this key"),
        (&[("shapes.Map", json!({"type": "map", "value": {"shape": "Text"}}))], "shapes.Map.key: a map needs this key"),
        (&[("shapes.Map", json!({"type": "map", "key": {"shape": "Text"}}))], "shapes.Map.value: a map needs this key"),
        (&[("shapes.Map.key", json!({"shape": "Number"}))], "shapes.Map.key: only strings can be the keys of a map"),
        (
            &[("shapes.Part.error", json!({"httpStatusCode": 400}))],
            "shapes.Part.error: `error` is for exceptions, and this is not one",
        ),
        (&[("shapes.Part.fault", json!(true))], "shapes.Part.fault: `fault` is for exceptions, and this is not one"),
        (
            &[("shapes.Part.retryable", json!({}))],
            "shapes.Part.retryable: `retryable` is for exceptions, and this is not one",
        ),
        (
            &[("shapes.Choice.required", json!(["Colour"]))],
            "shapes.Choice.required: exactly one member of a union is set: none can be required",
        ),
        (&[("shapes.Colour.enum", json!([]))], "shapes.Colour.enum: an enumeration without a value"),
        (
            &[("shapes.Part.deprecatedMessage", json!("x"))],
            "shapes.Part.deprecatedMessage: this says more of a deprecation, but `deprecated` is not set",
        ),
        (
            &[("shapes.Part.members.Text.deprecatedSince", json!("x"))],
            "shapes.Part.members.Text.deprecatedSince: this says more of a deprecation, but `deprecated` is not set",
        ),
        (
            &[("operations.Foo.deprecatedMessage", json!("x"))],
            "operations.Foo.deprecatedMessage: this says more of a deprecation, but `deprecated` is not set",
        ),
        (&[("shapes.Choice.exception", json!(true))], "shapes.Choice.union: an exception cannot be a union"),
        (&[("shapes.Part.document", json!(true))], "shapes.Part.document: a document is anything: it has no members"),
        (&[("shapes.In.union", json!(true))], "operations.Foo.input: a union or a document is not supported here"),
        (
            &[("shapes.Out", json!({"type": "structure", "document": true}))],
            "operations.Foo.output: a union or a document is not supported here",
        ),
    ]);
}

#[test]
fn timestamps_and_json_values() {
    refused(&[
        (
            &[("shapes.Time.timestampFormat", json!("rfc3339"))],
            "shapes.Time.timestampFormat: the timestamp format \"rfc3339\" is not supported",
        ),
        (
            &[("shapes.Out.members.Time.timestampFormat", json!("x"))],
            "shapes.Out.members.Time.timestampFormat: the timestamp format \"x\" is not supported",
        ),
        (
            &[("shapes.In.members.Text.timestampFormat", json!("iso8601"))],
            "shapes.In.members.Text.timestampFormat: there is no timestamp to be formatted",
        ),
        (
            &[("shapes.In.members.Text", json!({"shape": "Text", "location": "querystring", "jsonvalue": true}))],
            "shapes.In.members.Text: jsonvalue is supported in the body and in headers only",
        ),
        (
            &[
                ("shapes.Json", json!({"type": "string", "jsonvalue": true})),
                ("shapes.In", json!({"type": "structure", "payload": "X", "members": {"X": {"shape": "Json"}}})),
            ],
            "shapes.In.members.X: jsonvalue is not supported for a payload, which is the body as it is",
        ),
        (
            &[(
                "shapes.Out",
                json!({"type": "structure", "payload": "X", "members": {"X": {"shape": "Text", "jsonvalue": true}}}),
            )],
            "shapes.Out.members.X: jsonvalue is not supported for a payload, which is the body as it is",
        ),
        (
            &[
                ("shapes.Json", json!({"type": "string", "jsonvalue": true})),
                ("shapes.List.member", json!({"shape": "Json"})),
            ],
            "shapes.List: jsonvalue is supported for members only",
        ),
        (
            &[
                ("shapes.Json", json!({"type": "string", "jsonvalue": true})),
                ("shapes.Map.key", json!({"shape": "Json"})),
            ],
            "shapes.Map: jsonvalue is supported for members only",
        ),
        (
            &[("shapes.Number.jsonvalue", json!(true))],
            "shapes.Number.jsonvalue: `jsonvalue` is not for shapes of type integer",
        ),
    ]);
}

#[test]
fn bindings() {
    let bound = |location: &str| json!({"shape": "Text", "location": location, "locationName": "x"});
    let upper = json!({"shape": "Text", "location": "header", "locationName": "X"});
    refused(&[
        (
            &[("operations.Foo.http.method", json!("TRACE"))],
            "operations.Foo.http.method: \"TRACE\" is not an HTTP method",
        ),
        (
            &[("operations.Foo.http.requestUri", json!("no/slash"))],
            "operations.Foo.http.requestUri: expected a path that starts with a slash",
        ),
        (
            &[("operations.Foo.http.requestUri", json!("/{A}"))],
            "operations.Foo.http.requestUri: no member is bound to the label \"A\"",
        ),
        (&[("operations.Foo.http.requestUri", json!("/{A"))], "operations.Foo.http.requestUri: a `{` without its `}`"),
        (&[("operations.Foo.http.requestUri", json!("/A}"))], "operations.Foo.http.requestUri: a `}` without its `{`"),
        (
            &[("operations.Foo.http.requestUri", json!("/{}"))],
            "operations.Foo.http.requestUri: the label \"\" is empty or appears twice",
        ),
        (
            &[("operations.Foo.http.requestUri", json!("/?a={A}"))],
            "operations.Foo.http.requestUri: the query string of a URI template is constant",
        ),
        (
            &[("operations.Foo.http.requestUri", json!("/a#b"))],
            "operations.Foo.http.requestUri: a fragment (`#`) is never sent: a URI template has none",
        ),
        (
            &[("operations.Foo.http.requestUri", json!("/a?b#c"))],
            "operations.Foo.http.requestUri: a fragment (`#`) is never sent: a URI template has none",
        ),
        (
            &[("operations.Foo.http.requestUri", json!("/a%2"))],
            "operations.Foo.http.requestUri: a `%` that no two hexadecimal digits follow",
        ),
        (
            &[("operations.Foo.http.requestUri", json!("/a/../b"))],
            "operations.Foo.http.requestUri: a segment `.` or `..` leads to another path than it names",
        ),
        (
            &[("operations.Foo.http.requestUri", json!("/ "))],
            "operations.Foo.http.requestUri: the character ' ' cannot be in a URI",
        ),
        (
            &[("operations.Foo.http.requestUri", json!("/\r\nHost: x"))],
            "operations.Foo.http.requestUri: the character '\\r' cannot be in a URI",
        ),
        (
            &[("shapes.In.members.A", bound("uri"))],
            "operations.Foo.http.requestUri: the label \"x\" of a member is not in it",
        ),
        (
            &[("shapes.In.members.A", bound("cookie"))],
            "shapes.In.members.A.location: the location \"cookie\" is not supported",
        ),
        (
            &[("shapes.In.members.A", json!({"shape": "Text", "location": "header", "locationName": "x y"}))],
            "shapes.In.members.A: \"x y\" cannot be the name of a header",
        ),
        (
            &[("shapes.In.members.A", json!({"shape": "Text", "location": "header", "locationName": ""}))],
            "shapes.In.members.A: \"\" cannot be the name of a header",
        ),
        (
            &[("shapes.In.members.A", bound("header")), ("shapes.In.members.B", upper)],
            "shapes.In.members.B: another member is called \"x\" in the header as well",
        ),
        (
            &[("shapes.In.members.A", bound("querystring")), ("shapes.In.members.B", bound("querystring"))],
            "shapes.In.members.B: another member is called \"x\" in the querystring as well",
        ),
        (
            &[("shapes.In.members.A", json!({"shape": "Text", "locationName": "Text"}))],
            "shapes.In.members.Text: another member is called \"Text\" in the body as well",
        ),
        (
            &[("shapes.Part.members.A", json!({"shape": "Text", "locationName": "Text"}))],
            "shapes.Part.members.Text: another member is called \"Text\" in the body as well",
        ),
        (
            &[("shapes.Choice.members.Number.locationName", json!("Colour"))],
            "shapes.Choice.members.Number: another member is called \"Colour\" in the body as well",
        ),
        (
            &[(
                "shapes.In",
                json!({"type": "structure", "payload": "A", "members": {"A": {"shape": "Part"}, "B": {"shape": "Text"}}}),
            )],
            "shapes.In.members.B: the payload \"A\" is the whole body: this is not sent",
        ),
        (
            &[("shapes.In", json!({"type": "structure", "payload": "A", "members": {"A": bound("header")}}))],
            "shapes.In.members.A: the payload is bound to something else as well",
        ),
        (
            &[("shapes.In.members.Part.location", json!("header"))],
            "shapes.In.members.Part.location: a structure cannot be bound to \"header\"",
        ),
        (
            &[
                ("shapes.In.members.Counts", json!({"shape": "Counts", "location": "headers", "locationName": "x-"})),
                ("shapes.Counts", json!({"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Number"}})),
            ],
            "shapes.In.members.Counts.location: a map of integer cannot be bound to \"headers\"",
        ),
        (
            &[("shapes.Out.members.Map.location", json!("headers"))],
            "shapes.Out.members.Map.location: a map of structure cannot be bound to \"headers\"",
        ),
        (
            &[("shapes.Out.members.Text", json!({"shape": "Text", "location": "statusCode"}))],
            "shapes.Out.members.Text.location: a string cannot be bound to \"statusCode\"",
        ),
        (
            &[
                ("shapes.Part.members.Text.location", json!("header")),
                ("shapes.Ex.members.Part", json!({"shape": "Ex2"})),
                ("shapes.Ex2", json!({"type": "structure", "exception": true, "members": {"H": bound("header")}})),
                ("operations.Foo.errors", json!([{"shape": "Ex"}, {"shape": "Ex2"}])),
            ],
            "shapes.Ex2: a response with bindings that another shape holds is not supported",
        ),
    ]);
}
