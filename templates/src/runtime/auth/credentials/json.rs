//! Credentials in JSON, as services, agents and programs write them.

use serde_json::Value;

use super::keys::Credentials;
use crate::runtime::auth::context::Context;
use crate::runtime::auth::values::{string, time};
use crate::runtime::shape::timestamp::DateTime;

/// The names of the members, which differ from service to service.
pub(super) struct MemberNames {
    pub(super) id: &'static str,
    pub(super) secret: &'static str,
    pub(super) token: &'static str,
    pub(super) expiry: &'static str,
    pub(super) account: &'static str,
}

/// The names that the protocol of `credential_process` sets.
pub(super) const PROCESS_NAMES: MemberNames = MemberNames {
    id: "AccessKeyId",
    secret: "SecretAccessKey",
    token: "SessionToken",
    expiry: "Expiration",
    account: "AccountId",
};

/// The names that the agents of containers and the metadata service of EC2 use.
pub(super) const METADATA_NAMES: MemberNames = MemberNames {
    id: "AccessKeyId",
    secret: "SecretAccessKey",
    token: "Token",
    expiry: "Expiration",
    account: "AccountId",
};

/// The credentials in an object, expired or not.
///
/// # Errors
/// A member is missing or has the wrong type. The error names the member and shows no value.
pub(super) fn from_json(object: &Value, names: &MemberNames) -> Result<Credentials, String> {
    let part = |name: &str| string(object, name).ok_or_else(|| format!("the response has no {name}"));
    let mut credentials = Credentials::new(part(names.id)?, part(names.secret)?);
    if let Some(token) = string(object, names.token) {
        credentials = credentials.with_session_token(token);
    }
    if let Some(account) = string(object, names.account) {
        credentials = credentials.with_account_id(account);
    }
    match object.get(names.expiry) {
        None | Some(Value::Null) => Ok(credentials),
        Some(expiry) => {
            let expiry = time(expiry).ok_or_else(|| format!("{} of the response is not a time", names.expiry))?;
            Ok(credentials.with_expires_at(expiry))
        }
    }
}

/// The same credentials, where they have not expired.
///
/// # Errors
/// They have: no service accepts them, also not to assume a role with them. botocore refuses them too.
pub(super) fn unexpired(credentials: Credentials, context: &Context) -> Result<Credentials, String> {
    match credentials.expires_at() {
        Some(expiry) if expiry <= context.clock.for_expiry() => {
            Err(format!("the credentials expired at {}", DateTime::from(expiry)))
        }
        _ => Ok(credentials),
    }
}
