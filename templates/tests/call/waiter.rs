//! Waits: what ends one, how often it asks, and what its errors say.

use std::error::Error as _;
use std::time::Duration;

use templates::runtime::__private::call::start;
use templates::runtime::{Call, ErrorKind, Retry};
use templates::waiter::path::{Value, text};
use templates::waiter::{Acceptor, Expected, FinalPoll, State, WaitErrorKind, Waiter, Waiting, start as wait};

use crate::support::config;
use crate::support::script::{Script, Step, answer, refusal};
use crate::support::service::{Client, GetThing, Thing};

/// Ready where the name is `ready`, broken where it is `broken`.
enum ThingReady {}

impl Waiter for ThingReady {
    type Request = GetThing;
    const NAME: &'static str = "ThingReady";
    const MIN_DELAY: Duration = Duration::from_secs(5);
    const MAX_ATTEMPTS: u32 = 40;
    const ACCEPTORS: &'static [Acceptor<Thing>] = &[
        Acceptor::is(State::Success, name, Expected::Text("ready")),
        Acceptor::is(State::Failure, name, Expected::Text("broken")),
        Acceptor::error(State::Retry, &["ResourceNotFoundException"]),
        Acceptor::status(State::Retry, 409),
        Acceptor::error(State::Failure, &["GoneException"]),
    ];
}

/// Ends with the exception that says that there is no such thing.
enum ThingGone {}

impl Waiter for ThingGone {
    type Request = GetThing;
    const NAME: &'static str = "ThingGone";
    const MIN_DELAY: Duration = Duration::from_secs(1);
    const MAX_ATTEMPTS: u32 = 3;
    const ACCEPTORS: &'static [Acceptor<Thing>] =
        &[Acceptor::error(State::Success, &["ResourceNotFoundException"]), Acceptor::error(State::Failure, &[])];
}

fn name(thing: &Thing) -> Value<'_> {
    text(thing.name.as_ref())
}

fn named(name: &str) -> Step {
    answer(200, &serde_json::json!({ "Name": name }).to_string())
}

fn waiting<W: Waiter<Request = GetThing>>(script: &Script) -> Waiting<W> {
    let client: Client = config().http_client(script.clone()).retry(Retry::none()).client();
    let call: Call<GetThing> = start(&client);
    wait(call.with(|request| request.id = Some("a".to_owned())))
}

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test(start_paused = true)]
async fn a_response_that_fits_ends_the_wait() {
    let script = Script::new([named("new"), named("new"), refusal(404, "ResourceNotFoundException"), named("ready")]);
    let poll = waiting::<ThingReady>(&script).wait(HOUR).await.unwrap();
    assert!(matches!(&poll, FinalPoll::Output(thing) if thing.name.as_deref() == Some("ready")), "{poll:?}");
    assert_eq!(poll.as_result().unwrap().name.as_deref(), Some("ready"));
    assert_eq!(poll.into_result().unwrap().name.as_deref(), Some("ready"));
    assert_eq!(script.count(), 4);
    assert_eq!(script.waits()[0], Duration::from_secs(5), "the first delay is the smallest");
}

#[tokio::test(start_paused = true)]
async fn an_exception_can_be_what_is_waited_for() {
    let script = Script::new([named("a"), refusal(404, "ResourceNotFoundException")]);
    let poll = waiting::<ThingGone>(&script).wait(HOUR).await.unwrap();
    let error = poll.into_result().unwrap_err();
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
    assert!(error.exception().is_some());
}

#[tokio::test(start_paused = true)]
async fn a_state_of_failure_ends_the_wait_with_the_response() {
    let script = Script::new([named("new"), named("broken")]);
    let error = waiting::<ThingReady>(&script).wait(HOUR).await.unwrap_err();
    let expected = "the wait ThingReady for GetThing ended after 2 calls: the service is in a state that cannot \
                    become the awaited one";
    assert_eq!(error.to_string(), expected);
    assert_eq!((error.waiter(), error.attempts()), ("ThingReady", 2));
    assert!(error.source().is_none());
    let kind = error.into_kind();
    assert!(
        matches!(&kind, WaitErrorKind::Failure(FinalPoll::Output(thing)) if thing.name.as_deref() == Some("broken"))
    );
}

#[tokio::test(start_paused = true)]
async fn an_exception_of_failure_ends_the_wait_with_the_exception() {
    let script = Script::new([refusal(410, "GoneException")]);
    let error = waiting::<ThingReady>(&script).wait(HOUR).await.unwrap_err();
    assert!(error.to_string().starts_with("the wait ThingReady for GetThing ended after 1 call: GetThing"), "{error}");
    assert!(error.source().is_some());
    assert!(matches!(error.kind(), WaitErrorKind::Failure(FinalPoll::Error(error)) if error.status() == Some(410)));
}

