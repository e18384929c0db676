//! Identities: the keys that a request is signed with, or the token that it shows.

use std::fmt;
use std::time::SystemTime;

use super::credentials::Credentials;
use super::token::BearerToken;

/// Who a request comes from, and how that is proved.
#[derive(Clone)]
pub(crate) enum Identity {
    /// Whoever holds the keys that the request is signed with.
    Keys(Credentials),
    /// Whoever bears the token that the request shows.
    Token(BearerToken),
}

impl Identity {
    /// When it stops being accepted, where that is known.
    pub(crate) fn expires_at(&self) -> Option<SystemTime> {
        match self {
            Self::Keys(credentials) => credentials.expires_at(),
            Self::Token(token) => token.expires_at(),
        }
    }

    /// Whether both are what a provider gave at one time.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Keys(one), Self::Keys(other)) => one == other,
            (Self::Token(one), Self::Token(other)) => one.is(other),
            _ => false,
        }
    }
}

/// Shows no secret, as neither of the two does.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keys(credentials) => credentials.fmt(f),
            Self::Token(token) => token.fmt(f),
        }
    }
}
