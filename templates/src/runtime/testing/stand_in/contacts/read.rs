//! Readings of contacts: descriptions, attributes, chains, references and searches.

use serde_json::{Map, Value, json};

use super::record::{chain, family, first, object, set, target, time};
use crate::runtime::testing::stand_in::engine::{Call, Engine, Outcome};
use crate::runtime::testing::stand_in::list::page_of;
use crate::runtime::testing::stand_in::refusal::Fault;
use crate::runtime::testing::stand_in::store::{Key, Record};

pub(super) fn describe(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = target(engine, call, "ContactId")?;
    let (_, first) = first(engine, &key, &record);
    set(&mut record, "Attributes", object(first.members.get("Attributes")));
    Ok(engine.output_of(call, &engine.view(&key, &record)))
}

pub(super) fn attributes(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, record) = target(engine, call, "InitialContactId")?;
    let (_, record) = first(engine, &key, &record);
    Ok(json!({"Attributes": object(record.members.get("Attributes"))}))
}

/// The contacts of the chain that a contact is in, and those that relate to it.
pub(super) fn associated(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, record) = target(engine, call, "ContactId")?;
    let initial = chain(&record).to_owned();
    let of = family(&engine.facts);
    let others: Vec<(&Key, &Record)> = engine
        .state
        .store
        .within(of, &key.scope, 0)
        .filter(|(_, other)| {
            chain(other) == initial || other.members.get("RelatedContactId") == Some(&record.id.as_str().into())
        })
        .collect();
    let element = element(engine, call, "ContactSummaryList");
    let shown = element.map(|id| others.iter().map(|(key, record)| engine.view(key, record).shape(id)).collect());
    page_of(engine, call, "ContactSummaryList", shown.unwrap_or_default())
}

fn element(engine: &Engine, call: Call<'_>, list: &str) -> Option<super::super::super::service::ShapeId> {
    let member = engine.model.shape(call.operation.output()?).member(list)?;
    engine.model.shape(member.shape()).element()
}

pub(super) fn references(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (_, record) = target(engine, call, "ContactId")?;
    let wanted = call.input.get("ReferenceTypes").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut shown = Vec::new();
    for (name, reference) in object(record.members.get("References")) {
        let kind = &reference["Type"];
        if !wanted.is_empty() && !wanted.contains(kind) {
            continue;
        }
        // The member of the union has the name of the type: `EMAIL_MESSAGE` is `EmailMessage`.
        let member: String = kind.as_str().unwrap_or_default().split('_').map(capital).collect();
        let value = json!({"Name": name, "Value": reference["Value"]});
        shown.push(Value::Object(Map::from_iter([(member, value)])));
    }
    page_of(engine, call, "ReferenceSummaryList", shown)
}

/// A word with only its first letter large.
pub(super) fn capital(word: &str) -> String {
    let mut lower = word.to_lowercase();
    if let Some(first) = lower.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    lower
}

pub(super) fn search(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let of = family(&engine.facts);
    let scope = engine.scope(call, of)?;
    let range = call.input.get("TimeRange").cloned().unwrap_or_default();
    let bound = |name: &str| range[name].as_f64();
    let (Some(from), Some(to)) = (bound("StartTime"), bound("EndTime")) else {
        return Err(engine.refuse(call, Fault::Invalid, "TimeRange has no StartTime or no EndTime"));
    };
    if from > to {
        return Err(engine.refuse(call, Fault::Invalid, "TimeRange ends before it starts"));
    }
    let by = range["Type"].as_str().unwrap_or("INITIATION_TIMESTAMP");
    let criteria = object(call.input.get("SearchCriteria"));
    let in_range = |record: &Record| stamp(record, by).is_some_and(|at| from <= at && at <= to);
    let contacts = engine.state.store.within(of, &scope, 0);
    let mut found: Vec<(&Key, &Record)> =
        contacts.filter(|(_, record)| in_range(record) && accepts(engine, record, &criteria)).collect();
    let sort = call.input.get("Sort").cloned().unwrap_or_default();
    let field = sort["FieldName"].as_str().unwrap_or("INITIATION_TIMESTAMP");
    found.sort_by(|(_, one), (_, other)| {
        let (one, other) = (sort_key(one, field), sort_key(other, field));
        one.0.total_cmp(&other.0).then_with(|| one.1.cmp(&other.1))
    });
    // The newest first, unless the request says otherwise.
    if sort["Order"].as_str() != Some("ASCENDING") {
        found.reverse();
    }
    let element = element(engine, call, "Contacts");
    let shown = element.map(|id| found.iter().map(|(key, record)| engine.view(key, record).shape(id)).collect());
    page_of(engine, call, "Contacts", shown.unwrap_or_default())
}

