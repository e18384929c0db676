//! Flows, modules and views: the check of content that is published, content that is saved only, and versions.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::engine::{Behaviour, Call, Check, Engine, Outcome};
use super::instances::nothing;
use super::refusal::{Fault, Refusal};
use super::store::{Key, Record};

/// The steps of flows, modules and views that have code of their own.
pub(super) const STEPS: [(&str, Behaviour); 5] = [
    ("DescribeContactFlow", describe_flow),
    ("DescribeContactFlowModule", describe_module),
    ("DescribeView", describe_view),
    ("UpdateContactFlowContent", update_flow),
    ("UpdateContactFlowModuleContent", update_module),
];

/// The steps that are checked.
pub(super) const CHECKS: [(&str, Check); 2] =
    [("CreateContactFlow", check_new), ("CreateContactFlowModule", check_new)];

/// The qualifier of content that is not published.
const SAVED: &str = "$SAVED";
/// The member that holds such content beside that which is published; no shape has it.
const DRAFT: &str = "$Draft";

fn update_flow(engine: &mut Engine, call: Call<'_>) -> Outcome {
    update(engine, call, "ContactFlow")
}

fn update_module(engine: &mut Engine, call: Call<'_>) -> Outcome {
    update(engine, call, "ContactFlowModule")
}

/// New content, which is published unless the id says `$SAVED`.
fn update(engine: &mut Engine, call: Call<'_>, family: &str) -> Outcome {
    let Some(family) = engine.facts.family(family) else { return nothing(engine, call) };
    let key = engine.target(call, family)?;
    let is_saved = qualifier(engine, call, family) == Some(SAVED);
    if !is_saved {
        check(engine, call)?;
    }
    let Some(mut record) = engine.state.store.get(&key).cloned() else { return nothing(engine, call) };
    let is_published = record.members.get("Status").and_then(Value::as_str) != Some("SAVED");
    if let Some(content) = call.input.get("Content").cloned() {
        let name = if is_saved && is_published { DRAFT } else { "Content" };
        record.members.insert(name.to_owned(), content);
    }
    if let Some(settings) = call.input.get("Settings").cloned() {
        record.members.insert("Settings".to_owned(), settings);
    }
    if !is_saved {
        record.members.remove(DRAFT);
        record.members.insert("Status".to_owned(), "PUBLISHED".into());
    }
    record.modified = engine.state.clock.now();
    engine.keep(key.clone(), record);
    Ok(engine.output(call, &key))
}

fn describe_flow(engine: &mut Engine, call: Call<'_>) -> Outcome {
    describe(engine, call, "ContactFlow")
}

fn describe_module(engine: &mut Engine, call: Call<'_>) -> Outcome {
    describe(engine, call, "ContactFlowModule")
}

fn describe_view(engine: &mut Engine, call: Call<'_>) -> Outcome {
    describe(engine, call, "View")
}

fn describe(engine: &mut Engine, call: Call<'_>, name: &str) -> Outcome {
    let Some(family) = engine.facts.family(name) else { return nothing(engine, call) };
    let key = engine.target(call, family)?;
    let Some(mut record) = engine.state.store.get(&key).cloned() else { return nothing(engine, call) };
    let of_flow = name == "ContactFlow";
    match qualifier(engine, call, family) {
        Some(SAVED) => {
            if let Some(draft) = record.members.remove(DRAFT) {
                record.members.insert("Content".to_owned(), draft);
            }
            if of_flow {
                record.members.insert("Status".to_owned(), "SAVED".into());
            }
        }
        Some(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            let version = version(engine, &key, &record, name, number).ok_or_else(|| {
                let message = format!("the {name} {} has no version {number}", record.id);
                engine.refuse(call, Fault::NotFound, message)
            })?;
            record.arn.clone_from(&version.arn);
            record.modified = version.modified;
            record.members.extend(version.members);
        }
        _ if of_flow && record.members.get("Status").and_then(Value::as_str) == Some("SAVED") => {
            let message =
                format!("the flow {} is saved and not published: {SAVED} behind its id describes it", record.id);
            return Err(Refusal {
                code: "ContactFlowNotPublishedException".to_owned(),
                message,
                members: serde_json::Map::new(),
            });
        }
        _ => {}
    }
    let view = engine.view(&key, &record);
    Ok(engine.output_of(call, &view))
}

