//! Asks rule sets compiled by the generator (`generator/tests/endpoint/…/endpoint.rs`) the questions in the `cases.json`
//! beside each, which have the form of Smithy's `endpointTests`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use templates::runtime::endpoint::{Endpoint, EndpointError, Param, Params, Scheme};

pub(crate) mod partitions {
    include!("../../../generator/tests/endpoint/partitions/partitions.rs");
}

/// A test over the rule set and the cases of a folder.
macro_rules! rules {
    ($($name:ident: $folder:literal,)*) => {
        $(mod $name {
            include!(concat!("../../../generator/tests/endpoint/", $folder, "/endpoint.rs"));

            #[test]
            fn cases() {
                let cases = include_str!(concat!("../../../generator/tests/endpoint/", $folder, "/cases.json"));
                super::check(resolve, cases);
            }
        })*
    };
}

rules! {
    functions: "functions",
    arn: "arn",
    parameters: "parameters",
    folding: "folding",
    choices: "choices",
    standard: "standard",
}

fn check(resolve: fn(&Params<'_>) -> Result<Endpoint, EndpointError>, cases: &str) {
    let cases: Vec<Value> = serde_json::from_str(cases).expect("a list of cases");
    assert!(!cases.is_empty());
    for case in cases {
        let given = case["params"].as_object().expect("params");
        assert_eq!(ask(resolve, given), case["expect"], "{given:?}");
    }
}

fn ask(resolve: fn(&Params<'_>) -> Result<Endpoint, EndpointError>, given: &Map<String, Value>) -> Value {
    let lists: BTreeMap<&str, Vec<&str>> = given
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.as_array()?.iter().filter_map(Value::as_str).collect())))
        .collect();
    let mut params = Params::default();
    let mut others = Vec::new();
    for (name, value) in given {
        match (name.as_str(), value) {
            ("Region", value) => params.region = value.as_str(),
            ("Endpoint", value) => params.endpoint = value.as_str(),
            ("UseFIPS", value) => params.use_fips = value == true,
            ("UseDualStack", value) => params.use_dual_stack = value == true,
            (name, Value::String(text)) => others.push((name, Param::String(text))),
            (name, Value::Bool(value)) => others.push((name, Param::Boolean(*value))),
            (name, _) => others.push((name, Param::Strings(&lists[name]))),
        }
    }
    params.others = &others;
    match resolve(&params) {
        Ok(endpoint) => json!({"endpoint": describe(&endpoint)}),
        Err(error) => json!({"error": error.message}),
    }
}

fn describe(endpoint: &Endpoint) -> Value {
    let mut described = json!({"url": endpoint.url});
    let mut headers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in &endpoint.headers {
        headers.entry(name).or_default().push(value);
    }
    if !headers.is_empty() {
        described["headers"] = json!(headers);
    }
    let schemes = endpoint.auth_schemes.iter().map(|scheme| {
        let mut described = json!({"name": if scheme.scheme == Scheme::SigV4 { "sigv4" } else { "sigv4a" }});
        if let Some(name) = scheme.signing_name {
            described["signingName"] = json!(name);
        }
        if let Some(region) = &scheme.signing_region {
            described["signingRegion"] = json!(region);
        }
        if !scheme.signing_region_set.is_empty() {
            described["signingRegionSet"] = json!(scheme.signing_region_set);
        }
        if scheme.disable_double_encoding {
            described["disableDoubleEncoding"] = json!(true);
        }
        described
    });
    let schemes: Vec<Value> = schemes.collect();
    if !schemes.is_empty() {
        described["properties"] = json!({"authSchemes": schemes});
    }
    described
}
