//! Changes of contacts: stop, transfer, pause, attributes, schedule and tags.

use serde_json::{Map, Value, json};

use super::check::{check_attributes, check_channel, check_schedule, check_transfers};
use super::record::{ACTIVE, ENDED, PAUSED, STATE, family, first, keep, object, running, set, state, target, time};
use super::start::{Start, make};
use crate::runtime::testing::stand_in::engine::{Call, Engine, Outcome};
use crate::runtime::testing::stand_in::facts::is_label;
use crate::runtime::testing::stand_in::refusal::Fault;
use crate::runtime::testing::stand_in::store::Record;

pub(super) fn stop(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = running(engine, call)?;
    let method = record.members.get("InitiationMethod").and_then(Value::as_str).unwrap_or_default();
    let is_call = record.members.get("Channel").and_then(Value::as_str) == Some("VOICE");
    if is_call && ["DISCONNECT", "TRANSFER", "QUEUE_TRANSFER", "EXTERNAL_OUTBOUND", "MONITOR"].contains(&method) {
        let message = format!("a call that began by {method} cannot be stopped");
        return Err(engine.refuse(call, Fault::Invalid, message));
    }
    let now = engine.state.clock.now();
    let reason = call.input.get("DisconnectReason").and_then(|reason| reason["Code"].as_str());
    end(&mut record, now, reason.unwrap_or("API"));
    keep(engine, key, record);
    Ok(engine.model.empty_output(call.operation))
}

/// Ends a contact, and a pause that it is in.
fn end(record: &mut Record, now: f64, reason: &str) {
    if state(record) == PAUSED {
        end_pause(record, now);
    }
    set(record, STATE, ENDED);
    set(record, "DisconnectTimestamp", now);
    set(record, "DisconnectReason", reason);
}

fn end_pause(record: &mut Record, now: f64) {
    let paused = now - time(record, "LastPausedTimestamp").unwrap_or(now);
    let total = time(record, "TotalPauseDurationInSeconds").unwrap_or_default() + paused.max(0.0);
    // Whole seconds, and so many that they stay exact.
    #[allow(clippy::cast_possible_truncation)]
    set(record, "TotalPauseDurationInSeconds", total as i64);
    set(record, "LastResumedTimestamp", now);
}

pub(super) fn pause(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = running(engine, call)?;
    check_channel(engine, call, &record, &["TASK", "EMAIL"], "paused")?;
    if state(&record) == PAUSED {
        return Err(engine.refuse(call, Fault::State, format!("the contact {} is paused already", record.id)));
    }
    let now = engine.state.clock.now();
    let count = record.members.get("TotalPauseCount").and_then(Value::as_u64).unwrap_or_default();
    set(&mut record, STATE, PAUSED);
    set(&mut record, "TotalPauseCount", count + 1);
    set(&mut record, "LastPausedTimestamp", now);
    keep(engine, key, record);
    Ok(engine.model.empty_output(call.operation))
}

pub(super) fn resume(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = running(engine, call)?;
    if state(&record) != PAUSED {
        return Err(engine.refuse(call, Fault::State, format!("the contact {} is not paused", record.id)));
    }
    let now = engine.state.clock.now();
    end_pause(&mut record, now);
    set(&mut record, STATE, ACTIVE);
    keep(engine, key, record);
    Ok(engine.model.empty_output(call.operation))
}

/// A transfer ends a contact and starts the next of its chain.
pub(super) fn transfer(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let previous = running(engine, call)?;
    check_channel(engine, call, &previous.1, &["TASK", "EMAIL"], "transferred")?;
    if call.text("QueueId").and(call.text("UserId")).is_some() {
        return Err(engine.refuse(call, Fault::Invalid, "QueueId and UserId are both given"));
    }
    check_transfers(engine, call, &previous.0, &previous.1)?;
    let channel = previous.1.members.get("Channel").and_then(Value::as_str).unwrap_or("TASK").to_owned();
    let start = Start {
        channel: &channel,
        method: "TRANSFER",
        queue: call.text("QueueId"),
        agent: call.text("UserId"),
        previous: Some(&previous),
    };
    let (next, mut record) = make(engine, call, &start)?;
    for name in ["Name", "Description", "References", "CustomerEndpoint", "SystemEndpoint", "Tags"] {
        if let Some(value) = previous.1.members.get(name) {
            record.members.entry(name.to_owned()).or_insert_with(|| value.clone());
        }
    }
    engine.keep(next.clone(), record);
    let (key, mut record) = previous;
    let now = engine.state.clock.now();
    end(&mut record, now, "CONTACT_FLOW_DISCONNECT");
    keep(engine, key, record);
    Ok(engine.output(call, &next))
}

