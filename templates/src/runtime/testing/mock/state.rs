//! State of a mock: its rules, the calls that came, and what was wrong.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::called::Outcome;
use super::entry::{Entry, times};
use super::question::{Question, Reply};
use super::record::Record;
use super::recording::{Playback, Recording};
use super::unmet::Unmet;
use crate::runtime::call::mark::CallMarker;

/// The state that the user's handle and the transport share.
#[derive(Default)]
pub(super) struct Inner(Mutex<State>);

impl Inner {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        // No code of a test runs under this lock, so whoever panicked under it left the state whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Inner {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        to.debug_struct("Mock").field("rules", &state.rules.len()).field("calls", &state.calls.len()).finish()
    }
}

pub(super) struct State {
    pub(super) rules: Vec<Arc<Entry>>,
    played: Vec<Playback>,
    pub(super) calls: Vec<Record>,
    pub(super) problems: Vec<String>,
    pub(super) checks_inputs: bool,
    pub(super) checks_answers: bool,
    pub(super) is_verified: bool,
    /// The number of responses that were given, for their ids.
    responses: u64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            played: Vec::new(),
            calls: Vec::new(),
            problems: Vec::new(),
            checks_inputs: false,
            checks_answers: true,
            is_verified: false,
            responses: 0,
        }
    }
}

/// The place of an attempt in the records.
#[derive(Debug, Clone, Copy)]
pub(super) struct AttemptPlace(usize, usize);

impl State {
    /// Records an attempt that came.
    pub(super) fn record(&mut self, mark: &CallMarker, input: Value) -> AttemptPlace {
        let known = self.calls.iter().rposition(|record| record.call == mark.call);
        let place = known.unwrap_or_else(|| {
            self.calls.push(Record {
                call: mark.call,
                service: mark.service.id,
                operation: mark.info.name,
                input,
                attempts: Vec::new(),
            });
            self.calls.len() - 1
        });
        let attempts = &mut self.calls[place].attempts;
        attempts.push(Outcome::Open);
        AttemptPlace(place, attempts.len() - 1)
    }

    /// Records how an attempt ended.
    pub(super) fn end(&mut self, place: AttemptPlace, outcome: Outcome) {
        let record = self.calls.get_mut(place.0);
        if let Some(attempt) = record.and_then(|record| record.attempts.get_mut(place.1)) {
            *attempt = outcome;
        }
    }

    /// Keeps something that was wrong until the mock is verified.
    pub(super) fn problem(&mut self, message: String) {
        self.is_verified = false;
        self.problems.push(message);
    }

    pub(super) fn play(&mut self, recording: Recording) {
        self.played.push(Playback::new(recording));
    }

    /// The answer of a recording.
    pub(super) fn replay(&mut self, question: &Question, mark: &CallMarker) -> Option<Reply> {
        self.played.iter_mut().find_map(|played| played.answer(question, mark))
    }

    /// The id of a response.
    pub(super) fn response_id(&mut self) -> String {
        self.responses += 1;
        format!("mock-{}", self.responses)
    }

    pub(super) fn verify(&mut self) -> Result<(), Unmet> {
        self.is_verified = true;
        let mut messages = std::mem::take(&mut self.problems);
        for rule in self.rules.iter().filter(|rule| rule.used() < rule.least) {
            let (wanted, used, at) = (rule.least, rule.used(), rule.at);
            let exactly = if rule.most == Some(wanted) { "" } else { "at least " };
            messages.push(format!(
                "{} was expected {exactly}{} and came {}: the rule at {at}",
                rule.operation,
                times(wanted),
                if used == 0 { "not at all".to_owned() } else { times(used) },
            ));
        }
        if messages.is_empty() { Ok(()) } else { Err(Unmet(messages)) }
    }
}
