//! Identities: the keys that a request is signed with, or the token that it carries, and the cache of either.

use std::fmt;
use std::time::SystemTime;

use super::cache::{Cache, Expires, Load, Loading};
use super::credentials::{Credentials, ProvideCredentials};
use super::token::{BearerToken, ProvideToken};
use crate::runtime::base::threads::shareable;

/// The caller of a request, with the proof of it.
#[derive(Clone)]
pub(crate) enum Identity {
    /// The holder of the keys that the request is signed with.
    Keys(Credentials),
    /// The bearer of the token that the request carries.
    Token(BearerToken),
}

/// A cache of an identity. One type serves for keys and tokens, so that the cache is compiled once.
pub(crate) type IdentityCache = Cache<Identity>;

/// The clock that expiry times are compared with.
pub(crate) type ExpiryClock = Box<shareable!(dyn Fn() -> SystemTime)>;

impl IdentityCache {
    /// The cache of a provider's credentials.
    pub(crate) fn of_credentials(provider: Box<dyn ProvideCredentials>, clock: ExpiryClock) -> Self {
        Self::new(Box::new(Keys(provider)), clock)
    }

    /// The cache of a provider's tokens.
    pub(crate) fn of_tokens(provider: Box<dyn ProvideToken>, clock: ExpiryClock) -> Self {
        Self::new(Box::new(Tokens(provider)), clock)
    }
}

struct Keys(Box<dyn ProvideCredentials>);

struct Tokens(Box<dyn ProvideToken>);

impl Load<Identity> for Keys {
    fn load(&self) -> Loading<'_, Identity> {
        Box::pin(async { self.0.credentials().await.map(Identity::Keys) })
    }
}

impl Load<Identity> for Tokens {
    fn load(&self) -> Loading<'_, Identity> {
        Box::pin(async { self.0.token().await.map(Identity::Token) })
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Expires for Identity {
    fn expires_at(&self) -> Option<SystemTime> {
        match self {
            Self::Keys(credentials) => credentials.expires_at(),
            Self::Token(token) => token.expires_at(),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Keys(one), Self::Keys(other)) => one == other,
            (Self::Token(one), Self::Token(other)) => one.is_clone_of(other),
            _ => false,
        }
    }
}

/// Shows no secret, as neither variant does.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keys(credentials) => credentials.fmt(f),
            Self::Token(token) => token.fmt(f),
        }
    }
}
