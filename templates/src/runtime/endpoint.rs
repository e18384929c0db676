//! Takes region, FIPS, dual stack and custom endpoint; gives the endpoint a call goes to, through the compiled rule set.

/// What an endpoint rule set is asked with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Params<'a> {
    /// The region.
    pub region: Option<&'a str>,
    /// Whether the endpoint has to be FIPS 140 validated.
    pub use_fips: bool,
    /// Whether the endpoint has to answer over IPv6 as well.
    pub use_dual_stack: bool,
    /// A custom endpoint.
    pub endpoint: Option<&'a str>,
}

/// Where a call goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The URL, without a trailing slash.
    pub url: String,
    /// The region to sign for, where the rule set names another one than the configured.
    pub signing_region: Option<String>,
    /// The name to sign for, where the rule set names another one than the model.
    pub signing_name: Option<String>,
}

/// The rule set has no endpoint for what it was asked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointError {
    /// What the rule set says.
    pub message: String,
}
