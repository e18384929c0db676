//! Outcomes of calls, as text: a row says what it expects in the words that a run finds.
//!
//! `ok` is a success whose output has the name `n`. A failure is its kind, with the status where a response began; one of the
//! service is its status and code, and `(typed)` where the code is an exception of the model. `×3` is a call of three attempts.

use std::fmt::Write;

use templates::runtime::ErrorKind;

use crate::support::service::{Error, Thing};

/// The outcome of a call, and the number of its requests.
pub fn text(result: &Result<Thing, Error>, requests: usize) -> String {
    let (mut text, attempts) = match result {
        Ok(thing) => (success(thing), requests),
        Err(error) => (failure(error), error.attempts() as usize),
    };
    if attempts != 1 {
        let _ = write!(text, " ×{attempts}");
    }
    text
}

fn success(thing: &Thing) -> String {
    match thing.name.as_deref() {
        Some("n") => "ok".to_owned(),
        Some(name) => format!("ok {name:?}"),
        None => "ok without name".to_owned(),
    }
}

fn failure(error: &Error) -> String {
    let status = error.status().map(|status| status.to_string());
    let Some(status) = status else { return format!("{:?}", error.kind()) };
    if error.kind() != ErrorKind::Service {
        return format!("{:?} after {status}", error.kind());
    }
    let typed = if error.exception().is_some() { " (typed)" } else { "" };
    match error.code() {
        Some(code) if code != status => format!("{status} {code}{typed}"),
        _ => status,
    }
}

/// Five outcomes in one text: one where they are all the same.
pub fn together(outcomes: &[String]) -> String {
    let same = outcomes.iter().all(|outcome| *outcome == outcomes[0]);
    if same { outcomes[0].clone() } else { outcomes.join(" | ") }
}
