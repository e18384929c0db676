//! Interceptors: what they see and change of a call, how often they are called, and what their errors do.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use templates::runtime::{AfterAttempt, AfterCall, BeforeSigning, Config, ErrorKind, Intercept, InterceptError, Retry};

use crate::support::config;
use crate::support::script::{Script, Step, answer, refusal};
use crate::support::service::{Client, GetThing, StartThing, Thing, get, ring};

/// Writes down what it sees, and sets a header.
#[derive(Debug, Clone, Default)]
struct Witness(Arc<Mutex<Vec<String>>>);

impl Witness {
    fn seen(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    fn push(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }
}

impl Intercept for Witness {
    fn modify_before_signing(&self, request: &mut BeforeSigning<'_>) -> Result<(), InterceptError> {
        let id = request.input::<GetThing>().and_then(|input| input.id.clone());
        let (operation, attempt) = (request.operation(), request.attempt());
        self.push(format!("before {operation} {attempt} {} {} {id:?}", request.method(), request.uri().path()));
        request.headers_mut().insert("X-Witness", format!("attempt {attempt}"));
        Ok(())
    }

    fn read_after_attempt(&self, attempt: &AfterAttempt<'_>) -> Result<(), InterceptError> {
        let (number, status, code) = (attempt.attempt(), attempt.status(), attempt.error_code());
        let (kind, elapsed) = (attempt.error_kind(), attempt.elapsed().as_millis());
        self.push(format!("attempt {number} {status:?} {kind:?} {code:?} {:?} {elapsed}", attempt.request_id()));
        Ok(())
    }

