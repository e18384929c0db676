//! The record of a contact: its state, members and times.

use serde_json::{Map, Value};

use crate::runtime::testing::stand_in::engine::{Call, Engine};
use crate::runtime::testing::stand_in::facts::Facts;
use crate::runtime::testing::stand_in::refusal::{Fault, Refusal};
use crate::runtime::testing::stand_in::store::{Key, Record};

/// The member that says where a contact is in its life. No shape has it, so no answer shows it.
pub(super) const STATE: &str = "$State";

/// A contact that goes on.
pub(super) const ACTIVE: &str = "ACTIVE";
pub(super) const PAUSED: &str = "PAUSED";
pub(super) const ENDED: &str = "ENDED";

/// The family of contacts. Facts without one leave the operations on contacts without a rule, so that none gets here.
pub(super) fn family(facts: &Facts) -> usize {
    facts.family("Contact").unwrap_or_default()
}

/// The contact that a call names, and its record.
pub(super) fn target(engine: &Engine, call: Call<'_>, member: &str) -> Result<(Key, Record), Refusal> {
    let family = family(&engine.facts);
    let scope = engine.scope(call, family)?;
    let given = call.text(member).unwrap_or_default();
    let key = engine.resolve(family, &scope, given);
    let found = key.and_then(|key| engine.state.store.get(&key).cloned().map(|record| (key, record)));
    found.ok_or_else(|| engine.not_found(call, family, given))
}

/// A contact that has not ended.
pub(super) fn running(engine: &Engine, call: Call<'_>) -> Result<(Key, Record), Refusal> {
    let (key, record) = target(engine, call, "ContactId")?;
    if state(&record) == ENDED {
        return Err(engine.refuse(call, Fault::State, format!("the contact {} has ended", record.id)));
    }
    Ok((key, record))
}

pub(super) fn state(record: &Record) -> &str {
    record.members.get(STATE).and_then(Value::as_str).unwrap_or(ACTIVE)
}

pub(super) fn set(record: &mut Record, name: &str, value: impl Into<Value>) {
    record.members.insert(name.to_owned(), value.into());
}

/// A time of a contact.
pub(super) fn time(record: &Record, name: &str) -> Option<f64> {
    record.members.get(name)?.as_f64()
}

pub(super) fn object(value: Option<&Value>) -> Map<String, Value> {
    value.and_then(Value::as_object).cloned().unwrap_or_default()
}

/// The id of the first contact of the chain that a contact is in.
pub(super) fn chain(record: &Record) -> &str {
    record.members.get("InitialContactId").and_then(Value::as_str).unwrap_or(&record.id)
}

/// The first contact of the chain that a contact is in: all of the chain share its attributes.
pub(super) fn first(engine: &Engine, key: &Key, record: &Record) -> (Key, Record) {
    let found = engine.state.store.by_id(key.family, &key.scope, chain(record));
    let found = found.and_then(|key| engine.state.store.get(&key).cloned().map(|record| (key, record)));
    found.unwrap_or_else(|| (key.clone(), record.clone()))
}

/// Keeps a contact that changed now.
pub(super) fn keep(engine: &mut Engine, key: Key, mut record: Record) {
    record.modified = engine.state.clock.now();
    let now = record.modified;
    set(&mut record, "LastUpdateTimestamp", now);
    engine.keep(key, record);
}
