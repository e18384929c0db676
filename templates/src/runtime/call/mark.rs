//! Marks of requests: which call a request is of. They are an extension of the request, in this process only,
//! by which a mock groups attempts.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::runtime::protocol::operation::{OperationInfo, ServiceInfo};

/// The call that a request is an attempt of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallMarker {
    pub(crate) service: &'static ServiceInfo,
    pub(crate) info: &'static OperationInfo,
    /// The number of the call in this process.
    pub(crate) call: u64,
}

/// A number that no other call of this process has.
pub(crate) fn number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
