//! Checks of what a call says of a contact, where no shape of the model tells: sizes, times, and members that go together.

use serde_json::{Map, Value};

use super::record::chain;
use crate::runtime::shape::member::TimestampFormat;
use crate::runtime::shape::timestamp::DateTime;
use crate::runtime::testing::stand_in::engine::{Call, Engine};
use crate::runtime::testing::stand_in::refusal::{Fault, Refusal};
use crate::runtime::testing::stand_in::store::{Key, Record};

/// The most that the attributes of a contact take, in bytes.
const MOST_ATTRIBUTES: usize = 32 * 1024;
/// The seconds for which a contact may be scheduled ahead: six days.
const AHEAD: f64 = 6.0 * 86_400.0;

/// The most contacts that are linked to the first of their chain, and the most transfers of one.
const MOST_LINKED: usize = 12;
const MOST_TRANSFERS: usize = 11;

/// Refuses attributes that take too much.
pub(super) fn check_attributes(
    engine: &Engine,
    call: Call<'_>,
    attributes: &Map<String, Value>,
) -> Result<(), Refusal> {
    let size: usize = attributes.iter().map(|(name, value)| name.len() + value.as_str().map_or(0, str::len)).sum();
    if size <= MOST_ATTRIBUTES {
        return Ok(());
    }
    let message = format!("Attributes take {size} bytes, and may take {MOST_ATTRIBUTES}");
    Err(engine.refuse(call, Fault::Invalid, message))
}

/// Refuses a schedule in the past or too far ahead, by the clock of the stand-in.
pub(super) fn check_schedule(engine: &Engine, call: Call<'_>) -> Result<(), Refusal> {
    let scheduled = match call.input.get("ScheduledTime") {
        Some(Value::String(text)) => DateTime::parse(text).ok().map(|time| time.as_secs_f64()),
        other => other.and_then(Value::as_f64),
    };
    let now = engine.state.clock.now();
    // Requests have whole seconds.
    if scheduled.is_none_or(|time| time >= now.floor() && time <= now + AHEAD) {
        return Ok(());
    }
    let now = DateTime::from_secs_f64(now).map(|now| now.format(TimestampFormat::DateTime)).unwrap_or_default();
    let message = format!("ScheduledTime must be within six days from now, which is {now} here");
    Err(engine.refuse(call, Fault::Invalid, message))
}

/// Refuses a task of which no flow or more than one is told.
pub(super) fn check_flow_of_task(engine: &Engine, call: Call<'_>) -> Result<(), Refusal> {
    let names = ["ContactFlowId", "QuickConnectId", "TaskTemplateId"];
    match names.into_iter().filter(|name| call.text(name).is_some_and(|id| !id.is_empty())).count() {
        1 => Ok(()),
        count => {
            let message =
                format!("one of ContactFlowId, QuickConnectId and TaskTemplateId is required; {count} are given");
            Err(engine.refuse(call, Fault::Invalid, message))
        }
    }
}

/// Refuses a call to a customer that tells neither the number that calls nor a queue that has one.
pub(super) fn check_caller(engine: &Engine, call: Call<'_>) -> Result<(), Refusal> {
    if call.text("SourcePhoneNumber").or(call.text("QueueId")).is_some() {
        return Ok(());
    }
    Err(engine.refuse(call, Fault::Invalid, "SourcePhoneNumber is required where there is no QueueId"))
}

/// Refuses what only contacts of some channels can be.
pub(super) fn check_channel(
    engine: &Engine,
    call: Call<'_>,
    contact: &Record,
    channels: &[&str],
    what: &str,
) -> Result<(), Refusal> {
    let channel = contact.members.get("Channel").and_then(Value::as_str).unwrap_or_default();
    if channels.contains(&channel) {
        return Ok(());
    }
    Err(engine.refuse(call, Fault::State, format!("a contact of the channel {channel} cannot be {what}")))
}

/// Refuses a task beyond the twelfth of a chain.
pub(super) fn check_chain(engine: &Engine, call: Call<'_>, key: &Key, contact: &Record) -> Result<(), Refusal> {
    let first = chain(contact);
    let others = engine.state.store.within(key.family, &key.scope, 0).filter(|(_, other)| chain(other) == first);
    if others.count() <= MOST_LINKED {
        return Ok(());
    }
    Err(engine.refuse(call, Fault::Limit, format!("{MOST_LINKED} contacts are linked to the contact {first} already")))
}

/// Refuses a transfer beyond the eleventh of a contact.
pub(super) fn check_transfers(engine: &Engine, call: Call<'_>, key: &Key, contact: &Record) -> Result<(), Refusal> {
    let first = chain(contact);
    let is_transfer =
        |other: &Record| other.members.get("InitiationMethod").and_then(Value::as_str) == Some("TRANSFER");
    let others = engine.state.store.within(key.family, &key.scope, 0);
    if others.filter(|(_, other)| chain(other) == first && is_transfer(other)).count() < MOST_TRANSFERS {
        return Ok(());
    }
    Err(engine.refuse(call, Fault::Limit, format!("the contact {first} was transferred {MOST_TRANSFERS} times")))
}
