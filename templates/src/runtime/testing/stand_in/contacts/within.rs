//! Activities within a contact: recordings, streams, screen sharing, monitors, participants and batches.

use serde_json::{Value, json};

use super::check::check_channel;
use super::record::{keep, object, running, set, target};
use super::start::{Start, make};
use crate::runtime::testing::stand_in::engine::{Call, Engine, Outcome};
use crate::runtime::testing::stand_in::refusal::Fault;

/// The state of a contact's recording; no shape has it.
const RECORDING: &str = "$Recording";
/// The streams of a contact.
const STREAMS: &str = "$Streams";

fn nothing(engine: &Engine, call: Call<'_>) -> Outcome {
    Ok(engine.model.empty_output(call.operation))
}

/// Moves the recording of a contact from one state to another.
fn record(engine: &mut Engine, call: Call<'_>, from: &[&str], to: &str) -> Outcome {
    let (key, mut record) = running(engine, call)?;
    let state = record.members.get(RECORDING).and_then(Value::as_str).unwrap_or("NONE").to_owned();
    if !from.contains(&state.as_str()) {
        let message = format!("the recording of the contact {} is in the state {state}", record.id);
        return Err(engine.refuse(call, Fault::State, message));
    }
    set(&mut record, RECORDING, to);
    keep(engine, key, record);
    nothing(engine, call)
}

pub(super) fn start_recording(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (_, contact) = running(engine, call)?;
    check_channel(engine, call, &contact, &["VOICE"], "recorded")?;
    record(engine, call, &["NONE"], "ON")
}

pub(super) fn suspend_recording(engine: &mut Engine, call: Call<'_>) -> Outcome {
    record(engine, call, &["ON"], "SUSPENDED")
}

pub(super) fn resume_recording(engine: &mut Engine, call: Call<'_>) -> Outcome {
    record(engine, call, &["SUSPENDED"], "ON")
}

pub(super) fn stop_recording(engine: &mut Engine, call: Call<'_>) -> Outcome {
    record(engine, call, &["ON", "SUSPENDED"], "STOPPED")
}

pub(super) fn start_streaming(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = running(engine, call)?;
    check_channel(engine, call, &record, &["CHAT"], "streamed")?;
    let id = engine.state.mint();
    let mut streams = object(record.members.get(STREAMS));
    streams.insert(id.clone(), call.input.get("ChatStreamingConfiguration").cloned().unwrap_or_default());
    set(&mut record, STREAMS, streams);
    keep(engine, key, record);
    Ok(json!({"StreamingId": id}))
}

pub(super) fn stop_streaming(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = target(engine, call, "ContactId")?;
    let id = call.text("StreamingId").unwrap_or_default();
    let mut streams = object(record.members.get(STREAMS));
    if streams.remove(id).is_none() {
        return Err(engine.refuse(call, Fault::NotFound, format!("the contact has no stream {id}")));
    }
    set(&mut record, STREAMS, streams);
    keep(engine, key, record);
    nothing(engine, call)
}

pub(super) fn analytics(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (_, record) = target(engine, call, "ContactId")?;
    Ok(json!({"InstanceId": call.text("InstanceId"), "ContactId": record.id}))
}

/// Operations that need a contact in progress and change nothing that a response shows.
pub(super) fn in_running(engine: &mut Engine, call: Call<'_>) -> Outcome {
    running(engine, call)?;
    nothing(engine, call)
}

/// A monitor is a contact of its own, related to the one that it listens to.
pub(super) fn monitor(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (_, record) = running(engine, call)?;
    let channel = record.members.get("Channel").and_then(Value::as_str).unwrap_or("VOICE").to_owned();
    let start = Start { channel: &channel, method: "MONITOR", queue: None, agent: call.text("UserId"), previous: None };
    let (key, mut made) = make(engine, call, &start)?;
    set(&mut made, "RelatedContactId", record.id);
    engine.keep(key.clone(), made);
    Ok(engine.output(call, &key))
}

pub(super) fn participant(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (_, contact) = running(engine, call)?;
    if contact.members.get("InitiationMethod").and_then(Value::as_str) != Some("WEBRTC_API") {
        check_channel(engine, call, &contact, &["CHAT"], "joined")?;
    }
    let (id, token) = (engine.state.mint(), engine.state.mint());
    Ok(json!({"ParticipantId": id, "ParticipantCredentials": {"ParticipantToken": token}}))
}

pub(super) fn persistent(engine: &mut Engine, call: Call<'_>) -> Outcome {
    target(engine, call, "InitialContactId")?;
    let (_, source) = target(engine, call, "SourceContactId")?;
    Ok(json!({"ContinuedFromContactId": source.id}))
}

/// The agent of a contact.
pub(super) fn associate_user(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = running(engine, call)?;
    engine.check_references(call, &key.scope, None)?;
    let now = engine.state.clock.now();
    set(&mut record, "AgentInfo", json!({"Id": call.text("UserId"), "ConnectedToAgentTimestamp": now}));
    keep(engine, key, record);
    nothing(engine, call)
}

/// Removes a contact that has ended from an agent's list.
pub(super) fn dismiss(engine: &mut Engine, call: Call<'_>) -> Outcome {
    target(engine, call, "ContactId")?;
    nothing(engine, call)
}

/// A message takes the place of the one that is to go out.
pub(super) fn set_message(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = running(engine, call)?;
    let id = record.id.clone();
    set(&mut record, "$EmailMessage", call.input.get("EmailMessage").cloned().unwrap_or_default());
    keep(engine, key, record);
    Ok(json!({"ContactId": id}))
}

/// Removes what a request names from a contact that has ended.
pub(super) fn delete_data(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = target(engine, call, "ContactId")?;
    for field in
        call.input.get("ContactFields").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    {
        // `CUSTOMER_ENDPOINT` is the member `CustomerEndpoint`.
        let member: String = field.split('_').map(super::read::capital).collect();
        record.members.remove(&member);
    }
    keep(engine, key, record);
    nothing(engine, call)
}

/// Calls that a dialer is to make: a contact for each, unless its queue is not there.
pub(super) fn batch(engine: &mut Engine, call: Call<'_>) -> Outcome {
    engine.check_instance(call)?;
    let requests = call.input.get("ContactDataRequestList").and_then(Value::as_array).cloned().unwrap_or_default();
    let (mut made, mut failed) = (Vec::new(), Vec::new());
    for request in requests {
        let mut input = object(Some(&request));
        input.insert("InstanceId".to_owned(), call.text("InstanceId").into());
        let one = Call { operation: call.operation, input: &input };
        let start = Start { channel: "VOICE", method: "API", queue: one.text("QueueId"), agent: None, previous: None };
        let identifier = request["RequestIdentifier"].as_str().unwrap_or_default();
        match make(engine, one, &start) {
            Ok((key, mut record)) => {
                for name in ["CustomerEndpoint", "SystemEndpoint", "Campaign"] {
                    if let Some(value) = input.get(name) {
                        set(&mut record, name, value.clone());
                    }
                }
                made.push(json!({"RequestIdentifier": identifier, "ContactId": record.id}));
                engine.keep(key, record);
            }
            Err(refusal) => failed.push(json!({
                "RequestIdentifier": identifier,
                "FailureReasonCode": "INVALID_QUEUE",
                "FailureReasonMessage": refusal.message,
            })),
        }
    }
    Ok(json!({"SuccessfulRequestList": made, "FailedRequestList": failed}))
}
