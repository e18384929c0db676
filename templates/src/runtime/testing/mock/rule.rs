//! Rules: which calls of an operation a mock answers, how often, and with what.

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

use super::entry::{Condition, Entry};
use super::fault::Fault;
use super::page::Pages;
use super::question::{Reply, ReplyFuture, Responder};
use super::state::Inner;
use super::typed::{input_of, json_of, output_value};
use crate::runtime::base::threads::{MaybeSend, MaybeSync};
use crate::runtime::call::paginate::Paginated;
use crate::runtime::protocol::operation::{Operation, Service};
use crate::runtime::shape::traits::{Write, WriteContext};

/// A rule that is being put together. It holds from the call of a method that says how to answer: [`answer`](Self::answer) and
/// those after it.
#[must_use = "a rule holds when it says how to answer"]
pub struct Rule<'m, R> {
    inner: &'m Arc<Inner>,
    at: &'static Location<'static>,
    conditions: Vec<Condition>,
    most: Option<u64>,
    least: u64,
    delay: Duration,
    loses_response: bool,
    operation: std::marker::PhantomData<fn(R)>,
}

impl<'m, R: Operation> Rule<'m, R> {
    pub(super) fn new(inner: &'m Arc<Inner>, at: &'static Location<'static>) -> Self {
        Self {
            inner,
            at,
            conditions: Vec::new(),
            most: None,
            least: 0,
            delay: Duration::ZERO,
            loses_response: false,
            operation: std::marker::PhantomData,
        }
    }

    /// Matches inputs for which the predicate says `true`.
    pub fn when(mut self, predicate: impl Fn(&R) -> bool + MaybeSend + MaybeSync + 'static) -> Self {
        let condition = move |input: &Value| input_of::<R>(input).map(|input| predicate(&input));
        self.conditions.push(Condition::Predicate(Box::new(condition)));
        self
    }

    /// Matches inputs that have these members, by the model's names: `.with(json!({"ContactId": "c-1"}))`. Members that are
    /// not named may have any value, those of a named structure as well. When no rule matches a call, the error says which
    /// member differed; for [`when`](Self::when) it cannot.
    pub fn with(mut self, members: Value) -> Self {
        self.conditions.push(Condition::Members(members));
        self
    }

    /// Answers one attempt, and expects it to come.
    pub fn once(self) -> Self {
        self.times(1)
    }

    /// Answers so many attempts, and expects all of them to come. A rule without this answers for ever.
    pub fn times(mut self, attempts: u64) -> Self {
        self.most = Some(attempts);
        self.least = attempts;
        self
    }

    /// Expects at least so many attempts to come.
    pub fn at_least(mut self, attempts: u64) -> Self {
        self.least = attempts;
        self
    }

    /// Answers after so long, by the clock of the test's runtime, which may be paused.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Breaks the connection after the answer was made: the service acted, and the client does not get to know. What fails
    /// before the service acts is [`Fault::refused`].
    pub fn lose_response(mut self) -> Self {
        self.loses_response = true;
        self
    }

    /// Answers with an output.
    pub fn answer(self, output: R::Output) {
        self.answer_reply(output_value::<R>(&output));
    }

    /// Answers with an output whose members a function sets: `.set(|output| output.contact_id = Some("c-1".into()))`.
    pub fn set(self, set: impl FnOnce(&mut R::Output)) {
        let mut output = R::Output::default();
        set(&mut output);
        self.answer(output);
    }

    /// Answers with an output that is given by the model's member names: `.answer_json(json!({"ContactId": "c-1"}))`.
    /// Timestamps are seconds since 1970 or text of ISO 8601, blobs are base64.
    pub fn answer_json(self, output: Value) {
        self.answer_reply(Ok(output));
    }

    /// Answers with the emptiest output that the model allows.
    pub fn answer_empty(self) {
        self.respond(Box::new(|question| ready(Reply::Output(question.model.empty_output(question.operation)))));
    }

