//! The mock over the sample service: what it answers, what it keeps, and what it says when a test and a program disagree.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::Response;
use templates::runtime::testing::mock::Outcome;
use templates::runtime::testing::{Fault, Mock, json};
use templates::runtime::{ErrorKind, Paginator};
use tokio::time::Instant;

use crate::support::service::{
    Client, Content, DownloadThing, Exception, GetThing, ListThings, ResourceNotFoundException, RingThing, StartThing,
    Thing, UploadThing, get, ring,
};

fn thing(name: &str) -> Thing {
    Thing { name: Some(name.to_owned()), ..Thing::default() }
}

fn name(thing: Thing) -> String {
    thing.name.unwrap_or_default()
}

fn id(id: &str) -> GetThing {
    GetThing { id: Some(id.to_owned()) }
}

#[tokio::test(start_paused = true)]
async fn a_rule_answers_by_value_by_members_and_by_function() {
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<GetThing>().when(|input| input.id.as_deref() == Some("1")).answer(thing("value"));
    mock.on::<GetThing>().with(json!({"Id": "2"})).answer_json(json!({"Name": "members", "Size": 7}));
    mock.on::<GetThing>().with(json!({"Id": "3"})).set(|output| output.name = Some("set".to_owned()));
    mock.on::<GetThing>().with(json!({"Id": "4"})).answer_with(|input| Ok(thing(&input.id.unwrap())));
    mock.on::<GetThing>().with(json!({"Id": "5"})).answer_async(|input| async move {
        tokio::time::sleep(Duration::from_secs(3)).await;
        Ok(thing(&format!("late {}", input.id.unwrap())))
    });
    mock.on::<GetThing>().answer_empty();
    let mut names = Vec::new();
    for number in 1..=6 {
        names.push(name(client.send(id(&number.to_string())).await.unwrap()));
    }
    assert_eq!(names, ["value", "members", "set", "4", "late 5", ""]);
    mock.verify().unwrap();
}

#[tokio::test(start_paused = true)]
async fn rules_are_used_in_order_and_as_often_as_they_say() {
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<GetThing>().once().answer(thing("first"));
    mock.on::<GetThing>().times(2).answer(thing("then"));
    mock.on::<GetThing>().answer_each([thing("a"), thing("b")]);
    mock.on::<GetThing>().answer(thing("always"));
    let mut names = Vec::new();
    for _ in 0..7 {
        names.push(name(client.send(get()).await.unwrap()));
    }
    assert_eq!(names, ["first", "then", "then", "a", "b", "always", "always"]);
}

#[tokio::test(start_paused = true)]
async fn an_exception_arrives_typed() {
    let mock = Mock::new();
    let client: Client = mock.client();
    let exception = ResourceNotFoundException { message: Some("no such thing".to_owned()) };
    mock.on::<GetThing>().once().fail(exception.clone());
    mock.on::<GetThing>().answer_with(|_| Err(("InvalidParameterException", "bad").into()));
    let error = client.send(get()).await.unwrap_err();
    assert_eq!(error.exception(), Some(&Exception::ResourceNotFoundException(exception)));
    assert_eq!((error.status(), error.request_id(), error.attempts()), (Some(404), Some("mock-1"), 1));
    assert_eq!(client.send(get()).await.unwrap_err().code(), Some("InvalidParameterException"));
}

#[tokio::test(start_paused = true)]
async fn a_call_is_retried_through_what_fails() {
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<GetThing>().once().fail(("ThrottlingException", "slow down"));
    mock.on::<GetThing>().once().fail(Fault::response(Response::builder().status(503).body("busy").unwrap()));
    mock.on::<GetThing>().answer(thing("at last"));
    assert_eq!(name(client.send(get()).await.unwrap()), "at last");
    let calls = mock.calls::<GetThing>();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].attempts, [Outcome::Response(400), Outcome::Response(503), Outcome::Response(200)]);
}

