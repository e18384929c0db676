//! Credentials that a program prints: the setting `credential_process`.
//!
//! See "Process credential provider" in the AWS SDKs and Tools Reference Guide. As in botocore, the command is split into
//! words and run without a shell.

use serde_json::Value;

use super::json::{PROCESS_NAMES, from_json, unexpired};
use super::keys::Credentials;
use crate::runtime::auth::context::Context;
use crate::runtime::base::json;
use crate::runtime::base::text::one_line;
use child::Output;

mod child;
mod run;

/// The credentials that a command prints.
pub(super) async fn credentials(command: &str, context: &Context) -> Result<Credentials, String> {
    let output = run::output(command).await.map_err(|what| format!("credential_process {what}"))?;
    unexpired(read(&output)?, context)
}

fn read(output: &Output) -> Result<Credentials, String> {
    if !output.status.success() {
        // The guide tells programs to print no secret here, because tools show it.
        let text = String::from_utf8_lossy(&output.stderr);
        return Err(format!("credential_process ended with {}: {}", output.status, one_line(text.trim()).at_most(300)));
    }
    let object: Value =
        json::from_slice(&output.stdout).map_err(|_| "credential_process did not print JSON".to_owned())?;
    if object.get("Version").and_then(Value::as_u64) != Some(1) {
        return Err("credential_process did not print Version 1".to_owned());
    }
    from_json(&object, &PROCESS_NAMES).map_err(|what| format!("credential_process: {what}"))
}
