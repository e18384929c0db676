//! Verdicts of `diff` where names could move from one thing to another, and the change that each break is blamed on.

use generator::ServiceInputs;
use generator::tools::diff::{Change, Verdict, diff, verdict};
use serde_json::{Value, json};

use super::diff::{edit, inputs, model, paginators};

/// The model with values at some places.
fn with(edits: &[(&str, Value)]) -> Value {
    let mut model = model();
    for (pointer, value) in edits {
        edit(&mut model, pointer, Some(value.clone()));
    }
    model
}

fn compare(old: &Value, new: &Value, names: Option<&str>) -> Vec<Change> {
    let names = names.map(|text| ("models/tiny/names.toml".to_owned(), text.to_owned()));
    let new = ServiceInputs { names, ..inputs(new, &paginators()) };
    diff(&inputs(old, &paginators()), &new).unwrap()
}

fn lines(changes: &[Change]) -> Vec<String> {
    let line = |change: &Change| {
        format!("{}: {} ({}: {})", change.place, change.what, change.verdict, change.reasons.join("; "))
    };
    changes.iter().map(line).collect()
}

#[test]
fn what_is_new_gets_a_name_of_its_own() {
    let text = || json!({ "shape": "Id" });
    let union = |members: Value| json!({ "type": "structure", "union": true, "members": members });
    let operation =
        |name: &str| json!({ "name": name, "http": { "method": "POST", "requestUri": format!("/{name}") } });
    for (old, new, expected) in [
        (
            vec![("/shapes/GetThingResponse/members/Arn", text())],
            vec![("/shapes/GetThingResponse/members/ARN", text())],
            "shapes.GetThingResponse.members.ARN: added (minor: `operation::get_thing::GetThingResponse.arn2` is new)",
        ),
        (
            vec![("/shapes/GetThingResponse/members/ARN", text())],
            vec![("/shapes/GetThingResponse/members/Arn", text())],
            "shapes.GetThingResponse.members.Arn: added (minor: `operation::get_thing::GetThingResponse.arn2` is new)",
        ),
        (
            vec![
                ("/shapes/Choice", union(json!({ "ARN": { "shape": "Id" } }))),
                ("/shapes/Thing/members/Choice", json!({ "shape": "Choice" })),
            ],
            vec![("/shapes/Choice/members/Arn", text())],
            "shapes.Choice.members.Arn: added (minor: `types::Choice::Arn2` is new)",
        ),
        (
            vec![("/shapes/Kind/enum", json!(["A", "B", "in-use"]))],
            vec![("/shapes/Kind/enum", json!(["A", "B", "in-use", "InUse", "IN_USE"]))],
            "shapes.Kind.enum.IN_USE: value added (minor: `types::Kind::InUse2` is new)",
        ),
        (
            vec![("/operations/GETAll", operation("GETAll"))],
            vec![("/operations/GetAll", operation("GetAll"))],
            "operations.GetAll: added (minor: `Client::get_all2` is new; `operation::get_all2` is new)",
        ),
    ] {
        let before = with(&old);
        let mut after = before.clone();
        new.iter().for_each(|(pointer, value)| edit(&mut after, pointer, Some(value.clone())));
        let changes = compare(&before, &after, None);
        assert_eq!(lines(&changes)[0], expected);
        assert_eq!(verdict(&changes), Verdict::Minor, "{changes:#?}");
    }
}

#[test]
fn a_builder_and_a_call_keep_their_names_beside_a_new_shape() {
    let shape = || json!({ "type": "structure", "members": { "Text": { "shape": "Id" } } });
    let new = with(&[
        ("/shapes/ThingBuilder", shape()),
        ("/shapes/GetThingCall", shape()),
        ("/shapes/ListThingsResponse/members/Builder", json!({ "shape": "ThingBuilder" })),
        ("/shapes/ListThingsResponse/members/Call", json!({ "shape": "GetThingCall" })),
    ]);
    let changes = compare(&model(), &new, None);
    assert_eq!(verdict(&changes), Verdict::Minor, "{changes:#?}");
    let lines = lines(&changes);
    assert!(
        lines.contains(&"shapes.ThingBuilder: added (minor: `types::ThingBuilder2` is new)".to_owned()),
        "{lines:#?}"
    );
    assert!(
        lines.contains(&"shapes.GetThingCall: added (minor: `types::GetThingCall2` is new)".to_owned()),
        "{lines:#?}"
    );
}

