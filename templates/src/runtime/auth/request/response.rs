//! Responses of the services that provide credentials and tokens, and what they say of an error: in JSON, or STS's in XML.

use std::borrow::Cow;
use std::time::SystemTime;

use ::http::{HeaderMap, StatusCode};
use bytes::Bytes;
use serde_json::Value;

use super::xml;
use crate::runtime::base::json;
use crate::runtime::base::text::one_line;
use crate::runtime::error::response::date;

/// The most characters of a message that an error shows.
const LONGEST: usize = 300;

/// A whole response.
pub(in crate::runtime::auth) struct ServiceResponse {
    pub(in crate::runtime::auth) status: StatusCode,
    /// The service's time.
    pub(super) date: Option<SystemTime>,
    pub(in crate::runtime::auth) body: Bytes,
}

impl ServiceResponse {
    pub(super) fn new(status: StatusCode, headers: &HeaderMap, body: Bytes) -> Self {
        Self { status, date: date(headers), body }
    }

    /// The body as JSON. The error does not repeat it: it may hold a secret.
    pub(in crate::runtime::auth) fn json(&self) -> Result<Value, String> {
        json::from_slice(&self.body).map_err(|_| "the response is not JSON".to_owned())
    }

    /// The text of an element of the body, in XML as STS has it.
    pub(in crate::runtime::auth) fn element(&self, name: &str) -> Option<String> {
        xml::text(std::str::from_utf8(&self.body).ok()?, name)
    }

    /// The code of an error.
    pub(super) fn code(&self) -> Option<String> {
        self.said(&["Code", "code"])
    }

    /// An error in one line: the status, and the code and the message, where there are any.
    pub(in crate::runtime::auth) fn error_text(&self) -> String {
        let mut text = format!("status {}", self.status.as_u16());
        for part in [self.code(), self.said(&["Message", "message"])].iter().flatten() {
            text.push_str(": ");
            text.push_str(&one_line(part.trim()).at_most(LONGEST).to_string());
        }
        text
    }

    /// The first of these members or elements that the body has.
    fn said(&self, names: &[&str]) -> Option<String> {
        let object = self.json().ok();
        let of = |name: &&str| match &object {
            Some(object) => object.get(*name)?.as_str().map(Cow::Borrowed),
            None => self.element(name).map(Cow::Owned),
        };
        names.iter().find_map(of).map(Cow::into_owned)
    }
}

/// The JSON of a success.
///
/// # Errors
/// There is no whole response, or it is an error, or it is not JSON. `operation` begins the text of an error.
pub(in crate::runtime::auth) fn success(
    response: Result<ServiceResponse, String>,
    operation: &str,
) -> Result<Value, String> {
    let response = response?;
    match (response.status.is_success(), operation) {
        (true, _) => response.json(),
        (false, "") => Err(response.error_text()),
        (false, _) => Err(format!("{operation}: {}", response.error_text())),
    }
}
