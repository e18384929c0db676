//! The service's facts about an error, by the names that programs for AWS's own clients use.

use crate::runtime::error::failure::Error;

/// Code, message and request id of an error.
#[derive(Debug, Clone, Copy)]
pub struct ErrorMetadata<'e> {
    code: Option<&'e str>,
    message: Option<&'e str>,
    request_id: Option<&'e str>,
}

impl<'e> ErrorMetadata<'e> {
    /// What an exception says that is no longer in the error of its call.
    #[cfg(feature = "sdk_compat")]
    pub(crate) fn of_exception(code: &'e str, message: Option<&'e str>) -> Self {
        Self { code: Some(code), message, request_id: None }
    }

    /// The service's error code, such as `ResourceNotFoundException`.
    #[must_use]
    pub fn code(&self) -> Option<&'e str> {
        self.code
    }

    /// The service's message, or what this client says went wrong.
    #[must_use]
    pub fn message(&self) -> Option<&'e str> {
        self.message
    }

    /// The id that AWS support finds the request by.
    #[must_use]
    pub fn request_id(&self) -> Option<&'e str> {
        self.request_id
    }
}

/// Code and message of an error, for functions that are generic over errors. [`Error`] has methods of these names as well.
pub trait ProvideErrorMetadata {
    /// Code, message and request id.
    fn meta(&self) -> ErrorMetadata<'_>;

    /// The service's error code.
    fn code(&self) -> Option<&str> {
        self.meta().code()
    }

    /// The service's message, or what this client says went wrong.
    fn message(&self) -> Option<&str> {
        self.meta().message()
    }
}

impl<E> ProvideErrorMetadata for Error<E> {
    fn meta(&self) -> ErrorMetadata<'_> {
        self.meta()
    }
}

impl<E> Error<E> {
    /// Code, message and request id.
    #[must_use]
    pub fn meta(&self) -> ErrorMetadata<'_> {
        ErrorMetadata { code: self.code(), message: self.message(), request_id: self.request_id() }
    }

    /// The typed exception, where the service responded with one that its model names: [`exception`](Self::exception) by the
    /// name that programs for AWS's own clients use.
    #[must_use]
    pub fn as_service_error(&self) -> Option<&E> {
        self.exception()
    }
}
