use crate::runtime::__private::endpoint::{self, Endpoint, EndpointError, Params};

/// The endpoint that the service's rule set has for `params`.
///
/// # Errors
/// What the rule set says where it has none.
#[inline]
pub fn resolve(params: &Params<'_>) -> Result<Endpoint, EndpointError> {
    let a = params.string("A");
    let b = params.string("B");
    let c = params.string("C").unwrap_or("c");
    let case = params.required("Case", params.string("Case"))?;
    let flag = params.boolean("Flag").unwrap_or(false);
    if case == "ite" {
        let suffix = endpoint::ite(flag, "-flag", "");
        let owned = endpoint::ite(flag, [c, "-", c].concat(), c.to_owned());
        return Ok(Endpoint::at(["https://x", suffix, ".", owned.as_str()]));
    }
    if case == "options" {
        if let Some(either) = a.or(b) {
            return Ok(Endpoint::at(["https://", either]));
        }
    }
    if case == "default" {
        let any = a.or(b).unwrap_or(c);
        let owned = a.map(str::to_owned).unwrap_or([c, c].concat());
        let first = "first";
        let encoded = endpoint::uri_encode(any);
        let copied = endpoint::ite(flag, encoded.to_owned(), "plain".to_owned());
        return Ok(
            Endpoint::at([
                "https://",
                any,
                ".",
                owned.as_str(),
                ".",
                first,
                ".",
                encoded.as_str(),
                ".",
                copied.as_str(),
            ]),
        );
    }
    if case == "nested" {
        if let Some(path) = endpoint::parse_url(c)
            .map(|it| it.normalized_path())
            .or(
                endpoint::parse_arn(c)
                    .and_then(|it| it.resource_id(1))
                    .map(str::to_owned),
            )
        {
            return Ok(Endpoint::at(["https://x/", path.as_str()]));
        }
    }
    if case == "part" {
        if let Some(part) = endpoint::substring(
            [c, "-", c].concat().as_str(),
            0,
            3,
            false,
        ) {
            return endpoint::refuse(params, part);
        }
    }
    endpoint::refuse(params, "no rule applies")
}