/// The time of a contact that a range or an order speaks of.
fn stamp(record: &Record, kind: &str) -> Option<f64> {
    match kind {
        "SCHEDULED_TIMESTAMP" => time(record, "ScheduledTimestamp"),
        "DISCONNECT_TIMESTAMP" => time(record, "DisconnectTimestamp"),
        "CONNECTED_TO_AGENT_TIMESTAMP" => record.members.get("AgentInfo")?["ConnectedToAgentTimestamp"].as_f64(),
        "ENQUEUE_TIMESTAMP" => record.members.get("QueueInfo")?["EnqueueTimestamp"].as_f64(),
        _ => time(record, "InitiationTimestamp"),
    }
}

fn sort_key(record: &Record, field: &str) -> (f64, String) {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let name = match field {
        "CHANNEL" => text(record.members.get("Channel")),
        "INITIATION_METHOD" => text(record.members.get("InitiationMethod")),
        "AGENT_ID" => text(record.members.get("AgentInfo").map(|agent| &agent["Id"])),
        "QUEUE_ID" => text(record.members.get("QueueInfo").map(|queue| &queue["Id"])),
        _ => return (stamp(record, field).unwrap_or_default(), String::new()),
    };
    (0.0, name)
}

fn accepts(engine: &Engine, record: &Record, criteria: &Map<String, Value>) -> bool {
    let is_in = |wanted: &Value, held: Option<&Value>| {
        let wanted = wanted.as_array().map(Vec::as_slice).unwrap_or_default();
        wanted.is_empty() || held.is_some_and(|held| wanted.contains(held))
    };
    criteria.iter().all(|(name, wanted)| match name.as_str() {
        "Channels" => is_in(wanted, record.members.get("Channel")),
        "InitiationMethods" => is_in(wanted, record.members.get("InitiationMethod")),
        "QueueIds" => is_in(wanted, record.members.get("QueueInfo").map(|queue| &queue["Id"])),
        "AgentIds" => is_in(wanted, record.members.get("AgentInfo").map(|agent| &agent["Id"])),
        "Name" => name_matches(record, wanted),
        "SearchableContactAttributes" => has_attributes(engine, record, wanted),
        _ => true,
    })
}

fn name_matches(record: &Record, criteria: &Value) -> bool {
    let held = record.members.get("Name").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let texts = criteria["SearchText"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut hits = texts.iter().filter_map(Value::as_str).map(|text| held.contains(&text.to_lowercase()));
    if criteria["MatchType"].as_str() == Some("MATCH_ANY") { hits.any(|hit| hit) } else { hits.all(|hit| hit) }
}

/// The criteria on attributes: a key, and one of the values.
fn has_attributes(engine: &Engine, record: &Record, wanted: &Value) -> bool {
    let of = family(&engine.facts);
    let instance = record.arn.split("/contact/").next().and_then(|arn| arn.rsplit('/').next()).unwrap_or_default();
    // Attributes are those of the chain's first contact.
    let first = engine.state.store.by_id(of, &[instance.to_owned()], chain(record));
    let attributes =
        first.and_then(|key| engine.state.store.get(&key)).map(|record| object(record.members.get("Attributes")));
    let attributes = attributes.unwrap_or_default();
    let criteria = wanted["Criteria"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut hits = criteria.iter().map(|one| {
        let held = one["Key"].as_str().and_then(|key| attributes.get(key));
        let values = one["Values"].as_array().map(Vec::as_slice).unwrap_or_default();
        held.is_some_and(|held| values.contains(held))
    });
    if wanted["MatchType"].as_str() == Some("MATCH_ANY") { hits.any(|hit| hit) } else { hits.all(|hit| hit) }
}
