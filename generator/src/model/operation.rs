//! One entry of `operations`, with the traits that stand at operations.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::ErrorTrait;

/// One entry of `operations`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Operation {
    pub name: String,
    pub http: Http,
    pub input: Option<End>,
    pub output: Option<End>,
    #[serde(default)]
    pub errors: Vec<ErrorRef>,
    #[serde(default)]
    pub idempotent: bool,
    #[serde(default)]
    pub readonly: bool,
    pub endpoint: Option<EndpointTrait>,
    #[serde(default)]
    pub static_context_params: BTreeMap<String, StaticContextParam>,
    pub authtype: Option<String>,
    pub auth: Option<Vec<String>>,
    #[serde(default)]
    pub unsigned_payload: bool,
    pub http_checksum: Option<HttpChecksum>,
    #[serde(default)]
    pub http_checksum_required: bool,
    pub requestcompression: Option<RequestCompression>,
    #[serde(default)]
    pub deprecated: bool,
    pub deprecated_message: Option<String>,
    pub deprecated_since: Option<String>,
    pub documentation: Option<String>,
}

/// The object `http` of an operation (Smithy trait `http`).
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "any 2xx status is a success, whichever one the model names")]
pub(crate) struct Http {
    pub method: String,
    pub request_uri: String,
    pub response_code: Option<u16>,
}

/// The reference of an operation to its input or its output.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "upstream's prose on the reference is not that on the shape")]
pub(crate) struct End {
    pub shape: String,
    pub documentation: Option<String>,
}

/// A reference to an exception; some models repeat the exception's traits in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "the traits are read from the shape itself")]
pub(crate) struct ErrorRef {
    pub shape: String,
    pub error: Option<ErrorTrait>,
    #[serde(default)]
    pub exception: bool,
    #[serde(default)]
    pub fault: bool,
    pub documentation: Option<String>,
}

/// What goes before the endpoint's host (Smithy trait `endpoint`).
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct EndpointTrait {
    pub host_prefix: String,
}

/// A constant that an operation gives to the endpoint rule set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StaticContextParam {
    pub value: Value,
}

/// Which checksum a request carries (Smithy trait `httpChecksum`).
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "response checksums are not verified")]
pub(crate) struct HttpChecksum {
    #[serde(default)]
    pub request_checksum_required: bool,
    pub request_algorithm_member: Option<String>,
    pub request_validation_mode_member: Option<String>,
    pub response_algorithms: Option<Vec<String>>,
}

/// How a request body may be compressed (Smithy trait `requestCompression`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestCompression {
    pub encodings: Vec<String>,
}

impl Operation {
    /// The input and the output, where there are any: the key of each, and its shape.
    pub fn ends(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let ends = [("input", &self.input), ("output", &self.output)];
        ends.into_iter().filter_map(|(key, end)| Some((key, end.as_ref()?.shape.as_str())))
    }
}
