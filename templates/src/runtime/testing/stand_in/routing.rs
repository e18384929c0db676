//! Users and routing profiles: passwords, proficiencies and how many contacts an agent takes at once.

use serde_json::Value;

use super::engine::{Behaviour, Call, Engine, Outcome};
use super::facts::Rule;
use super::instances::{nothing, record};
use super::refusal::{Fault, Refusal};
use super::store::Record;

/// The steps that check what the model does not.
pub(super) const STEPS: [(&str, Behaviour); 5] = [
    ("AssociateUserProficiencies", proficiencies),
    ("CreateRoutingProfile", create_profile),
    ("CreateUser", create_user),
    ("UpdateRoutingProfileConcurrency", update_concurrency),
    ("UpdateUserProficiencies", proficiencies),
];

/// An instance with users of its own needs a password for each; one with a directory takes none.
fn create_user(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let Some(family) = engine.facts.family("User") else { return nothing(engine, call) };
    let (_, instance) = record(engine, call, "Instance", "InstanceId")?;
    let management = instance.members.get("IdentityManagementType").and_then(Value::as_str).unwrap_or_default();
    let message = match (management, call.text("Password")) {
        ("CONNECT_MANAGED", None) => {
            "Password is required where the instance manages its users (CONNECT_MANAGED)".to_owned()
        }
        ("CONNECT_MANAGED", Some(_)) | (_, None) => return engine.create(call, family, Record::default()),
        (other, Some(_)) => format!("Password is given, and the users of the instance are managed by {other}"),
    };
    Err(engine.refuse(call, Fault::Invalid, message))
}

fn create_profile(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let Some(family) = engine.facts.family("RoutingProfile") else { return nothing(engine, call) };
    engine.scope(call, family)?;
    check_concurrency(engine, call)?;
    engine.create(call, family, Record::default())
}

fn update_concurrency(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let Some(family) = engine.facts.family("RoutingProfile") else { return nothing(engine, call) };
    engine.target(call, family)?;
    check_concurrency(engine, call)?;
    engine.update(call, family)
}

/// Refuses more than one call at once, and a channel without contacts.
fn check_concurrency(engine: &Engine, call: Call<'_>) -> Result<(), Refusal> {
    for media in call.input.get("MediaConcurrencies").and_then(Value::as_array).into_iter().flatten() {
        let channel = media["Channel"].as_str().unwrap_or_default();
        let most = if channel == "VOICE" { 1 } else { 10 };
        // A channel may have a number for each type of its work instead.
        if media["Concurrency"].as_u64().is_some_and(|count| !(1..=most).contains(&count)) {
            let message = format!("the Concurrency of the channel {channel} must be 1 to {most}");
            return Err(engine.refuse(call, Fault::Invalid, message));
        }
    }
    Ok(())
}

/// A proficiency is a value of a predefined attribute.
fn proficiencies(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (Some(users), Some(family)) = (engine.facts.family("User"), engine.facts.family("PredefinedAttribute")) else {
        return nothing(engine, call);
    };
    let user = engine.target(call, users)?;
    for wanted in call.input.get("UserProficiencies").and_then(Value::as_array).into_iter().flatten() {
        let (name, value) = (&wanted["AttributeName"], &wanted["AttributeValue"]);
        let name = name.as_str().unwrap_or_default();
        let found = engine.resolve(family, &user.scope, name).and_then(|key| engine.state.store.get(&key));
        let found = found.ok_or_else(|| engine.not_found(call, family, name))?;
        let values = found.members.get("Values").and_then(|values| values["StringList"].as_array());
        if !values.is_some_and(|values| values.contains(value)) {
            let message = format!("the predefined attribute {name} has no value {value}");
            return Err(engine.refuse(call, Fault::Invalid, message));
        }
    }
    let facts = std::sync::Arc::clone(&engine.facts);
    let Rule::Slot { verb, family, slot, list } = facts.rule(call.operation.name()) else {
        return nothing(engine, call);
    };
    engine.slot(call, *verb, *family, slot, list.as_deref())
}
