//! Starts of contacts: each channel with its first state, its times and its answer.

use serde_json::{Map, Value, json};

use super::check::{check_attributes, check_caller, check_chain, check_flow_of_task, check_schedule};
use super::record::{ACTIVE, STATE, family, first, object, set};
use crate::runtime::testing::stand_in::engine::{Call, Engine, Outcome};
use crate::runtime::testing::stand_in::refusal::{Fault, Refusal};
use crate::runtime::testing::stand_in::store::{Key, Record};

/// The members of a start that a contact keeps under the same names.
const KEPT: [&str; 8] = [
    "Name",
    "Description",
    "References",
    "RelatedContactId",
    "SegmentAttributes",
    "CustomerId",
    "OutboundStrategy",
    "AdditionalEmailRecipients",
];

/// The start of a contact.
pub(super) struct Start<'s> {
    pub channel: &'s str,
    pub method: &'s str,
    pub queue: Option<&'s str>,
    pub agent: Option<&'s str>,
    pub previous: Option<&'s (Key, Record)>,
}

impl<'s> Start<'s> {
    fn of(channel: &'s str, method: &'s str) -> Self {
        Self { channel, method, queue: None, agent: None, previous: None }
    }
}

/// Makes a contact of a call.
pub(super) fn make(engine: &mut Engine, call: Call<'_>, start: &Start<'_>) -> Result<(Key, Record), Refusal> {
    let of = family(&engine.facts);
    let scope = engine.scope(call, of)?;
    engine.check_references(call, &scope, None)?;
    let attributes = attributes(engine, call, of, &scope, start);
    check_attributes(engine, call, &attributes)?;
    check_schedule(engine, call)?;
    let now = engine.state.clock.now();
    let mut record = Record::default();
    for name in KEPT {
        if let Some(value) = call.input.get(name) {
            set(&mut record, name, value.clone());
        }
    }
    set(&mut record, STATE, ACTIVE);
    set(&mut record, "Channel", start.channel);
    set(&mut record, "InitiationMethod", start.method);
    set(&mut record, "InitiationTimestamp", now);
    set(&mut record, "LastUpdateTimestamp", now);
    set(&mut record, "Attributes", attributes);
    endpoints(call, &mut record);
    if let Some(scheduled) = call.input.get("ScheduledTime") {
        set(&mut record, "ScheduledTimestamp", scheduled.clone());
    }
    if let Some(queue) = start.queue {
        set(&mut record, "QueueInfo", json!({"Id": queue, "EnqueueTimestamp": now}));
    }
    if let Some(agent) = start.agent {
        let agent = json!({"Id": agent, "ConnectedToAgentTimestamp": now, "AcceptedByAgentTimestamp": now});
        set(&mut record, "AgentInfo", agent);
    }
    if start.channel == "VOICE" {
        set(&mut record, "ConnectedToSystemTimestamp", now);
    }
    if let Some((_, previous)) = start.previous {
        let initial = previous.members.get("InitialContactId").cloned();
        set(&mut record, "PreviousContactId", previous.id.as_str());
        set(&mut record, "InitialContactId", initial.unwrap_or_else(|| previous.id.as_str().into()));
    }
    let key =
        engine.create_record(of, scope, record).map_err(|message| engine.refuse(call, Fault::Duplicate, message))?;
    let record = engine.state.store.get(&key).cloned().unwrap_or_default();
    if start.previous.is_some() {
        share(engine, call, &key, &record);
    }
    Ok((key, record))
}

/// The attributes of a contact that starts: those of a contact that it relates to are copied.
fn attributes(engine: &Engine, call: Call<'_>, of: usize, scope: &[String], start: &Start<'_>) -> Map<String, Value> {
    let related = call.text("RelatedContactId").filter(|_| start.previous.is_none());
    let related = related.and_then(|id| engine.resolve(of, scope, id));
    let related = related.and_then(|key| Some(first(engine, &key, engine.state.store.get(&key)?).1));
    let mut all = object(related.as_ref().and_then(|record| record.members.get("Attributes")));
    all.extend(object(call.input.get("Attributes")));
    all
}

/// Gives the attributes of a contact to its chain.
fn share(engine: &mut Engine, call: Call<'_>, key: &Key, record: &Record) {
    let (key, mut first) = first(engine, key, record);
    let mut all = object(first.members.get("Attributes"));
    all.extend(object(call.input.get("Attributes")));
    set(&mut first, "Attributes", all);
    engine.keep(key, first);
}

