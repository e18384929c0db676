//! One entry of `waiters-2.json`.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::json::{Json, Node, Reader};

/// The entries of `waiters-2.json`, by name.
pub(crate) type Waiters = BTreeMap<String, Waiter>;

/// One entry of `waiters`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Waiter {
    pub operation: String,
    /// The seconds between two requests.
    pub delay: u32,
    pub max_attempts: u32,
    pub acceptors: Vec<Acceptor>,
}

/// What a response means to a waiter.
#[derive(Debug, Clone)]
pub(crate) struct Acceptor {
    pub state: State,
    pub matcher: Matcher,
    /// A text, a number or a boolean.
    pub expected: Value,
    /// The JMESPath expression of a matcher of values.
    pub argument: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum State {
    Success,
    Failure,
    #[default]
    Retry,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Matcher {
    #[default]
    Path,
    PathAll,
    PathAny,
    Status,
    Error,
}

const STATES: [(&str, State); 3] = [("success", State::Success), ("failure", State::Failure), ("retry", State::Retry)];

const MATCHERS: [(&str, Matcher); 5] = [
    ("path", Matcher::Path),
    ("pathAll", Matcher::PathAll),
    ("pathAny", Matcher::PathAny),
    ("status", Matcher::Status),
    ("error", Matcher::Error),
];

impl Waiter {
    pub(super) fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            fields.unused("description", Reader::text, "it is prose");
            Self {
                operation: fields.text("operation"),
                delay: fields.required("delay", positive),
                max_attempts: fields.required("maxAttempts", positive),
                acceptors: fields.required("acceptors", |reader, node| reader.list(node, Acceptor::read)),
            }
        })
    }
}

impl Default for Acceptor {
    fn default() -> Self {
        Self { state: State::default(), matcher: Matcher::default(), expected: Value::Null, argument: None }
    }
}

impl Acceptor {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        let acceptor = reader.fields(node, |fields| Self {
            state: fields.required("state", |reader, node| reader.one_of(node, &STATES)),
            matcher: fields.required("matcher", |reader, node| reader.one_of(node, &MATCHERS)),
            expected: fields.required("expected", scalar),
            argument: fields.optional_text("argument"),
        });
        let is_path = matches!(acceptor.matcher, Matcher::Path | Matcher::PathAll | Matcher::PathAny);
        let fits = match acceptor.matcher {
            Matcher::Status => acceptor.expected.as_u64().is_some_and(|status| (100..1000).contains(&status)),
            Matcher::Error => acceptor.expected.is_string() || acceptor.expected.is_boolean(),
            _ => true,
        };
        if !fits {
            let message = "the matcher expects another type: `status` an HTTP status, `error` a text or a boolean";
            reader.problem(node.path, message);
        }
        if is_path != acceptor.argument.is_some() {
            reader.problem(node.path, "the matchers of paths, and no others, have an argument");
        }
        acceptor
    }
}

fn positive(reader: &mut Reader<'_>, node: &Node<'_>) -> u32 {
    let number = reader.number(node);
    let number = number.as_u64().and_then(|number| u32::try_from(number).ok()).filter(|number| *number > 0);
    number.unwrap_or_else(|| {
        reader.problem(node.path, "expected a whole number from 1 to 4294967295");
        1
    })
}

fn scalar(reader: &mut Reader<'_>, node: &Node<'_>) -> Value {
    match node.value {
        Json::String(_) | Json::Number(_) | Json::Bool(_) => Value::from(node.value.clone()),
        other => {
            reader.problem(node.path, format!("expected a string, a number or a boolean, found {}", other.kind()));
            Value::Null
        }
    }
}
