//! Quick connects: each has the configuration of its type.

use super::engine::{Call, Check, Engine};
use super::refusal::{Fault, Refusal};

/// The steps that are checked.
pub(super) const CHECKS: [(&str, Check); 2] = [("CreateQuickConnect", check), ("UpdateQuickConnectConfig", check)];

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
