//! Takes what an operation asks of whoever calls it; gives that: keys to sign with, a token to show, or nothing.

use std::fmt;
use std::time::SystemTime;

use ::http::uri::Scheme;
use tokio::time::Instant;

use super::client::Core;
use super::credentials::{Credentials, CredentialsCache};
use super::error::{ErrorKind, Failed, Failure};
use super::kept::Kept;
use super::operation::{Auth, Info};
use super::send::within;
use super::settings::Settings;
use super::token::BearerToken;

/// Who a request comes from, and how that is proved.
#[derive(Clone)]
pub(super) enum Identity {
    /// Whoever holds the keys that the request is signed with.
    Keys(Credentials),
    /// Whoever bears the token that the request shows.
    Token(BearerToken),
}

impl Identity {
    /// When it stops being accepted, where that is known.
    pub(super) fn expires_at(&self) -> Option<SystemTime> {
        match self {
            Self::Keys(credentials) => credentials.expires_at(),
            Self::Token(token) => token.expires_at(),
        }
    }

    /// Whether both are what a provider gave at one time.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Keys(one), Self::Keys(other)) => one == other,
            (Self::Token(one), Self::Token(other)) => one.is(other),
            _ => false,
        }
    }

    /// Takes note that a service refused it as expired or unknown.
    pub(super) fn refused(&self, core: &Core, settings: &Settings) {
        let kept = match self {
            Self::Keys(_) => core.config.credentials_cache().map(CredentialsCache::kept),
            Self::Token(_) => settings.tokens.as_ref(),
        };
        if let Some(kept) = kept {
            kept.refused(self);
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

/// The identity that an operation asks for; `None` where anybody may call it.
pub(super) async fn identity(
    core: &Core,
    settings: &Settings,
    info: &Info,
    deadline: Option<Instant>,
) -> Result<Option<Identity>, Failed> {
    let (what, kept) = match info.auth {
        Auth::None => return Ok(None),
        Auth::SigV4 | Auth::SigV4UnsignedPayload => ("credentials", keys(core)?),
        Auth::Bearer => ("bearer token", tokens(settings)?),
    };
    match within(deadline, kept.get()).await {
        Some(Ok(given)) => Ok(Some(given)),
        Some(Err(error)) => Err(Box::new(Failure::of(ErrorKind::Credentials, error.into()))),
        None => Failure::failed(ErrorKind::Timeout, format!("the {what} did not come within the call's timeout")),
    }
}

fn keys(core: &Core) -> Result<&Kept, Failed> {
    let cache = core.config.credentials_cache().ok_or_else(|| unset("credentials are", "credentials"))?;
    Ok(cache.kept())
}

fn tokens(settings: &Settings) -> Result<&Kept, Failed> {
    // Whoever sees a token can use it. botocore refuses as well.
    if settings.scheme != Scheme::HTTPS {
        return Failure::failed(ErrorKind::Config, "a bearer token is sent over HTTPS only");
    }
    settings.tokens.as_ref().ok_or_else(|| unset("bearer token is", "bearer_token"))
}

fn unset(what: &str, setter: &str) -> Failed {
    let message = format!("no {what} set: Config::{setter} was not called, and the configuration reads no environment");
    Box::new(Failure::new(ErrorKind::Config, message))
}
