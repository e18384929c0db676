//! Verdicts of `diff` on one change at a time: the words, the verdict, and the item of the emitted crate behind it.

use generator::ServiceInputs;
use generator::tools::diff::{Change, Kind, Verdict, diff, verdict};
use serde_json::{Value, json};

pub fn model() -> Value {
    json!({
        "metadata": {
            "apiVersion": "2020-01-01", "endpointPrefix": "tiny", "protocol": "rest-json", "serviceFullName": "Tiny",
            "serviceId": "Tiny", "signatureVersion": "v4"
        },
        "operations": {
            "GetThing": {
                "name": "GetThing", "http": { "method": "GET", "requestUri": "/things/{Id}" },
                "input": { "shape": "GetThingRequest" }, "output": { "shape": "GetThingResponse" },
                "errors": [{ "shape": "NotFoundException" }]
            },
            "ListThings": {
                "name": "ListThings", "http": { "method": "POST", "requestUri": "/things" },
                "input": { "shape": "ListThingsRequest" }, "output": { "shape": "ListThingsResponse" },
                "errors": [{ "shape": "NotFoundException" }]
            },
            "DropThing": {
                "name": "DropThing", "http": { "method": "DELETE", "requestUri": "/things" },
                "input": { "shape": "DropThingRequest" }
            }
        },
        "shapes": {
            "GetThingRequest": {
                "type": "structure", "required": ["Id"],
                "members": { "Id": { "shape": "Id", "location": "uri" }, "Filter": { "shape": "Thing" } }
            },
            "GetThingResponse": { "type": "structure", "members": { "Thing": { "shape": "Thing" } } },
            "ListThingsRequest": {
                "type": "structure",
                "members": { "Filter": { "shape": "Thing" }, "NextToken": { "shape": "Id" } }
            },
            "ListThingsResponse": {
                "type": "structure", "members": { "Things": { "shape": "Things" }, "NextToken": { "shape": "Id" } }
            },
            "DropThingRequest": { "type": "structure", "members": { "Reason": { "shape": "Id" } } },
            "Thing": {
                "type": "structure", "required": ["Name"],
                "members": { "Name": { "shape": "Id" }, "Kind": { "shape": "Kind" }, "Parent": { "shape": "Thing" } }
            },
            "Things": { "type": "list", "member": { "shape": "Thing" } },
            "Kind": { "type": "string", "enum": ["A", "B"] },
            "Id": { "type": "string", "min": 1 },
            "NotFoundException": { "type": "structure", "members": {}, "exception": true }
        }
    })
}

pub fn paginators() -> Value {
    json!({ "pagination": {
        "ListThings": { "input_token": "NextToken", "output_token": "NextToken", "result_key": "Things" }
    } })
}

pub fn inputs(model: &Value, paginators: &Value) -> ServiceInputs {
    ServiceInputs {
        folder: "models/tiny".to_owned(),
        model: model.to_string(),
        paginators: Some(paginators.to_string()),
        ..ServiceInputs::default()
    }
}

/// Puts a value at a JSON pointer, or takes away what is there.
pub fn edit(model: &mut Value, pointer: &str, value: Option<Value>) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = model.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Some(value) => drop(parent.insert(key.to_owned(), value)),
        None => assert!(parent.remove(key).is_some(), "{pointer}"),
    }
}

fn changes(edits: &[(&str, Option<Value>)]) -> Vec<Change> {
    let mut new = model();
    for (pointer, value) in edits {
        edit(&mut new, pointer, value.clone());
    }
    diff(&inputs(&model(), &paginators()), &inputs(&new, &paginators())).unwrap()
}

fn lines(edits: &[(&str, Option<Value>)]) -> Vec<String> {
    changes(edits)
        .into_iter()
        .map(|change| format!("{}: {} ({}: {})", change.place, change.what, change.verdict, change.reasons.join("; ")))
        .collect()
}

#[test]
fn nothing_is_a_patch_without_lines() {
    let none = changes(&[("/operations/GetThing/documentation", Some(json!("<p>Other words.</p>")))]);
    assert_eq!(none, []);
    assert_eq!(verdict(&none), Verdict::Patch);
}

