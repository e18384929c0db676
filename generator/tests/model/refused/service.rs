//! The service and its operations: signing, checksums, hosts, tokens, names, metadata, endpoint parameters.

use serde_json::json;

use super::refused;
use crate::support::{from_model, with};

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
            "operations.Foo.input: the idempotency token \"A\" is not a string",
        ),
        (
            &[("shapes.In.members.A", json!({"shape": "Colour", "idempotencyToken": true}))],
            "operations.Foo.input: the idempotency token \"A\" is not a string",
        ),
    ]);
}

#[test]
fn names_and_references() {
    refused(&[
        (&[("operations.Foo.name", json!("Bar"))], "operations.Foo.name: \"Bar\" is not the operation's key"),
        (&[("operations.Foo.input.shape", json!("Gone"))], "operations.Foo.input.shape: there is no shape \"Gone\""),
        (&[("operations.Foo.output.shape", json!("Text"))], "operations.Foo.output.shape: Text is not a structure"),
        (
            &[("operations.Foo.errors", json!([{"shape": "Gone"}]))],
            "operations.Foo.errors[0].shape: there is no shape \"Gone\"",
        ),
        (
            &[("operations.Foo.errors", json!([{"shape": "Part"}]))],
            "operations.Foo.errors[0].shape: Part is not an exception",
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
            "shapes.Part.required[1]: the member \"Text\" appears twice",
        ),
        (&[("shapes.Out.payload", json!("Gone"))], "shapes.Out.payload: there is no member \"Gone\""),
        (&[("shapes.Colour.enum", json!(["a", "b", "a"]))], "shapes.Colour.enum[2]: the value \"a\" appears twice"),
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