#[tokio::test(start_paused = true)]
async fn a_status_fits_errors_as_well() {
    let script = Script::new([refusal(409, "ConflictException"), named("ready")]);
    assert!(waiting::<ThingReady>(&script).wait(HOUR).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn an_error_that_no_rule_knows_ends_the_wait() {
    for (step, kind) in [
        (refusal(403, "AccessDeniedException"), ErrorKind::Service),
        (Step::Broken, ErrorKind::Transport),
        (answer(200, "{"), ErrorKind::Decode),
    ] {
        let script = Script::new([named("new"), step]);
        let error = waiting::<ThingReady>(&script).wait(HOUR).await.unwrap_err();
        assert_eq!(error.attempts(), 2);
        assert!(matches!(error.kind(), WaitErrorKind::Call(error) if error.kind() == kind), "{error}");
        // A rule for any error is one for errors of the service.
        let gone = waiting::<ThingGone>(&Script::new([Step::Broken])).wait(HOUR).await.unwrap_err();
        assert!(matches!(gone.kind(), WaitErrorKind::Call(_)), "{gone}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_largest_number_of_requests_is_the_models_or_the_programs() {
    let script = Script::new([named("new")]);
    let error = waiting::<ThingGone>(&script).wait(HOUR).await.unwrap_err();
    assert!(error.to_string().contains("`max_attempts` sets another"), "{error}");
    assert!(matches!(error.kind(), WaitErrorKind::MaxAttempts { last: Some(FinalPoll::Output(_)) }));
    assert_eq!(script.count(), 3);

    let script = Script::new([named("new")]);
    let error = waiting::<ThingGone>(&script).max_attempts(0).wait(HOUR).await.unwrap_err();
    assert_eq!((error.attempts(), script.count()), (1, 1), "there is always one");
}

#[tokio::test(start_paused = true)]
async fn delays_grow_from_the_smallest_to_the_largest() {
    let script = Script::new([named("new")]);
    let (min, max) = (Duration::from_secs(2), Duration::from_secs(30));
    let wait = waiting::<ThingReady>(&script).min_delay(min).max_delay(max).max_attempts(20);
    assert!(wait.wait(Duration::MAX).await.is_err());
    for (index, delay) in script.waits().into_iter().enumerate() {
        let longest = (min * (1 << index.min(10))).min(max);
        // The timer of the virtual clock has a resolution of a millisecond.
        let slack = Duration::from_millis(1);
        assert!(delay + slack >= min && delay <= longest + slack, "{index}: {delay:?} is not up to {longest:?}");
    }
    assert!(script.waits().iter().any(|delay| *delay > min * 2), "{:?}", script.waits());
}

#[tokio::test(start_paused = true)]
async fn the_time_is_never_exceeded_and_used_to_its_end() {
    let script = Script::new([named("new")]);
    let start = tokio::time::Instant::now();
    let limit = Duration::from_secs(100);
    let error = waiting::<ThingReady>(&script).wait(limit).await.unwrap_err();
    assert!(error.to_string().ends_with("the time given to `wait` has passed"), "{error}");
    assert!(matches!(error.kind(), WaitErrorKind::MaxWait { last: Some(FinalPoll::Output(_)) }));
    let last = script.seen().last().unwrap().at - start;
    // The last request is sent the smallest delay before the end.
    assert!(last <= Duration::from_secs(95) + Duration::from_millis(20) && last >= Duration::from_secs(90), "{last:?}");
    assert!(start.elapsed() <= limit);

    // A time below the smallest delay is enough for one request.
    let script = Script::new([named("new")]);
    assert!(waiting::<ThingReady>(&script).wait(Duration::from_secs(1)).await.is_err());
    assert_eq!(script.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_outlasts_the_time_is_dropped_then() {
    let script = Script::new([Step::Silence]);
    let start = tokio::time::Instant::now();
    let error = waiting::<ThingReady>(&script).wait(Duration::from_secs(2)).await.unwrap_err();
    assert!(matches!(error.kind(), WaitErrorKind::MaxWait { last: None }), "{error}");
    assert_eq!(error.attempts(), 0);
    assert!(start.elapsed() < Duration::from_secs(3));
}

#[test]
fn a_wait_can_be_spawned_and_shown() {
    fn is_send<T: Send>(_: &T) {}
    let wait = waiting::<ThingReady>(&Script::new([named("ready")]));
    assert!(
        format!("{wait:?}").starts_with("Waiting { waiter: \"ThingReady\", operation: \"GetThing\", min_delay: 5s")
    );
    is_send(&wait);
    is_send(&wait.wait(HOUR));
}

#[cfg(feature = "blocking")]
#[test]
fn a_program_without_asynchronous_code_waits() {
    let script = Script::new([named("new"), named("ready")]);
    let wait = || waiting::<ThingReady>(&script).min_delay(Duration::from_millis(1));
    assert!(wait().wait_blocking(HOUR).is_ok());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let error = runtime.block_on(async { wait().wait_blocking(HOUR) }).unwrap_err();
    assert!(matches!(error.kind(), WaitErrorKind::Call(error) if error.kind() == ErrorKind::Config), "{error}");
}
