//! The config and the credentials file: their paths, and what a file that is missing or cannot be used means.
//!
//! A file that a variable names has to be readable where it exists. The default path need not be: programs run where the
//! home directory is `/dev/null`, or another user's, and have their settings from elsewhere.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use super::error::ProfileError;
use super::ini::{Format, Ini, Section};
use crate::runtime::base::environment::Environment;
use crate::runtime::base::file::Content;

/// The most bytes of a file. Generated files with a thousand profiles have less than one of its 16 megabytes.
pub(super) const LONGEST: usize = 16 << 20;

/// Where one of the two files is.
pub(super) struct Location {
    format: Format,
    /// The variable that names the path, unless it is the default one.
    variable: Option<&'static str>,
    /// The path as a person would write it, for messages.
    shown: String,
    /// `None` without a home directory.
    pub(super) path: Option<PathBuf>,
}

/// A file, as far as it could be read.
pub(super) struct ProfileFile {
    /// The path as a person would write it, and what was wrong with the file, for messages.
    pub(super) shown: String,
    content: Option<Ini>,
}

impl Location {
    /// The config file, and the credentials file.
    pub(super) fn both(environment: &Environment) -> [Self; 2] {
        [
            Self::new(environment, Format::Config, "AWS_CONFIG_FILE", "config"),
            Self::new(environment, Format::Credentials, "AWS_SHARED_CREDENTIALS_FILE", "credentials"),
        ]
    }

    fn new(environment: &Environment, format: Format, variable: &'static str, name: &str) -> Self {
        if let Some(value) = environment.var(variable) {
            let path = Some(expand(environment, &with_variables(environment, &value)));
            return Self { format, variable: Some(variable), shown: value, path };
        }
        let path = home(environment).map(|home| home.join(".aws").join(name));
        Self { format, variable: None, shown: format!("~/.aws/{name}"), path }
    }

    /// The file with its content, which is the next one where the file has a path.
    ///
    /// # Errors
    /// A path of a variable exists and cannot be read, or the content is no config file.
    pub(super) fn open(self, contents: &mut impl Iterator<Item = Content>) -> Result<ProfileFile, ProfileError> {
        let bytes = match self.path.as_ref().and_then(|_| contents.next()) {
            Some(Ok(bytes)) => bytes,
            Some(Err(error)) => return self.unread(&error),
            None => return Ok(self.absent("HOME is not set")),
        };
        match parse(&bytes, self.format) {
            Ok(content) => {
                let shown = self.shown + &unsplit(content.unsplit());
                Ok(ProfileFile { shown, content: Some(content) })
            }
            Err(what) => Err(self.fails(&what)),
        }
    }

    fn unread(self, error: &Error) -> Result<ProfileFile, ProfileError> {
        match (error.kind(), self.variable) {
            (ErrorKind::NotFound, Some(variable)) => {
                tracing::debug!(variable, path = %self.shown, "the file that the variable names does not exist");
                Ok(self.absent("no such file"))
            }
            (ErrorKind::NotFound, None) => Ok(self.absent("no such file")),
            (ErrorKind::FileTooLarge, _) | (_, Some(_)) => Err(self.fails(&format!("cannot be read: {error}"))),
            (_, None) => {
                tracing::debug!(path = %self.shown, %error, "the file cannot be read and counts as absent");
                Ok(self.absent(&format!("cannot be read: {error}")))
            }
        }
    }

    fn absent(self, why: &str) -> ProfileFile {
        ProfileFile { shown: format!("{} ({why})", self.shown), content: None }
    }

    fn fails(&self, what: &str) -> ProfileError {
        let message = match self.variable {
            Some(variable) => format!("{} (of {variable}) {what}", self.shown),
            None => format!("{} {what}", self.shown),
        };
        ProfileError { message }
    }
}

impl ProfileFile {
    pub(super) fn section(&self, kind: &str, name: &str) -> Option<&Section> {
        self.content.as_ref()?.section(kind, name)
    }
}

fn parse(bytes: &[u8], format: Format) -> Result<Ini, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())?;
    // The line is not shown: it may hold a secret.
    let malformed = |line| format!("is malformed: line {line} is neither a section, a setting nor a comment");
    Ini::parse(text, format).map_err(malformed)
}

/// A remark on headers that name no section, for messages; it also goes to the log.
fn unsplit(lines: &[usize]) -> String {
    let Some(line) = lines.first() else { return String::new() };
    tracing::debug!(?lines, "headers of the config file are not a kind and a name, quoted as for a shell");
    format!(" (the header in line {line} is not a kind and a name, quoted as for a shell)")
}

/// The user's home directory: `HOME`, on Windows `USERPROFILE`.
pub(crate) fn home(environment: &Environment) -> Option<PathBuf> {
    let variables: &[&str] = if cfg!(windows) { &["HOME", "USERPROFILE"] } else { &["HOME"] };
    environment.first(variables).map(PathBuf::from)
}

/// A path in which a leading `~/` is the home directory.
pub(crate) fn expand(environment: &Environment, path: &str) -> PathBuf {
    match (path.strip_prefix('~'), home(environment)) {
        (Some(""), Some(home)) => home,
        (Some(rest), Some(home)) if rest.starts_with('/') => home.join(rest.trim_start_matches('/')),
        _ => Path::new(path).to_owned(),
    }
}

/// A text in which `$NAME` and `${NAME}` are the values of variables, as Python's `os.path.expandvars` has it: a variable
/// that is not set stays as it is written.
pub(crate) fn with_variables(environment: &Environment, text: &str) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        expanded.push_str(before);
        let (name, end) = match after.strip_prefix('{').and_then(|braced| braced.split_once('}')) {
            Some((name, _)) => (name, name.len() + 2),
            None => {
                let is_end = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
                let end = after.find(is_end).unwrap_or(after.len());
                (&after[..end], end)
            }
        };
        match environment.var(name).filter(|_| !name.is_empty()) {
            Some(value) => expanded.push_str(&value),
            None => expanded.push_str(&rest[before.len()..=before.len() + end]),
        }
        rest = &after[end..];
    }
    expanded.push_str(rest);
    expanded
}
