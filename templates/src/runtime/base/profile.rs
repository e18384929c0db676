//! Takes the environment; gives the settings of a profile, from the config and credentials files that AWS's tools share.
//!
//! See "Shared config and credentials files" in the AWS SDKs and Tools Reference Guide. Reading is one look at two small
//! files on disk, done when a setting is needed that neither the code nor the environment gave.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::runtime::base::environment::Environment;
use ini::{Ini, Section};

mod ini;

/// What the config and credentials files hold, and which profile of it is meant.
///
/// `Debug` shows where they are, not what is in them: there are secrets among it.
pub struct Profiles {
    selected: String,
    config: File,
    credentials: File,
}

/// A file, or nothing where there is none.
struct File {
    /// The path as a person would write it, for messages.
    shown: String,
    content: Option<Ini>,
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

/// The files cannot be used: one is unreadable or malformed, or the chosen profile is in neither.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileError {
    message: String,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ProfileError {}

impl Profiles {
    /// Reads the files that `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` name, or else those in `.aws` in the
    /// home directory. The profile is the one given, or else that of `AWS_PROFILE`, or else `default`.
    ///
    /// A file or a default profile that does not exist is no error, and is a profile without settings.
    ///
    /// # Errors
    /// A file that exists and cannot be read, one that is malformed, a chosen profile that is in neither.
    pub fn load(environment: &Environment, profile: Option<&str>) -> Result<Self, ProfileError> {
        let named = match profile {
            Some(name) => Some(name.to_owned()),
            // The second is botocore's older name of it.
            None => environment.first(&["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]),
        };
        let profiles = Self {
            selected: named.clone().unwrap_or_else(|| "default".to_owned()),
            config: File::read(environment, "AWS_CONFIG_FILE", "config")?,
            credentials: File::read(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials")?,
        };
        match named {
            Some(name) if profiles.get(&name).is_none() => {
                Err(ProfileError { message: format!("there is no profile {name:?} in {}", profiles.files()) })
            }
            _ => Ok(profiles),
        }
    }

    /// The chosen profile. It is without settings where there is none of that name.
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
            // The default profile is the one that needs no prefix.
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

impl File {
    fn read(environment: &Environment, variable: &str, name: &str) -> Result<Self, ProfileError> {
        let (shown, path) = match (environment.var(variable), home(environment)) {
            (Some(path), _) => (path.clone(), expand(environment, &path)),
            (None, Some(home)) => (format!("~/.aws/{name}"), home.join(".aws").join(name)),
            // Without a home directory there are no files.
            (None, None) => return Ok(Self { shown: format!("~/.aws/{name} (HOME is not set)"), content: None }),
        };
        match content(&path) {
            Ok(Some(content)) => Ok(Self { shown, content: Some(content) }),
            Ok(None) => Ok(Self { shown: format!("{shown} (no such file)"), content: None }),
            Err(what) => Err(ProfileError { message: format!("{shown} {what}") }),
        }
    }

    fn section(&self, kind: &str, name: &str) -> Option<&Section> {
        self.content.as_ref()?.section(kind, name)
    }
}

/// What a file holds; nothing where there is none.
fn content(path: &Path) -> Result<Option<Ini>, String> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("cannot be read: {error}")),
    };
    let text = String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())?;
    // The line is not shown: it may hold a secret.
    let malformed = |line| format!("is malformed: line {line} is neither a section, a setting nor a comment");
    Ini::parse(&text).map(Some).map_err(malformed)
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

/// The user's home directory: `HOME`, on Windows `USERPROFILE`.
pub(crate) fn home(environment: &Environment) -> Option<PathBuf> {
    let variables: &[&str] = if cfg!(windows) { &["HOME", "USERPROFILE"] } else { &["HOME"] };
    environment.first(variables).map(PathBuf::from)
}

/// A path in which a leading `~/` is the home directory.
pub(crate) fn expand(environment: &Environment, path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), home(environment)) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => Path::new(path).to_owned(),
    }
}