/// Whether a call may be repeated depends on whether the service may have acted.
#[tokio::test(start_paused = true)]
async fn a_fault_is_before_or_after_the_service_acted() {
    static ACTED: AtomicU32 = AtomicU32::new(0);
    let acts = |_| {
        ACTED.fetch_add(1, Ordering::SeqCst);
        Ok(thing("rung"))
    };
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<RingThing>().once().fail(Fault::refused());
    mock.on::<RingThing>().once().answer_with(acts);
    assert_eq!(name(client.send(ring()).await.unwrap()), "rung");
    assert_eq!(ACTED.load(Ordering::SeqCst), 1);

    mock.on::<RingThing>().once().lose_response().answer_with(acts);
    let error = client.send(ring()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
    assert_eq!(ACTED.load(Ordering::SeqCst), 2);

    mock.on::<RingThing>().once().fail(Fault::broken());
    assert_eq!(client.send(ring()).await.unwrap_err().kind(), ErrorKind::Transport);
    assert_eq!(ACTED.load(Ordering::SeqCst), 2);
    let attempts: Vec<_> = mock.calls::<RingThing>().into_iter().flat_map(|call| call.attempts).collect();
    assert_eq!(attempts, [Outcome::Refused, Outcome::Response(200), Outcome::Broken, Outcome::Broken]);
}

#[tokio::test(start_paused = true)]
async fn delays_and_silence_pass_by_the_clock_of_the_test() {
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<RingThing>().once().delay(Duration::from_secs(20)).answer(thing("slow"));
    mock.on::<RingThing>().fail(Fault::silent());
    let start = Instant::now();
    assert_eq!(name(client.send(ring()).await.unwrap()), "slow");
    assert_eq!(start.elapsed(), Duration::from_secs(20));
    let error = client.send(ring()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(mock.calls::<RingThing>()[1].attempts, [Outcome::Open]);
}

#[tokio::test(start_paused = true)]
async fn one_list_is_answered_page_by_page() {
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<ListThings>().pages(["a", "b", "c", "d", "e"].map(str::to_owned), 2);
    let mut items = Paginator::<ListThings>::new(&client, ListThings::default()).items();
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item.unwrap());
    }
    assert_eq!(all, ["a", "b", "c", "d", "e"]);
    let tokens: Vec<_> = mock.calls::<ListThings>().into_iter().map(|call| call.input.next_token).collect();
    assert_eq!(tokens, [None, Some("mock-page-2".to_owned()), Some("mock-page-4".to_owned())]);
    let wrong = client.send(ListThings { next_token: Some("mine".to_owned()) }).await.unwrap_err();
    assert_eq!(wrong.code(), Some("InvalidParameterException"));
}

#[tokio::test(start_paused = true)]
async fn bytes_go_in_and_out() {
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<UploadThing>().answer_with(|input| {
        let bytes = input.content.unwrap().as_bytes().unwrap().len();
        Ok(Thing { size: Some(i32::try_from(bytes).unwrap()), ..Thing::default() })
    });
    mock.on::<DownloadThing>().answer_json(json!({"Kind": "x", "Content": "AAEC"}));
    let sent = client.send(UploadThing { content: Some(vec![0, 1, 2].into()) }).await.unwrap();
    assert_eq!(sent.size, Some(3));
    let Content { kind, content } = client.send(DownloadThing::default()).await.unwrap();
    assert_eq!(kind.as_deref(), Some("x"));
    assert_eq!(content.unwrap().collect(100).await.unwrap(), &b"\0\x01\x02"[..]);
}

