//! The keys of shapes, their members, and what refers to them.

use serde_json::{Value, json};

use super::Becomes::{NoFact, Refused, Seen};
use super::{Edit, Row, XML, row};

const OPTION: &str = "what is not required is an Option already";
const OF_EVENTS: &str = "`eventheader` and `eventpayload` are for the members of an event";
const STATUS: &str = "the HTTP status says it";

pub fn rows() -> Vec<Row> {
    [references(), shapes(), payloads(), members()].into_iter().flatten().collect()
}

fn references() -> Vec<Row> {
    let error = vec![("shapes.Ex.error", json!({"httpStatusCode": 400}))];
    let retryable = vec![("shapes.Ex.retryable", json!({}))];
    let own = "the shape's own says it";
    vec![
        row("ShapeLink.shape", "operations.Foo.input.shape", json!("Part"), Seen),
        row("ShapeLink.documentation", "operations.Foo.input.documentation", json!("x"), NoFact(own)),
        row("Element.shape", "shapes.List.member.shape", json!("Part"), Seen),
        row("Element.locationName", "shapes.List.member.locationName", json!("item"), NoFact(XML)),
        row("Element.documentation", "shapes.List.member.documentation", json!("x"), NoFact(own)),
        row("Key.shape", "shapes.Map.key.shape", json!("Colour"), Seen),
        row("Key.locationName", "shapes.Map.key.locationName", json!("item"), NoFact(XML)),
        row("Key.documentation", "shapes.Map.key.documentation", json!("x"), NoFact(own)),
        row("MapValue.shape", "shapes.Map.value.shape", json!("Number"), Seen),
        row("MapValue.locationName", "shapes.Map.value.locationName", json!("item"), NoFact(XML)),
        row("MapValue.documentation", "shapes.Map.value.documentation", json!("x"), NoFact(own)),
        row("ErrorTrait.httpStatusCode", "shapes.Ex.error", json!({"httpStatusCode": 418}), Seen),
        ("ErrorTrait.senderFault", error.clone(), vec![("shapes.Ex.error.senderFault", json!(true))], NoFact(STATUS)),
        ("ErrorTrait.code", error.clone(), vec![("shapes.Ex.error.code", json!("Other"))], Seen),
        ("ErrorTrait.fault", error, vec![("shapes.Ex.error.fault", json!(true))], NoFact(STATUS)),
        ("Retryable.throttling", retryable, vec![("shapes.Ex.retryable.throttling", json!(true))], Seen),
    ]
}

fn shapes() -> Vec<Row> {
    let deprecated = vec![("shapes.Part.deprecated", json!(true))];
    let held: Vec<Edit> =
        vec![("shapes.Held", json!({"type": "string"})), ("shapes.In.members.Held", json!({"shape": "Held"}))];
    let tool = "says that a tool made up the shape, which is one like any other";
    vec![
        row("Shape.type", "shapes.Number.type", json!("long"), Seen),
        row("Shape.members", "shapes.Part.members.Late", json!({"shape": "Text"}), Seen),
        row("Shape.required", "shapes.Part.required", json!(["Text"]), Seen),
        row("Shape.member", "shapes.List.member", json!({"shape": "Number"}), Seen),
        row("Shape.key", "shapes.Map.key", json!({"shape": "Colour"}), Seen),
        row("Shape.value", "shapes.Map.value", json!({"shape": "Number"}), Seen),
        row("Shape.enum", "shapes.Colour.enum", json!(["blue"]), Seen),
        row("Shape.min", "shapes.Text.min", json!(1), Seen),
        row("Shape.max", "shapes.Text.max", json!(2), Seen),
        row("Shape.pattern", "shapes.Text.pattern", json!("x"), Seen),
        row("Shape.sensitive", "shapes.Text.sensitive", json!(true), Seen),
        row("Shape.box", "shapes.Number.box", json!(true), NoFact(OPTION)),
        row("Shape.union", "shapes.Choice.union", json!(false), Seen),
        row("Shape.exception", "shapes.Ex.exception", json!(false), Refused("Ex is not an exception")),
        row("Shape.error", "shapes.Ex.error", json!({"code": "Other"}), Seen),
        row("Shape.fault", "shapes.Ex.fault", json!(true), Seen),
        row("Shape.retryable", "shapes.Ex.retryable", json!({}), Seen),
        ("Shape.document", vec![("shapes.Part.members", json!({}))], vec![("shapes.Part.document", json!(true))], Seen),
        row(
            "Shape.eventstream",
            "shapes.Choice.eventstream",
            json!(true),
            Refused("the request of every operation is a stream of events: Foo"),
        ),
        row("Shape.event", "shapes.Part.event", json!(true), NoFact("the stream that has it says it")),
        row("Shape.sparse", "shapes.List.sparse", json!(true), Seen),
        row("Shape.timestampFormat", "shapes.Time.timestampFormat", json!("rfc822"), Seen),
        row("Shape.flattened", "shapes.List.flattened", json!(true), NoFact(XML)),
        row("Shape.synthetic", "shapes.Part.synthetic", json!(true), NoFact(tool)),
        ("Shape.jsonvalue", held, vec![("shapes.Held.jsonvalue", json!(true))], Seen),
        row("Shape.locationName", "shapes.Part.locationName", json!("x"), NoFact(XML)),
        row("Shape.deprecated", "shapes.Part.deprecated", json!(true), Seen),
        ("Shape.deprecatedMessage", deprecated.clone(), vec![("shapes.Part.deprecatedMessage", json!("x"))], Seen),
        ("Shape.deprecatedSince", deprecated, vec![("shapes.Part.deprecatedSince", json!("x"))], Seen),
        row("Shape.documentation", "shapes.Part.documentation", json!("x"), Seen),
    ]
}

