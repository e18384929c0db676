//! Takes what went wrong in a call; gives one error type that says operation, status, code, message and request id.

/// The body of an error answer, from which an exception's members are read.
#[derive(Debug, Clone, Copy)]
pub struct ErrorBody<'a> {
    pub(super) body: &'a [u8],
}
