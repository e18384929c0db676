//! Streams of events as members of outputs.

use serde_core::{Deserializer, Serializer};

use super::event::Event;
use super::stream::EventStream;
use crate::runtime::http::ByteStream;
use crate::runtime::shape::context::ReadContext;
use crate::runtime::shape::traits::{Fragment, Read, Write, WriteContext};

impl<E> Clone for EventStream<E> {
    /// A stream of which no event was read by this clone.
    fn clone(&self) -> Self {
        Self::new(self.source().clone(), self.is_strict())
    }
}

impl<E> Default for EventStream<E> {
    /// A stream without events.
    fn default() -> Self {
        Self::new(ByteStream::default(), false)
    }
}

/// Streams in memory are equal by their bytes, others by identity.
impl<E> PartialEq for EventStream<E> {
    fn eq(&self, other: &Self) -> bool {
        self.source() == other.source()
    }
}

impl<E> Eq for EventStream<E> {}

impl<E> From<ByteStream> for EventStream<E> {
    /// The events in bytes, such as those of a response that was recorded.
    fn from(bytes: ByteStream) -> Self {
        Self::new(bytes, false)
    }
}

impl<E: Event> Read for EventStream<E> {
    fn read<'de, D: Deserializer<'de>>(from: D, context: &ReadContext<'_>) -> Result<Option<Self>, D::Error> {
        let bytes = <ByteStream as Read>::read(from, context)?;
        Ok(bytes.map(|bytes| Self::new(bytes, context.document.is_strict())))
    }
}

impl<E: Event> Write for EventStream<E> {
    fn write<S: Serializer>(&self, to: S, context: WriteContext) -> Result<S::Ok, S::Error> {
        Write::write(self.source(), to, context)
    }

    fn text(&self, context: WriteContext, to: &mut dyn FnMut(Fragment<'_>)) {
        Write::text(self.source(), context, to);
    }

    fn stream(&self) -> Option<ByteStream> {
        Some(self.source().clone())
    }
}
