//! What must hold of reading an answer, whatever its bytes. The fuzz target calls this, and an ordinary test does.

use std::fmt::Debug;
use std::sync::LazyLock;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use serde_json::{from_str, to_string};
use templates::runtime::__private::{
    self as runtime, Client, Config, ErrorBody, ErrorKind, OperationInfo, Output, Received, Structure,
};
use templates::runtime::protocol::exception::ErrorSummary;

use crate::shapes::Everything;
use crate::shapes::service::{
    Answered, BlobPayload, Demo, DocumentPayload, EnumerationPayload, JsonPayload, ListPayload, NotFound, Nothing,
    StreamPayload, TextPayload, UnionPayload,
};

/// An operation that answers with a member of every kind.
#[derive(Clone, Default, PartialEq)]
struct Ask {}

runtime::members! { Ask {} }

impl runtime::Operation for Ask {
    type Service = Demo;
    type Output = Everything;
    const INFO: OperationInfo = OperationInfo::new("Ask");
}

static CLIENTS: LazyLock<[Client<Demo>; 2]> =
    LazyLock::new(|| [false, true].map(|strict| Client::new(&Config::new().strict(strict))));

/// Takes the status in a line, headers in a line each, a blank line and the body; or only the body. Gives whether the shape
/// that has a member of every kind was read from it.
pub fn check(bytes: &[u8]) -> bool {
    let (status, headers, body) = parts(bytes);
    let answer = Received { status: status.as_u16(), headers: &headers, body };
    let found = reads::<Everything>(answer);
    reads::<Answered>(answer);
    reads::<JsonPayload>(answer);
    reads::<UnionPayload>(answer);
    reads::<ListPayload>(answer);
    reads::<DocumentPayload>(answer);
    reads::<BlobPayload>(answer);
    reads::<TextPayload>(answer);
    reads::<EnumerationPayload>(answer);
    reads::<Nothing>(answer);
    for strict in [false, true] {
        _ = answer.read::<StreamPayload>(strict);
        assert!(().read(answer, None, strict).is_ok(), "an answer of which nothing is read");
    }
    assert!(ErrorBody::new(answer).read::<NotFound>().is_some(), "there always is an exception");
    let summary = ErrorSummary::read(status, &headers, body);
    assert!(summary.code.is_none_or(|code| !code.is_empty()), "a code that says nothing");
    decodes(status, &headers, body);
    found
}

fn parts(bytes: &[u8]) -> (StatusCode, HeaderMap, &[u8]) {
    let mut headers = HeaderMap::new();
    let Some(end) = bytes.windows(2).position(|two| two == b"\n\n") else { return (StatusCode::OK, headers, bytes) };
    let mut lines = bytes[..end].split(|byte| *byte == b'\n');
    let status = lines.next().and_then(|line| StatusCode::from_bytes(line).ok()).unwrap_or(StatusCode::OK);
    for line in lines {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        let (name, value) = (HeaderName::from_bytes(&line[..colon]), line[colon + 1..].trim_ascii());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value)) {
            headers.append(name, value);
        }
    }
    (status, headers, &bytes[end + 2..])
}

/// What strict reading reads, tolerant reading reads the same; what was read is written and read back; gives whether it was.
fn reads<T: Structure + Debug + Serialize + DeserializeOwned>(answer: Received<'_>) -> bool {
    let (tolerant, strict) = (answer.read::<T>(false), answer.read::<T>(true));
    for error in [tolerant.as_ref().err(), strict.as_ref().err()].into_iter().flatten() {
        let said = error.to_string();
        assert!(said.starts_with('$') && said.len() < 10_000 && !said.contains(char::is_control), "{said:?}");
    }
    let Ok(value) = tolerant else {
        assert!(strict.is_err(), "only strict reading reads it");
        return false;
    };
    // Text is compared and not values: a number that is none is not equal to itself.
    let text = written(&value);
    if let Ok(strict) = strict {
        assert_eq!(written(&strict), text, "strict reading reads something else");
    }
    let back: T = from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(written(&back), text, "what was written is not read back");
    assert!(!format!("{value:?}").is_empty());
    true
}

fn written(value: &impl Serialize) -> String {
    to_string(value).expect("what was read can be written")
}

/// The whole way from an answer to an output or an error, as a call goes it.
fn decodes(status: StatusCode, headers: &HeaderMap, body: &[u8]) {
    for client in &*CLIENTS {
        let mut answer = Response::new(Bytes::copy_from_slice(body));
        *answer.status_mut() = status;
        *answer.headers_mut() = headers.clone();
        match client.decode::<Ask>(answer) {
            Ok(_) => assert!(status.is_success(), "{status} is no success"),
            Err(error) => {
                let kind = if status.is_success() { ErrorKind::Decode } else { ErrorKind::Service };
                assert_eq!((error.kind(), error.status()), (kind, Some(status.as_u16())));
                let said = error.to_string();
                assert!(said.len() < 20_000 && !said.contains(char::is_control), "{said:?}");
                assert!(said.starts_with("Ask: ") && !format!("{error:?}").is_empty());
                assert_eq!(error.exception().is_some(), error.code() == Some("NotFound"));
            }
        }
    }
}
