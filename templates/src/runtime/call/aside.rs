//! The reading of large responses: on a thread for blocking work, so that the task that awaits the call leaves its own thread
//! to other tasks meanwhile.

use tokio::runtime::Handle;

use crate::runtime::base::deadline::within;
use crate::runtime::base::host::IS_BARE;
use crate::runtime::base::time::Instant;
use crate::runtime::call::response::{RawResponse, ReadAside};
use crate::runtime::protocol::operation::Output;
use crate::runtime::protocol::received::Received;

/// Reads a response of an operation; the flag asks for strict reading.
pub(crate) type Reading = fn(Received<'_>, bool) -> ReadAside;

/// The bytes of the longest body that is read where the call is polled. A release build takes about 5 ms for them.
const SHORT: usize = 1 << 20;

/// The [`Reading`] of an operation.
pub(crate) fn reading<O: Output>(received: Received<'_>, strict: bool) -> ReadAside {
    let mut output = O::default();
    output.read(received, None, strict)?;
    Ok(Box::new(output))
}

/// Whether a response is read on another thread. Without a Tokio runtime there is none to read it on.
pub(crate) fn is_large(response: &RawResponse) -> bool {
    !IS_BARE && response.body.len() > SHORT
}

/// Reads a response on a thread for blocking work, and keeps with it what it became.
///
/// A response that no thread is free for by the deadline, or whose runtime ends, keeps nothing: the call then reads it itself.
pub(crate) async fn read_aside(response: &mut RawResponse, read: Reading, strict: bool, deadline: Option<Instant>) {
    let Ok(runtime) = Handle::try_current() else { return };
    let (status, headers, body) = (response.status.as_u16(), response.headers.clone(), response.body.clone());
    let reading = runtime.spawn_blocking(move || read(Received { status, headers: &headers, body: &body }, strict));
    response.read = within(deadline, reading).await.and_then(Result::ok);
}
