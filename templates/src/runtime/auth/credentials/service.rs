//! Takes the name of a service that gives credentials, STS or IAM Identity Center; gives where it is called.

use crate::runtime::base::environment::Environment;
use crate::runtime::base::profile::Profile;
use crate::runtime::endpoint::is_valid_host_label;

/// A service, and what it is called in host names and in settings.
pub(super) struct Service {
    /// The id, as in a `[services …]` section.
    pub(super) id: &'static str,
    /// The variable that a custom endpoint is in.
    pub(super) variable: &'static str,
    /// The first labels of the host name.
    pub(super) host: &'static str,
}

pub(super) const STS: Service = Service { id: "STS", variable: "AWS_ENDPOINT_URL_STS", host: "sts" };
pub(super) const SSO: Service = Service { id: "SSO", variable: "AWS_ENDPOINT_URL_SSO", host: "portal.sso" };
pub(super) const SSO_OIDC: Service = Service { id: "SSO OIDC", variable: "AWS_ENDPOINT_URL_SSO_OIDC", host: "oidc" };

impl Service {
    /// The URL of the service in a region, without a trailing slash, or the custom one that is configured.
    ///
    /// These three rule sets have in common what is done here: a host for each region, `-fips` behind its first part, and
    /// a suffix that the partition decides.
    pub(super) fn url(&self, region: &str, environment: &Environment, profile: Profile<'_>) -> Result<String, String> {
        let on = |variable: &str, setting: &str| {
            let value = profile.look(environment, variable, setting);
            value.is_some_and(|value| value.eq_ignore_ascii_case("true"))
        };
        if !on("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls") {
            if let Some(url) = self.custom_url(environment, profile) {
                return Ok(url.trim_end_matches('/').to_owned());
            }
        }
        if !is_valid_host_label(region, false) {
            return Err(format!("the region {region:?} is not a host label"));
        }
        let dual_stack = on("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
        // The plain hosts of GovCloud are validated ones.
        let has_fips_host = dual_stack || !region.starts_with("us-gov-");
        let fips = if on("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint") && has_fips_host { "-fips" } else { "" };
        let suffix = suffix(region, dual_stack);
        Ok(format!("https://{}{fips}.{region}.{suffix}", self.host))
    }

    /// See "Service-specific endpoints" in the AWS SDKs and Tools Reference Guide.
    fn custom_url(&self, environment: &Environment, profile: Profile<'_>) -> Option<String> {
        match environment.first(&[self.variable, "AWS_ENDPOINT_URL"]) {
            Some(url) => Some(url),
            None => profile.endpoint_url(self.id).map(str::to_owned),
        }
    }
}

/// The end of host names in the partition of a region. The partition table itself is emitted for each service, and so is
/// not to be had here.
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
