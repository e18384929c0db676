//! Faults: what a mocked call gets instead of an output.

use ::http::Response;
use bytes::Bytes;
use serde_json::{Map, Value};

use super::typed::json_of;
use crate::runtime::shape::traits::{Structure, Write, WriteContext};

/// The failure that a call gets instead of an output: an exception, any response, or no response at all.
///
/// An exception is its typed structure, or a code and a message:
/// `Err(Fault::from(("ThrottlingException", "slow down")))`.
#[derive(Debug)]
pub struct Fault(pub(super) Kind);

#[derive(Debug)]
pub(super) enum Kind {
    /// An exception: its code, its message and its other members.
    Exception(String, String, Map<String, Value>),
    Response(Box<Response<Bytes>>),
    Refused,
    Broken,
    Silent,
    /// A fault that cannot be written.
    Invalid(String),
}

impl Fault {
    /// An error code with its message. The HTTP status is the one that the model has for the code, else 400.
    #[must_use]
    pub fn code(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self(Kind::Exception(code.into(), message.into(), Map::new()))
    }

    /// A response as it is: status, headers and bytes.
    #[must_use]
    pub fn response(response: Response<impl Into<Bytes>>) -> Self {
        Self(Kind::Response(Box::new(response.map(Into::into))))
    }

    /// A connection that is refused: the service does not see the request.
    #[must_use]
    pub fn refused() -> Self {
        Self(Kind::Refused)
    }

    /// A connection that breaks after the request was sent: the client cannot know whether the service acted.
    #[must_use]
    pub fn broken() -> Self {
        Self(Kind::Broken)
    }

    /// A response that never comes: the client's timeout ends the attempt.
    #[must_use]
    pub fn silent() -> Self {
        Self(Kind::Silent)
    }

    pub(super) fn copy(&self) -> Self {
        Self(match &self.0 {
            Kind::Exception(code, message, members) => Kind::Exception(code.clone(), message.clone(), members.clone()),
            Kind::Response(response) => {
                let mut copy = Response::new(response.body().clone());
                *copy.status_mut() = response.status();
                *copy.headers_mut() = response.headers().clone();
                Kind::Response(Box::new(copy))
            }
            Kind::Refused => Kind::Refused,
            Kind::Broken => Kind::Broken,
            Kind::Silent => Kind::Silent,
            Kind::Invalid(why) => Kind::Invalid(why.clone()),
        })
    }
}

/// An exception of the model, as its structure.
impl<E: Structure> From<E> for Fault {
    fn from(exception: E) -> Self {
        let name = E::SHAPE.name;
        match json_of(|to| exception.write(to, WriteContext::MEMBERS)) {
            Ok(Value::Object(mut members)) => {
                let key = members.keys().find(|name| name.eq_ignore_ascii_case("message")).cloned();
                let message = key.and_then(|key| members.remove(&key));
                let message = message.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
                Self(Kind::Exception(name.to_owned(), message, members))
            }
            Ok(_) => Self(Kind::Invalid(format!("{name} is not a structure"))),
            Err(why) => Self(Kind::Invalid(format!("{name} cannot be written: {why}"))),
        }
    }
}

/// A code and a message.
impl From<(&str, &str)> for Fault {
    fn from((code, message): (&str, &str)) -> Self {
        Self::code(code, message)
    }
}