fn payloads() -> Vec<Row> {
    let body: Vec<Edit> = vec![
        ("shapes.In", json!({"type": "structure", "members": {"Body": {"shape": "Stream"}}})),
        ("shapes.Stream", json!({"type": "blob"})),
    ];
    let payload: Edit = ("shapes.In.payload", json!("Body"));
    let streaming: Edit = ("shapes.Stream.streaming", json!(true));
    let whole = [body.clone(), vec![payload.clone()]].concat();
    let stream = [whole.clone(), vec![streaming.clone()]].concat();
    let length = "whoever makes a stream knows its length or not; the service refuses what it cannot take";
    vec![
        ("Shape.payload", body, vec![payload], Seen),
        ("Shape.streaming", whole.clone(), vec![streaming], Seen),
        ("Shape.requiresLength", stream, vec![("shapes.Stream.requiresLength", json!(true))], NoFact(length)),
        ("Member.streaming", whole, vec![("shapes.In.members.Body.streaming", json!(true))], Seen),
    ]
}

fn members() -> Vec<Row> {
    let text = |key: &'static str, value: Value, becomes| -> Row {
        let name = key.strip_prefix("Member.").unwrap_or("contextParam");
        let path = Box::leak(format!("shapes.In.members.Text.{name}").into_boxed_str());
        (key, Vec::new(), vec![(&*path, value)], becomes)
    };
    let deprecated = vec![("shapes.In.members.Text.deprecated", json!(true))];
    let message = vec![("shapes.In.members.Text.deprecatedMessage", json!("x"))];
    let since = vec![("shapes.In.members.Text.deprecatedSince", json!("x"))];
    // Alone, each is refused: the other gives it a meaning.
    let labelled = vec![("operations.Foo.endpoint", json!({"hostPrefix": "{Text}."}))];
    let label = vec![("shapes.In.members.Text.hostLabel", json!(true))];
    vec![
        text("Member.shape", json!("Number"), Seen),
        text("Member.location", json!("header"), Seen),
        text("Member.locationName", json!("x"), Seen),
        text("Member.contextParam", json!({"name": "Stage"}), Seen),
        text("ContextParam.name", json!({"name": "Gone"}), Refused("no parameter \"Gone\"")),
        text("Member.box", json!(true), NoFact(OPTION)),
        text("Member.idempotencyToken", json!(true), Seen),
        text("Member.jsonvalue", json!(true), Seen),
        ("Member.hostLabel", labelled, label, Seen),
        text("Member.eventpayload", json!(true), Refused(OF_EVENTS)),
        text("Member.eventheader", json!(true), Refused(OF_EVENTS)),
        row("Member.timestampFormat", "shapes.Out.members.Time.timestampFormat", json!("iso8601"), Seen),
        text("Member.enum", json!(["a"]), Seen),
        row("Member.flattened", "shapes.Out.members.List.flattened", json!(true), NoFact(XML)),
        text("Member.sensitive", json!(true), Seen),
        text("Member.deprecated", json!(true), Seen),
        ("Member.deprecatedMessage", deprecated.clone(), message, Seen),
        ("Member.deprecatedSince", deprecated, since, Seen),
        text("Member.documentation", json!("x"), Seen),
    ]
}
