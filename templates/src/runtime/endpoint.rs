//! Endpoints: the parameters of a rule set ([`Params`]), its results ([`Endpoint`], [`EndpointError`]), and the functions of Smithy's
//! rules engine that it calls.
//!
//! The rules themselves are emitted, one `resolve` for each service, and read like the rule set that they come from. Where Smithy's
//! reference leaves a case open, the functions do as botocore does.

mod arn;
mod error;
mod host;
mod params;
mod partition;
mod text;
mod url;

use std::borrow::Cow;

pub use arn::{Arn, parse_arn};
pub use error::EndpointError;
pub use host::{is_valid_host_label, is_virtual_hostable_s3_bucket};
pub use params::{ContextValue, EndpointParam, Param, Params};
pub use partition::{Partition, Partitions, Segment};
pub use text::{ite, split, substring, uri_encode};
pub use url::{Url, parse_url};

/// The destination of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endpoint {
    /// The URL, without a trailing slash.
    pub url: String,
    /// The headers that a request to this endpoint carries besides its own.
    pub headers: Vec<(&'static str, String)>,
    /// The authentication schemes of this endpoint, where the rule set says more than the model, in the rule set's order.
    pub auth_schemes: Vec<AuthScheme>,
}

impl Endpoint {
    /// An endpoint about which the rule set says nothing but the URL.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        let mut url = url.into();
        url.truncate(url.trim_end_matches('/').len());
        Self { url, headers: Vec::new(), auth_schemes: Vec::new() }
    }

    /// An endpoint whose URL is put together.
    #[must_use]
    pub fn at<const N: usize>(url: [&str; N]) -> Self {
        Self::new(url.concat())
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Adds a way to sign.
    #[must_use]
    pub fn auth_scheme(mut self, scheme: AuthScheme) -> Self {
        self.auth_schemes.push(scheme);
        self
    }

    /// The rule set's properties of [`Scheme::SigV4`].
    #[must_use]
    pub fn sigv4(&self) -> Option<&AuthScheme> {
        self.auth_schemes.iter().find(|scheme| scheme.scheme == Scheme::SigV4)
    }

    /// What the rule set says about [`Scheme::SigV4A`].
    #[must_use]
    pub fn sigv4a(&self) -> Option<&AuthScheme> {
        self.auth_schemes.iter().find(|scheme| scheme.scheme == Scheme::SigV4A)
    }

    /// Whether the endpoint takes no signature but those of [`Scheme::SigV4A`].
    #[must_use]
    pub fn needs_sigv4a(&self) -> bool {
        !self.auth_schemes.is_empty() && self.sigv4().is_none()
    }

    /// The region to sign for, where the rule set names another one than the configured.
    #[must_use]
    pub fn signing_region(&self) -> Option<&str> {
        self.sigv4()?.signing_region.as_deref()
    }

    /// The name to sign for, where the rule set names another one than the model.
    #[must_use]
    pub fn signing_name(&self) -> Option<&str> {
        self.sigv4()?.signing_name
    }
}

/// A way to sign requests (an entry of the endpoint property `authSchemes`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthScheme {
    /// The algorithm.
    pub scheme: Scheme,
    /// The name to sign for.
    pub signing_name: Option<&'static str>,
    /// The region to sign for ([`Scheme::SigV4`]).
    pub signing_region: Option<Cow<'static, str>>,
    /// The regions to sign for ([`Scheme::SigV4A`]).
    pub signing_region_set: &'static [&'static str],
    /// Whether the path is percent-encoded once, not twice, before it is signed.
    pub disable_double_encoding: bool,
}

impl AuthScheme {
    /// A scheme about which nothing more is said.
    #[must_use]
    pub const fn new(scheme: Scheme) -> Self {
        Self {
            scheme,
            signing_name: None,
            signing_region: None,
            signing_region_set: &[],
            disable_double_encoding: false,
        }
    }

    /// Sets the name to sign for.
    #[must_use]
    pub fn signing_name(mut self, name: &'static str) -> Self {
        self.signing_name = Some(name);
        self
    }

    /// Sets the region to sign for.
    #[must_use]
    pub fn signing_region(mut self, region: impl Into<Cow<'static, str>>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Sets the regions to sign for.
    #[must_use]
    pub fn signing_region_set(mut self, regions: &'static [&'static str]) -> Self {
        self.signing_region_set = regions;
        self
    }

    /// Sets whether the path is encoded only once.
    #[must_use]
    pub fn disable_double_encoding(mut self, disable: bool) -> Self {
        self.disable_double_encoding = disable;
        self
    }
}

/// An algorithm that an endpoint's `authSchemes` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// AWS Signature Version 4.
    SigV4,
    /// AWS Signature Version 4 for several regions at once.
    SigV4A,
}

/// The answer of a rule set that has no endpoint for `params`.
///
/// # Errors
/// Always: that is the answer.
pub fn refuse(params: &Params<'_>, message: impl Into<String>) -> Result<Endpoint, EndpointError> {
    Err(params.error(message))
}
