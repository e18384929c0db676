//! The log of calls: the newest of them, with inputs and answers.

use std::collections::VecDeque;

use serde_json::{Value, json};

/// The number of calls that are kept.
const KEPT: usize = 1000;

/// The longest text of an input or a response in the log.
const LONGEST: usize = 16 * 1024;

/// One call, as the log has it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LoggedCall {
    /// The number of the call, from 1.
    pub number: u64,
    /// The operation's name; empty where no operation has the request's route.
    pub operation: String,
    /// The HTTP status of the answer; 0 where the connection was lost.
    pub status: u16,
    /// When it came, in seconds since 1970 by the stand-in's clock.
    pub at: f64,
    /// The duration of the stand-in's work, in microseconds.
    pub micros: u64,
    /// The input by the model's member names; null where it was not read.
    pub input: Value,
    /// The output or the exception; null where there was none.
    pub answer: Value,
}

/// The calls of a stand-in.
#[derive(Debug, Default)]
pub(super) struct Log {
    calls: VecDeque<LoggedCall>,
    last: u64,
}

impl Log {
    pub fn push(&mut self, mut call: LoggedCall) {
        self.last += 1;
        call.number = self.last;
        call.input = shortened(call.input);
        call.answer = shortened(call.answer);
        self.calls.push_back(call);
        if self.calls.len() > KEPT {
            self.calls.pop_front();
        }
    }

    /// The number of the last call.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// The calls behind a number.
    pub fn after(&self, number: u64) -> impl Iterator<Item = &LoggedCall> {
        self.calls.iter().filter(move |call| call.number > number)
    }

    pub fn clear(&mut self) {
        self.calls.clear();
    }
}

impl LoggedCall {
    pub(super) fn to_json(&self) -> Value {
        json!({
            "number": self.number,
            "operation": self.operation,
            "status": self.status,
            "at": self.at,
            "micros": self.micros,
            "input": self.input,
            "answer": self.answer,
        })
    }
}

/// A value that is not too long for the log.
fn shortened(value: Value) -> Value {
    let text = value.to_string();
    match text.char_indices().find(|(place, _)| *place >= LONGEST) {
        None => value,
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], text.len()).into(),
    }
}