/// The endpoints of a contact, from the members of its start.
fn endpoints(call: Call<'_>, record: &mut Record) {
    let number = |name: &str| call.text(name).map(|number| json!({"Type": "TELEPHONE_NUMBER", "Address": number}));
    let email = |name: &str| {
        let address = call.input.get(name)?["EmailAddress"].as_str()?;
        Some(json!({"Type": "EMAIL_ADDRESS", "Address": address}))
    };
    let given = |name: &str| call.input.get(name).filter(|endpoint| endpoint["Address"].is_string()).cloned();
    // A mail that comes in is from the customer; one that goes out is to the customer.
    let (customer, system) = match call.operation.name() {
        "StartEmailContact" => (email("FromEmailAddress"), call.text("DestinationEmailAddress").map(address)),
        "StartOutboundEmailContact" => (email("DestinationEmailAddress"), email("FromEmailAddress")),
        _ => (
            number("DestinationPhoneNumber").or_else(|| given("DestinationEndpoint")),
            number("SourcePhoneNumber").or_else(|| given("SourceEndpoint")),
        ),
    };
    for (name, endpoint) in [("CustomerEndpoint", customer), ("SystemEndpoint", system)] {
        if let Some(endpoint) = endpoint {
            set(record, name, endpoint);
        }
    }
}

fn address(address: &str) -> Value {
    json!({"Type": "EMAIL_ADDRESS", "Address": address})
}

/// Starts a contact, and answers its id with what else the output requires.
fn started(engine: &mut Engine, call: Call<'_>, start: &Start<'_>) -> Outcome {
    let (key, record) = make(engine, call, start)?;
    let mut answer = object(Some(&engine.output(call, &key)));
    answer.insert("ContactId".to_owned(), record.id.as_str().into());
    Ok(answer.into())
}

/// The same for a contact in which someone takes part from the start.
fn joined(engine: &mut Engine, call: Call<'_>, start: &Start<'_>) -> Outcome {
    let mut answer = object(Some(&started(engine, call, start)?));
    let known = call.operation.output().map(|output| engine.model.shape(output).members()).unwrap_or_default();
    let mut more = Map::new();
    for name in ["ParticipantId", "ParticipantToken"] {
        more.insert(name.to_owned(), engine.state.mint().into());
    }
    more.retain(|name, _| known.iter().any(|member| member.name() == name));
    answer.extend(more);
    Ok(answer.into())
}

pub(super) fn create(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (channel, method) = (call.text("Channel").unwrap_or("VOICE"), call.text("InitiationMethod").unwrap_or("API"));
    let previous = match call.text("PreviousContactId") {
        Some(_) => Some(super::record::target(engine, call, "PreviousContactId")?),
        None => None,
    };
    let agent = call.input.get("UserInfo").and_then(|user| user["UserId"].as_str());
    started(engine, call, &Start { agent, previous: previous.as_ref(), ..Start::of(channel, method) })
}

pub(super) fn outbound_voice(engine: &mut Engine, call: Call<'_>) -> Outcome {
    check_caller(engine, call)?;
    started(engine, call, &Start { queue: call.text("QueueId"), ..Start::of("VOICE", "API") })
}

pub(super) fn web_call(engine: &mut Engine, call: Call<'_>) -> Outcome {
    joined(engine, call, &Start::of("VOICE", "WEBRTC_API"))
}

pub(super) fn chat(engine: &mut Engine, call: Call<'_>) -> Outcome {
    joined(engine, call, &Start::of("CHAT", "API"))
}

pub(super) fn assistant(engine: &mut Engine, call: Call<'_>) -> Outcome {
    joined(engine, call, &Start::of("CHAT", "API"))
}

pub(super) fn outbound_chat(engine: &mut Engine, call: Call<'_>) -> Outcome {
    started(engine, call, &Start::of("CHAT", "OUTBOUND"))
}

pub(super) fn task(engine: &mut Engine, call: Call<'_>) -> Outcome {
    check_flow_of_task(engine, call)?;
    let previous = match call.text("PreviousContactId") {
        Some(_) => Some(super::record::target(engine, call, "PreviousContactId")?),
        None => None,
    };
    if let Some((key, previous)) = &previous {
        check_chain(engine, call, key, previous)?;
    }
    started(engine, call, &Start { previous: previous.as_ref(), ..Start::of("TASK", "API") })
}

pub(super) fn email(engine: &mut Engine, call: Call<'_>) -> Outcome {
    started(engine, call, &Start::of("EMAIL", "INBOUND"))
}

/// A mail in reply to a contact that is there.
pub(super) fn outbound_email(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let previous = super::record::target(engine, call, "ContactId")?;
    started(engine, call, &Start { previous: Some(&previous), ..Start::of("EMAIL", "OUTBOUND") })
}