#[test]
fn what_is_new_is_minor() {
    for (edits, expected) in [
        (
            vec![("/shapes/Thing/members/Colour", Some(json!({ "shape": "Id" })))],
            vec![
                "shapes.Thing.members.Colour: added (minor: `types::Thing.colour` is new; `types::ThingBuilder::colour` is \
                 new)",
            ],
        ),
        (
            vec![("/shapes/Kind/enum", Some(json!(["A", "B", "C"])))],
            vec!["shapes.Kind.enum.C: value added (minor: `types::Kind::C` is new)"],
        ),
        (
            vec![("/operations/Ping", Some(json!({ "name": "Ping", "http": { "method": "GET", "requestUri": "/" } })))],
            vec!["operations.Ping: added (minor: `Client::ping` is new; `operation::ping` is new)"],
        ),
        (
            vec![
                ("/shapes/GetThingResponse/members/Rank", Some(json!({ "shape": "Id" }))),
                ("/shapes/GetThingResponse/required", Some(json!(["Rank"]))),
            ],
            vec![
                "shapes.GetThingResponse.members.Rank: added, required (minor: \
                 `operation::get_thing::GetThingResponse.rank` is new)",
            ],
        ),
        (
            vec![("/shapes/Thing/members/Kind/deprecated", Some(json!(true)))],
            vec![
                "shapes.Thing.members.Kind: deprecated now (minor: `types::Thing.kind` is deprecated; \
                 `types::ThingBuilder::kind` is deprecated)",
            ],
        ),
    ] {
        assert_eq!(lines(&edits), expected);
    }
}

#[test]
fn what_no_program_can_name_is_a_patch() {
    for (edits, expected) in [
        (vec![("/shapes/Id/min", Some(json!(2)))], "shapes.Id: min `2`, was `1` (patch: documentation only)"),
        (
            vec![("/operations/GetThing/http/requestUri", Some(json!("/thing/{Id}")))],
            "operations.GetThing: URI `/thing/{Id}`, was `/things/{Id}` (patch: `Client::get_thing` is `GET \
             /thing/{Id}`, was `GET /things/{Id}`: other bytes on the wire, the same Rust)",
        ),
        (
            vec![("/shapes/GetThingRequest/members/Filter/locationName", Some(json!("filter")))],
            "shapes.GetThingRequest.members.Filter: locationName `filter`, was none (patch: \
             `operation::get_thing::GetThingRequest.filter` is the key `filter` of the body, was the key `Filter` of the \
             body: other bytes on the wire, the same Rust)",
        ),
        (
            vec![("/operations/DropThing/errors", Some(json!([{ "shape": "NotFoundException" }])))],
            "operations.DropThing: error `NotFoundException` added (patch: documentation, and what the operation says of \
             itself)",
        ),
        (
            vec![("/operations/DropThing/idempotent", Some(json!(true)))],
            "operations.DropThing: idempotent now (patch: no public item changes)",
        ),
    ] {
        assert_eq!(lines(&edits), [expected]);
    }
}

#[test]
fn what_a_program_may_name_and_finds_no_more_is_major() {
    for (edits, expected) in [
        (
            vec![("/shapes/GetThingResponse/members/Thing", None)],
            vec![
                "shapes.GetThingResponse.members.Thing: removed (major: `operation::get_thing::GetThingResponse.thing` is gone)",
            ],
        ),
        (
            vec![("/shapes/Kind/enum", Some(json!(["A"])))],
            vec!["shapes.Kind.enum.B: value removed (major: `types::Kind::B` is gone)"],
        ),
        (
            vec![("/operations/DropThing/output", Some(json!({ "shape": "Thing" })))],
            vec![
                "operations.DropThing: output `Thing`, was none (major: `operation::drop_thing::DropThingCall::send` \
                 responds with `Thing`, responded with `()`)",
            ],
        ),
        (
            vec![("/shapes/DropThingRequest/required", Some(json!(["Reason"])))],
            vec![
                "shapes.DropThingRequest.members.Reason: required now (major: \
                 `operation::drop_thing::DropThingRequest.reason` is `String`, was `Option<String>`; `inputs::reason` is \
                 new; `operation::drop_thing::DropThingCall` demands `reason`)",
            ],
        ),
    ] {
        assert_eq!(lines(&edits), expected);
    }
}

