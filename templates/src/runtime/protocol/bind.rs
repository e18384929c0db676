//! Takes an operation's input; gives what of it goes where in the HTTP request, as restJson1 binds it.
//!
//! It is one walk over the members: each goes into the path, the query string, a header or the body (Smithy's HTTP binding
//! traits). Where Smithy leaves a choice, or services came to expect something else, this does as botocore does.

use ::http::HeaderMap;
use bytes::Bytes;

use crate::runtime::endpoint::EndpointParam;
use crate::runtime::http::byte_stream::ByteStream;
use crate::runtime::protocol::operation::Operation;

mod error;
mod uri;
mod walk;
mod wire;

pub use error::{BuildError, Problem};
use walk::Walk;

/// The parts of an HTTP request that an input decides.
#[derive(Debug, Clone)]
pub struct Bound {
    /// The path and the query string, encoded.
    pub path_and_query: String,
    /// The headers, `content-type` among them where there is a body that has one.
    pub headers: HeaderMap,
    /// The body; empty where none is sent, and where there is a stream.
    pub body: Bytes,
    /// The body that is not held in memory, and can be sent once.
    pub stream: Option<ByteStream>,
    /// What goes before the endpoint's host (Smithy trait `endpoint`).
    pub host_prefix: Option<String>,
    /// What the operation says to the endpoint rule set.
    pub endpoint_params: Vec<EndpointParam>,
}

/// Binds an input.
///
/// # Errors
/// An input that cannot be sent: see [`Problem`].
#[inline]
pub fn bind<O: Operation>(input: &O) -> Result<Bound, BuildError> {
    // Host labels are asked for member by member, in code that only the operations with a host prefix have to have.
    let mut bound = if const { O::INFO.host_prefix.is_some() } {
        let mut walk = Walk::<true>::new::<O>();
        input.fields(&mut walk);
        walk.finish()
    } else {
        let mut walk = Walk::<false>::new::<O>();
        input.fields(&mut walk);
        walk.finish()
    }?;
    bound.endpoint_params = input.endpoint_params();
    Ok(bound)
}
