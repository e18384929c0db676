//! The object `metadata`: what describes the service as a whole.

use serde::Deserialize;
use serde_json::Value;

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
