//! Binding: the parts of an HTTP request that an operation's input becomes in restJson1.
//!
//! Binding is one walk over the members. Each goes into the path, the query string, a header or the body (Smithy's HTTP binding traits).
//! Where Smithy leaves a choice, or services expect something else, binding does as botocore does.

use crate::runtime::protocol::operation::Operation;

mod binder;
mod bound;
mod empty;
mod error;
mod uri;
mod writer;

use binder::InputBinder;
pub use bound::BoundRequest;
pub use empty::EmptyText;
pub use error::{BuildError, Problem};

/// Binds an input.
///
/// # Errors
/// An input that cannot be sent: see [`Problem`].
#[inline]
pub fn bind<O: Operation>(input: &O, empty: EmptyText) -> Result<BoundRequest, BuildError> {
    if let EmptyText::Unset(inputs) = empty {
        return Err(BuildError::unset(O::INFO.name, O::SHAPE.members, inputs));
    }
    // Host labels are asked for member by member, in code that only the operations with a host prefix have to have.
    let mut bound = if const { O::INFO.host_prefix.is_some() } {
        let mut walk = InputBinder::<true>::new::<O>(empty);
        input.fields(&mut walk);
        walk.finish()
    } else {
        let mut walk = InputBinder::<false>::new::<O>(empty);
        input.fields(&mut walk);
        walk.finish()
    }?;
    bound.endpoint_params = input.endpoint_params();
    Ok(bound)
}
