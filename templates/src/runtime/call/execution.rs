//! The record of one call for its interceptors. A call without interceptors has none.

use std::any::Any;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use ::http::{HeaderMap, Method, Uri};
use bytes::Bytes;

use crate::runtime::base::threads::shareable;
use crate::runtime::base::time::Instant;
use crate::runtime::call::core::Core;
use crate::runtime::call::response::{CallFailure, RawResponse};
use crate::runtime::config::intercept::{
    AfterAttempt, AfterCall, BeforeSigning, Intercept, InterceptError, Interceptors, Outcome, Subject,
};
use crate::runtime::error::{ErrorKind, Failed, Failure, RetryClass};
use crate::runtime::protocol::operation::{Operation, OperationInfo};

/// The interceptors' view of a call: its operation and input, and what it has come to.
///
/// The call holds it until it has an output or an error. A call that is dropped before drops it, and that is reported, too.
pub(crate) struct Execution {
    interceptors: Interceptors,
    service: &'static str,
    info: &'static OperationInfo,
    input: Box<shareable!(dyn Any)>,
    /// When the call was first polled.
    begun: OnceLock<Instant>,
    attempts: AtomicU32,
    throttled: AtomicU32,
    finished: AtomicBool,
}

/// The request of an attempt, as interceptors may see and change it.
pub(crate) struct Unsigned<'a> {
    pub(crate) method: &'a Method,
    pub(crate) uri: &'a Uri,
    pub(crate) headers: &'a mut HeaderMap,
    pub(crate) body: Option<&'a Bytes>,
}

impl Execution {
    /// The record of a call with this input; `None` where nobody asks for it.
    #[inline]
    pub(crate) fn new<R: Operation>(core: &Core, input: R) -> Option<Arc<Self>> {
        let watched = !core.config.interceptors.is_empty();
        watched.then(|| Self::of(core, const { &R::INFO }, Box::new(input)))
    }

    fn of(core: &Core, info: &'static OperationInfo, input: Box<shareable!(dyn Any)>) -> Arc<Self> {
        Arc::new(Self {
            interceptors: core.config.interceptors.clone(),
            service: core.service.id,
            info,
            input,
            begun: OnceLock::new(),
            attempts: AtomicU32::new(0),
            throttled: AtomicU32::new(0),
            finished: AtomicBool::new(false),
        })
    }

    fn subject(&self) -> Subject<'_> {
        Subject { service: self.service, info: self.info, input: &*self.input }
    }

    /// Notes that the call is on its way.
    pub(crate) fn begin(&self) {
        self.begun.get_or_init(Instant::now);
    }

    /// Lets interceptors change a request before it is signed.
    pub(crate) fn before_signing(&self, attempt: u32, request: Unsigned<'_>) -> Result<(), Failed> {
        let Unsigned { method, uri, headers, body } = request;
        let mut request = BeforeSigning { subject: self.subject(), attempt, method, uri, headers, body, fault: None };
        for interceptor in self.interceptors.iter() {
            let result = interceptor.modify_before_signing(&mut request);
            let result = result.and_then(|()| request.fault.take().map_or(Ok(()), |fault| Err(fault.into())));
            result.map_err(|error| failure(&**interceptor, error))?;
        }
        Ok(())
    }

    /// Shows interceptors what came of an attempt.
    pub(crate) fn after_attempt(
        &self,
        attempt: u32,
        begun: Instant,
        result: Result<&RawResponse, &CallFailure>,
    ) -> Result<(), Failed> {
        let (response, failure) = match result {
            Ok(response) => (Some(response), None),
            Err(failed) => (failed.response.as_deref(), Some(&*failed.failure)),
        };
        let seen = AfterAttempt {
            subject: self.subject(),
            attempt,
            elapsed: begun.elapsed(),
            status: response
                .map(|response| response.status.as_u16())
                .or_else(|| failure.and_then(|failure| failure.status)),
            headers: response.map(|response| &response.headers),
            body: response.filter(|response| response.stream.is_none()).map(|response| &response.body),
            failure,
        };
        self.attempts.store(attempt, Ordering::Relaxed);
        if failure.is_some_and(|failure| failure.class == RetryClass::Throttling) {
            self.throttled.fetch_add(1, Ordering::Relaxed);
        }
        for interceptor in self.interceptors.iter() {
            interceptor.read_after_attempt(&seen).map_err(|error| {
                let mut failed = self::failure(&**interceptor, error);
                failed.attempts = attempt;
                failed
            })?;
        }
        Ok(())
    }

    /// Shows interceptors how the call ended.
    pub(crate) fn finish(&self, outcome: Outcome<'_>) {
        if self.finished.swap(true, Ordering::Relaxed) {
            return;
        }
        let seen = AfterCall {
            subject: self.subject(),
            attempts: self.attempts.load(Ordering::Relaxed),
            throttled: self.throttled.load(Ordering::Relaxed),
            elapsed: self.begun.get().map(Instant::elapsed).unwrap_or_default(),
            outcome,
        };
        for interceptor in self.interceptors.iter() {
            interceptor.read_after_execution(&seen);
        }
    }
}

impl Drop for Execution {
    fn drop(&mut self) {
        if self.begun.get().is_some() {
            self.finish(Outcome::Dropped);
        }
    }
}

/// The failure of a call whose interceptor failed.
fn failure(interceptor: &dyn Intercept, error: InterceptError) -> Failed {
    let message = format!("the interceptor {}: {error}", interceptor.name());
    Box::new(Failure::new(ErrorKind::Interceptor, message).caused_by(error))
}
