//! One entry of `operations`, with the traits that stand at operations.

use std::collections::BTreeMap;

use super::reasons::PROSE;
use super::shape::ErrorTrait;
use crate::json::{Json, Node, Reader};

/// One entry of `operations`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Operation {
    pub name: String,
    pub http: Http,
    pub input: Option<ShapeLink>,
    pub output: Option<ShapeLink>,
    pub errors: Vec<ErrorRef>,
    pub idempotent: bool,
    pub readonly: bool,
    pub endpoint: Option<EndpointTrait>,
    pub static_context_params: BTreeMap<String, StaticContextParam>,
    pub authtype: Option<String>,
    pub auth: Option<Vec<String>>,
    pub unsigned_payload: bool,
    pub http_checksum: Option<HttpChecksum>,
    pub http_checksum_required: bool,
    pub requestcompression: Option<RequestCompression>,
    pub deprecated: bool,
    pub deprecated_message: Option<String>,
    pub deprecated_since: Option<String>,
    pub documentation: Option<String>,
    /// The additions of overrides to the requests, which no model can express.
    pub additions: Additions,
}

impl Operation {
    /// The input and the output, where there are any: the key of each, and its shape.
    pub fn ends(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let ends = [("input", &self.input), ("output", &self.output)];
        ends.into_iter().filter_map(|(key, end)| Some((key, end.as_ref()?.shape.as_str())))
    }

    /// The shapes of its input, its output and its errors.
    pub fn shapes(&self) -> impl Iterator<Item = &str> {
        self.ends().map(|(_, shape)| shape).chain(self.errors.iter().map(|error| error.shape.as_str()))
    }

    pub(super) fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| Self {
            name: fields.text("name"),
            http: fields.required("http", Http::read),
            input: fields.optional("input", ShapeLink::read),
            output: fields.optional("output", ShapeLink::read),
            errors: fields.list("errors", ErrorRef::read),
            idempotent: fields.flag("idempotent"),
            readonly: fields.flag("readonly"),
            endpoint: fields.optional("endpoint", EndpointTrait::read),
            static_context_params: fields.map("staticContextParams", StaticContextParam::read),
            authtype: fields.optional_text("authtype"),
            auth: fields.optional_texts("auth"),
            unsigned_payload: fields.flag("unsignedPayload"),
            http_checksum: fields.optional("httpChecksum", HttpChecksum::read),
            http_checksum_required: fields.flag("httpChecksumRequired"),
            requestcompression: fields.optional("requestcompression", RequestCompression::read),
            deprecated: fields.flag("deprecated"),
            deprecated_message: fields.optional_text("deprecatedMessage"),
            deprecated_since: fields.optional_text("deprecatedSince"),
            documentation: fields.optional_text("documentation"),
            additions: Additions::default(),
        })
    }
}

/// The additions to the requests of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Additions {
    /// Headers that every request carries unless the input gives them, with their values.
    pub headers: Vec<(String, String)>,
    /// Whether the request carries the SHA-256 of its body and of the tree of its parts.
    pub tree_hash: bool,
    /// Whether the query is sent as the form of a `POST` instead of the modelled `GET`.
    pub form: bool,
}

/// The object `http` of an operation (Smithy trait `http`).
#[derive(Debug, Clone, Default)]
pub(crate) struct Http {
    pub method: String,
    pub request_uri: String,
    /// The status of a success as a server writes it. A client takes any 2xx status for one.
    pub response_code: Option<u16>,
}

impl Http {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| Self {
            method: fields.text("method"),
            request_uri: fields.text("requestUri"),
            response_code: fields.optional("responseCode", Reader::status),
        })
    }
}

/// The reference of an operation to its input or its output.
#[derive(Debug, Clone, Default)]
pub(crate) struct ShapeLink {
    pub shape: String,
}

impl ShapeLink {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            fields.unused("documentation", Reader::text, PROSE);
            Self { shape: fields.text("shape") }
        })
    }
}

/// A reference to an exception.
#[derive(Debug, Clone, Default)]
pub(crate) struct ErrorRef {
    pub shape: String,
}

impl ErrorRef {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        const SHAPE: &str = "some models repeat the traits of the exception's shape, where they are read";
        reader.fields(node, |fields| {
            fields.unused("error", ErrorTrait::read, SHAPE);
            fields.unused("exception", Reader::boolean, SHAPE);
            fields.unused("fault", Reader::boolean, SHAPE);
            fields.unused("documentation", Reader::text, PROSE);
            Self { shape: fields.text("shape") }
        })
    }
}

/// The prefix of the endpoint's host (Smithy trait `endpoint`).
#[derive(Debug, Clone, Default)]
pub(crate) struct EndpointTrait {
    pub host_prefix: String,
}

impl EndpointTrait {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| Self { host_prefix: fields.text("hostPrefix") })
    }
}

/// A constant that an operation gives to the endpoint rule set.
#[derive(Debug, Clone, Default)]
pub(crate) struct StaticContextParam {
    pub value: Json,
}

impl StaticContextParam {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| Self { value: fields.required("value", |_, node| node.value.clone()) })
    }
}

/// The checksum of a request (Smithy trait `httpChecksum`).
#[derive(Debug, Clone, Default)]
pub(crate) struct HttpChecksum {
    pub request_checksum_required: bool,
    pub request_algorithm_member: Option<String>,
    pub request_validation_mode_member: Option<String>,
}

impl HttpChecksum {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            fields.unused("responseAlgorithms", Reader::texts, "checksums of responses are not verified");
            Self {
                request_checksum_required: fields.flag("requestChecksumRequired"),
                request_algorithm_member: fields.optional_text("requestAlgorithmMember"),
                request_validation_mode_member: fields.optional_text("requestValidationModeMember"),
            }
        })
    }
}

/// The compression of a request body (Smithy trait `requestCompression`).
#[derive(Debug, Clone, Default)]
pub(crate) struct RequestCompression {
    pub encodings: Vec<String>,
}

impl RequestCompression {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| Self { encodings: fields.required("encodings", Reader::texts) })
    }
}
