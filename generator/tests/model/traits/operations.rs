//! The keys of services, operations and paginators.

use serde_json::{Value, json};

use super::Becomes::{NoFact, Refused, Seen};
use super::{EVENTS, Edit, Row, XML, row};

const REPEATED: &str = "repeats what the exception's shape says";
const ANSWERS: &str = "checksums of answers are not verified";
const JSON: &str = "of the JSON protocols, which name operations in a header";

pub fn rows() -> Vec<Row> {
    [files(), metadata(), operations(), of_operations(), paginators()].into_iter().flatten().collect()
}

/// The keys at the top of the files.
fn files() -> Vec<Row> {
    let head = "the crate's root has a head of its own, from the templates; modules show it";
    let gone = "a service that is no longer offered is called as before";
    let paginated: Vec<Edit> = vec![
        ("shapes.Out.members.Text", json!({"shape": "Text"})),
        ("pagination.Foo", json!({"input_token": "Text", "output_token": "Text", "result_key": "List"})),
    ];
    let other = vec![("pagination.Foo.result_key", json!("Map"))];
    vec![
        row("read_service.version", "version", json!("1.0"), NoFact("the version of the format")),
        row("read_service.metadata", "metadata.serviceId", json!("Other"), Seen),
        row("read_service.operations", "operations.Foo.idempotent", json!(true), Seen),
        row("read_service.shapes", "shapes.Number.type", json!("long"), Seen),
        row("read_service.documentation", "documentation", json!("x"), NoFact(head)),
        row("read_service.examples", "examples", json!({}), NoFact("prose")),
        row("read_service.deprecated", "deprecated", json!(true), NoFact(gone)),
        row("read_service.deprecatedMessage", "deprecatedMessage", json!("x"), NoFact(gone)),
        ("read_paginators.pagination", paginated.clone(), other, Seen),
        (
            "read_paginators.version",
            paginated,
            vec![("paginators.version", json!("1.0"))],
            NoFact("the version of the format"),
        ),
    ]
}

fn metadata() -> Vec<Row> {
    let protocol = vec![("metadata.protocol", json!("json"))];
    let tree_hash = "Glacier's tree hash: AWS's clients add it by hand, whatever the model says";
    vec![
        row("Metadata.apiVersion", "metadata.apiVersion", json!("2021-01-01"), Seen),
        row("Metadata.endpointPrefix", "metadata.endpointPrefix", json!("other"), Seen),
        row("Metadata.protocol", "metadata.protocol", json!("ec2"), Refused("\"ec2\" is not supported")),
        ("Metadata.protocols", protocol, vec![("metadata.protocols", json!(["rest-json"]))], Seen),
        row("Metadata.serviceFullName", "metadata.serviceFullName", json!("Other"), Seen),
        row("Metadata.serviceId", "metadata.serviceId", json!("Other"), Seen),
        row("Metadata.signatureVersion", "metadata.signatureVersion", json!("bearer"), Seen),
        row("Metadata.signingName", "metadata.signingName", json!("other"), Seen),
        row("Metadata.uid", "metadata.uid", json!("other-1"), Seen),
        row("Metadata.auth", "metadata.auth", json!(["smithy.api#noAuth"]), Seen),
        row("Metadata.jsonVersion", "metadata.jsonVersion", json!("1.1"), NoFact(JSON)),
        row("Metadata.serviceAbbreviation", "metadata.serviceAbbreviation", json!("T"), NoFact("a second name")),
        row("Metadata.protocolSettings", "metadata.protocolSettings", json!({"h2": "eventstream"}), NoFact(EVENTS)),
        row("Metadata.checksumFormat", "metadata.checksumFormat", json!("sha256"), NoFact(tree_hash)),
        row("Metadata.ripServiceName", "metadata.ripServiceName", json!("x"), NoFact("a name that nothing goes by")),
        row(
            "Metadata.globalEndpoint",
            "metadata.globalEndpoint",
            json!("x.example"),
            NoFact("rules say where calls go"),
        ),
        row("Metadata.targetPrefix", "metadata.targetPrefix", json!("X"), NoFact(JSON)),
        row("Metadata.xmlNamespace", "metadata.xmlNamespace", json!("http://x/"), NoFact(XML)),
    ]
}

/// A row of one key of the operation `Foo`.
fn of(key: &'static str, value: Value, becomes: super::Becomes) -> Row {
    (key, Vec::new(), vec![(path(key), value)], becomes)
}

