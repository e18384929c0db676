use crate::runtime::__private::endpoint::{self, Endpoint, EndpointError, Params};

/// The endpoint that the service's rule set has for `params`.
///
/// # Errors
/// What the rule set says where it has none.
#[inline]
pub fn resolve(params: &Params<'_>) -> Result<Endpoint, EndpointError> {
    let account_id = params.string("AWS::Auth::AccountId");
    let names = params.strings("Names");
    let others = params.strings("Others").unwrap_or(&["x", "y\"\\"]);
    let params_ = params.string("Params").unwrap_or("p");
    let region = params.required("Region", params.region()?)?;
    params.required("UnreadRequired", params.boolean("UnreadRequired"))?;
    let use_fips = params.use_fips;
    let foo_bar = params.string("fooBar").unwrap_or("1");
    let foo_bar2 = params.string("foo_bar").unwrap_or("2");
    let self_ = params.boolean("self");
    let r#type = params.boolean("type").unwrap_or(true);
    if use_fips == r#type {
        if let Some(self_) = self_ {
            if !self_ {
                return Ok(
                    Endpoint::at([
                        "https://",
                        params_,
                        ".",
                        foo_bar,
                        ".",
                        foo_bar2,
                        ".",
                        region,
                    ]),
                );
            }
        }
    }
    if let Some(names) = names {
        if let Some(r#match) = names.get(1).copied() {
            if let Some(it_) = others.first().copied() {
                return Ok(Endpoint::at(["https://", r#match, ".", it_]));
            }
        }
    }
    if let Some(account_id) = account_id {
        return Ok(Endpoint::at(["https://", account_id, ".{braces}"]));
    }
    endpoint::refuse(params, "quotes \" and \\ and */ and // and {}\nand lines")
}