/// Attributes belong to the first contact of a chain.
pub(super) fn set_attributes(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, record) = target(engine, call, "InitialContactId")?;
    let (key, mut record) = first(engine, &key, &record);
    let mut attributes = object(record.members.get("Attributes"));
    attributes.extend(object(call.input.get("Attributes")));
    check_attributes(engine, call, &attributes)?;
    set(&mut record, "Attributes", attributes);
    keep(engine, key, record);
    Ok(engine.model.empty_output(call.operation))
}

/// Members of the input take the places of those of the contact.
pub(super) fn update(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = target(engine, call, "ContactId")?;
    engine.check_references(call, &key.scope, None)?;
    if !call.input.keys().any(|name| !is_label(call.operation, name)) {
        return Err(engine.refuse(call, Fault::Invalid, "there is nothing to update"));
    }
    if call.input.contains_key("QueuePriority") && call.input.contains_key("QueueTimeAdjustmentSeconds") {
        let message = "QueuePriority and QueueTimeAdjustmentSeconds are both given";
        return Err(engine.refuse(call, Fault::Invalid, message));
    }
    let now = engine.state.clock.now();
    for (name, value) in call.input.iter().filter(|(name, _)| !is_label(call.operation, name)) {
        match (name.as_str(), value) {
            ("QueueInfo", queue) => {
                let queue = json!({"Id": queue["Id"], "EnqueueTimestamp": now});
                set(&mut record, "QueueInfo", queue);
            }
            ("UserInfo", user) => {
                let agent = json!({"Id": user["UserId"], "ConnectedToAgentTimestamp": now});
                set(&mut record, "AgentInfo", agent);
            }
            ("SegmentAttributes" | "References", Value::Object(more)) => {
                let mut all = object(record.members.get(name));
                all.extend(more.clone());
                set(&mut record, name, all);
            }
            (name, value) => set(&mut record, name, value.clone()),
        }
    }
    keep(engine, key, record);
    Ok(engine.model.empty_output(call.operation))
}

pub(super) fn schedule(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = running(engine, call)?;
    check_schedule(engine, call)?;
    if let Some(scheduled) = call.input.get("ScheduledTime") {
        set(&mut record, "ScheduledTimestamp", scheduled.clone());
    }
    keep(engine, key, record);
    Ok(engine.model.empty_output(call.operation))
}

pub(super) fn task_template(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = running(engine, call)?;
    engine.check_references(call, &key.scope, None)?;
    let template = call.text("TaskTemplateId").unwrap_or_default();
    let of = engine.facts.family("TaskTemplate").unwrap_or_else(|| family(&engine.facts));
    let arn = engine.arn(of, &key.scope, template);
    set(&mut record, "TaskTemplateInfo", json!({"Arn": arn}));
    keep(engine, key, record);
    Ok(engine.model.empty_output(call.operation))
}

pub(super) fn tag(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = target(engine, call, "ContactId")?;
    let mut tags = object(record.members.get("Tags"));
    tags.extend(object(call.input.get("Tags")));
    set(&mut record, "Tags", tags);
    keep(engine, key, record);
    Ok(engine.model.empty_output(call.operation))
}

pub(super) fn untag(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = target(engine, call, "ContactId")?;
    let mut tags: Map<String, Value> = object(record.members.get("Tags"));
    for name in call.input.get("TagKeys").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        tags.remove(name);
    }
    set(&mut record, "Tags", tags);
    keep(engine, key, record);
    Ok(engine.model.empty_output(call.operation))
}
