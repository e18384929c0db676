//! Streams of events: responses that come as typed messages, one after another (`application/vnd.amazon.eventstream`).
//!
//! The output of such an operation has a field of the type [`EventStream`]; [`EventStream::next`] waits for the next event. Events are
//! the variants of a union of the model, exceptions inside of the stream are errors with the typed exception of the operation.
//!
//! This module is in a crate where a response is such a stream, and in no other.

mod decoder;
mod error;
mod event;
mod frame;
mod header;
mod member;
mod read;
mod stream;
mod write;

pub use decoder::Decoder;
pub use error::{EventError, FrameError};
pub use event::Event;
pub use frame::Message;
pub use header::HeaderValue;
pub use stream::EventStream;
pub use write::WriteError;

#[doc(hidden)]
pub use crate::__events as events;
#[doc(hidden)]
pub use read::event;
#[doc(hidden)]
pub use write::{message, unknown};
