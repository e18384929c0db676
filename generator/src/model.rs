//! The serde mirror of botocore's `service-2.json` and `paginators-1.json`, and nothing else: every key that upstream
//! uses has its field here, and any other key is an error rather than silence.

mod json;
mod read;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

pub(crate) use json::parse;
pub(crate) use read::{read_paginators, read_service};

/// A `service-2.json`.
#[derive(Debug, Clone)]
pub(crate) struct ServiceModel {
    /// What describes the service as a whole.
    pub metadata: Metadata,
    /// The operations, by name.
    pub operations: BTreeMap<String, Operation>,
    /// The shapes, by name.
    pub shapes: BTreeMap<String, Shape>,
    /// Upstream's text on the service; only where a model was read with its documentation.
    pub documentation: Option<String>,
}

/// The object `metadata`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "the mirror accounts for every key; some carry no fact that the client needs")]
pub(crate) struct Metadata {
    pub api_version: String,
    pub endpoint_prefix: String,
    pub protocol: String,
    pub protocols: Option<Vec<String>>,
    pub service_full_name: String,
    pub service_id: String,
    pub signature_version: Option<String>,
    pub signing_name: Option<String>,
    pub uid: Option<String>,
    pub auth: Option<Vec<String>>,
    pub json_version: Option<String>,
    pub service_abbreviation: Option<String>,
    pub protocol_settings: Option<Value>,
    pub checksum_format: Option<String>,
    pub rip_service_name: Option<Value>,
    pub global_endpoint: Option<String>,
    pub target_prefix: Option<String>,
    pub xml_namespace: Option<Value>,
}

/// One entry of `operations`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Operation {
    pub name: String,
    pub http: Http,
    pub input: Option<ShapeRef>,
    pub output: Option<ShapeRef>,
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

/// A reference to a shape.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "location names of list members belong to the XML protocols")]
pub(crate) struct ShapeRef {
    pub shape: String,
    pub location_name: Option<String>,
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

/// A member whose value is given to the endpoint rule set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContextParam {
    pub name: String,
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

/// The object `error` of an exception.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ErrorTrait {
    pub http_status_code: Option<u16>,
    #[serde(default)]
    pub sender_fault: bool,
    pub code: Option<String>,
    #[serde(default)]
    pub fault: bool,
}

/// The Smithy trait `retryable`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retryable {
    #[serde(default)]
    pub throttling: bool,
}

/// The types of shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ShapeType {
    Structure,
    List,
    Map,
    String,
    Character,
    Boolean,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    BigDecimal,
    BigInteger,
    Timestamp,
    Blob,
}

/// One entry of `shapes`: the traits of every type of shape side by side, as upstream writes them.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "the mirror accounts for every key; some carry no fact that the client needs")]
pub(crate) struct Shape {
    #[serde(rename = "type")]
    pub kind: ShapeType,
    /// Filled from the raw members one by one, so that a fault names its member.
    #[serde(skip)]
    pub members: BTreeMap<String, Member>,
    #[serde(default)]
    pub required: Vec<String>,
    pub member: Option<ShapeRef>,
    pub key: Option<ShapeRef>,
    pub value: Option<ShapeRef>,
    #[serde(rename = "enum")]
    pub values: Option<Vec<String>>,
    pub min: Option<serde_json::Number>,
    pub max: Option<serde_json::Number>,
    pub pattern: Option<String>,
    #[serde(default)]
    pub sensitive: bool,
    #[serde(default, rename = "box")]
    pub boxed: bool,
    #[serde(default)]
    pub union: bool,
    #[serde(default)]
    pub exception: bool,
    pub error: Option<ErrorTrait>,
    #[serde(default)]
    pub fault: bool,
    pub retryable: Option<Retryable>,
    pub payload: Option<String>,
    #[serde(default)]
    pub document: bool,
    #[serde(default)]
    pub eventstream: bool,
    #[serde(default)]
    pub event: bool,
    #[serde(default)]
    pub sparse: bool,
    #[serde(default)]
    pub streaming: bool,
    #[serde(default)]
    pub requires_length: bool,
    pub timestamp_format: Option<String>,
    #[serde(default)]
    pub flattened: bool,
    #[serde(default)]
    pub synthetic: bool,
    #[serde(default)]
    pub jsonvalue: bool,
    pub location_name: Option<String>,
    #[serde(default)]
    pub deprecated: bool,
    pub deprecated_message: Option<String>,
    pub deprecated_since: Option<String>,
    pub documentation: Option<String>,
}

/// One member of a structure.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "the mirror accounts for every key; some carry no fact that the client needs")]
pub(crate) struct Member {
    pub shape: String,
    pub location: Option<String>,
    pub location_name: Option<String>,
    #[serde(default, rename = "box")]
    pub boxed: bool,
    #[serde(default)]
    pub idempotency_token: bool,
    #[serde(default)]
    pub jsonvalue: bool,
    #[serde(default)]
    pub streaming: bool,
    #[serde(default)]
    pub host_label: bool,
    #[serde(default)]
    pub eventpayload: bool,
    #[serde(default)]
    pub eventheader: bool,
    pub context_param: Option<ContextParam>,
    pub timestamp_format: Option<String>,
    #[serde(rename = "enum")]
    pub values: Option<Vec<String>>,
    #[serde(default)]
    pub flattened: bool,
    #[serde(default)]
    pub sensitive: bool,
    #[serde(default)]
    pub deprecated: bool,
    pub deprecated_message: Option<String>,
    pub deprecated_since: Option<String>,
    pub documentation: Option<String>,
}

/// The entries of `paginators-1.json`, by operation.
pub(crate) type Paginators = BTreeMap<String, Paginator>;

/// One entry of `pagination`. Tokens and results are JMESPath expressions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "botocore keeps non-aggregate keys of the first page; here every page is given whole")]
pub(crate) struct Paginator {
    pub input_token: OneOrMany,
    pub output_token: OneOrMany,
    pub result_key: Option<OneOrMany>,
    pub limit_key: Option<String>,
    pub more_results: Option<String>,
    pub non_aggregate_keys: Option<Vec<String>>,
    #[serde(default)]
    pub py_input_token: Option<OneOrMany>,
}

/// A key that upstream writes as one string or as a list of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    /// The first of them; several mean that paging needs all at once.
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}
