//! The role that a profile assumes, and the source of the credentials that it is assumed with.

use super::super::sts::Role;
use crate::runtime::base::profile::Profile;

/// The source of the credentials that a role is assumed with.
pub(super) enum RoleSource<'a> {
    /// The profile of this name: `source_profile`.
    Profile(&'a str),
    /// A provider: `credential_source`.
    Provider(&'a str),
}

/// The role of a profile, and its source.
///
/// # Errors
/// A setting is missing, is set beside one that excludes it, or has a wrong value.
pub(super) fn role_of<'a>(profile: Profile<'a>, arn: &str) -> Result<(Role, RoleSource<'a>), String> {
    let duration_seconds = match profile.get("duration_seconds").map(str::parse) {
        None => None,
        Some(Ok(seconds)) => Some(seconds),
        Some(Err(_)) => return Err("duration_seconds is not a whole number".to_owned()),
    };
    let source = match (profile.get("source_profile"), profile.get("credential_source")) {
        (Some(_), Some(_)) => return Err("source_profile and credential_source are both set".to_owned()),
        (None, None) => {
            return Err("role_arn is set, but neither source_profile nor credential_source is".to_owned());
        }
        (Some(name), None) => RoleSource::Profile(name),
        (None, Some(name)) => RoleSource::Provider(name),
    };
    let role = Role {
        arn: arn.to_owned(),
        session_name: profile.get("role_session_name").map(str::to_owned),
        external_id: profile.get("external_id").map(str::to_owned),
        duration_seconds,
        policy: None,
        mfa_serial: profile.get("mfa_serial").map(str::to_owned),
    };
    Ok((role, source))
}
