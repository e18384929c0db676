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
    let endpoint = params.endpoint;
    let region = params.region()?;
    let thing_arn = params.string("ThingArn");
    if let Some(thing_arn) = thing_arn {
        if let Some(arn) = endpoint::parse_arn(thing_arn) {
            if let Some(arn_type) = arn.resource_id(0) {
                if !arn_type.is_empty() {
                    if arn.region.is_empty() {
                        return endpoint::refuse(
                            params,
                            ["`", thing_arn, "` of ", arn.service, " is global"].concat(),
                        );
                    }
                    if let Some(endpoint) = endpoint {
                        if let Some(url) = endpoint::parse_url(endpoint) {
                            if let Some(name) = arn.resource_id(1) {
                                return Ok(
                                    Endpoint::at([
                                            url.scheme,
                                            "://",
                                            arn.account_id,
                                            ".",
                                            url.authority,
                                            url.path,
                                        ])
                                        .header("x-amz-account-id", arn.account_id)
                                        .header("x-amz-thing", name)
                                        .header("x-amz-thing", [arn_type, "/", name].concat())
                                        .auth_scheme(
                                            AuthScheme::new(Scheme::SigV4A)
                                                .signing_name("things")
                                                .signing_region_set(&["*"]),
                                        )
                                        .auth_scheme(
                                            AuthScheme::new(Scheme::SigV4)
                                                .signing_name("things")
                                                .signing_region(arn.region.to_owned())
                                                .disable_double_encoding(true),
                                        ),
                                );
                            }
                        }
                    }
                    if let Some(region) = region {
                        let mine = PARTITIONS.of(region);
                        let its = PARTITIONS.of(arn.region);
                        if mine.name == its.name && mine.name == arn.partition {
                            return Ok(
                                Endpoint::at([
                                        "https://",
                                        arn.account_id,
                                        ".things.",
                                        arn.region,
                                        ".",
                                        its.dns_suffix,
                                    ])
                                    .auth_scheme(
                                        AuthScheme::new(Scheme::SigV4)
                                            .signing_region(region.to_owned()),
                                    ),
                            );
                        }
                    }
                }
            }
            return endpoint::refuse(
                params,
                ["no endpoint for ", arn.partition].concat(),
            );
        }
    }
    if let Some(thing_arn) = thing_arn {
        return endpoint::refuse(params, ["`", thing_arn, "` is no ARN"].concat());
    }
    endpoint::refuse(params, "ThingArn is missing")
}