    /// Answers with these outputs in order, one an attempt, and expects all of them to be asked for.
    pub fn answer_each(self, outputs: impl IntoIterator<Item = R::Output>) {
        let outputs: VecDeque<_> = outputs.into_iter().map(|output| output_value::<R>(&output)).collect();
        let rule = self.times(outputs.len() as u64);
        let outputs = Mutex::new(outputs);
        rule.respond(Box::new(move |_| {
            let next = outputs.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            ready(reply(next.unwrap_or_else(|| Err("all outputs of the rule were given".to_owned()))))
        }));
    }

    /// Answers with what a function makes of the input.
    pub fn answer_with(self, answer: impl FnMut(R) -> Result<R::Output, Fault> + MaybeSend + 'static) {
        let answer = Mutex::new(answer);
        self.respond(Box::new(move |question| {
            let input = match input_of::<R>(&question.input) {
                Ok(input) => input,
                Err(why) => return ready(Reply::Wrong(why)),
            };
            let mut answer = answer.lock().unwrap_or_else(PoisonError::into_inner);
            ready(of_result::<R>(answer(input)))
        }));
    }

    /// Answers with what an asynchronous function makes of the input.
    pub fn answer_async<F>(self, answer: impl FnMut(R) -> F + MaybeSend + 'static)
    where
        F: Future<Output = Result<R::Output, Fault>> + MaybeSend + 'static,
    {
        let answer = Mutex::new(answer);
        self.respond(Box::new(move |question| {
            let input = match input_of::<R>(&question.input) {
                Ok(input) => input,
                Err(why) => return ready(Reply::Wrong(why)),
            };
            let answering = answer.lock().unwrap_or_else(PoisonError::into_inner)(input);
            Box::pin(async { of_result::<R>(answering.await) })
        }));
    }

    /// Fails with an exception, a code and a message, a response, or none: see [`Fault`].
    pub fn fail(self, fault: impl Into<Fault>) {
        let fault = fault.into();
        self.respond(Box::new(move |_| ready(Reply::Fault(fault.copy()))));
    }

    /// Answers a list page by page. A page has so many items as the input asks for, and at most `page_size`; tokens are the
    /// mock's own, and a token that it did not give is refused.
    pub fn pages(self, items: impl IntoIterator<Item = R::Item>, page_size: usize)
    where
        R: Paginated,
        R::Item: Write,
    {
        let items: Result<Vec<Value>, String> =
            items.into_iter().map(|item| json_of(|to| item.write(to, WriteContext::MEMBERS))).collect();
        self.answer_pages(items, page_size);
    }

    /// The same with items by the model's member names; those of a map are pairs of a key and a value.
    pub fn pages_json(self, items: impl IntoIterator<Item = Value>, page_size: usize) {
        self.answer_pages(Ok(items.into_iter().collect()), page_size);
    }

    fn answer_pages(self, items: Result<Vec<Value>, String>, page_size: usize) {
        let pages = items.map(|items| Pages::new(items, page_size));
        self.respond(Box::new(move |question| {
            ready(match &pages {
                Ok(pages) => pages.answer(&question),
                Err(why) => Reply::Wrong(why.clone()),
            })
        }));
    }

    fn answer_reply(self, output: Result<Value, String>) {
        self.respond(Box::new(move |_| ready(reply(output.clone()))));
    }

    fn respond(self, responder: Responder) {
        let entry = Entry {
            service: <R::Service as Service>::INFO.id,
            operation: R::INFO.name,
            at: self.at,
            conditions: self.conditions,
            most: self.most,
            least: self.least,
            used: AtomicU64::new(0),
            delay: self.delay,
            loses_response: self.loses_response,
            responder,
        };
        let mut state = self.inner.lock();
        state.is_verified = false;
        state.rules.push(Arc::new(entry));
    }
}

fn ready(reply: Reply) -> ReplyFuture {
    Box::pin(std::future::ready(reply))
}

fn reply(output: Result<Value, String>) -> Reply {
    output.map_or_else(Reply::Wrong, Reply::Output)
}

fn of_result<R: Operation>(result: Result<R::Output, Fault>) -> Reply {
    match result {
        Ok(output) => reply(output_value::<R>(&output)),
        Err(fault) => Reply::Fault(fault),
    }
}

impl<R: Operation> fmt::Debug for Rule<'_, R> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Rule").field("operation", &R::INFO.name).finish_non_exhaustive()
    }
}
