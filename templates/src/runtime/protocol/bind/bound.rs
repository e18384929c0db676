//! A bound input: the parts of an HTTP request that it decides.

use ::http::HeaderMap;
use bytes::Bytes;

use crate::runtime::endpoint::EndpointParam;
use crate::runtime::http::ByteStream;

/// The parts of an HTTP request that an input decides.
#[derive(Debug, Clone)]
pub struct BoundRequest {
    /// The path and the query string, encoded.
    pub path_and_query: String,
    /// The headers, `content-type` among them where there is a body that has one.
    pub headers: HeaderMap,
    /// The body; empty where none is sent, and where there is a stream.
    pub body: Bytes,
    /// The body that is not held in memory, and can be sent once.
    pub stream: Option<ByteStream>,
    /// The prefix of the endpoint's host (Smithy trait `endpoint`).
    pub host_prefix: Option<String>,
    /// The operation's parameters for the endpoint rule set.
    pub endpoint_params: Vec<EndpointParam>,
}
