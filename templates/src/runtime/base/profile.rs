//! Profiles: the settings in the config and credentials files that AWS's tools share.
//!
//! See "Shared config and credentials files" in the AWS SDKs and Tools Reference Guide. The files are read when a setting is
//! needed that neither the code nor the environment has.

use std::fmt;

use crate::runtime::base::environment::Environment;
use crate::runtime::base::file::{Content, read_all, read_here};
use file::{LONGEST, Location, ProfileFile};
use ini::Section;

mod error;
mod file;
mod ini;

pub use error::ProfileError;
#[cfg(any(feature = "client", feature = "credentials"))]
pub(crate) use file::expand;
#[cfg(feature = "credentials")]
pub(crate) use file::{home, with_variables};

/// The content of the config and credentials files, and the profile of it that is selected.
///
/// `Debug` shows where the files are and nothing of their content, which has secrets in it.
pub struct Profiles {
    selected: String,
    config: ProfileFile,
    credentials: ProfileFile,
}

/// The settings of one profile.
#[derive(Clone, Copy)]
pub struct Profile<'a> {
    name: &'a str,
    profiles: &'a Profiles,
    config: Option<&'a Section>,
    credentials: Option<&'a Section>,
}

/// The settings of an `[sso-session …]` section.
#[derive(Clone, Copy)]
pub struct SsoSession<'a>(&'a Section);

impl<'a> SsoSession<'a> {
    /// A setting.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'a str> {
        self.0.get(key).map(without_comment).filter(|value| !value.is_empty())
    }
}

impl Profiles {
    /// Reads the files that `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` name, or else those in `.aws` in the home
    /// directory. `profile` is the name of the selected profile; without it, `AWS_PROFILE` is, or else `default`.
    ///
    /// A file that does not exist is no error, and neither is a default path that cannot be read, nor a missing default
    /// profile. This function blocks the thread while it reads.
    ///
    /// # Errors
    /// A variable names a file that exists and cannot be read, a file is malformed, or no file has the selected profile.
    pub fn load(environment: &Environment, profile: Option<&str>) -> Result<Self, ProfileError> {
        let locations = Location::both(environment);
        let paths = locations.iter().filter_map(|location| location.path.as_deref());
        let contents = paths.map(|path| read_here(path, LONGEST)).collect();
        Self::of(environment, profile, locations, contents)
    }

    /// The same, away from the executor and for two seconds at most: see [`read_all`].
    ///
    /// # Errors
    /// Those of [`load`](Self::load).
    pub(crate) async fn read(environment: &Environment, profile: Option<&str>) -> Result<Self, ProfileError> {
        let locations = Location::both(environment);
        let paths = locations.iter().filter_map(|location| location.path.clone()).collect();
        Self::of(environment, profile, locations, read_all(paths, LONGEST).await)
    }

    /// The profiles of two files, with the contents of those that have a path.
    fn of(
        environment: &Environment,
        profile: Option<&str>,
        [config, credentials]: [Location; 2],
        contents: Vec<Content>,
    ) -> Result<Self, ProfileError> {
        let mut contents = contents.into_iter();
        let config = config.open(&mut contents)?;
        let credentials = credentials.open(&mut contents)?;
        // The second is botocore's older name of it.
        let variable = || environment.first(&["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]);
        let named = profile.map(str::to_owned).or_else(variable);
        let selected = named.clone().unwrap_or_else(|| "default".to_owned());
        let profiles = Self { selected, config, credentials };
        match named {
            Some(name) if profiles.get(&name).is_none() => Err(profiles.unknown(&name)),
            _ => Ok(profiles),
        }
    }

    /// The error of a selected profile that no file has.
    fn unknown(&self, name: &str) -> ProfileError {
        let mut message = format!("there is no profile {name:?} in {}", self.files());
        if self.config.section("", name).is_some() {
            message.push_str(&format!("; the section [{name}] of the config file has to be [profile {name}]"));
        }
        ProfileError { message }
    }

    /// The selected profile. It has no settings where there is none of that name.
    #[must_use]
    pub fn selected(&self) -> Profile<'_> {
        self.get(&self.selected).unwrap_or(Profile {
            name: &self.selected,
            profiles: self,
            config: None,
            credentials: None,
        })
    }

    /// The profile of a name.
    #[must_use]
    pub fn get<'a>(&'a self, name: &'a str) -> Option<Profile<'a>> {
        let config = self.config.section("profile", name).or_else(|| {
            // Only the default profile needs no prefix.
            if name == "default" { self.config.section("", name) } else { None }
        });
        let credentials = self.credentials.section("", name);
        (config.is_some() || credentials.is_some()).then_some(Profile { name, profiles: self, config, credentials })
    }

    /// The `[sso-session …]` section of a name.
    #[must_use]
    pub fn sso_session(&self, name: &str) -> Option<SsoSession<'_>> {
        self.config.section("sso-session", name).map(SsoSession)
    }

    /// The two files, for messages.
    #[must_use]
    pub fn files(&self) -> String {
        format!("{} and {}", self.config.shown, self.credentials.shown)
    }
}

impl fmt::Debug for Profiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profiles")
            .field("selected", &self.selected)
            .field("config", &self.config.shown)
            .field("credentials", &self.credentials.shown)
            .finish_non_exhaustive()
    }
}

impl<'a> Profile<'a> {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// A setting. Where both files have it, that of the credentials file counts.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'a str> {
        self.verbatim(key).map(without_comment).filter(|value| !value.is_empty())
    }

    /// A setting that a variable of the environment goes before.
    #[cfg(feature = "credentials")]
    pub(crate) fn look(&self, environment: &Environment, variable: &str, key: &str) -> Option<String> {
        match environment.var(variable) {
            Some(value) => Some(value),
            None => Some(self.get(key)?.to_owned()),
        }
    }

    /// A setting in which ` #` and ` ;` do not begin a comment, for it is a command line.
    #[must_use]
    pub fn verbatim(&self, key: &str) -> Option<&'a str> {
        let of = |section: Option<&'a Section>| section.and_then(|section| section.get(key));
        of(self.credentials).or_else(|| of(self.config))
    }

    /// The profile as far as the config file has it.
    #[must_use]
    pub fn in_config_file(mut self) -> Self {
        self.credentials = None;
        self
    }

    /// The profile as far as the credentials file has it.
    #[must_use]
    pub fn in_credentials_file(mut self) -> Self {
        self.config = None;
        self
    }

    /// The custom endpoint for a service, by its id: that of the `[services …]` section that the profile names, or else
    /// the profile's own `endpoint_url`.
    #[must_use]
    pub fn endpoint_url(&self, service_id: &str) -> Option<&'a str> {
        let of_service = || {
            let section = self.profiles.config.section("services", self.get("services")?)?;
            let mut service = String::new();
            for c in service_id.chars() {
                service.push(if c == ' ' { '_' } else { c.to_ascii_lowercase() });
            }
            ini::nested(section.get(&service)?, "endpoint_url").map(without_comment)
        };
        of_service().or_else(|| self.get("endpoint_url"))
    }

    /// The profile and the files it was looked for in, for messages.
    #[must_use]
    pub fn place(&self) -> String {
        format!("profile {:?} of {}", self.name, self.profiles.files())
    }
}

impl fmt::Debug for Profile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A value up to a comment that white space sets off.
fn without_comment(value: &str) -> &str {
    for (at, c) in value.char_indices() {
        let before = value[..at].trim_end();
        if matches!(c, '#' | ';') && before.len() < at {
            return before;
        }
    }
    value
}
