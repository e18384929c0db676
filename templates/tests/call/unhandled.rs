//! Errors without an exception in the form of the AWS SDK for Rust: an error comes out as it went in.

use std::error::Error as _;

use templates::runtime::__private::Unhandled;
use templates::runtime::{Error as CallError, ErrorKind};

use crate::support::client;
use crate::support::script::{Script, Step, refusal};
use crate::support::service::{Error, get};

/// The error of a call whose attempts all end in the same way.
async fn error_of(step: Step) -> Error {
    client(Script::new([step])).send(get()).await.unwrap_err()
}

/// Everything that an error says of its call.
fn facts<E>(error: &CallError<E>) -> impl PartialEq + std::fmt::Debug + use<E> {
    (
        (error.kind(), error.operation(), error.status(), error.attempts()),
        (error.code().map(str::to_owned), error.message().map(str::to_owned), error.request_id().map(str::to_owned)),
        (error.is_retryable(), error.is_throttling(), error.is_timeout()),
    )
}

#[tokio::test(start_paused = true)]
async fn an_error_alone_comes_back_as_it_was() {
    let error = error_of(Step::NotSentInTime).await;
    let (said, source) = (facts(&error), error.source().unwrap().to_string());
    let back = Unhandled::new(error).into_error();
    assert_eq!(facts(&back), said);
    assert_eq!(back.source().unwrap().to_string(), source);
}

#[tokio::test(start_paused = true)]
async fn the_error_of_a_clone_is_a_copy_whose_source_is_the_error() {
    let nothing_said = Step::Answer(418, Vec::new(), String::new());
    for (step, kind) in [
        (Step::NotSentInTime, ErrorKind::Connect),
        (refusal(429, "PleaseWaitException"), ErrorKind::Service),
        (nothing_said, ErrorKind::Service),
    ] {
        let error = error_of(step).await;
        assert_eq!(error.kind(), kind);
        let (said, cause) = (facts(&error), error.source().map(ToString::to_string));
        let text = error.to_string();
        let unhandled = Unhandled::new(error);
        let copy = unhandled.clone().into_error();
        assert_eq!(facts(&copy), said);
        let source = copy.source().expect("the copy has a source");
        assert_eq!(source.to_string(), text);
        assert_eq!(source.source().map(ToString::to_string), cause);
        drop(unhandled);
        assert_eq!(copy.source().unwrap().to_string(), text, "the source stays");
    }
}
