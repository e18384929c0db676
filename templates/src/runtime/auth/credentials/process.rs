//! Takes a command line; runs it and gives the credentials it prints.
//!
//! See "Process credential provider" in the AWS SDKs and Tools Reference Guide. As in botocore, the command is split into
//! words and run without a shell.

use std::process::{Command, Output, Stdio};
use std::thread;

use serde_json::Value;
use tokio::sync::oneshot;

use super::Credentials;
use super::parse::{Names, from_json, remark};
use crate::runtime::base::json;
use crate::runtime::base::words::{Quoting, split};

const NAMES: Names = Names {
    id: "AccessKeyId",
    secret: "SecretAccessKey",
    token: "SessionToken",
    expiry: "Expiration",
    account: "AccountId",
};

/// Runs a command for credentials.
pub(super) async fn credentials(command: &str) -> Result<Credentials, String> {
    read(
        run(command)?
            .await
            .unwrap_or_else(|_| Err("the thread that waited for credential_process panicked".to_owned())),
    )
}

fn read(output: Result<Output, String>) -> Result<Credentials, String> {
    let output = output?;
    if !output.status.success() {
        // The guide has programs keep secrets out of what they print here, for tools show it.
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("credential_process ended with {}: {}", output.status, remark(&said)));
    }
    let answer: Value =
        json::from_slice(&output.stdout).map_err(|_| "credential_process did not print JSON".to_owned())?;
    if answer.get("Version").and_then(Value::as_u64) != Some(1) {
        return Err("what credential_process printed is not of Version 1".to_owned());
    }
    from_json(&answer, &NAMES)
}

/// Runs a program on a thread of its own, which waits for it: it comes once in an hour, and so needs no pool.
fn run(command: &str) -> Result<oneshot::Receiver<Result<Output, String>>, String> {
    let quoting = if cfg!(windows) { Quoting::Windows } else { Quoting::Posix };
    let words = split(command, quoting).ok_or("credential_process has a quote that does not end")?;
    let (give, take) = oneshot::channel();
    let run = move || {
        // Nobody waits for it any more where the call was dropped.
        let _ = give.send(output(&words));
    };
    let thread = thread::Builder::new().name("credential_process".to_owned());
    thread.spawn(run).map_err(|error| format!("no thread could be started for credential_process: {error}"))?;
    Ok(take)
}

fn output(words: &[String]) -> Result<Output, String> {
    let Some((program, arguments)) = words.split_first() else {
        return Err("credential_process is empty".to_owned());
    };
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    output.map_err(|error| format!("credential_process {program:?} cannot be run: {error}"))
}
