//! Errors of inputs that cannot be sent. They name the operation and the member, and never the value.

use std::fmt;

use crate::runtime::shape::member::Member;

/// An input that cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildError {
    pub(super) operation: &'static str,
    pub(super) member: String,
    pub(super) problem: Problem,
}

/// Why an input cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A label of the path is missing or empty: the request would go to another operation.
    EmptyLabel,
    /// No method of the call set these inputs, which the model requires.
    Unset,
    /// The model requires text, and there is none: most likely it was never given.
    Blank,
    /// A label of the path is `.` or `..`: the request would go to another operation.
    DotLabel,
    /// A header has a character that no header carries, a line break among them.
    HeaderValue,
    /// A key of a map of headers has a character that no header's name has.
    HeaderName,
    /// A map of headers has more entries than a request has room for.
    TooManyHeaders,
    /// A label of the host name is missing or has a character that no host name has.
    HostLabel,
    /// The value cannot be written as JSON; why.
    Json(String),
}

impl BuildError {
    /// The error of required inputs that no method set: a bit for each, in the order of the required members.
    #[cold]
    pub(super) fn unset(operation: &'static str, members: &[Member], inputs: u64) -> Self {
        let required = members.iter().filter(|member| member.required).enumerate();
        let unset = required.filter(|(index, _)| *index < 64 && inputs & (1 << index) != 0);
        let names: Vec<&str> = unset.map(|(_, member)| member.name).collect();
        Self { operation, member: names.join(", "), problem: Problem::Unset }
    }

    /// The operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The input, by the model's name.
    #[must_use]
    pub fn member(&self) -> &str {
        &self.member
    }

    /// The problem.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

/// Without the operation, which whoever shows it says before.
impl fmt::Display for BuildError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.problem == Problem::Unset {
            return write!(to, "required inputs were not set: {}", self.member);
        }
        write!(to, "the input {} ", self.member)?;
        match &self.problem {
            Problem::Unset => Ok(()),
            Problem::EmptyLabel => to.write_str("is part of the path and must not be empty"),
            Problem::Blank => to.write_str("is required and empty"),
            Problem::DotLabel => to.write_str("is part of the path and must not be . or .."),
            Problem::HeaderValue => {
                to.write_str("is sent as a header and must not have line breaks or other control characters")
            }
            Problem::HeaderName => to.write_str("is sent as headers and has a key that is not a header name"),
            Problem::TooManyHeaders => {
                to.write_str("is sent as headers and has more of them than a request has room for")
            }
            Problem::HostLabel => {
                to.write_str("is part of the host name and must have letters, digits, hyphens and periods only")
            }
            Problem::Json(why) => write!(to, "cannot be written as JSON: {why}"),
        }
    }
}

impl std::error::Error for BuildError {}
