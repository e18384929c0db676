use crate::partitions::PARTITIONS;

use crate::runtime::__private::endpoint::{self, Endpoint, EndpointError, Params};

/// The endpoint that the service's rule set has for `params`.
///
/// # Errors
/// What the rule set says where it has none.
#[inline]
pub fn resolve(params: &Params<'_>) -> Result<Endpoint, EndpointError> {
    let endpoint = params.endpoint;
    let region = params.region()?;
    let use_dual_stack = params.use_dual_stack;
    let use_fips = params.use_fips;
    if let Some(endpoint) = endpoint {
        if use_fips {
            return endpoint::refuse(
                params,
                "FIPS and a custom endpoint exclude each other",
            );
        }
        if use_dual_stack {
            return endpoint::refuse(
                params,
                "dual stack and a custom endpoint exclude each other",
            );
        }
        return Ok(Endpoint::new(endpoint));
    }
    if let Some(region) = region {
        let partition = PARTITIONS.of(region);
        if use_fips && use_dual_stack {
            if partition.supports_fips && partition.supports_dual_stack {
                return Ok(
                    Endpoint::at([
                        "https://some.service-fips.",
                        region,
                        ".",
                        partition.dual_stack_dns_suffix,
                    ]),
                );
            }
            return endpoint::refuse(
                params,
                "the partition does not support FIPS together with dual stack",
            );
        }
        if use_fips {
            if partition.supports_fips {
                return Ok(
                    Endpoint::at([
                        "https://some.service-fips.",
                        region,
                        ".",
                        partition.dns_suffix,
                    ]),
                );
            }
            return endpoint::refuse(params, "the partition does not support FIPS");
        }
        if use_dual_stack {
            if partition.supports_dual_stack {
                return Ok(
                    Endpoint::at([
                        "https://some.service.",
                        region,
                        ".",
                        partition.dual_stack_dns_suffix,
                    ]),
                );
            }
            return endpoint::refuse(params, "the partition does not support dual stack");
        }
        return Ok(
            Endpoint::at(["https://some.service.", region, ".", partition.dns_suffix]),
        );
    }
    endpoint::refuse(params, "the region is missing")
}
