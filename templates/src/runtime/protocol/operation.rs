//! Traits of operations and services, which calls are generic over, and the facts of the model behind them as constants.

use serde_core::Serializer;
use serde_core::ser::SerializeMap;

use crate::runtime::base::threads::MaybeSend;
use crate::runtime::http::byte_stream::ByteStream;
use crate::runtime::protocol::received::{DecodeError, Received};
use crate::runtime::shape::context::Reader;
use crate::runtime::shape::member::Payload;
use crate::runtime::shape::traits::{Structure, Write, WriteContext};

/// One operation of a service, implemented by its request.
pub trait Operation: Structure {
    /// The service the operation belongs to.
    type Service: Service;

    /// The response; `()` where the model has none.
    type Output: Output;

    /// The model's facts about the operation.
    const INFO: OperationInfo;

    /// The member that carries the idempotency token, where there is one (Smithy trait `idempotencyToken`). A call that
    /// leaves it out gets a random one, the same for all its attempts.
    #[doc(hidden)]
    fn idempotency_token(&mut self) -> Option<&mut Option<String>> {
        None
    }

    /// The parameters that the operation and its members set for the endpoint rule set (Smithy traits `staticContextParams` and
    /// `contextParam`).
    #[doc(hidden)]
    #[inline]
    fn endpoint_params(&self) -> Vec<crate::runtime::endpoint::EndpointParam> {
        Vec::new()
    }
}

/// The output of a successful call. The documentation has it for no structure, because all of them implement it.
#[doc(hidden)]
pub trait Output: Default + MaybeSend + 'static {
    /// Whether the body of the answer is left to be read later (Smithy trait `streaming`).
    const STREAMED: bool = false;

    /// Reads the answer into an output that is empty yet. In strict reading, what tolerant reading would put right is an
    /// error. `stream` is the body of an answer that is streamed, which is then not in the answer.
    ///
    /// # Errors
    /// An answer that cannot be read.
    fn read(&mut self, answer: Received<'_>, stream: Option<ByteStream>, strict: bool) -> Result<(), DecodeError>;

    /// Writes it by the model's member names.
    ///
    /// # Errors
    /// Those of the serializer.
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error>;
}

impl Output for () {
    #[inline]
    fn read(&mut self, _answer: Received<'_>, _stream: Option<ByteStream>, _strict: bool) -> Result<(), DecodeError> {
        Ok(())
    }

    #[inline]
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_map(Some(0))?.end()
    }
}

impl<T: Structure> Output for T {
    const STREAMED: bool = matches!(T::PAYLOAD, Payload::Stream);

    #[inline]
    fn read(&mut self, answer: Received<'_>, stream: Option<ByteStream>, strict: bool) -> Result<(), DecodeError> {
        let reader = Reader::new(strict).bounded(answer.body.len());
        answer.read_into(self, if Self::STREAMED { reader.streaming(stream) } else { reader })
    }

    #[inline]
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Write::write(self, to, WriteContext::MEMBERS)
    }
}

/// Whether a call may be repeated after a failure that leaves open whether the service acted on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// A read: `GET`, `HEAD`, or the Smithy trait `readonly`.
    Safe,
    /// Repeating changes nothing (Smithy trait `idempotent`).
    Idempotent,
    /// The request carries an idempotency token.
    Token,
    /// Repeating acts twice.
    Never,
}

/// The model's facts about an operation.
#[derive(Debug, Clone, Copy)]
pub struct OperationInfo {
    /// The operation's name.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The URI template, with its labels in braces and its constant query string.
    pub uri: &'static str,
    /// The name of the input shape.
    pub input: Option<&'static str>,
    /// The name of the output shape.
    pub output: Option<&'static str>,
    /// The names of the modelled errors.
    pub errors: &'static [&'static str],
    /// Whether the operation answers in pages.
    pub paginated: bool,
    /// Whether an ambiguous failure may be repeated.
    pub repeat: Repeat,
    /// The authentication scheme of the request.
    pub auth: Auth,
    /// The prefix of the endpoint's host, with labels in braces (Smithy trait `endpoint`).
    pub host_prefix: Option<&'static str>,
    /// Whether the request must carry a checksum of its body (Smithy trait `httpChecksumRequired`).
    pub checksum: Option<Checksum>,
    /// Whether the body may be sent compressed with gzip (Smithy trait `requestCompression`).
    pub compressed: bool,
    /// Headers that every request carries, unless the input gives them: name, in lower case, and value. No model says them;
    /// the generator knows them of the service.
    pub headers: &'static [(&'static str, &'static str)],
    /// Whether the query of a `GET` is sent as the form of a `POST`, which may be longer. No model says it.
    pub form: bool,
}

/// An authentication scheme (Smithy trait `auth`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// AWS Signature Version 4.
    SigV4,
    /// AWS Signature Version 4 without a hash of the body.
    SigV4UnsignedPayload,
    /// Not at all.
    None,
    /// An `Authorization: Bearer` header.
    Bearer,
}

/// The checksum a request must carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checksum {
    /// `x-amz-checksum-crc32`, unless the request carries another.
    Required,
    /// That of the algorithm which the named member chooses.
    Chosen(&'static str),
    /// The SHA-256 of the body, and that of the tree of its parts of 1 MiB, which Glacier asks for.
    TreeHash,
}