#[test]
fn a_name_that_means_another_thing_is_major_and_says_so() {
    let text = || json!({ "shape": "Id" });
    let old = with(&[("/shapes/GetThingResponse/members/Arn", text())]);
    let new =
        with(&[("/shapes/GetThingResponse/members/Arn", text()), ("/shapes/GetThingResponse/members/ARN", text())]);
    // As it would be without a record: the new member first.
    let names = "[fields.GetThingResponse]\nARN = \"arn\"\nArn = \"arn2\"\n";
    assert_eq!(
        lines(&compare(&old, &new, Some(names))),
        [
            "shapes.GetThingResponse.members.ARN: added (major: `operation::get_thing::GetThingResponse.arn` means `ARN`, \
             the key `ARN` of the body, meant `Arn`, the key `Arn` of the body)",
            "shapes.GetThingResponse.members.Arn: emitted in another way, since something elsewhere in the model changed \
             (minor: `operation::get_thing::GetThingResponse.arn2` is new)",
        ]
    );

    let only = with(&[("/shapes/GetThingResponse/members/ARN", text())]);
    assert_eq!(
        lines(&compare(&old, &only, None)),
        [
            "shapes.GetThingResponse.members.ARN: added (minor: \
             `operation::get_thing::GetThingResponse.arn` is `ARN`, the key `ARN` of the body now)",
            "shapes.GetThingResponse.members.Arn: removed (major: \
             `operation::get_thing::GetThingResponse.arn` means `ARN`, the key `ARN` of the body, meant `Arn`, the key \
             `Arn` of the body)",
        ]
    );
}

#[test]
fn a_place_on_the_wire_that_another_item_had_is_major() {
    let member = |name: &str| json!({ "shape": "Id", "location": "querystring", "locationName": name });
    let at = |name: &'static str| format!("/shapes/GetThingRequest/members/{name}");
    let (from, to) = (at("From"), at("To"));
    let old = with(&[(&from, member("from")), (&to, member("to"))]);
    let swapped = with(&[(&from, member("to")), (&to, member("from"))]);
    let changes = compare(&old, &swapped, None);
    assert_eq!(
        lines(&changes),
        [
            "shapes.GetThingRequest.members.From: locationName `to`, was `from` (major: \
             `operation::get_thing::GetThingRequest.from` is the key `to` of the query, which was \
             `operation::get_thing::GetThingRequest.to`)",
            "shapes.GetThingRequest.members.To: locationName `from`, was `to` (major: \
             `operation::get_thing::GetThingRequest.to` is the key `from` of the query, which was \
             `operation::get_thing::GetThingRequest.from`)",
        ]
    );
    let moved = with(&[(&from, member("from2")), (&to, member("to"))]);
    assert_eq!(verdict(&compare(&old, &moved, None)), Verdict::Patch);

    let http = |operation: &str, uri: &str| (format!("/operations/{operation}/http/requestUri"), json!(uri));
    let (a, b) = (http("ListThings", "/a"), http("DropThing", "/b"));
    let old = with(&[(&a.0, a.1.clone()), ("/operations/DropThing/http/method", json!("POST")), (&b.0, b.1.clone())]);
    let new = with(&[(&a.0, b.1), ("/operations/DropThing/http/method", json!("POST")), (&b.0, a.1)]);
    assert_eq!(verdict(&compare(&old, &new, None)), Verdict::Major);
}

#[test]
fn the_change_that_breaks_is_blamed_and_no_other() {
    let old = with(&[("/shapes/Thing/required", json!(["Kind", "Name"]))]);
    let new = with(&[
        ("/shapes/Thing/required", json!(["Name"])),
        ("/shapes/Thing/members/Colour", json!({ "shape": "Id" })),
    ]);
    assert_eq!(
        lines(&compare(&old, &new, None)),
        [
            "shapes.Thing.members.Colour: added (minor: `types::Thing.colour` is new; `types::ThingBuilder::colour` is \
             new)",
            "shapes.Thing.members.Kind: optional now (major: `inputs::kind` is gone; `types::Thing.kind` is \
             `Option<Kind>`, was `Kind`; `types::ThingBuilder` no longer demands `kind`)",
        ]
    );
    // A member that a builder demands from the start is the change that breaks, not its optional sibling.
    let new = with(&[
        ("/shapes/Thing/required", json!(["Name", "Size"])),
        ("/shapes/Thing/members/Colour", json!({ "shape": "Id" })),
        ("/shapes/Thing/members/Size", json!({ "shape": "Id" })),
    ]);
    let changes = compare(&model(), &new, None);
    let major: Vec<_> = changes.iter().filter(|change| change.verdict == Verdict::Major).collect();
    assert_eq!(major.len(), 1, "{changes:#?}");
    assert_eq!(major[0].place, "shapes.Thing.members.Size");
}

#[test]
fn a_shape_that_goes_with_its_operation_says_so() {
    let mut new = model();
    edit(&mut new, "/operations/DropThing", None);
    edit(&mut new, "/shapes/DropThingRequest", None);
    let changes = compare(&model(), &new, None);
    let within: Vec<_> = changes.iter().map(|change| (change.place.as_str(), change.within.as_deref())).collect();
    assert_eq!(within, [("operations.DropThing", None), ("shapes.DropThingRequest", Some("operation::drop_thing"))]);
    assert!(changes.iter().all(|change| change.verdict == Verdict::Major), "{changes:#?}");
}
