//! Users and routing profiles: passwords, proficiencies and how many contacts an agent takes at once.

use serde_json::Value;

use super::engine::{Call, Check, Engine};
use super::instances::record;
use super::refusal::{Fault, Refusal};

/// The steps that are checked.
pub(super) const CHECKS: [(&str, Check); 5] = [
    ("AssociateUserProficiencies", check_proficiencies),
    ("CreateRoutingProfile", check_concurrency),
    ("CreateUser", check_password),
    ("UpdateRoutingProfileConcurrency", check_concurrency),
    ("UpdateUserProficiencies", check_proficiencies),
];

/// An instance with users of its own needs a password for each; one with a directory takes none.
fn check_password(engine: &Engine, call: Call<'_>) -> Result<(), Refusal> {
    let (_, instance) = record(engine, call, "Instance", "InstanceId")?;
    let management = instance.members.get("IdentityManagementType").and_then(Value::as_str).unwrap_or_default();
    let message = match (management, call.text("Password")) {
        ("CONNECT_MANAGED", None) => {
            "Password is required where the instance manages its users (CONNECT_MANAGED)".to_owned()
        }
        ("CONNECT_MANAGED", Some(_)) | (_, None) => return Ok(()),
        (other, Some(_)) => format!("Password is given, and the users of the instance are managed by {other}"),
    };
    Err(engine.refuse(call, Fault::Invalid, message))
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
fn check_proficiencies(engine: &Engine, call: Call<'_>) -> Result<(), Refusal> {
    let (Some(users), Some(family)) = (engine.facts.family("User"), engine.facts.family("PredefinedAttribute")) else {
        return Ok(());
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
    Ok(())
}
