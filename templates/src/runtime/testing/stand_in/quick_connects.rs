//! Quick connects: each has the configuration of its type.

use super::engine::{Behaviour, Call, Engine, Outcome};
use super::instances::nothing;
use super::refusal::{Fault, Refusal};
use super::store::Record;

/// The steps that check the configuration first.
pub(super) const STEPS: [(&str, Behaviour); 2] = [("CreateQuickConnect", create), ("UpdateQuickConnectConfig", update)];

fn create(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let Some(family) = engine.facts.family("QuickConnect") else { return nothing(engine, call) };
    engine.scope(call, family)?;
    check(engine, call)?;
    engine.create(call, family, Record::default())
}

fn update(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let Some(family) = engine.facts.family("QuickConnect") else { return nothing(engine, call) };
    engine.target(call, family)?;
    check(engine, call)?;
    engine.update(call, family)
}

/// Refuses a type without its configuration.
fn check(engine: &Engine, call: Call<'_>) -> Result<(), Refusal> {
    let config = call.input.get("QuickConnectConfig");
    let kind = config.and_then(|config| config["QuickConnectType"].as_str()).unwrap_or_default();
    let needed = match kind {
        "USER" => "UserConfig",
        "QUEUE" => "QueueConfig",
        "PHONE_NUMBER" => "PhoneConfig",
        _ => return Ok(()),
    };
    if config.is_some_and(|config| config[needed].is_object()) {
        return Ok(());
    }
    Err(engine.refuse(
        call,
        Fault::Invalid,
        format!("QuickConnectConfig.{needed} is required where the type is {kind}"),
    ))
}