impl OperationInfo {
    /// An operation that has none of the optional traits.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            method: "POST",
            uri: "/",
            input: None,
            output: None,
            errors: &[],
            paginated: false,
            repeat: Repeat::Never,
            auth: Auth::SigV4,
            host_prefix: None,
            checksum: None,
            compressed: false,
            headers: &[],
            form: false,
        }
    }

    /// Sets the HTTP method and the URI template.
    #[must_use]
    pub const fn http(mut self, method: &'static str, uri: &'static str) -> Self {
        self.method = method;
        self.uri = uri;
        self
    }

    /// Names the input shape.
    #[must_use]
    pub const fn input(mut self, shape: &'static str) -> Self {
        self.input = Some(shape);
        self
    }

    /// Names the output shape.
    #[must_use]
    pub const fn output(mut self, shape: &'static str) -> Self {
        self.output = Some(shape);
        self
    }

    /// Names the modelled errors.
    #[must_use]
    pub const fn errors(mut self, shapes: &'static [&'static str]) -> Self {
        self.errors = shapes;
        self
    }

    /// Says that the operation answers in pages.
    #[must_use]
    pub const fn paginated(mut self) -> Self {
        self.paginated = true;
        self
    }

    /// Says when an ambiguous failure may be repeated.
    #[must_use]
    pub const fn repeat(mut self, repeat: Repeat) -> Self {
        self.repeat = repeat;
        self
    }

    /// Says that the operation only reads.
    #[must_use]
    pub const fn safe(self) -> Self {
        self.repeat(Repeat::Safe)
    }

    /// Says that repeating a call changes nothing.
    #[must_use]
    pub const fn idempotent(self) -> Self {
        self.repeat(Repeat::Idempotent)
    }

    /// Says that the request carries an idempotency token.
    #[must_use]
    pub const fn with_token(self) -> Self {
        self.repeat(Repeat::Token)
    }

    /// Says that requests are not signed.
    #[must_use]
    pub const fn unsigned(self) -> Self {
        self.auth(Auth::None)
    }

    /// Says that requests are signed without a hash of the body.
    #[must_use]
    pub const fn unsigned_payload(self) -> Self {
        self.auth(Auth::SigV4UnsignedPayload)
    }

    /// Says that requests carry a bearer token.
    #[must_use]
    pub const fn bearer(self) -> Self {
        self.auth(Auth::Bearer)
    }

    /// Says that requests carry a checksum of some algorithm.
    #[must_use]
    pub const fn checksum_required(self) -> Self {
        self.checksum(Checksum::Required)
    }

    /// Says that requests carry the checksum of the algorithm that a member names.
    #[must_use]
    pub const fn checksum_of(self, member: &'static str) -> Self {
        self.checksum(Checksum::Chosen(member))
    }

    /// Says that requests carry the hashes that Glacier asks for.
    #[must_use]
    pub const fn tree_hash(self) -> Self {
        self.checksum(Checksum::TreeHash)
    }

    /// Says that the model has no input shape.
    #[must_use]
    pub const fn no_input(mut self) -> Self {
        self.input = None;
        self
    }

    /// Says how the request is signed, where that is not [`Auth::SigV4`].
    #[must_use]
    pub const fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// Sets what goes before the endpoint's host.
    #[must_use]
    pub const fn host_prefix(mut self, prefix: &'static str) -> Self {
        self.host_prefix = Some(prefix);
        self
    }

    /// Says which checksum the request must carry.
    #[must_use]
    pub const fn checksum(mut self, checksum: Checksum) -> Self {
        self.checksum = Some(checksum);
        self
    }

    /// Says that the body may be compressed.
    #[must_use]
    pub const fn compressed(mut self) -> Self {
        self.compressed = true;
        self
    }

    /// Sets the headers that every request carries.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// Says that the query is sent as a form.
    #[must_use]
    pub const fn form(mut self) -> Self {
        self.form = true;
        self
    }
}

/// A service, implemented by an emitted marker type.
pub trait Service: Send + Sync + 'static {
    /// The exceptions that the service's model names.
    type Exception: Exception;

    /// The model's facts about the service.
    const INFO: ServiceInfo;
}

/// The model's facts about a service.
#[derive(Debug, Clone, Copy)]
pub struct ServiceInfo {
    /// The service id, as in `AWS_ENDPOINT_URL_<ID>` and in the user agent.
    pub id: &'static str,
    /// The version of the API.
    pub api_version: &'static str,
    /// The name that requests are signed for.
    pub signing_name: &'static str,
    /// The first label of the default host name.
    pub endpoint_prefix: &'static str,
    /// The compiled endpoint rule set.
    pub endpoint: fn(
        &crate::runtime::endpoint::Params<'_>,
    ) -> Result<crate::runtime::endpoint::Endpoint, crate::runtime::endpoint::EndpointError>,
    /// The facts of the model, for [`testing::ServiceModel`](crate::runtime::testing::ServiceModel).
    #[cfg(any(feature = "mock", feature = "stand_in"))]
    pub model: &'static str,
    /// The resources of the service for a stand-in; empty for a service that has none.
    #[cfg(feature = "stand_in")]
    pub resources: &'static str,
}

/// The exception map of a service: error code to typed exception.
pub trait Exception: Sized + std::fmt::Debug + Send + Sync + 'static {
    /// Reads the exception that a code names; `None` where the model does not know the code.
    fn read(code: &str, from: crate::runtime::protocol::exception::ErrorBody<'_>) -> Option<Self>;

    /// Whether the model marks the exception as one to retry (Smithy trait `retryable`), and then whether as throttling.
    #[inline]
    fn retryable(code: &str) -> Option<bool> {
        let _ = code;
        None
    }

    /// Writes it by the model's member names.
    ///
    /// # Errors
    /// Those of the serializer.
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error>;
}

/// A visitor of an operation that is selected by name.
pub trait Visitor<S: Service> {
    /// The result of the visit.
    type Output;

    /// Visits the operation, as its request type.
    fn visit<R: Operation<Service = S>>(self) -> Self::Output;
}
