//! The identity of a call: the one that its operation asks for, from the caches of the configuration.

use ::http::uri::Scheme;

use crate::runtime::auth::credentials::CredentialsCache;
use crate::runtime::auth::identity::{Identity, IdentityCache};
use crate::runtime::base::deadline::within;
use crate::runtime::base::time::Instant;
use crate::runtime::call::core::Core;
use crate::runtime::config::settings::Settings;
use crate::runtime::error::{ErrorKind, Failed, Failure};
use crate::runtime::protocol::operation::{Auth, OperationInfo};

/// Records that the service refused an identity as expired or unknown: the next call asks the provider again.
pub(crate) fn refused(identity: &Identity, core: &Core, settings: &Settings) {
    let cache = match identity {
        Identity::Keys(_) => core.config.credentials_cache().map(CredentialsCache::identities),
        Identity::Token(_) => settings.tokens(&core.config, core.service),
    };
    if let Some(cache) = cache {
        cache.refuse(identity);
    }
}

/// The identity that an operation asks for; `None` where anybody may call it.
pub(crate) async fn identity(
    core: &Core,
    settings: &Settings,
    info: &OperationInfo,
    deadline: Option<Instant>,
) -> Result<Option<Identity>, Failed> {
    let (what, cache) = match info.auth {
        Auth::None => return Ok(None),
        Auth::SigV4 | Auth::SigV4UnsignedPayload => ("credentials", keys(core)?),
        Auth::Bearer => ("bearer token", tokens(core, settings)?),
    };
    match within(deadline, cache.get()).await {
        Some(Ok(given)) => Ok(Some(given)),
        Some(Err(error)) => Err(Box::new(Failure::of(ErrorKind::Credentials, error.into()))),
        None => Failure::failed(ErrorKind::Timeout, format!("the {what} did not come within the call's timeout")),
    }
}

fn keys(core: &Core) -> Result<&IdentityCache, Failed> {
    let cache = core.config.credentials_cache().ok_or_else(|| unset("credentials are", "credentials"))?;
    Ok(cache.identities())
}

fn tokens<'c>(core: &Core, settings: &'c Settings) -> Result<&'c IdentityCache, Failed> {
    // Whoever sees a token can use it. botocore refuses as well.
    if settings.scheme != Scheme::HTTPS {
        return Failure::failed(ErrorKind::Config, "a bearer token is sent over HTTPS only");
    }
    settings.tokens(&core.config, core.service).ok_or_else(|| unset("bearer token is", "bearer_token"))
}

fn unset(what: &str, setter: &str) -> Failed {
    let message = format!("no {what} set: Config::{setter} was not called, and the configuration reads no environment");
    Box::new(Failure::new(ErrorKind::Config, message))
}
