//! Expectations of a test that a mock did not meet.

use std::fmt;

/// Expectations of a test that were not met. `Display` lists them, one a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet(pub(super) Vec<String>);

impl Unmet {
    /// The expectations, one by one.
    #[must_use]
    pub fn messages(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("the mock was not used as the test expects:")?;
        self.0.iter().try_for_each(|message| write!(to, "\n- {message}"))
    }
}

impl std::error::Error for Unmet {}
