//! The object `metadata`: what describes the service as a whole.

use crate::json::{Node, Reader};

/// The object `metadata`.
#[derive(Debug, Clone, Default)]
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
}

impl Metadata {
    pub(super) fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            fields.unused("jsonVersion", Reader::text, "it is of the JSON RPC protocols");
            fields.unused("targetPrefix", Reader::text, "it is of the JSON RPC protocols");
            fields.unused("xmlNamespace", |_, _| (), "it is of the XML protocols");
            fields.unused("serviceAbbreviation", Reader::text, "the id and the full name are used");
            fields.unused(
                "protocolSettings",
                |_, _| (),
                "it offers HTTP/2, which only a request that is a stream of events needs",
            );
            fields.unused("checksumFormat", Reader::text, "operations say which checksum they carry");
            fields.unused("ripServiceName", |_, _| (), "it is a name of AWS's own tools");
            fields.unused("globalEndpoint", Reader::text, "the endpoint rules say it");
            Self {
                api_version: fields.text("apiVersion"),
                endpoint_prefix: fields.text("endpointPrefix"),
                protocol: fields.text("protocol"),
                protocols: fields.optional_texts("protocols"),
                service_full_name: fields.text("serviceFullName"),
                service_id: fields.text("serviceId"),
                signature_version: fields.optional_text("signatureVersion"),
                signing_name: fields.optional_text("signingName"),
                uid: fields.optional_text("uid"),
                auth: fields.optional_texts("auth"),
            }
        })
    }
}
