//! Outcomes of calls, as a row expects and as a run finds them.

use std::borrow::Cow;
use std::fmt;

use templates::runtime::ErrorKind;

use crate::support::service::Error;

/// What a call came to: what was read, and the failure where there was one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The name in the output, or those on all pages that were read.
    pub read: Cow<'static, str>,
    pub failure: Option<Failure>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub kind: ErrorKind,
    pub status: Option<u16>,
    pub code: Option<Cow<'static, str>>,
}

/// A success, with this name in the output.
pub fn ok(name: &'static str) -> Outcome {
    Outcome { read: name.into(), failure: None }
}

/// A failure without a response.
pub fn fails(kind: ErrorKind) -> Outcome {
    Outcome { read: "".into(), failure: Some(Failure { kind, status: None, code: None }) }
}

/// A failure of another kind than the service's, after the head of a response.
pub fn after(status: u16, kind: ErrorKind) -> Outcome {
    Outcome { read: "".into(), failure: Some(Failure { kind, status: Some(status), code: None }) }
}

/// A success that cannot be read.
pub fn unreadable() -> Outcome {
    after(200, ErrorKind::Decode)
}

/// An error of the service, with its code.
pub fn refused(status: u16, code: impl Into<Cow<'static, str>>) -> Outcome {
    let failure = Failure { kind: ErrorKind::Service, status: Some(status), code: Some(code.into()) };
    Outcome { read: "".into(), failure: Some(failure) }
}

/// An error of the service without a code: its status is the code.
pub fn status(status: u16) -> Outcome {
    refused(status, status.to_string())
}

impl Outcome {
    /// The same, after these names were read.
    pub fn having_read(mut self, names: &'static str) -> Self {
        self.read = names.into();
        self
    }

    pub fn of(read: String, error: Option<&Error>) -> Self {
        let failure = error.map(|error| Failure {
            kind: error.kind(),
            status: error.status(),
            code: error.code().map(|code| code.to_owned().into()),
        });
        Self { read: read.into(), failure }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(failure) = &self.failure else { return write!(f, "ok {:?}", self.read) };
        if !self.read.is_empty() {
            write!(f, "{:?}, then ", self.read)?;
        }
        if failure.kind != ErrorKind::Service {
            write!(f, "{:?}", failure.kind)?;
        }
        if let Some(status) = failure.status {
            write!(f, "{}{status}", if failure.kind == ErrorKind::Service { "" } else { " after " })?;
        }
        match &failure.code {
            Some(code) if failure.status.is_none_or(|status| *code != status.to_string()) => write!(f, " {code}"),
            _ => Ok(()),
        }
    }
}
