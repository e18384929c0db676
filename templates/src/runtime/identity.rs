//! Takes what an operation asks of whoever calls it; gives that: keys to sign with, a token to show, or nothing.

use std::fmt::Display;

use ::http::uri::Scheme;
use tokio::time::Instant;

use super::client::Core;
use super::credentials::{Credentials, CredentialsError};
use super::error::{ErrorKind, Failed, Failure};
use super::operation::{Auth, Info};
use super::send::within;
use super::settings::Settings;
use super::token::BearerToken;

/// Who a request comes from, and how that is proved.
pub(super) enum Identity {
    /// Anybody: the operation is not signed.
    Anybody,
    /// Whoever holds the keys that the request is signed with.
    Keys(Credentials),
    /// Whoever bears the token that the request shows.
    Token(BearerToken),
}

impl Identity {
    /// Takes note that a service refused it as expired or unknown.
    pub(super) fn refused(&self, core: &Core, settings: &Settings) {
        match self {
            Self::Anybody => {}
            Self::Keys(credentials) => {
                if let Some(cache) = core.config.credentials_cache() {
                    cache.refused(credentials);
                }
            }
            Self::Token(token) => {
                if let Some(tokens) = &settings.tokens {
                    tokens.refused(token);
                }
            }
        }
    }
}

/// The identity that an operation asks for.
pub(super) async fn identity(
    core: &Core,
    settings: &Settings,
    info: &Info,
    deadline: Option<Instant>,
) -> Result<Identity, Failed> {
    match info.auth {
        Auth::None => Ok(Identity::Anybody),
        Auth::SigV4 | Auth::SigV4UnsignedPayload => {
            let cache = core.config.credentials_cache().ok_or_else(|| unset("credentials are", "credentials"))?;
            given("credentials", within(deadline, cache.get()).await).map(Identity::Keys)
        }
        Auth::Bearer => {
            // Whoever sees a token can use it. botocore refuses as well.
            if settings.scheme != Scheme::HTTPS {
                return Failure::failed(ErrorKind::Config, "a bearer token is sent over HTTPS only");
            }
            let tokens = settings.tokens.as_ref().ok_or_else(|| unset("bearer token is", "bearer_token"))?;
            given("bearer token", within(deadline, tokens.get()).await).map(Identity::Token)
        }
    }
}

fn given<T>(what: impl Display, answer: Option<Result<T, CredentialsError>>) -> Result<T, Failed> {
    match answer {
        Some(Ok(given)) => Ok(given),
        Some(Err(error)) => Err(Box::new(Failure::new(ErrorKind::Credentials, error.to_string()).caused_by(error))),
        None => Failure::failed(ErrorKind::Timeout, format!("the {what} did not come within the call's timeout")),
    }
}

fn unset(what: &str, setter: &str) -> Failed {
    let message = format!("no {what} set: Config::{setter} was not called, and the configuration reads no environment");
    Box::new(Failure::new(ErrorKind::Config, message))
}
