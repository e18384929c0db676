//! The error of config and credentials files that cannot be used.

use std::fmt;

/// The files cannot be used: one cannot be read or is malformed, or neither has the selected profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileError {
    pub(super) message: String,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ProfileError {}
