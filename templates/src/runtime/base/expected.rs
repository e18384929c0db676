//! A result that others wait for. It is of any type, so that waiting is compiled once instead of once for each of them.

use std::any::Any;
use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::watch::Sender;

/// A result of any type.
pub(crate) type Outcome = Arc<dyn Any + Send + Sync>;

/// A wait for a result; `None` where it comes no more.
pub(crate) type Waiting = Pin<Box<dyn Future<Output = Option<Outcome>> + Send>>;

/// A result that is to come. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Expected(Arc<Sender<Option<Outcome>>>);

impl Expected {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Sender::new(None)))
    }

    /// Waits for the result. Whoever has the future counts as waiting, whether it is polled or not.
    pub(crate) fn wait(&self) -> Waiting {
        let mut result = self.0.subscribe();
        Box::pin(async move { result.wait_for(Option::is_some).await.ok()?.clone() })
    }

    /// Whether anybody waits.
    pub(crate) fn is_awaited(&self) -> bool {
        self.0.receiver_count() > 0
    }

    /// Hands the result to all who wait, and to all who will.
    pub(crate) fn set(&self, outcome: Outcome) {
        self.0.send_replace(Some(outcome));
    }

    /// Whether the other one is a clone of this.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
