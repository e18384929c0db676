//! Traits that are not emitted, and models that contradict themselves, are refused by name: never dropped, never guessed at.

use generator::generate;
use serde_json::{Value, json};

use crate::support::{base, from_model, of_model, refusal, with};

/// Each row: what is set where in the base model, and the line that refuses it (without the file).
fn refused(rows: &[(&[(&str, Value)], &str)]) {
    for (edits, expected) in rows {
        let said = refusal(&with(edits));
        assert_eq!(said, format!("error: models/x/service-2.json: {expected}\n"), "of {edits:?}");
    }
}

#[test]
fn the_base_model_is_taken() {
    from_model(&base()).expect("nothing is wrong with it");
}

#[test]
fn event_streams() {
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
            &[stream.clone(), event.clone(), held_by("shapes.In.members.A")],
            "operations.Foo.input: eventstream is not supported",
        ),
        (
            &[stream.clone(), event.clone(), held_by("shapes.Out.members.A")],
            "operations.Foo.output: eventstream is not supported",
        ),
        (
            &[stream.clone(), event.clone(), held_by("shapes.Part.members.A")],
            "shapes.Part.members.A: eventstream is not supported",
        ),
        (
            &[stream.clone(), event.clone(), held_by("shapes.Ex.members.A")],
            "shapes.Ex.members.A: eventstream is not supported",
        ),
        (&[stream.clone(), event.clone(), list, streams], "shapes.Streams: eventstream is not supported"),
    ]);
    // What no operation reaches is not emitted either.
    from_model(&with(&[stream, event])).expect("nothing uses it");
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
fn how_requests_are_signed() {
    refused(&[
        (
            &[("metadata.signatureVersion", json!("s3v4"))],
            "metadata.signatureVersion: \"s3v4\" is not supported: requests are signed as v4, or carry a bearer token",
        ),
        (
            &[("metadata.auth", json!(["aws.auth#sigv4a"]))],
            "metadata.auth: none of the schemes [\"aws.auth#sigv4a\"] is supported",
        ),
        (
            &[("operations.Foo.auth", json!(["smithy.api#httpDigestAuth"]))],
            "operations.Foo.auth: none of the schemes [\"smithy.api#httpDigestAuth\"] is supported",
        ),
        (&[("operations.Foo.auth", json!([]))], "operations.Foo.auth: none of the schemes [] is supported"),
        (
            &[("operations.Foo.authtype", json!("v4-s3express"))],
            "operations.Foo.authtype: \"v4-s3express\" is not supported",
        ),
    ]);
}