    fn read_after_execution(&self, call: &AfterCall<'_>) {
        let size = call.output::<Thing>().map(|thing| thing.size);
        let (attempts, throttled, elapsed) = (call.attempts(), call.throttled_attempts(), call.elapsed().as_millis());
        let end = (call.is_success(), call.is_dropped(), call.error_kind());
        self.push(format!("end {} {attempts} {throttled} {elapsed} {size:?} {end:?}", call.operation()));
    }
}

fn watched(script: &Script, witness: &Witness) -> Client {
    config().http_client(script.clone()).interceptor(witness.clone()).retry(Retry::standard()).client()
}

#[tokio::test(start_paused = true)]
async fn a_call_is_seen_from_its_first_attempt_to_its_output() {
    let steps = [refusal(429, "TooManyRequestsException"), answer(200, r#"{"Size":3}"#)];
    let (script, witness) = (Script::new(steps).taking(Duration::from_millis(7)), Witness::default());
    watched(&script, &witness).send(get()).await.unwrap();
    let seen = witness.seen();
    assert_eq!(seen[0], r#"before GetThing 1 GET /things/a%20b Some("a b")"#);
    assert_eq!(seen[1], r#"attempt 1 Some(429) Some(Service) Some("TooManyRequestsException") Some("req-1") 7"#);
    assert_eq!(seen[2], r#"before GetThing 2 GET /things/a%20b Some("a b")"#);
    assert_eq!(seen[3], r#"attempt 2 Some(200) None None Some("req-1") 7"#);
    let waited = script.waits()[0].as_millis() + 7;
    assert_eq!(seen[4], format!("end GetThing 2 1 {waited} Some(Some(3)) (true, false, None)"));
    assert_eq!(seen.len(), 5);
}

#[tokio::test(start_paused = true)]
async fn headers_that_are_set_are_signed_and_sent_with_each_attempt() {
    let (script, witness) = (Script::new([refusal(503, "Busy"), answer(200, "{}")]), Witness::default());
    watched(&script, &witness).send(get()).await.unwrap();
    for (place, seen) in script.seen().iter().enumerate() {
        assert_eq!(seen.headers["x-witness"], format!("attempt {}", place + 1));
        let signature = seen.headers["authorization"].to_str().unwrap();
        assert!(signature.contains("x-amz-date;x-witness"), "{signature}");
    }
}

#[tokio::test(start_paused = true)]
async fn failures_and_unreadable_successes_are_seen() {
    let end = |step: Step| async {
        let (script, witness) = (Script::new([step]), Witness::default());
        let client = watched(&script, &witness).with(|config| config.retry(Retry::none()));
        client.send(ring()).await.unwrap_err();
        witness.seen().pop().unwrap()
    };
    assert_eq!(end(refusal(400, "Odd")).await, "end RingThing 1 0 0 None (false, false, Some(Service))");
    assert_eq!(end(Step::NotSent).await, "end RingThing 1 0 0 None (false, false, Some(Connect))");
    assert_eq!(end(answer(200, "{")).await, "end RingThing 1 0 0 None (false, false, Some(Decode))");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_not_sent_ends_as_well() {
    let (script, witness) = (Script::new([answer(200, "{}")]), Witness::default());
    watched(&script, &witness).send(GetThing::default()).await.unwrap_err();
    assert_eq!(witness.seen(), ["end GetThing 0 0 0 None (false, false, Some(Build))"]);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_ends_once_and_one_that_was_never_polled_not_at_all() {
    let (script, witness) = (Script::new([Step::Silence]), Witness::default());
    let client = watched(&script, &witness);
    drop(client.send(get()));
    assert_eq!(witness.seen().len(), 0);
    tokio::time::timeout(Duration::from_secs(1), client.send(get())).await.unwrap_err();
    let seen = witness.seen();
    assert_eq!(seen.last().unwrap(), "end GetThing 0 0 1000 None (false, true, None)");
    assert_eq!(seen.iter().filter(|line| line.starts_with("end")).count(), 1);
}

/// Fails where it is told to.
#[derive(Debug, Clone, Copy)]
enum Failing {
    Before,
    After,
    Header(&'static str, &'static str),
}

impl Intercept for Failing {
    fn name(&self) -> &'static str {
        "the guard"
    }

    fn modify_before_signing(&self, request: &mut BeforeSigning<'_>) -> Result<(), InterceptError> {
        match self {
            Self::Before => Err("not today".into()),
            Self::Header(name, value) => {
                request.headers_mut().insert(name, value);
                Ok(())
            }
            Self::After => Ok(()),
        }
    }

    fn read_after_attempt(&self, _: &AfterAttempt<'_>) -> Result<(), InterceptError> {
        if matches!(self, Self::After) { Err("not like this".into()) } else { Ok(()) }
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_of_an_interceptor_ends_the_call_and_names_it() {
    let of = |failing: Failing| async move {
        let script = Script::new([refusal(503, "Busy"), answer(200, "{}")]);
        let client: Client = config().http_client(script.clone()).interceptor(failing).client();
        let error = client.send(get()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Interceptor, "{error}");
        assert!(!error.is_retryable());
        (error.to_string(), error.attempts(), script.count())
    };
    assert_eq!(of(Failing::Before).await, ("GetThing: the interceptor the guard: not today".to_owned(), 0, 0));
    assert_eq!(of(Failing::After).await, ("GetThing: the interceptor the guard: not like this".to_owned(), 1, 1));
    let (text, attempts, sent) = of(Failing::Header("x-secret", "hush\n")).await;
    assert!(text.contains("\"x-secret\"") && !text.contains("hush"), "{text}");
    assert_eq!((attempts, sent), (0, 0));
    let (text, ..) = of(Failing::Header("no name", "v")).await;
    assert!(text.contains("\"no name\" is not the name of a header"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn interceptors_are_called_in_order_and_a_body_can_be_read() {
    #[derive(Debug)]
    struct Count(&'static str);
    impl Intercept for Count {
        fn modify_before_signing(&self, request: &mut BeforeSigning<'_>) -> Result<(), InterceptError> {
            let token = request.input::<StartThing>().and_then(|input| input.client_token.clone());
            assert!(token.is_some(), "the token that the call carries");
            assert!(request.body().is_some_and(|body| body.starts_with(b"{")));
            let before = request.headers().get("x-order").map(|order| order.to_str().unwrap_or_default().to_owned());
            request.headers_mut().insert("x-order", format!("{}{}", before.unwrap_or_default(), self.0));
            Ok(())
        }
    }
    let script = Script::new([answer(200, "{}")]);
    let config: Config = config().http_client(script.clone()).interceptor(Count("a")).interceptor(Count("b"));
    let client: Client = config.client();
    client.send(StartThing::default()).await.unwrap();
    assert_eq!(script.seen()[0].headers["x-order"], "ab");
    let prepared = client.prepare(StartThing::default(), std::time::SystemTime::UNIX_EPOCH).await.unwrap();
    assert_eq!(prepared.headers()["x-order"], "ab", "what a call would send");
}