/// `operations.Foo.key` of `Operation.key`.
fn path(key: &'static str) -> &'static str {
    let name = key.split('.').next_back().unwrap_or_default();
    Box::leak(format!("operations.Foo.{name}").into_boxed_str())
}

fn operations() -> Vec<Row> {
    let deprecated = vec![("operations.Foo.deprecated", json!(true))];
    let message = vec![("operations.Foo.deprecatedMessage", json!("x"))];
    let since = vec![("operations.Foo.deprecatedSince", json!("x"))];
    vec![
        of("Operation.name", json!("Bar"), Refused("is not the operation's key")),
        of("Operation.http", json!({"method": "PUT", "requestUri": "/"}), Seen),
        of("Operation.input", json!({"shape": "Part"}), Seen),
        of("Operation.output", json!({"shape": "Part"}), Seen),
        of("Operation.errors", json!([]), Seen),
        of("Operation.idempotent", json!(true), Seen),
        of("Operation.readonly", json!(true), Seen),
        of("Operation.endpoint", json!({"hostPrefix": "a."}), Seen),
        of("Operation.authtype", json!("none"), Seen),
        of("Operation.auth", json!(["smithy.api#httpBearerAuth"]), Seen),
        of("Operation.unsignedPayload", json!(true), Seen),
        of("Operation.httpChecksum", json!({"requestChecksumRequired": true}), Seen),
        of("Operation.httpChecksumRequired", json!(true), Seen),
        of("Operation.requestcompression", json!({"encodings": ["gzip"]}), Seen),
        of("Operation.staticContextParams", json!({"Stage": {"value": "x"}}), Seen),
        of("Operation.deprecated", json!(true), Seen),
        ("Operation.deprecatedMessage", deprecated.clone(), message, Seen),
        ("Operation.deprecatedSince", deprecated, since, Seen),
        of("Operation.documentation", json!("x"), Seen),
    ]
}

fn of_operations() -> Vec<Row> {
    let errors = |one: Value| -> Vec<Edit> { vec![("operations.Foo.errors", json!([one]))] };
    let plain = errors(json!({"shape": "Ex"}));
    let other = vec![("shapes.Ex2", json!({"type": "structure", "exception": true}))];
    let checksum = "operations.Foo.httpChecksum";
    let algorithm: Vec<Edit> = vec![(checksum, json!({"requestAlgorithmMember": "Text"}))];
    let mode = vec![("operations.Foo.httpChecksum.requestValidationModeMember", json!("Text"))];
    let answers = vec![("operations.Foo.httpChecksum.responseAlgorithms", json!(["CRC32"]))];
    let context = |value: Value| -> Vec<Edit> {
        vec![("operations.Foo.staticContextParams", json!({"Stage": {"value": value}}))]
    };
    let zstd = json!({"encodings": ["zstd"]});
    vec![
        row("Http.method", "operations.Foo.http.method", json!("PATCH"), Seen),
        row("Http.requestUri", "operations.Foo.http.requestUri", json!("/other"), Seen),
        row("Http.responseCode", "operations.Foo.http.responseCode", json!(202), Seen),
        ("StaticContextParam.value", context(json!("x")), context(json!("y")), Seen),
        row("EndpointTrait.hostPrefix", "operations.Foo.endpoint", json!({"hostPrefix": "b."}), Seen),
        ("ErrorRef.shape", other, errors(json!({"shape": "Ex2"})), Seen),
        ("ErrorRef.error", plain.clone(), errors(json!({"shape": "Ex", "error": {"code": "X"}})), NoFact(REPEATED)),
        ("ErrorRef.exception", plain.clone(), errors(json!({"shape": "Ex", "exception": true})), NoFact(REPEATED)),
        ("ErrorRef.fault", plain.clone(), errors(json!({"shape": "Ex", "fault": true})), NoFact(REPEATED)),
        ("ErrorRef.documentation", plain, errors(json!({"shape": "Ex", "documentation": "x"})), NoFact(REPEATED)),
        row("HttpChecksum.requestChecksumRequired", checksum, json!({"requestChecksumRequired": true}), Seen),
        row("HttpChecksum.requestAlgorithmMember", checksum, json!({"requestAlgorithmMember": "Text"}), Seen),
        ("HttpChecksum.requestValidationModeMember", algorithm.clone(), mode, NoFact(ANSWERS)),
        ("HttpChecksum.responseAlgorithms", algorithm, answers, NoFact(ANSWERS)),
        row("RequestCompression.encodings", "operations.Foo.requestcompression", zstd, Refused("is supported")),
    ]
}

fn paginators() -> Vec<Row> {
    let before: Vec<Edit> = vec![
        ("shapes.Out.members.Text", json!({"shape": "Text"})),
        ("shapes.Out.members.Other", json!({"shape": "Text"})),
        ("shapes.In.members.Other", json!({"shape": "Text"})),
        ("shapes.In.members.Limit", json!({"shape": "Number"})),
        ("pagination.Foo", json!({"input_token": "Text", "output_token": "Text", "result_key": "List"})),
    ];
    let changes = [
        ("Paginator.input_token", "pagination.Foo.input_token", json!("Other"), Seen),
        ("Paginator.output_token", "pagination.Foo.output_token", json!("Other"), Seen),
        ("Paginator.result_key", "pagination.Foo.result_key", json!("Map"), Seen),
        ("Paginator.limit_key", "pagination.Foo.limit_key", json!("Limit"), Seen),
        ("Paginator.more_results", "pagination.Foo.more_results", json!("Other"), Seen),
        (
            "Paginator.non_aggregate_keys",
            "pagination.Foo.non_aggregate_keys",
            json!(["Other"]),
            NoFact("every page is given whole"),
        ),
        ("Paginator.py_input_token", "pagination.Foo.py_input_token", json!("other"), NoFact("botocore's own name")),
    ];
    changes.into_iter().map(|(key, path, value, becomes)| (key, before.clone(), vec![(path, value)], becomes)).collect()
}