#[test]
fn checksums_compression_hosts_and_tokens() {
    let token = json!({"shape": "Text", "idempotencyToken": true});
    refused(&[
        (
            &[("operations.Foo.httpChecksum", json!({"requestAlgorithmMember": "Gone"}))],
            "operations.Foo.httpChecksum.requestAlgorithmMember: the input has no member \"Gone\"",
        ),
        (
            &[("operations.Foo.httpChecksum", json!({"requestValidationModeMember": "Gone"}))],
            "operations.Foo.httpChecksum.requestValidationModeMember: the input has no member \"Gone\"",
        ),
        (
            &[("operations.Foo.requestcompression", json!({"encodings": ["br"]}))],
            "operations.Foo.requestcompression.encodings: none of the encodings [\"br\"] is supported",
        ),
        (
            &[("operations.Foo.endpoint", json!({"hostPrefix": "{Text}."}))],
            "operations.Foo.endpoint.hostPrefix: no member is a host label \"Text\"",
        ),
        (
            &[("shapes.In.members.Text.hostLabel", json!(true))],
            "operations.Foo.endpoint.hostPrefix: the host label \"Text\" of the input is not in it",
        ),
        (
            &[("operations.Foo.endpoint", json!({"hostPrefix": "{Text."}))],
            "operations.Foo.endpoint.hostPrefix: a brace without its other",
        ),
        (
            &[("operations.Foo.endpoint", json!({"hostPrefix": "a/b"}))],
            "operations.Foo.endpoint.hostPrefix: expected letters, digits, hyphens, dots and labels",
        ),
        (
            &[("operations.Foo.endpoint", json!({"hostPrefix": "x.."}))],
            "operations.Foo.endpoint.hostPrefix: \"\" cannot be a part of a host name",
        ),
        (
            &[("operations.Foo.endpoint", json!({"hostPrefix": ".x"}))],
            "operations.Foo.endpoint.hostPrefix: \"\" cannot be a part of a host name",
        ),
        (
            &[("operations.Foo.endpoint", json!({"hostPrefix": "a-.b"}))],
            "operations.Foo.endpoint.hostPrefix: \"a-\" cannot be a part of a host name",
        ),
        (
            &[("operations.Foo.endpoint", json!({"hostPrefix": ""}))],
            "operations.Foo.endpoint.hostPrefix: the prefix is empty",
        ),
        (
            &[
                ("operations.Foo.endpoint", json!({"hostPrefix": "{Part}."})),
                ("shapes.In.members.Part.hostLabel", json!(true)),
            ],
            "shapes.In.members.Part: a host label has to be a string",
        ),
        (
            &[("shapes.Part.members.Text.hostLabel", json!(true))],
            "shapes.Part.members.Text.hostLabel: `hostLabel` is for members of the input of an operation",
        ),
        (
            &[("shapes.Out.members.Text", json!({"shape": "Text", "contextParam": {"name": "Stage"}}))],
            "shapes.Out.members.Text.contextParam: `contextParam` is for members of the input of an operation",
        ),
        (
            &[("shapes.In.members.A", token.clone()), ("shapes.In.members.B", token.clone())],
            "operations.Foo.input: a second idempotency token, \"B\", is not supported",
        ),
        (
            &[("shapes.In.members.A", json!({"shape": "Number", "idempotencyToken": true}))],
            "operations.Foo.input: the idempotency token \"A\" is no string",
        ),
        (
            &[("shapes.In.members.A", json!({"shape": "Colour", "idempotencyToken": true}))],
            "operations.Foo.input: the idempotency token \"A\" is no string",
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
            "shapes.Part.error: `error` is for exceptions, and this is none",
        ),
        (&[("shapes.Part.fault", json!(true))], "shapes.Part.fault: `fault` is for exceptions, and this is none"),
        (
            &[("shapes.Part.retryable", json!({}))],
            "shapes.Part.retryable: `retryable` is for exceptions, and this is none",
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
        (&[("operations.Foo.http.method", json!("TRACE"))], "operations.Foo.http.method: \"TRACE\" is no HTTP method"),
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
            "operations.Foo.http.requestUri: the label \"\" is empty or stands twice",
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

#[test]
fn names_and_references() {
    refused(&[
        (&[("operations.Foo.name", json!("Bar"))], "operations.Foo.name: \"Bar\" is not the operation's key"),
        (&[("operations.Foo.input.shape", json!("Gone"))], "operations.Foo.input.shape: there is no shape \"Gone\""),
        (&[("operations.Foo.output.shape", json!("Text"))], "operations.Foo.output.shape: Text is no structure"),
        (
            &[("operations.Foo.errors", json!([{"shape": "Gone"}]))],
            "operations.Foo.errors[0].shape: there is no shape \"Gone\"",
        ),
        (
            &[("operations.Foo.errors", json!([{"shape": "Part"}]))],
            "operations.Foo.errors[0].shape: Part is no exception",
        ),
        (
            &[("shapes.Part.members.Text.shape", json!("Gone"))],
            "shapes.Part.members.Text.shape: there is no shape \"Gone\"",
        ),
        (&[("shapes.List.member.shape", json!("Gone"))], "shapes.List.member.shape: there is no shape \"Gone\""),
        (&[("shapes.Map.value.shape", json!("Gone"))], "shapes.Map.value.shape: there is no shape \"Gone\""),
        (&[("shapes.Part.required", json!(["Text", "Gone"]))], "shapes.Part.required[1]: there is no member \"Gone\""),
        (
            &[("shapes.Part.required", json!(["Text", "Text"]))],
            "shapes.Part.required[1]: the member \"Text\" stands twice",
        ),
        (&[("shapes.Out.payload", json!("Gone"))], "shapes.Out.payload: there is no member \"Gone\""),
        (&[("shapes.Colour.enum", json!(["a", "b", "a"]))], "shapes.Colour.enum[2]: the value \"a\" stands twice"),
        (
            &[
                ("shapes.Ex2", json!({"type": "structure", "exception": true, "members": {}, "error": {"code": "Ex"}})),
                ("operations.Foo.errors", json!([{"shape": "Ex"}, {"shape": "Ex2"}])),
            ],
            "shapes.Ex2.error.code: \"Ex\" is the code of Ex as well",
        ),
    ]);
}

#[test]
fn metadata() {
    let plain = "expected letters, digits, spaces, dots, hyphens or underscores";
    refused(&[
        (
            &[("metadata.protocol", json!("json"))],
            "metadata.protocol: \"json\" is not supported: the generator speaks rest-json",
        ),
        (&[("metadata.apiVersion", json!("2020\n01"))], &format!("metadata.apiVersion: {plain}")),
        (&[("metadata.serviceId", json!("12 34"))], "metadata.serviceId: expected a name with a letter"),
        (&[("metadata.signingName", json!(""))], &format!("metadata.signingName: {plain}")),
        (&[("metadata.uid", json!("a/../b"))], &format!("metadata.uid: {plain}")),
        (&[("metadata.unheardOf", json!(1))], "metadata.unheardOf: the generator does not know this key"),
        (&[("unheardOf", json!(1))], "unheardOf: the generator does not know this key"),
    ]);
    // Another protocol beside one that is spoken is welcome.
    from_model(&with(&[("metadata.protocol", json!("json")), ("metadata.protocols", json!(["json", "rest-json"]))]))
        .expect("rest-json");
}

#[test]
fn what_is_said_to_the_endpoint_rules() {
    let only = "only strings and booleans can be given to the endpoint rule set";
    let none = "the endpoint rule set has no parameter \"Gone\" to fill";
    let json = json!({"shape": "Text", "jsonvalue": true, "contextParam": {"name": "Gone"}});
    refused(&[
        (
            &[("operations.Foo.staticContextParams", json!({"Gone": {"value": "x"}}))],
            &format!("operations.Foo.staticContextParams.Gone: {none}"),
        ),
        (
            &[("operations.Foo.staticContextParams", json!({"Gone": {"value": ["x"]}}))],
            &format!("operations.Foo.staticContextParams.Gone: {only}"),
        ),
        (
            &[("shapes.In.members.Text.contextParam", json!({"name": "Gone"}))],
            &format!("shapes.In.members.Text.contextParam: {none}"),
        ),
        (
            &[("shapes.In.members.Part.contextParam", json!({"name": "Gone"}))],
            &format!("shapes.In.members.Part.contextParam: {only}"),
        ),
        (&[("shapes.In.members.Text", json)], &format!("shapes.In.members.Text.contextParam: {only}")),
    ]);
}

/// What is said of the paginator of `Foo` beside the base model, where two members are tokens and one is a limit.
fn paginator_refused(change: (&str, Value), expected: &[&str]) {
    let model = with(&[
        ("shapes.Out.members.Next", json!({"shape": "Text"})),
        ("shapes.Out.members.Part", json!({"shape": "Part"})),
        ("shapes.In.members.Limit", json!({"shape": "Number"})),
    ]);
    let mut paginator =
        json!({"input_token": "Text", "output_token": "Next", "result_key": "List", "limit_key": "Limit"});
    paginator[change.0] = change.1;
    let mut inputs = of_model(&model.to_string());
    inputs.services[0].paginators = Some(json!({"pagination": {"Foo": paginator}}).to_string());
    let said = match generate(&inputs) {
        Ok(_) => String::new(),
        Err(problems) => problems.to_string(),
    };
    let at = "error: models/x/paginators-1.json: pagination.Foo";
    let expected: String = expected.iter().map(|line| format!("{at}.{line}\n")).collect();
    assert_eq!(said, expected);
}

#[test]
fn paginators_that_fit_nothing() {
    let gone = "the operation's output has no member";
    paginator_refused(("limit_key", json!("Limit")), &[]);
    paginator_refused(("input_token", json!("Nope")), &["input_token: the operation's input has no member \"Nope\""]);
    paginator_refused(("output_token", json!("Nope")), &[&format!("output_token: {gone} \"Nope\"")]);
    paginator_refused(("output_token", json!("Part.Nope")), &[&format!("output_token: {gone} \"Part.Nope\"")]);
    paginator_refused(("result_key", json!("Nope")), &[&format!("result_key: {gone} \"Nope\"")]);
    paginator_refused(("result_key", json!(["List", "Nope"])), &[&format!("result_key: {gone} \"Nope\"")]);
    paginator_refused(("more_results", json!("Nope")), &[&format!("more_results: {gone} \"Nope\"")]);
    paginator_refused(("non_aggregate_keys", json!(["Nope"])), &[&format!("non_aggregate_keys: {gone} \"Nope\"")]);
    paginator_refused(("limit_key", json!("Nope")), &["limit_key: the operation's input has no member \"Nope\""]);
    paginator_refused(
        ("limit_key", json!("Part")),
        &["limit_key: \"Part\" is of type structure, not integer or long or short or string"],
    );
    paginator_refused(
        ("result_key", json!(5)),
        &["result_key: expected a string or a list of strings, found a number"],
    );
    paginator_refused(("limit_key", json!(["Limit"])), &["limit_key: expected a string, found a list"]);
    paginator_refused(("odd", json!(1)), &["odd: the generator does not know this key"]);
    paginator_refused(
        ("input_token", json!(["Text", "Text"])),
        &["output_token: expected as many tokens as `input_token` has"],
    );
    // What fits and is no plain path is planned, or said to be left out.
    paginator_refused(("result_key", json!("List[0]")), &[]);
}

#[test]
fn paginators_of_operations_without_tokens() {
    for (end, at) in [("input", "operations.Foo"), ("output", "operations.Foo")] {
        let mut model = with(&[]);
        model["operations"]["Foo"].as_object_mut().expect("an operation").remove(end);
        let mut inputs = of_model(&model.to_string());
        let paginator = json!({"pagination": {"Foo": {"input_token": "Text", "output_token": "Text"}}});
        inputs.services[0].paginators = Some(paginator.to_string());
        let said = generate(&inputs).expect_err("no place for a token").to_string();
        let why = format!("the operation has no {end}, so that there is no place for a token ({at})");
        assert_eq!(said, format!("error: models/x/paginators-1.json: pagination.Foo: {why}\n"));
    }
}
