//! Checks of what a call says of a contact, where no shape of the model tells: sizes, times, and members that go together.

use serde_json::{Map, Value};

use crate::runtime::shape::member::TimestampFormat;
use crate::runtime::shape::timestamp::DateTime;
use crate::runtime::testing::stand_in::engine::{Call, Engine};
use crate::runtime::testing::stand_in::refusal::{Fault, Refusal};

/// The most that the attributes of a contact take, in bytes.
const MOST_ATTRIBUTES: usize = 32 * 1024;
/// The seconds for which a contact may be scheduled ahead: six days.
const AHEAD: f64 = 6.0 * 86_400.0;

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
