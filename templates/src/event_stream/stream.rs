//! The stream of events that an output has.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::BytesMut;
use futures_core::Stream;
use http_body::Body as _;

use super::decoder::Decoder;
use super::error::FrameError;
use super::event::Event;
use super::read::{failed, read};
use crate::runtime::error::{Error, ErrorKind, Failure};
use crate::runtime::http::{Body, ByteStream, TransportError};

/// The events of a response: a [`Stream`], or [`next`](Self::next) in a loop.
///
/// An event is read when it is asked for. The stream ends after its last event, and after an error; then it stays ended. It keeps
/// its connection until it has ended or is dropped; no timeout of the call applies to it.
///
/// The first clone whose events are asked for has them; for any other, the stream has been read already. The events of a stream in memory
/// ([`of`](Self::of)) are there for each clone.
///
/// # Errors
/// An exception inside of the stream is an error of the kind [`ErrorKind::Service`], with the typed exception where the model
/// knows it. A connection that fails is one of the kind [`ErrorKind::Transport`], and bytes that are no message, or not of
/// the modelled shape, are one of the kind [`ErrorKind::Decode`].
pub struct EventStream<E> {
    source: ByteStream,
    strict: bool,
    // A body may be sent to other threads and not shared by them; this lock is never waited for.
    state: Mutex<State>,
    events: PhantomData<fn() -> E>,
}

/// How far a stream was read.
enum State {
    Unread,
    Reading(Box<Reading>),
    Ended,
}

/// The body of a stream that is read.
struct Reading {
    body: Body,
    decoder: Decoder,
}

/// The next event, where there is one.
type Next<E> = Option<Result<E, Error<<E as Event>::Exception>>>;

impl<E> EventStream<E> {
    /// The events in the bytes of a response.
    pub(super) fn new(source: ByteStream, strict: bool) -> Self {
        Self { source, strict, state: Mutex::new(State::Unread), events: PhantomData }
    }

    /// The bytes of the stream, where none of its events was asked for.
    pub(super) fn source(&self) -> &ByteStream {
        &self.source
    }

    /// Whether what tolerant reading would put right is an error.
    pub(super) fn is_strict(&self) -> bool {
        self.strict
    }

    /// The bytes of the stream as they come, of which nothing was read if no event was asked for.
    #[must_use]
    pub fn into_byte_stream(self) -> ByteStream {
        self.source
    }
}

impl<E: Event> EventStream<E> {
    /// A stream of these events in memory: what a test lets a service respond with.
    ///
    /// # Errors
    /// [`ErrorKind::Build`] for an event that is longer than a message may be.
    pub fn of(events: impl IntoIterator<Item = E>) -> Result<Self, Error<E::Exception>> {
        let mut bytes = BytesMut::new();
        for event in events {
            let message = event.write().map_err(|error| Failure::of(ErrorKind::Build, error.into()));
            let encoded = message
                .and_then(|message| message.encode().map_err(|error| Failure::of(ErrorKind::Build, error.into())));
            bytes.extend_from_slice(&encoded.map_err(failed)?);
        }
        Ok(Self::new(bytes.freeze().into(), false))
    }

    /// The next event; `None` after the last, and after an error.
    ///
    /// # Errors
    /// Those of the type.
    pub async fn next(&mut self) -> Option<Result<E, Error<E::Exception>>> {
        poll_fn(|cx| self.poll(cx)).await
    }

    /// The events as an iterator, which waits for each when it is asked for (feature `blocking`).
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> crate::runtime::call::Blocking<Self> {
        let operation = self.source.operation().unwrap_or_default();
        crate::runtime::call::Blocking::over(self, operation)
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Next<E>> {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        if matches!(state, State::Unread) {
            let Some(body) = self.source.clone().into_body() else {
                *state = State::Ended;
                let failure = Failure::new(ErrorKind::Transport, "the stream of events has been read already");
                return Poll::Ready(Some(Err(self.about_call(failed(failure)))));
            };
            *state = State::Reading(Box::new(Reading { body, decoder: Decoder::new() }));
        }
        let State::Reading(reading) = state else { return Poll::Ready(None) };
        let next = ready!(reading.poll::<E>(self.strict, cx));
        if !matches!(next, Some(Ok(_))) {
            // The connection is free for other calls, or closed.
            *state = State::Ended;
        }
        Poll::Ready(next.map(|event| event.map_err(|error| self.about_call(error))))
    }

    /// The error with what is known of its call.
    fn about_call(&self, error: Error<E::Exception>) -> Error<E::Exception> {
        let (mut failure, exception) = error.into_parts();
        failure.operation = self.source.operation().unwrap_or_default();
        failure.request_id = self.source.request_id().map(str::to_owned);
        Error::new(failure, exception)
    }
}

impl Reading {
    fn poll<E: Event>(&mut self, strict: bool, cx: &mut Context<'_>) -> Poll<Next<E>> {
        loop {
            if let Some(message) = self.decoder.next_message().map_err(malformed)? {
                match read(&message, strict)? {
                    Some(event) => return Poll::Ready(Some(Ok(event))),
                    None => continue,
                }
            }
            let Some(frame) = ready!(Pin::new(&mut self.body).poll_frame(cx)) else {
                self.decoder.finish().map_err(malformed)?;
                return Poll::Ready(None);
            };
            self.decoder.push(&frame.map_err(broken)?.into_data().unwrap_or_default());
        }
    }
}

/// The error of bytes that are no message.
fn malformed<X>(error: FrameError) -> Error<X> {
    failed(Failure::of(ErrorKind::Decode, error.into()))
}

/// The error of a connection.
fn broken<X>(error: TransportError) -> Error<X> {
    let kind = if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Transport };
    failed(Failure::of(kind, error.into()))
}

impl<E: Event> Stream for EventStream<E> {
    type Item = Result<E, Error<E::Exception>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(cx)
    }
}

impl<E> fmt::Debug for EventStream<E> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "EventStream({:?})", self.source)
    }
}
