//! The settings of a sign-in, which are in a profile or in the section that it names.

use std::path::{Path, PathBuf};

use crate::runtime::base::hash::sha1;
use crate::runtime::base::profile::{Profile, Profiles};

/// The place to sign in at.
#[derive(Debug, Clone)]
pub(in crate::runtime::auth) struct SignIn {
    /// The name of the `[sso-session …]` section, where there is one.
    pub(super) session: Option<String>,
    start_url: String,
    pub(in crate::runtime::auth) region: String,
}

impl SignIn {
    /// A text about what is wrong, with the command that a person repairs it with.
    pub(in crate::runtime::auth) fn with_advice(&self, what: &str) -> String {
        match &self.session {
            Some(session) => format!("{what}; run `aws sso login --sso-session {session}`"),
            None => format!("{what}; run `aws sso login`"),
        }
    }

    /// The file of the token. Its name is a hash of the session's name, or else of the start URL.
    pub(super) fn file(&self, home: &Path) -> PathBuf {
        let key = self.session.as_ref().unwrap_or(&self.start_url);
        let hash: String = sha1(key.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        home.join(".aws").join("sso").join("cache").join(format!("{hash}.json"))
    }
}

/// A setting of a profile that has to be set.
pub(in crate::runtime::auth) fn setting<'a>(profile: Profile<'a>, name: &str) -> Result<&'a str, String> {
    profile.get(name).ok_or_else(|| format!("{name} is not set"))
}

/// The sign-in of a profile: that of the `[sso-session …]` section that it names, or else of its own settings.
///
/// # Errors
/// A setting is missing, or the profile and the section differ in one.
pub(in crate::runtime::auth) fn sign_in(profiles: &Profiles, profile: Profile<'_>) -> Result<SignIn, String> {
    let Some(name) = profile.get("sso_session") else {
        let (start_url, region) = (setting(profile, "sso_start_url")?, setting(profile, "sso_region")?);
        return Ok(SignIn { session: None, start_url: start_url.to_owned(), region: region.to_owned() });
    };
    let session = profiles.sso_session(name).ok_or_else(|| format!("there is no section [sso-session {name}]"))?;
    for setting in ["sso_start_url", "sso_region"] {
        // botocore refuses this too: which of the two a person means is not for a program to decide.
        if let (Some(own), Some(of_session)) = (profile.get(setting), session.get(setting)) {
            if own != of_session {
                return Err(format!("{setting} of the profile differs from that in [sso-session {name}]"));
            }
        }
    }
    let of_session =
        |setting: &str| session.get(setting).ok_or_else(|| format!("{setting} is not set in [sso-session {name}]"));
    let (start_url, region) = (of_session("sso_start_url")?, of_session("sso_region")?);
    Ok(SignIn { session: Some(name.to_owned()), start_url: start_url.to_owned(), region: region.to_owned() })
}