#[tokio::test(start_paused = true)]
async fn a_call_without_a_rule_shows_the_nearest_and_what_differed() {
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<GetThing>().with(json!({"Id": "far", "Shape": "round"})).answer(thing("x"));
    mock.on::<GetThing>().with(json!({"Id": "1"})).answer(thing("x"));
    let error = client.send(id("2")).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Config, 1));
    let message = error.message().unwrap().to_owned();
    assert!(
        message.starts_with(r#"no rule of the mock answers GetThing {"Id":"2"}: the nearest rule, at "#),
        "{message}"
    );
    assert!(message.ends_with(r#"wants Id = "1", and the call has "2""#), "{message}");
    assert!(message.contains("testing/mock.rs:"), "{message}");

    let message = client.send(ring()).await.unwrap_err().to_string();
    assert!(message.contains(r#"RingThing {"Name":"*** sensitive ***"}: it has rules for GetThing only"#), "{message}");

    let unmet = mock.verify().unwrap_err();
    assert_eq!(unmet.messages().len(), 2, "{unmet}");
    assert_eq!(mock.calls::<GetThing>()[0].attempts, [Outcome::Unanswered]);
}

#[tokio::test(start_paused = true)]
async fn a_message_shows_nothing_that_is_sensitive() {
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<RingThing>().with(json!({"Name": "hunter2"})).answer(thing("x"));
    let message = client.send(ring()).await.unwrap_err().to_string();
    assert!(message.ends_with("wants another Name, which is sensitive"), "{message}");
    assert!(!message.contains("hunter2") && !message.contains("bell"), "{message}");
    assert!(mock.verify().is_err());
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_none_of_the_model_is_an_error_of_the_test() {
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<GetThing>().with(json!({"Id": "1"})).answer_json(json!({"Nmae": "x"}));
    mock.on::<GetThing>().with(json!({"Id": "2"})).answer(Thing { size: Some(101), ..Thing::default() });
    let message = client.send(id("1")).await.unwrap_err().to_string();
    assert!(message.contains("Nmae is not a member of its shape"), "{message}");
    let message = client.send(id("2")).await.unwrap_err().to_string();
    assert!(message.contains("Size must be 1 to 100"), "{message}");
    assert_eq!(mock.verify().unwrap_err().messages().len(), 2);

    mock.check_answers(false);
    assert_eq!(client.send(id("2")).await.unwrap().size, Some(101));
}

#[tokio::test(start_paused = true)]
async fn an_invalid_input_is_refused_where_the_test_wants_that() {
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<GetThing>().answer(thing("x"));
    assert!(client.send(id("too long")).await.is_ok());
    mock.check_inputs(true);
    let error = client.send(id("too long")).await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidParameterException"));
    assert_eq!(error.message(), Some("Id has the length 8 and must have at most 5"));
}

#[tokio::test(start_paused = true)]
async fn what_did_not_come_is_said_when_asked_and_when_dropped() {
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<GetThing>().times(2).answer(thing("x"));
    mock.on::<RingThing>().at_least(1).answer(thing("x"));
    client.send(get()).await.unwrap();
    let unmet = mock.verify().unwrap_err().to_string();
    assert!(unmet.contains("GetThing was expected twice and came once: the rule at "), "{unmet}");
    assert!(unmet.contains("RingThing was expected at least once and came not at all: the rule at "), "{unmet}");
    // Whoever asked knows.
    drop(mock);

    let forgotten = Mock::new();
    forgotten.on::<GetThing>().once().answer(thing("x"));
    let panic = catch_unwind(AssertUnwindSafe(|| drop(forgotten))).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    assert!(message.contains("GetThing was expected once and came not at all"), "{message}");
}

#[tokio::test(start_paused = true)]
async fn a_predicate_may_ask_the_mock() {
    let mock = std::sync::Arc::new(Mock::new());
    let client: Client = mock.client();
    let asked = std::sync::Arc::downgrade(&mock);
    mock.on::<GetThing>().when(move |_| asked.upgrade().unwrap().calls::<GetThing>().len() == 1).answer(thing("first"));
    mock.on::<GetThing>().answer(thing("later"));
    assert_eq!(name(client.send(get()).await.unwrap()), "first");
    assert_eq!(name(client.send(get()).await.unwrap()), "later");
}

#[tokio::test(start_paused = true)]
async fn inputs_have_what_the_client_adds() {
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<StartThing>().once().fail(("ThrottlingException", "slow down"));
    mock.on::<StartThing>().answer(thing("started"));
    client.send(StartThing::default()).await.unwrap();
    let calls = mock.calls::<StartThing>();
    assert_eq!((calls.len(), calls[0].attempts.len()), (1, 2));
    assert!(calls[0].input.client_token.is_some());
    assert_eq!(mock.operations_called(), ["StartThing"]);
}
