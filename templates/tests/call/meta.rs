//! Metadata of a success: request id, status, headers, attempts.

use templates::runtime::{RequestId, Response};

use crate::support::client;
use crate::support::script::{Script, answer, refusal};
use crate::support::service::{RemoveThing, Thing, get};

/// The id of anything that has one.
fn id(of: &impl RequestId) -> Option<&str> {
    of.request_id()
}

#[tokio::test(start_paused = true)]
async fn a_success_has_its_response_beside_its_output() {
    let script = Script::new([refusal(503, "Busy"), answer(201, r#"{"Name":"n"}"#).with("x-more", "yes")]);
    let response: Response<Thing> = client(script).send(get()).with_meta().await.unwrap();
    assert_eq!(response.name.as_deref(), Some("n"), "it is used as the output");
    assert_eq!((response.request_id(), id(&response)), (Some("req-1"), Some("req-1")));
    let meta = response.meta();
    assert_eq!((meta.status(), meta.attempts(), meta.header("X-More")), (201, 2, Some("yes")));
    assert_eq!(meta.headers()["x-more"], "yes");
    let (thing, meta) = response.into_parts();
    assert_eq!((thing.size, meta.request_id()), (None, Some("req-1")));
    assert!(!format!("{meta:?}").contains("yes"), "headers may be secret");
}

#[tokio::test(start_paused = true)]
async fn an_operation_without_output_has_it_as_well() {
    let remove = RemoveThing { id: Some("i".to_owned()) };
    let response = client(Script::new([answer(204, "")])).send(remove).with_meta().await.unwrap();
    assert_eq!((response.meta().status(), response.request_id()), (204, Some("req-1")));
    let () = response.into_output();
}

#[tokio::test(start_paused = true)]
async fn an_error_is_the_same_either_way() {
    let of = || client(Script::new([refusal(404, "ResourceNotFoundException")]));
    let (one, other) = (of().send(get()).await.unwrap_err(), of().send(get()).with_meta().await.unwrap_err());
    assert_eq!(one.to_string(), other.to_string());
    assert_eq!(id(&other), Some("req-1"));
    assert!(other.exception().is_some());
    let unreadable = client(Script::new([answer(200, "{")])).send(get()).with_meta().await.unwrap_err();
    assert_eq!(unreadable.request_id(), Some("req-1"));
}
