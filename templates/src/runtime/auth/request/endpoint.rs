//! Endpoints of the services that provide credentials: STS and IAM Identity Center.

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
}

pub(in crate::runtime::auth) const STS: RegionalService =
    RegionalService { id: "STS", variable: "AWS_ENDPOINT_URL_STS", host: "sts" };
pub(in crate::runtime::auth) const SSO: RegionalService =
    RegionalService { id: "SSO", variable: "AWS_ENDPOINT_URL_SSO", host: "portal.sso" };
pub(in crate::runtime::auth) const SSO_OIDC: RegionalService =
    RegionalService { id: "SSO OIDC", variable: "AWS_ENDPOINT_URL_SSO_OIDC", host: "oidc" };

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
        // The plain hosts of GovCloud are FIPS validated.
        let has_fips_host = dual_stack || !region.starts_with("us-gov-");
        let fips = if on("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint") && has_fips_host { "-fips" } else { "" };
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
