//! A mock: a service in the process of a test, which answers as the test says. Everything else of a call is real: the request is
//! built, signed, retried and paged, and the response is decoded, as against AWS.
//!
// Not compiled: the crate that this file is copied to has any name and any operations.
//! ```ignore
//! let mock = Mock::new();
//! mock.on::<DescribeContactRequest>()
//!     .with(json!({"ContactId": "c-1"}))
//!     .answer_json(json!({"Contact": {"Id": "c-1", "Channel": "VOICE"}}));
//! let client: Client = mock.client();
//!
//! let response = client.describe_contact().instance_id("i").contact_id("c-1").send().await?;
//!
//! assert_eq!(mock.calls::<DescribeContactRequest>()[0].input.instance_id, "i");
//! mock.verify()?;
//! ```

mod called;
mod difference;
mod entry;
mod explain;
mod fault;
mod page;
mod question;
mod record;
mod recorder;
mod recording;
mod rule;
mod state;
mod transport;
mod typed;
mod unmet;

use std::fmt;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use crate::runtime::auth::credentials::Credentials;
use crate::runtime::auth::token::BearerToken;
use crate::runtime::call::client::Client;
use crate::runtime::config::options::Config;
use crate::runtime::config::retry::Retry;
use crate::runtime::protocol::operation::{Operation, Service};

pub use called::{Called, Outcome};
pub use fault::Fault;
pub use recorder::Recorder;
pub use recording::{Recording, RecordingError};
pub use rule::Rule;
pub use unmet::Unmet;

use state::Inner;
use transport::Transport;

/// A service that answers as a test says.
///
/// [`on`](Self::on) starts a rule for an operation. Of the rules that match a call, the first that is not used up answers it. A
/// call that no rule answers fails with an error that shows the nearest rule, and is kept for [`verify`](Self::verify).
///
/// When it is dropped without [`verify`](Self::verify), the mock verifies itself and panics where something was not as the
/// test expects, unless the thread panics already.
pub struct Mock {
    inner: Arc<Inner>,
}

impl Mock {
    /// A mock without rules.
    #[must_use]
    pub fn new() -> Self {
        Self { inner: Arc::default() }
    }

    /// A configuration of which all calls go to the mock, whichever service they are of. It has a region and a pair of keys,
    /// reads no environment, and does not wait between attempts.
    #[must_use]
    pub fn config(&self) -> Config {
        Config::new()
            .region("us-east-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
            .bearer_token(BearerToken::new("TOKENEXAMPLE"))
            .retry(Retry::standard().initial_backoff(Duration::ZERO))
            .http_client(Transport(self.inner.clone()))
    }

    /// A client of which all calls go to the mock.
    #[must_use]
    pub fn client<S: Service>(&self) -> Client<S> {
        Client::new(&self.config())
    }

    /// Starts a rule for the calls of an operation, which is named by its request: `mock.on::<DescribeContactRequest>()`.
    ///
    /// The rule holds from the call of a method that says how to answer.
    #[track_caller]
    pub fn on<R: Operation>(&self) -> Rule<'_, R> {
        Rule::new(&self.inner, Location::caller())
    }

    /// Answers the calls of a recording, after all rules.
    pub fn play(&self, recording: Recording) {
        self.inner.lock().play(recording);
    }

    /// Says whether an input that violates the model is refused with the exception that the operation declares for that, as
    /// the service does. Off unless set.
    pub fn check_inputs(&self, on: bool) {
        self.inner.lock().checks_inputs = on;
    }

    /// Says whether an answer that violates the model is an error of the test. On unless set.
    pub fn check_answers(&self, on: bool) {
        self.inner.lock().checks_answers = on;
    }

    /// The calls of an operation so far, in order, by their typed inputs.
    ///
    /// An input that cannot be read as this type is left out: that is one of another service with an operation of the same
    /// name.
    #[must_use]
    pub fn calls<R: Operation>(&self) -> Vec<Called<R>> {
        let service = <R::Service as Service>::INFO.id;
        let state = self.inner.lock();
        let calls = state.calls.iter().filter(|call| call.service == service && call.operation == R::INFO.name);
        calls.filter_map(|call| call.typed()).collect()
    }

    /// The names of the operations that were called, in order, one for each call, however many attempts it took.
    #[must_use]
    pub fn operations_called(&self) -> Vec<&'static str> {
        self.inner.lock().calls.iter().map(|call| call.operation).collect()
    }

    /// Verifies that every call had a rule, that every answer was valid, and that the rules of [`Rule::once`],
    /// [`Rule::times`] and [`Rule::at_least`] were used as often as they say.
    ///
    /// # Errors
    /// The expectations that failed, with the places in the test.
    pub fn verify(&self) -> Result<(), Unmet> {
        self.inner.lock().verify()
    }
}

impl Default for Mock {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(to)
    }
}

impl Drop for Mock {
    #[allow(clippy::panic, reason = "a test that forgets to ask must not pass")]
    fn drop(&mut self) {
        let mut state = self.inner.lock();
        if state.is_verified || std::thread::panicking() {
            return;
        }
        if let Err(unmet) = state.verify() {
            // Not under the lock, which clients that outlive the mock take as well.
            drop(state);
            panic!("{unmet}");
        }
    }
}
