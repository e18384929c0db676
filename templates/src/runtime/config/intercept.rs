//! Interceptors: code of the program that sees each attempt of a call before it is signed, what came of it, and the end of
//! the call.

mod context;

use std::any::type_name;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::runtime::base::threads::{MaybeSend, MaybeSync};

pub use context::{AfterAttempt, AfterCall, BeforeSigning, HeadersMut};
pub(crate) use context::{Outcome, Subject};

/// Why an interceptor fails the call.
pub type InterceptError = Box<dyn StdError + Send + Sync>;

/// Code that takes part in calls: of a client by [`Config::interceptor`](crate::runtime::config::Config::interceptor), of one
/// call by `customize().interceptor(…)`. Every method may be left out.
///
/// Interceptors are called in the order in which they were added, those of the client first. They run within the call and
/// should not block. An error of one ends the call with [`ErrorKind::Interceptor`](crate::runtime::error::ErrorKind::Interceptor).
///
// Not compiled: the crate that this file is copied to has any name.
/// ```ignore
/// #[derive(Debug)]
/// struct Tenant(String);
///
/// impl Intercept for Tenant {
///     fn modify_before_signing(&self, request: &mut BeforeSigning<'_>) -> Result<(), InterceptError> {
///         request.headers_mut().insert("x-tenant", &self.0);
///         Ok(())
///     }
/// }
/// ```
pub trait Intercept: fmt::Debug + MaybeSend + MaybeSync {
    /// The name of the interceptor in errors.
    fn name(&self) -> &'static str {
        type_name::<Self>()
    }

    /// Called before each attempt is signed. Headers that are set here are signed and sent.
    ///
    /// # Errors
    /// The call ends, and this attempt is not sent.
    fn modify_before_signing(&self, request: &mut BeforeSigning<'_>) -> Result<(), InterceptError> {
        let _ = request;
        Ok(())
    }

    /// Called after each attempt, with its response or with why there is none.
    ///
    /// # Errors
    /// The call ends, whatever came of the attempt.
    fn read_after_attempt(&self, attempt: &AfterAttempt<'_>) -> Result<(), InterceptError> {
        let _ = attempt;
        Ok(())
    }

    /// Called at the end of each call that was begun: after its output was read, after its error, or when it was dropped on
    /// its way. Counters of calls stand here.
    fn read_after_execution(&self, call: &AfterCall<'_>) {
        let _ = call;
    }
}

/// The interceptors of a configuration. None of them take no room.
#[derive(Clone, Default)]
pub(crate) struct Interceptors(Option<Arc<[Arc<dyn Intercept>]>>);

impl Interceptors {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Arc<dyn Intercept>> {
        self.all().iter()
    }

    fn all(&self) -> &[Arc<dyn Intercept>] {
        self.0.as_deref().unwrap_or_default()
    }

    /// The same, and one more.
    pub(super) fn with(&self, one: Arc<dyn Intercept>) -> Self {
        let mut all = self.all().to_vec();
        all.push(one);
        Self(Some(all.into()))
    }

    /// The same, and others after them.
    pub(super) fn and(&self, others: &Self) -> Self {
        if others.is_empty() {
            return self.clone();
        }
        let mut all = self.all().to_vec();
        all.extend_from_slice(others.all());
        Self(Some(all.into()))
    }
}

impl fmt::Debug for Interceptors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