/// What is behind the id of the resource that a call names: `$SAVED`, or the number of a version.
fn qualifier<'c>(engine: &Engine, call: Call<'c>, family: usize) -> Option<&'c str> {
    let given = call.input.get(engine.facts.families[family].labels.last()?)?.as_str()?;
    let id = given.rsplit('/').next()?;
    id.split_once(':').map(|(_, qualifier)| qualifier)
}

/// A version of a resource: its family's name ends in `Version`, and it is kept within what it is a version of.
fn version(engine: &Engine, key: &Key, of: &Record, name: &str, number: &str) -> Option<Record> {
    let family = engine.facts.family(&format!("{name}Version"))?;
    let place = [key.scope.as_slice(), std::slice::from_ref(&of.id)].concat();
    let found = engine.state.store.by_id(family, &place, number)?;
    engine.state.store.get(&found).cloned()
}

/// Content that is only saved may be broken.
fn check_new(engine: &Engine, call: Call<'_>) -> Result<(), Refusal> {
    if call.text("Status") == Some("SAVED") { Ok(()) } else { check(engine, call) }
}

/// Refuses content that is not in the language of flows, by the exception that the operation has for it.
fn check(engine: &Engine, call: Call<'_>) -> Result<(), Refusal> {
    let Some(content) = call.text("Content") else { return Ok(()) };
    let problems = problems(content);
    if problems.is_empty() {
        return Ok(());
    }
    let message = problems.join("; ");
    let listed: Value = problems.into_iter().map(|problem| json!({"message": problem})).collect();
    let mut refusal = engine.refuse(call, Fault::Invalid, message);
    let errors = call.operation.errors().iter().map(|id| engine.model.shape(*id));
    let known = errors.filter_map(|shape| {
        let member = shape.members().iter().find(|member| member.name().eq_ignore_ascii_case("problems"))?;
        Some((shape.code(), member.name()))
    });
    if let Some((code, member)) = known.into_iter().next() {
        code.clone_into(&mut refusal.code);
        refusal.members.insert(member.to_owned(), listed);
    }
    Err(refusal)
}

/// What is wrong with the content of a flow or module.
fn problems(content: &str) -> Vec<String> {
    let flow: Value = match serde_json::from_str(content) {
        Ok(flow) => flow,
        Err(error) => return vec![format!("the content is not JSON: {error}")],
    };
    let mut problems = Vec::new();
    let Some(actions) = flow["Actions"].as_array() else {
        return vec!["the content has no list Actions".to_owned()];
    };
    if !flow["Version"].is_string() {
        problems.push("the content has no Version".to_owned());
    }
    let mut known = BTreeSet::new();
    for (place, action) in actions.iter().enumerate() {
        match action["Identifier"].as_str() {
            None => problems.push(format!("Actions[{place}] has no Identifier")),
            Some(id) if !known.insert(id) => problems.push(format!("two actions have the Identifier {id:?}")),
            Some(_) => {}
        }
        if !action["Type"].is_string() {
            problems.push(format!("Actions[{place}] has no Type"));
        }
    }
    match flow["StartAction"].as_str() {
        None => problems.push("the content has no StartAction".to_owned()),
        Some(start) if !known.contains(start) => problems.push(format!("StartAction names no action: {start:?}")),
        Some(_) => {}
    }
    for (place, action) in actions.iter().enumerate() {
        let transitions = &action["Transitions"];
        let branches = ["Conditions", "Errors"].into_iter().filter_map(|name| transitions[name].as_array()).flatten();
        let next = branches.chain([transitions]).filter_map(|branch| branch["NextAction"].as_str());
        problems.extend(
            next.filter(|next| !known.contains(next))
                .map(|next| format!("a transition of Actions[{place}] names no action: {next:?}")),
        );
    }
    problems
}
