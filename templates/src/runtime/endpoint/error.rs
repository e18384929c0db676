//! The error of a rule set that has no endpoint for its parameters.

use std::fmt;

/// The rule set has no endpoint for what it was asked with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointError {
    /// The message of the rule set.
    pub message: String,
    /// The region it was asked with.
    pub region: Option<String>,
    /// Whether it was asked for a FIPS 140 validated endpoint.
    pub use_fips: bool,
    /// Whether it was asked for an endpoint that answers over IPv6 as well.
    pub use_dual_stack: bool,
    /// Whether it was asked with a custom endpoint.
    pub custom: bool,
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no endpoint: {} (", self.message)?;
        match &self.region {
            // A region can be the very thing that is wrong: quoted, it cannot pass for a part of the message.
            Some(region) => write!(f, "region {region:?}")?,
            None => f.write_str("no region")?,
        }
        let on = |on| if on { "on" } else { "off" };
        write!(f, ", FIPS {}, dual stack {}", on(self.use_fips), on(self.use_dual_stack))?;
        f.write_str(if self.custom { ", custom endpoint)" } else { ")" })
    }
}

impl std::error::Error for EndpointError {}
