//! Interceptors by the trait of the AWS SDK for Rust.

use std::error::Error as StdError;
use std::fmt;

use ::http::{HeaderMap, Method, Uri};

use crate::runtime::base::threads::{MaybeSend, MaybeSync};
use crate::runtime::config::intercept::{self, BeforeSigning, HeadersMut, InterceptError};

/// Why an interceptor fails the call.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Components of a call. There are none to see.
#[derive(Debug)]
#[non_exhaustive]
pub struct RuntimeComponents {}

/// Settings of a call. There are none to see.
#[derive(Debug)]
#[non_exhaustive]
pub struct ConfigBag {}

/// Code that takes part in the calls of a client. [`intercept::Intercept`] has more hooks and needs fewer parameters.
pub trait Intercept: fmt::Debug + MaybeSend + MaybeSync {
    /// What errors call the interceptor.
    fn name(&self) -> &'static str;

    /// Called before each attempt is signed. Headers that are set here are signed and sent.
    ///
    /// # Errors
    /// The call ends, and this attempt is not sent.
    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let _ = (context, components, config);
        Ok(())
    }
}

/// A request that is about to be signed.
#[derive(Debug)]
pub struct BeforeTransmitInterceptorContextMut<'a> {
    request: Request<'a>,
}

impl<'a> BeforeTransmitInterceptorContextMut<'a> {
    /// The request.
    #[must_use]
    pub fn request(&self) -> &Request<'a> {
        &self.request
    }

    /// The request, to be changed.
    pub fn request_mut(&mut self) -> &mut Request<'a> {
        &mut self.request
    }
}

/// Method, URI and headers of a request.
pub struct Request<'a> {
    method: &'a Method,
    uri: &'a Uri,
    headers: HeadersMut<'a>,
}

impl<'a> Request<'a> {
    /// The method.
    #[must_use]
    pub fn method(&self) -> &str {
        self.method.as_str()
    }

    /// Where the request goes.
    #[must_use]
    pub fn uri(&self) -> String {
        self.uri.to_string()
    }

    /// The headers so far; those of the signature are still to come.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.headers.map()
    }

    /// The headers, to be changed.
    pub fn headers_mut(&mut self) -> &mut HeadersMut<'a> {
        &mut self.headers
    }
}

impl fmt::Debug for Request<'_> {
    /// Shows the method and the names of headers. Values and the URI may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", self.method).field("headers", &self.headers).finish_non_exhaustive()
    }
}

/// An interceptor of the SDK's form as one of this crate's.
#[derive(Debug)]
pub(super) struct Adapter<I>(pub I);

impl<I: Intercept> intercept::Intercept for Adapter<I> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn modify_before_signing(&self, request: &mut BeforeSigning<'_>) -> Result<(), InterceptError> {
        let (method, uri) = (request.method, request.uri);
        let request = Request { method, uri, headers: request.headers_mut() };
        let mut context = BeforeTransmitInterceptorContextMut { request };
        self.0.modify_before_signing(&mut context, &RuntimeComponents {}, &mut ConfigBag {})
    }
}
