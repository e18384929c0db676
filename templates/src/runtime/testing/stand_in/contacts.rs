//! Contacts: their starts in every channel, their states and times, their attributes, and searches of them.

mod change;
mod read;
mod start;
mod within;

use serde_json::{Map, Value};

use super::engine::{Call, Engine};
use super::facts::Facts;
use super::refusal::{Fault, Refusal};
use super::store::{Key, Record};
use super::tags::Behaviour;

/// The member that says where a contact is in its life. No shape has it, so no answer shows it.
const STATE: &str = "$State";

/// A contact that goes on.
const ACTIVE: &str = "ACTIVE";
const PAUSED: &str = "PAUSED";
const ENDED: &str = "ENDED";

/// The operations on contacts that have code of their own.
pub(super) const OPERATIONS: [(&str, Behaviour); 44] = [
    ("AssociateContactWithUser", within::associate_user),
    ("BatchPutContact", within::batch),
    ("CreateContact", start::create),
    ("CreateParticipant", within::participant),
    ("CreatePersistentContactAssociation", within::persistent),
    ("DeleteContactData", within::delete_data),
    ("DescribeContact", read::describe),
    ("DismissUserContact", within::dismiss),
    ("GetContactAttributes", read::attributes),
    ("ListAssociatedContacts", read::associated),
    ("ListContactReferences", read::references),
    ("MonitorContact", within::monitor),
    ("PauseContact", change::pause),
    ("ResumeContact", change::resume),
    ("ResumeContactRecording", within::resume_recording),
    ("SearchContacts", read::search),
    ("StartAssistantContact", start::assistant),
    ("StartChatContact", start::chat),
    ("StartContactConversationalAnalyticsJob", within::analytics),
    ("StartContactMediaProcessing", within::in_running),
    ("StartContactRecording", within::start_recording),
    ("StartContactStreaming", within::start_streaming),
    ("StartEmailContact", start::email),
    ("StartOutboundChatContact", start::outbound_chat),
    ("StartOutboundEmailContact", start::outbound_email),
    ("StartOutboundVoiceContact", start::outbound_voice),
    ("StartScreenSharing", within::in_running),
    ("StartTaskContact", start::task),
    ("StartWebRTCContact", start::web_call),
    ("StopContact", change::stop),
    ("StopContactMediaProcessing", within::in_running),
    ("StopContactRecording", within::stop_recording),
    ("StopContactStreaming", within::stop_streaming),
    ("SuspendContactRecording", within::suspend_recording),
    ("TagContact", change::tag),
    ("TransferContact", change::transfer),
    ("UntagContact", change::untag),
    ("UpdateContact", change::update),
    ("UpdateContactAttributes", change::set_attributes),
    ("UpdateContactRoutingData", change::update),
    ("UpdateContactSchedule", change::schedule),
    ("UpdateContactTaskTemplate", change::task_template),
    ("UpdateOutboundEmailContactMessage", within::set_message),
    ("UpdateParticipantRoleConfig", within::in_running),
];

/// The family of contacts. Facts without one leave the operations on contacts without a rule, so that none gets here.
fn family(facts: &Facts) -> usize {
    facts.family("Contact").unwrap_or_default()
}

/// The contact that a call names, and its record.
fn target(engine: &Engine, call: Call<'_>, member: &str) -> Result<(Key, Record), Refusal> {
    let family = family(&engine.facts);
    let scope = engine.scope(call, family)?;
    let given = call.text(member).unwrap_or_default();
    let key = engine.resolve(family, &scope, given);
    let found = key.and_then(|key| engine.state.store.get(&key).cloned().map(|record| (key, record)));
    found.ok_or_else(|| engine.not_found(call, family, given))
}

/// A contact that has not ended.
fn running(engine: &Engine, call: Call<'_>) -> Result<(Key, Record), Refusal> {
    let (key, record) = target(engine, call, "ContactId")?;
    if state(&record) == ENDED {
        return Err(engine.refuse(call, Fault::State, format!("the contact {} has ended", record.id)));
    }
    Ok((key, record))
}

fn state(record: &Record) -> &str {
    record.members.get(STATE).and_then(Value::as_str).unwrap_or(ACTIVE)
}

fn set(record: &mut Record, name: &str, value: impl Into<Value>) {
    record.members.insert(name.to_owned(), value.into());
}

/// A time of a contact.
fn time(record: &Record, name: &str) -> Option<f64> {
    record.members.get(name)?.as_f64()
}

fn object(value: Option<&Value>) -> Map<String, Value> {
    value.and_then(Value::as_object).cloned().unwrap_or_default()
}

/// Keeps a contact that changed now.
fn keep(engine: &mut Engine, key: Key, mut record: Record) {
    record.modified = engine.state.clock.now();
    let now = record.modified;
    set(&mut record, "LastUpdateTimestamp", now);
    engine.keep(key, record);
}
