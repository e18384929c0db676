use crate::partitions::PARTITIONS;

use crate::runtime::__private::endpoint::{
    self, AuthScheme, Endpoint, EndpointError, Params, Scheme,
};

/// The endpoint that the service's rule set has for `params`.
///
/// # Errors
/// What the rule set says where it has none.
#[inline]
pub fn resolve(params: &Params<'_>) -> Result<Endpoint, EndpointError> {
    let function = params.required("Function", params.string("Function"))?;
    let value = params.string("Value").unwrap_or("");
    if function == "substring" {
        if let Some(front) = endpoint::substring(value, 1, 4, false) {
            if let Some(back) = endpoint::substring(value, 1, 4, true) {
                return Ok(Endpoint::at(["https://", front, ".", back]));
            }
        }
        return endpoint::refuse(params, [value, " is too short, or not ASCII"].concat());
    }
    if function == "isValidHostLabel" {
        if endpoint::is_valid_host_label(value, false) {
            return Ok(Endpoint::new("https://label"));
        }
        if endpoint::is_valid_host_label(value, true) {
            return Ok(Endpoint::new("https://labels"));
        }
        if !endpoint::is_valid_host_label(value, true) {
            return endpoint::refuse(params, "no label");
        }
    }
    if function == "uriEncode" {
        let encoded = endpoint::uri_encode(value);
        if !encoded.is_empty() {
            return Ok(
                Endpoint::at(["https://x/", encoded.as_str(), "/", encoded.as_str()]),
            );
        }
    }
    if function == "parseURL" {
        if let Some(url) = endpoint::parse_url(value) {
            if url.is_ip {
                return Ok(
                    Endpoint::at([
                        url.scheme,
                        "://ip.",
                        url.authority,
                        url.normalized_path().as_str(),
                        "x",
                    ]),
                );
            }
        }
        if endpoint::parse_url(value).is_some() {
            if let Some(url) = endpoint::parse_url(
                [value, "/a%b/../c//d"].concat().as_str(),
            ) {
                let path = url.normalized_path();
                return Ok(
                    Endpoint::at([url.scheme, "://", url.authority, path.as_str(), "x"])
                        .header("x-path", url.path)
                        .header("x-path", path),
                );
            }
        }
        return endpoint::refuse(params, "no URL");
    }
    if function == "split" {
        let parts = endpoint::split(value, "--", 3);
        if let Some(first) = parts.first().copied() {
            if let Some(third) = parts.get(2).copied() {
                return Ok(Endpoint::at(["https://", first, ".", third]));
            }
        }
        return endpoint::refuse(params, "fewer than three parts");
    }
    if function == "isVirtualHostableS3Bucket" {
        if endpoint::is_virtual_hostable_s3_bucket(value, false) {
            return Ok(Endpoint::at(["https://", value, ".one"]));
        }
        if endpoint::is_virtual_hostable_s3_bucket(value, true) {
            return Ok(Endpoint::at(["https://", value, ".many"]));
        }
        return endpoint::refuse(params, "no bucket in a host name");
    }
    if function == "aws.partition" {
        let partition = PARTITIONS.of(value);
        return Ok(
            Endpoint::at([
                    "https://",
                    partition.name,
                    ".",
                    partition.dns_suffix,
                    "/",
                    partition.dual_stack_dns_suffix,
                ])
                .auth_scheme(
                    AuthScheme::new(Scheme::SigV4)
                        .signing_region(partition.implicit_global_region),
                ),
        );
    }
    endpoint::refuse(params, "no rule applies")
}
