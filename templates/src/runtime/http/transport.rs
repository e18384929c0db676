//! The contract of a transport: [`HttpClient`] is all that a call asks of it.
//!
//! The default one is `hyper::HyperClient` (feature `client`). A test can use one that answers from memory, and a program
//! one of its own. Without `client`, the feature `rustcrypto` has to be on, because requests are signed all the same.

use std::fmt;
use std::time::Duration;

use crate::runtime::base::threads::{BoxFuture, MaybeSend, MaybeSync};
use crate::runtime::base::time::Instant;
use crate::runtime::http::{Body, TransportError};

/// A response that is still to come.
pub type Exchange<'a> = BoxFuture<'a, Result<::http::Response<Body>, TransportError>>;

/// A transport for signed requests.
///
/// It must not follow redirects, retry, or change the request: a signature holds for one request, and whether to send
/// it again is the call's decision. Dropping the returned future, or the body of its response, must cancel the exchange.
pub trait HttpClient: MaybeSend + MaybeSync + fmt::Debug {
    /// Sends one request; returns its response as soon as the headers are there.
    ///
    /// Timeouts of the attempt and of the call are kept by the caller, by dropping the future.
    fn send(&self, request: ::http::Request<Body>, limits: Limits) -> Exchange<'_>;
}

/// The limits that a transport keeps to in one exchange.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Limits {
    /// The longest time that a connection may take, name lookup and TLS handshake included.
    ///
    /// A transport that gives up here returns [`TransportError::not_sent`], which lets the call try again even if its
    /// request must not be sent twice.
    pub connect_timeout: Option<Duration>,
    /// When the time for the exchange is up. The caller drops the exchange then; a transport that runs out of time before it
    /// has written anything can return [`TransportError::not_sent`], which the caller could only guess.
    pub deadline: Option<Instant>,
    /// Where the request waits for its turn.
    pub lane: Lane,
    /// Whether the request has to reach its host without a proxy: it is for a service of this machine, which provides
    /// credentials.
    pub direct: bool,
}

/// The queue in which a request waits, in a transport that limits how many are under way at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Lane {
    /// With the calls of the program.
    #[default]
    Calls,
    /// Beside them: calls wait for the credentials that the request asks for, and so it must not wait for calls.
    Credentials,
}
