//! Waiters: the operation that each repeats, and what its responses mean.

mod compile;
mod path;

use std::collections::BTreeMap;

use serde_json::Value;

use super::context::Context;
use super::docs::Docs;
use super::exceptions::Exception;
use super::operations::Operation;
use crate::model::{self, Matcher, State, Waiters};
use crate::names::{self, Ident, OperationName, WaiterName};
use crate::text::code;

pub(crate) use path::{Access, Order, Path, Scalar, Test};

/// A waiter.
#[derive(Debug, Clone)]
pub(crate) struct Waiter {
    pub name: WaiterName,
    pub ident: Ident,
    /// The method of the call.
    pub method: Ident,
    pub operation: OperationName,
    /// The seconds between two requests.
    pub delay: u32,
    pub max_attempts: u32,
    pub acceptors: Vec<(State, Test)>,
    pub docs: Docs,
}

/// A waiter that is left out: the place of the reason in its entry, and the reason.
#[derive(Debug, Clone)]
pub(crate) struct Unwaited {
    pub operation: OperationName,
    pub place: String,
    pub reason: String,
}

/// Plans the waiters of a service. One that cannot be planned is left out with the reason.
pub(super) fn plan(
    context: &Context<'_>,
    waiters: &Waiters,
    operations: &[Operation],
    exceptions: &[Exception],
) -> (Vec<Waiter>, BTreeMap<WaiterName, Unwaited>) {
    let by_name: Vec<(WaiterName, &model::Waiter)> =
        waiters.iter().map(|(name, waiter)| (WaiterName::new(name), waiter)).collect();
    let keys = || by_name.iter().map(|(name, _)| name);
    let idents = names::unique(keys(), |name| names::type_name(name));
    let methods = names::unique(keys(), |name| format!("wait_until_{}", names::operation_name(name)));
    let (mut planned, mut unwaited) = (Vec::new(), BTreeMap::new());
    for (name, waiter) in &by_name {
        // Resolving has seen to it that there is one.
        let Some(operation) = operations.iter().find(|operation| *operation.name == *waiter.operation) else {
            continue;
        };
        let setters: Vec<&str> =
            operation.request.fields.iter().flat_map(|field| [&*field.setter, &*field.setter_of_several]).collect();
        match acceptors(context, waiter, exceptions) {
            Ok(acceptors) => planned.push(Waiter {
                name: name.clone(),
                ident: idents[name].clone(),
                method: methods[name].avoiding_methods(&setters),
                operation: operation.name.clone(),
                delay: waiter.delay,
                max_attempts: waiter.max_attempts,
                acceptors,
                docs: docs(name, waiter),
            }),
            Err((place, reason)) => {
                let operation = operation.name.clone();
                unwaited.insert(name.clone(), Unwaited { operation, place, reason });
            }
        }
    }
    (planned, unwaited)
}

fn acceptors(
    context: &Context<'_>,
    waiter: &model::Waiter,
    exceptions: &[Exception],
) -> Result<Vec<(State, Test)>, (String, String)> {
    let operation = &context.model.operations[&waiter.operation];
    let streams = operation.input.iter().any(|input| is_streamed(context, &input.shape));
    if streams {
        return Err(("operation".to_owned(), "its request is streamed, and cannot be sent twice".to_owned()));
    }
    let output = operation.output.as_ref().map(|output| output.shape.as_str());
    let acceptors = waiter.acceptors.iter().enumerate().map(|(index, acceptor)| {
        let test = test(context, acceptor, output, exceptions);
        test.map(|test| (acceptor.state, test)).map_err(|reason| (format!("acceptors[{index}].argument"), reason))
    });
    acceptors.collect()
}

fn is_streamed(context: &Context<'_>, shape: &str) -> bool {
    let shape = &context.model.shapes[shape];
    let payload = shape.payload.as_ref().and_then(|payload| shape.members.get(payload));
    payload.is_some_and(|member| member.streaming || context.model.shapes[&member.shape].streaming)
}

fn test(
    context: &Context<'_>,
    acceptor: &model::Acceptor,
    output: Option<&str>,
    exceptions: &[Exception],
) -> Result<Test, String> {
    let path = || {
        let output = output.ok_or("the operation has no output")?;
        compile::compile(context, acceptor.argument.as_deref().unwrap_or_default(), output)
    };
    let expected = || acceptor.expected.clone();
    Ok(match acceptor.matcher {
        Matcher::Path => Test::Is(path()?, expected()),
        Matcher::PathAll => Test::All(path()?, expected()),
        Matcher::PathAny => Test::Any(path()?, expected()),
        Matcher::Status => {
            Test::Status(acceptor.expected.as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or_default())
        }
        Matcher::Error => match &acceptor.expected {
            Value::Bool(true) => Test::Error(Vec::new()),
            Value::String(name) => Test::Error(codes(name, exceptions)),
            _ => Test::NoError,
        },
    })
}

/// The codes of an error: the name, and the code where that is the name of a shape with another.
fn codes(name: &str, exceptions: &[Exception]) -> Vec<String> {
    let modelled = exceptions.iter().filter(|exception| *exception.shape == *name && *exception.code != *name);
    std::iter::once(name.to_owned()).chain(modelled.map(|exception| exception.code.to_string())).collect()
}

fn docs(name: &WaiterName, waiter: &model::Waiter) -> Docs {
    let mut docs = Docs::new(format!("Repeats the call until the waiter {} of the model ends.", code(name)));
    docs.add(format!(
        "It sends at most {} requests, {} seconds or more apart. The first line that fits a response decides:",
        waiter.max_attempts, waiter.delay
    ));
    docs.add_lines(waiter.acceptors.iter().map(|acceptor| {
        let state = match acceptor.state {
            State::Success => "success",
            State::Failure => "failure",
            State::Retry => "the wait goes on",
        };
        let path = code(acceptor.argument.as_deref().unwrap_or_default());
        let expected = code(&acceptor.expected.as_str().map_or_else(|| acceptor.expected.to_string(), str::to_owned));
        let when = match acceptor.matcher {
            Matcher::Path => format!("{path} is {expected}"),
            Matcher::PathAll => format!("all of {path} are {expected}"),
            Matcher::PathAny => format!("one of {path} is {expected}"),
            Matcher::Status => format!("the HTTP status is {expected}"),
            Matcher::Error if acceptor.expected == Value::Bool(true) => "there is an error of the service".to_owned(),
            Matcher::Error if acceptor.expected.is_boolean() => "there is no error".to_owned(),
            Matcher::Error => format!("the error is {expected}"),
        };
        format!("- {state}: {when}")
    }));
    docs
}
