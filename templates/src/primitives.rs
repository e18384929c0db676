//! Primitive types of members: bytes, times, documents.

#[doc(inline)]
pub use crate::runtime::http::ByteStream;
#[doc(inline)]
pub use crate::runtime::shape::blob::Blob;
#[doc(inline)]
pub use crate::runtime::shape::document::Document;
#[doc(inline)]
pub use crate::runtime::shape::member::TimestampFormat;
#[doc(inline)]
pub use crate::runtime::shape::timestamp::{DateTime, DateTimeError, OutOfRange};
