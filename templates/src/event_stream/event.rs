//! The trait of the union of a stream's events, and the table that implements it.

use super::error::EventError;
use super::frame::Message;
use super::write::WriteError;
use crate::runtime::protocol::operation::Exception;
use crate::runtime::shape::document::Document;
use crate::runtime::shape::traits::Structure;

/// The union of the events of a stream, implemented by an emitted type.
pub trait Event: Structure + Clone {
    /// The exceptions of the service.
    type Exception: Exception;

    /// Reads the event of a name from its message; `None` where the model has none of that name.
    ///
    /// # Errors
    /// A message that is no event of its name.
    fn read(name: &str, message: &Message, strict: bool) -> Result<Option<Self>, EventError>;

    /// An event of a name that the model does not know.
    fn unknown(name: String, payload: Document) -> Self;

    /// The code of the exception that has a name in the stream.
    fn code(name: &str) -> Option<&'static str>;

    /// The message of the event.
    ///
    /// # Errors
    /// A value that has no JSON.
    fn write(&self) -> Result<Message, WriteError>;
}

/// Implements [`Event`] for the union of a stream's events: a row is the name of an event, or of an exception with its code.
///
/// `events! { Changes: crate::Exception { event Added = "added", exception "BusyException" = "busy", } }`
#[doc(hidden)]
#[macro_export]
macro_rules! __events {
    (
        $stream:ident: $exception:path {
            $(event $variant:ident = $event:literal,)*
            $(exception $code:literal = $name:literal,)*
        }
    ) => {
        impl $crate::event_stream::Event for $stream {
            type Exception = $exception;

            fn read(
                name: &str,
                _message: &$crate::event_stream::Message,
                _strict: bool,
            ) -> Result<Option<Self>, $crate::event_stream::EventError> {
                match name {
                    $($event => $crate::event_stream::event(_message, _strict).map(|event| Some(Self::$variant(event))),)*
                    _ => Ok(None),
                }
            }

            fn unknown(name: String, payload: $crate::runtime::__private::Document) -> Self {
                Self::Unknown(name, payload)
            }

            fn code(name: &str) -> Option<&'static str> {
                match name {
                    $($name => Some($code),)*
                    _ => None,
                }
            }

            fn write(
                &self,
            ) -> Result<$crate::event_stream::Message, $crate::event_stream::WriteError> {
                match self {
                    $(Self::$variant(event) => $crate::event_stream::message($event, event),)*
                    Self::Unknown(name, value) => $crate::event_stream::unknown(name, value),
                }
            }
        }
    };
}