#[test]
fn a_type_that_follows_from_a_list_or_an_enumeration_elsewhere_names_the_cause() {
    let changes = changes(&[("/shapes/Kind/enum", None)]);
    let kind = changes.iter().find(|change| change.place == "shapes.Kind").unwrap();
    assert_eq!((kind.what.as_str(), kind.verdict), ("any string now, not an enumeration", Verdict::Major));
    assert!(
        kind.reasons.iter().any(|reason| reason.starts_with("`types::Thing.kind` is `Option<String>`")),
        "{kind:?}"
    );
}

#[test]
fn a_shape_that_a_second_operation_takes_moves_and_that_is_major() {
    let lines = lines(&[("/operations/DropThing/output", Some(json!({ "shape": "GetThingResponse" })))]);
    let moved = lines.iter().any(|line| line.contains("(major: `operation::get_thing::GetThingResponse` is gone"));
    assert!(moved, "{lines:#?}");
}

#[test]
fn a_name_that_changes_is_guessed_and_still_major() {
    let mut members = model()["shapes"]["Thing"]["members"].clone();
    let kind = members.as_object_mut().unwrap().remove("Kind").unwrap();
    members["ThingKind"] = kind;
    assert_eq!(
        lines(&[("/shapes/Thing/members", Some(members))]),
        [
            "shapes.Thing.members.Kind: removed; looks renamed to `ThingKind` (major: `types::Thing.kind` is gone; \
             `types::ThingBuilder::kind` is gone)",
            "shapes.Thing.members.ThingKind: added; looks like the former `Kind` (minor: `types::Thing.thing_kind` is new; \
             `types::ThingBuilder::thing_kind` is new)",
        ]
    );
    let drop = model()["operations"]["DropThing"].clone();
    let mut renamed = drop.clone();
    renamed["name"] = json!("RemoveThing");
    let changes = changes(&[("/operations/DropThing", None), ("/operations/RemoveThing", Some(renamed))]);
    let whats: Vec<_> = changes.iter().map(|change| (change.place.as_str(), change.what.as_str())).collect();
    assert!(whats.contains(&("operations.DropThing", "removed; looks renamed to `RemoveThing`")), "{whats:?}");
    assert!(whats.contains(&("operations.RemoveThing", "added; looks like the former `DropThing`")), "{whats:?}");
    assert_eq!(verdict(&changes), Verdict::Major);
}

#[test]
fn paging_that_ends_takes_the_paginator_away() {
    let none = json!({ "pagination": {} });
    let changes = diff(&inputs(&model(), &paginators()), &inputs(&model(), &none)).unwrap();
    assert_eq!(changes.len(), 1, "{changes:?}");
    let change = &changes[0];
    assert_eq!((change.place.as_str(), change.verdict), ("pagination.ListThings", Verdict::Major));
    assert!(
        change.reasons.iter().any(|reason| reason.contains("ListThingsCall::into_paginator` is gone")),
        "{change:?}"
    );
}

#[test]
fn a_model_that_is_broken_is_an_error_on_either_side() {
    let (good, bad) = (inputs(&model(), &paginators()), inputs(&json!({}), &json!({})));
    assert!(diff(&good, &bad).is_err());
    assert!(diff(&bad, &good).is_err());
}

/// The changes between two `areas.toml` of the same model, or of one with another operation.
fn of_areas(old: Option<&str>, new: Option<&str>, ping: bool) -> Vec<String> {
    let with = |model: &Value, areas: Option<&str>| ServiceInputs {
        areas: areas.map(|text| ("models/tiny/areas.toml".to_owned(), text.to_owned())),
        ..inputs(model, &paginators())
    };
    let mut later = model();
    if ping {
        let ping = json!({ "name": "Ping", "http": { "method": "GET", "requestUri": "/" } });
        edit(&mut later, "/operations/Ping", Some(ping));
    }
    let changes = diff(&with(&model(), old), &with(&later, new)).unwrap();
    let areas = changes.into_iter().filter(|change| change.kind == Kind::Area);
    areas.map(|one| format!("{}: {} ({}: {})", one.place, one.what, one.verdict, one.reasons.join("; "))).collect()
}

