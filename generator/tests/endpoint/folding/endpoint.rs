use crate::partitions::PARTITIONS;

use crate::runtime::__private::endpoint::{self, Endpoint, EndpointError, Params};

/// The endpoint that the service's rule set has for `params`.
///
/// # Errors
/// What the rule set says where it has none.
#[inline]
pub fn resolve(params: &Params<'_>) -> Result<Endpoint, EndpointError> {
    let endpoint = params.endpoint;
    let given = params.string("Given").unwrap_or("given");
    let region = params.region()?;
    let use_dual_stack = params.use_dual_stack;
    let use_fips = params.use_fips;
    if use_fips {
        if let Some(endpoint) = endpoint {
            if use_dual_stack && endpoint::parse_url(endpoint).is_some() {
                return endpoint::refuse(params, "three at once");
            }
        }
    }
    if endpoint::parse_url(["https://x.", given].concat().as_str()).is_some() && use_fips
        && !use_dual_stack
    {
        return endpoint::refuse(params, "FIPS alone");
    }
    if let Some(region) = region {
        let partition = PARTITIONS.of(region);
        let dual = partition.supports_dual_stack;
        if dual && dual == use_dual_stack {
            return Ok(Endpoint::at(["https://", region]));
        }
    }
    endpoint::refuse(params, "last")
}
