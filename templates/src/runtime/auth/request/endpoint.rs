//! Endpoints of the services that provide credentials: STS, IAM Identity Center and AWS Sign-In.

use crate::runtime::auth::context::Context;
use crate::runtime::base::profile::Profile;
use crate::runtime::endpoint::is_valid_host_label;

/// A service, and its names in host names and in settings.
pub(in crate::runtime::auth) struct RegionalService {
    /// The id, as in a `[services …]` section.
    id: &'static str,
    /// The variable of a custom endpoint.
    variable: &'static str,
    /// The first labels of the host name.
    host: &'static str,
    /// Whether the service has domains of its own in some partitions.
    own_domains: bool,
}

pub(in crate::runtime::auth) const STS: RegionalService =
    RegionalService { id: "STS", variable: "AWS_ENDPOINT_URL_STS", host: "sts", own_domains: false };
pub(in crate::runtime::auth) const SSO: RegionalService =
    RegionalService { id: "SSO", variable: "AWS_ENDPOINT_URL_SSO", host: "portal.sso", own_domains: false };
pub(in crate::runtime::auth) const SSO_OIDC: RegionalService =
    RegionalService { id: "SSO OIDC", variable: "AWS_ENDPOINT_URL_SSO_OIDC", host: "oidc", own_domains: false };
pub(in crate::runtime::auth) const SIGN_IN: RegionalService =
    RegionalService { id: "Signin", variable: "AWS_ENDPOINT_URL_SIGNIN", host: "signin", own_domains: true };

impl RegionalService {
    /// The URL of the service in a region, without a trailing slash, or the custom one that is configured. The settings are
    /// those of the selected profile.
    ///
    /// The rule sets of these services agree on what is done here: a host for each region, `-fips` behind its first part, and
    /// a suffix for the partition.
    ///
    /// # Errors
    /// The region cannot be a part of a host name.
    pub(in crate::runtime::auth) fn url(
        &self,
        region: &str,
        context: &Context,
        profile: Profile<'_>,
    ) -> Result<String, String> {
        let environment = &context.environment;
        let on = |variable: &str, setting: &str| {
            let value = profile.look(environment, variable, setting);
            value.is_some_and(|value| value.eq_ignore_ascii_case("true"))
        };
        if !on("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls") {
            if let Some(url) = self.custom_url(context, profile) {
                return Ok(url.trim_end_matches('/').to_owned());
            }
        }
        if !is_valid_host_label(region, false) {
            return Err(format!("the region {region:?} is not a host label"));
        }
        let dual_stack = on("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
        let use_fips = on("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
        if let Some(domain) = own_domain(region).filter(|_| self.own_domains && !use_fips && !dual_stack) {
            return Ok(format!("https://{region}.{}.{domain}", self.host));
        }
        // The plain hosts of GovCloud are FIPS validated, but for services that have a domain of their own there.
        let has_fips_host = dual_stack || self.own_domains || !region.starts_with("us-gov-");
        let fips = if use_fips && has_fips_host { "-fips" } else { "" };
        let suffix = suffix(region, dual_stack);
        Ok(format!("https://{}{fips}.{region}.{suffix}", self.host))
    }

    /// See "Service-specific endpoints" in the AWS SDKs and Tools Reference Guide.
    fn custom_url(&self, context: &Context, profile: Profile<'_>) -> Option<String> {
        match context.environment.first(&[self.variable, "AWS_ENDPOINT_URL"]) {
            Some(url) => Some(url),
            None => profile.endpoint_url(self.id).map(str::to_owned),
        }
    }
}

/// The domain of AWS Sign-In in the partition of a region, where that is not the partition's.
fn own_domain(region: &str) -> Option<&'static str> {
    if region.starts_with("cn-") {
        return Some("amazonaws.cn");
    }
    if region.starts_with("us-gov-") {
        return Some("amazonaws-us-gov.com");
    }
    (suffix(region, false) == "amazonaws.com").then_some("aws.amazon.com")
}

/// The end of host names in the partition of a region. The partition table itself is emitted for each service, so this room
/// does not have it.
fn suffix(region: &str, dual_stack: bool) -> &'static str {
    const PARTITIONS: [(&str, &str, &str); 6] = [
        ("cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
        ("eusc-", "amazonaws.eu", "api.amazonwebservices.eu"),
        ("us-iso-", "c2s.ic.gov", "api.aws.ic.gov"),
        ("us-isob-", "sc2s.sgov.gov", "api.aws.scloud"),
        ("eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
        ("us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
    ];
    let (_, plain, dual) =
        PARTITIONS.iter().find(|(prefix, ..)| region.starts_with(prefix)).unwrap_or(&("", "amazonaws.com", "api.aws"));
    if dual_stack { dual } else { plain }
}