/// An `areas.toml` of these areas and their operations.
fn areas(of: &[(&str, &[&str])]) -> String {
    let area =
        |(name, operations): &(&str, &[&str])| format!("[areas.{name}]\ntitle = 'Some'\noperations = {operations:?}\n");
    of.iter().map(area).collect()
}

#[test]
fn an_operation_that_moves_is_major_and_a_new_area_is_minor() {
    let one = areas(&[("things", &["GetThing", "ListThings", "DropThing"])]);
    assert_eq!(of_areas(Some(&one), Some(&one), false), <[&str; 0]>::default());
    let two = areas(&[("drops", &["DropThing"]), ("things", &["GetThing", "ListThings"])]);
    assert_eq!(
        of_areas(Some(&one), Some(&two), false),
        [
            "areas.drops: added (minor: the feature `drops` is new)",
            "areas.drops.operations.DropThing: moved here from the area `things` (major: `drop_thing` needs the feature \
             `drops`, needed `things`)",
        ]
    );
    assert!(of_areas(Some(&two), Some(&one), false)[0].starts_with("areas.drops: removed (major: "));
    let new = one.replace("\"DropThing\"", "\"DropThing\", \"Ping\"");
    assert_eq!(
        of_areas(Some(&one), Some(&new), true),
        ["areas.things.operations.Ping: the place of a new operation (patch: `ping` needs the feature `things`)"]
    );
    // Until now all of it was there without a feature.
    assert!(of_areas(None, Some(&one), false)[0].starts_with("areas.things: added (major: "));
}

/// A shape that another area reached alone is not there for it any more.
#[test]
fn a_shape_that_an_area_no_longer_reaches_is_major() {
    let one = areas(&[("get", &["GetThing"]), ("rest", &["ListThings", "DropThing"])]);
    let with = |model: &Value| ServiceInputs {
        areas: Some(("models/tiny/areas.toml".to_owned(), one.clone())),
        ..inputs(model, &json!({ "pagination": {} }))
    };
    let mut later = model();
    edit(&mut later, "/shapes/ListThingsRequest/members/Filter", None);
    edit(&mut later, "/shapes/ListThingsResponse/members/Things", None);
    let changes = diff(&with(&model()), &with(&later)).unwrap();
    let thing = changes.iter().find(|change| change.place == "shapes.Thing").expect("a change of Thing");
    assert_eq!((thing.kind, thing.verdict), (Kind::Area, Verdict::Major));
    assert_eq!(thing.reasons, ["`types::Thing` is no longer there with `rest` alone"]);
}

/// A waiter is a type and a method of the call that it repeats.
#[test]
fn waiters_come_and_go() {
    let waiters = |delay: u32| {
        let acceptor = json!({"state": "success", "matcher": "status", "expected": 200});
        let waiter = json!({"operation": "GetThing", "delay": delay, "maxAttempts": 9, "acceptors": [acceptor]});
        json!({"version": 2, "waiters": {"ThingThere": waiter}}).to_string()
    };
    let with = |waiters: Option<String>| ServiceInputs { waiters, ..inputs(&model(), &paginators()) };
    let lines = |old: Option<String>, new: Option<String>| -> Vec<String> {
        let changes = diff(&with(old), &with(new)).unwrap();
        let line = |change: Change| {
            format!("{}: {} ({}: {})", change.place, change.what, change.verdict, change.reasons.join("; "))
        };
        changes.into_iter().map(line).collect()
    };
    let added = "waiters.ThingThere: a waiter (minor: \
                 `operation::get_thing::GetThingCall::wait_until_thing_there` is new; `waiters::ThingThere` is new)";
    let gone = "waiters.ThingThere: no waiter any more (major: \
                 `operation::get_thing::GetThingCall::wait_until_thing_there` is gone; `waiters::ThingThere` is gone)";
    assert_eq!(lines(None, Some(waiters(5))), [added]);
    assert_eq!(lines(Some(waiters(5)), None), [gone]);
    let changed = "waiters.ThingThere: delay `7`, was `5` (patch: no public item changes)";
    assert_eq!(lines(Some(waiters(5)), Some(waiters(7))), [changed]);
}
