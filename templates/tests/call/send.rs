//! A call from its input to its output or error: what is sent, what is made of the answer, what is said of a failure.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use http::{Method, Response};
use templates::runtime::__private::call::start;
use templates::runtime::credentials::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};
use templates::runtime::environment::Environment;
use templates::runtime::{Config, ErrorKind, Operation, ProvideErrorMetadata, Service};

use crate::support::script::{Script, Step, answer, refusal};
use crate::support::service::{
    Client, Error, Exception, GetThing, PeekThing, RemoveThing, RingThing, StartThing, get, ring,
};
use crate::support::{client, config};

const OK: &str = r#"{"Name":"n","Size":3}"#;

#[tokio::test(start_paused = true)]
async fn what_is_sent() {
    let script = Script::new([answer(200, OK)]);
    let client = client(script.clone());
    client.send(get()).await.unwrap();
    client.send(ring()).await.unwrap();
    client.send(RemoveThing { id: Some("ä/b".to_owned()) }).await.unwrap();
    let seen = script.seen();
    assert_eq!(
        (&seen[0].method, seen[0].uri.to_string().as_str()),
        (&Method::GET, "https://sample.us-west-2.amazonaws.com/things/a%20b")
    );
    assert_eq!((&seen[1].method, seen[1].body.as_str()), (&Method::POST, r#"{"Name":"bell"}"#));
    assert_eq!(seen[1].headers["content-type"], "application/json");
    assert_eq!((&seen[2].method, seen[2].uri.path()), (&Method::DELETE, "/things/%C3%A4%2Fb"));
    for one in &seen {
        assert_eq!(one.headers["host"], "sample.us-west-2.amazonaws.com");
        let scope = one.headers["authorization"].to_str().unwrap();
        assert!(scope.contains("/us-west-2/sample/aws4_request"), "{scope}");
        assert!(scope.contains("SignedHeaders=") && scope.contains("host;x-amz-date"), "{scope}");
        let agent = one.headers["user-agent"].to_str().unwrap();
        assert!(agent.contains("api/sample_service#2026-01-02 lang/rust"), "{agent}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_operation_without_signature_needs_no_credentials() {
    let script = Script::new([answer(200, OK)]);
    let client: Client = Config::new().region("eu-west-2").http_client(script.clone()).client();
    client.send(PeekThing::default()).await.unwrap();
    assert!(!script.seen()[0].headers.contains_key("authorization"));
    let error = client.send(get()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Config, 0));
    assert!(error.to_string().contains("Config::credentials"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn what_is_read() {
    let script = Script::new([answer(200, OK), answer(204, "")]);
    let client = client(script);
    let thing = client.send(get()).await.unwrap();
    assert_eq!((thing.name.as_deref(), thing.size), (Some("n"), Some(3)));
    assert_eq!(client.send(get()).await.unwrap(), crate::support::service::Thing::default());
}

#[tokio::test(start_paused = true)]
async fn strict_is_a_setting() {
    let client = client(Script::new([answer(200, r#"{"Size":"3"}"#)]));
    assert_eq!(client.send(get()).await.unwrap().size, Some(3));
    let error = client.with(|config| config.strict(true)).send(get()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("Size"), "{error}");
    assert!(error.source().is_some());
}

#[tokio::test(start_paused = true)]
async fn a_builder_is_a_call() {
    let script = Script::new([answer(200, OK)]);
    let client = client(script.clone());
    let mut call = start::<GetThing, ()>(&client);
    call.input.id = Some("i".to_owned());
    let again = call.clone();
    assert!(format!("{call:?}").contains('i'));
    call.send().await.unwrap();
    again.send().await.unwrap();
    assert_eq!(script.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_can_go_to_another_task() {
    let client = client(Script::new([answer(200, OK)]));
    let task = tokio::spawn(async move { client.send(get()).await.map(|thing| thing.name) });
    assert_eq!(task.await.unwrap().unwrap().as_deref(), Some("n"));
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_sent_is_not() {
    let script = Script::new([answer(200, OK)]);
    let client = client(script.clone());
    for id in [None, Some(""), Some("."), Some("..")] {
        let error = client.send(GetThing { id: id.map(str::to_owned) }).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts(), error.status()), (ErrorKind::Build, 0, None), "{error}");
        assert!(error.to_string().starts_with("GetThing: ") && error.to_string().contains("Id"), "{error}");
        assert!(!error.is_retryable() && error.source().is_some());
    }
    let long = GetThing { id: Some("x".repeat(70_000)) };
    assert_eq!(client.send(long).await.unwrap_err().kind(), ErrorKind::Build);
    assert_eq!(script.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn what_an_error_says() {
    let of = |step: Step| async { client(Script::new([step])).send(get()).await.unwrap_err() };
    let lines = [
        (refusal(404, "ResourceNotFoundException"), "GetThing: 404 ResourceNotFoundException: no (request id req-1)"),
        (refusal(400, "Odd"), "GetThing: 400 Odd: no (request id req-1)"),
        (answer(400, ""), "GetThing: 400 (request id req-1)"),
        (answer(403, r#"{"message":"who?"}"#), "GetThing: 403: who? (request id req-1)"),
        (answer(500, ""), "GetThing: 500: Internal Server Error (request id req-1, 3 attempts)"),
        (Step::Answer(503, vec![], String::new()), "GetThing: 503: Service Unavailable (3 attempts)"),
        (answer(403, "Forbidden"), "GetThing: 403: Forbidden (request id req-1)"),
        (Step::Answer(418, vec![], String::new()), "GetThing: 418"),
        (Step::NotSent, "GetThing: no connection to sample.us-west-2.amazonaws.com:443: refused (3 attempts)"),
        (
            Step::Broken,
            "GetThing: the connection to sample.us-west-2.amazonaws.com:443 failed before the whole response came: reset \
             (3 attempts)",
        ),
    ];
    for (step, line) in lines {
        assert_eq!(of(step).await.to_string(), line);
    }
    let error = of(refusal(404, "ResourceNotFoundException")).await;
    assert_eq!(error.operation(), "GetThing");
    assert_eq!((error.status(), error.code()), (Some(404), Some("ResourceNotFoundException")));
    assert_eq!((error.message(), error.request_id(), error.attempts()), (Some("no"), Some("req-1"), 1));
    let Exception::ResourceNotFoundException(exception) = error.exception().unwrap() else { panic!("{error:?}") };
    assert_eq!(exception.message, None, "the model's member is `Message`");
    assert!(error.into_exception().is_some());
    let error = of(Step::NotSent).await;
    assert_eq!(error.source().unwrap().source().unwrap().to_string(), "refused");
}

/// Code and message of any error.
fn said(of: &impl ProvideErrorMetadata) -> (Option<&str>, Option<&str>) {
    (of.code(), of.message())
}

#[tokio::test(start_paused = true)]
async fn an_error_answers_by_the_names_of_other_clients() {
    let known = client(Script::new([refusal(404, "ResourceNotFoundException")])).send(get()).await.unwrap_err();
    assert_eq!(said(&known), (Some("ResourceNotFoundException"), Some("no")));
    let meta = known.meta();
    assert_eq!((meta.code(), meta.message(), meta.request_id()), (known.code(), known.message(), known.request_id()));
    assert!(matches!(known.as_service_error(), Some(Exception::ResourceNotFoundException(_))));
    assert!(matches!(known.into_exception(), Some(Exception::ResourceNotFoundException(_))));
    let unknown = client(Script::new([refusal(400, "Odd")])).send(get()).await.unwrap_err();
    assert!(unknown.as_service_error().is_none());
    assert_eq!(unknown.to_string(), "GetThing: 400 Odd: no (request id req-1)");
}

#[tokio::test(start_paused = true)]
async fn an_error_is_small_and_goes_anywhere() {
    fn anywhere<T: std::error::Error + Send + Sync + 'static>() -> usize {
        size_of::<T>()
    }
    assert!(anywhere::<Error>() <= 16);
}

#[tokio::test(start_paused = true)]
async fn nothing_secret_is_shown() {
    let secret = "wJalrXUtnFEMI";
    let script = Script::new([answer(500, r#"{"message":"no","body":"hush"}"#)]);
    let client = client(script);
    let error = client.send(get()).await.unwrap_err();
    for text in [format!("{client:?}"), format!("{:?}", client.config()), format!("{error:?}"), format!("{error}")] {
        assert!(!text.contains(secret) && !text.contains("hush"), "{text}");
    }
}

#[derive(Debug)]
struct NoCredentials;

impl ProvideCredentials for NoCredentials {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async { Err(CredentialsError::missing("the drawer", "it is empty")) })
    }
}

#[derive(Debug)]
struct SlowCredentials;

impl ProvideCredentials for SlowCredentials {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn without_credentials_nothing_is_sent() {
    let script = Script::new([answer(200, OK)]);
    let config = config().http_client(script.clone());
    let client: Client = config.clone().credentials(NoCredentials).client();
    let error = client.send(get()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 0));
    assert!(error.to_string().contains("the drawer") && error.source().is_some(), "{error}");

    let client: Client = config.credentials(SlowCredentials).client();
    let start = tokio::time::Instant::now();
    let error = client.send(get()).await.unwrap_err();
    assert!(error.is_timeout() && start.elapsed() <= Duration::from_secs(121), "{error}");
    assert_eq!(script.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_request_can_be_had_without_being_sent() {
    let script = Script::new([answer(200, OK)]);
    let client = client(script.clone());
    let at = UNIX_EPOCH + Duration::from_secs(1_767_323_045);
    let (one, other) = (client.prepare(get(), at).await.unwrap(), client.prepare(get(), at).await.unwrap());
    assert_eq!(one.uri(), "https://sample.us-west-2.amazonaws.com/things/a%20b");
    assert_eq!(one.headers()["x-amz-date"], "20260102T030405Z");
    assert_eq!(one.headers(), other.headers(), "the same every time");
    let body = client.prepare(ring(), at).await.unwrap().into_body();
    assert_eq!(body.as_bytes(), Some(&br#"{"Name":"bell"}"#[..]));
    let token = client.prepare(StartThing::default(), at).await.unwrap();
    assert!(token.body().as_bytes().unwrap().starts_with(br#"{"ClientToken":""#));
    let error = client.prepare(GetThing::default(), at).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Build, "GetThing"));
    assert_eq!(script.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_answer_can_be_read_without_a_call() {
    let client = client(Script::new([answer(200, OK)]));
    let response = |status: u16, body: &'static str| {
        let builder = Response::builder().status(status).header("x-amzn-requestid", "r");
        builder.header("x-amzn-errortype", "ResourceNotFoundException").body(body.into()).unwrap()
    };
    let thing = client.decode::<GetThing>(response(200, OK)).unwrap();
    assert_eq!(thing.size, Some(3));
    client.decode::<RemoveThing>(response(200, "whatever")).unwrap();
    let error = client.decode::<RingThing>(response(404, r#"{"Message":"gone"}"#)).unwrap_err();
    assert_eq!(error.to_string(), "RingThing: 404 ResourceNotFoundException: gone (request id r)");
    let Some(Exception::ResourceNotFoundException(exception)) = error.exception() else { panic!("{error:?}") };
    assert_eq!(exception.message.as_deref(), Some("gone"));
    assert_eq!(client.decode::<GetThing>(response(200, "{")).unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test(start_paused = true)]
async fn making_a_client_looks_nothing_up() {
    let looked = Arc::new(AtomicUsize::new(0));
    let count = looked.clone();
    let environment = Environment::from_fn(move |name| {
        count.fetch_add(1, Ordering::SeqCst);
        let keys = [("AWS_REGION", "us-west-2"), ("AWS_ACCESS_KEY_ID", "AK"), ("AWS_SECRET_ACCESS_KEY", "s3cret")];
        keys.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
    });
    let script = Script::new([answer(200, OK)]);
    let config = Config::new().environment(environment).http_client(script.clone());
    let client: Client = config.client();
    let _ = (client.clone(), client.with(|config| config.strict(true)), format!("{client:?}"), client.send(get()));
    assert_eq!((looked.load(Ordering::SeqCst), script.count()), (0, 0));
    client.send(get()).await.unwrap();
    let first = looked.load(Ordering::SeqCst);
    assert!(first > 0);
    client.send(get()).await.unwrap();
    assert_eq!(looked.load(Ordering::SeqCst), first, "what was found is kept");
}

/// A provider that counts how often it is asked.
#[derive(Debug, Clone, Default)]
struct Counting(Arc<AtomicUsize>);

impl ProvideCredentials for Counting {
    fn credentials(&self) -> CredentialsFuture<'_> {
        let id = format!("AK{}", self.0.fetch_add(1, Ordering::SeqCst) + 1);
        Box::pin(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Ok(Credentials::new(id, "s3cret"))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_is_asked_at_the_first_call_and_once_for_all_clients() {
    let (script, counting) = (Script::new([answer(200, OK)]), Counting::default());
    let config = Config::new().region("us-west-2").credentials(counting.clone()).http_client(script.clone());
    let clients: [Client; 2] = [config.client(), config.clone().strict(true).client()];
    assert_eq!(counting.0.load(Ordering::SeqCst), 0);
    let call = |number: usize| {
        let client = clients[number % 2].clone();
        tokio::spawn(async move { client.send(get()).await.map(drop) })
    };
    for call in (0..200).map(call).collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!((counting.0.load(Ordering::SeqCst), script.count()), (1, 200));
    let signed_by = |seen: &crate::support::script::Seen| seen.headers["authorization"].to_str().unwrap().to_owned();
    assert!(script.seen().iter().all(|seen| signed_by(seen).contains("Credential=AK1/")));
}

#[tokio::test]
async fn a_client_is_made_in_no_time() {
    let start = std::time::Instant::now();
    for _ in 0..1000 {
        std::hint::black_box(Client::from_env());
    }
    // No promise about time is tested, but that nothing is loaded or looked up: that would take thousands of times this.
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    let client = client(Script::new([answer(200, OK)]));
    assert!(format!("{:?}", client.clone()).contains(<<GetThing as Operation>::Service as Service>::INFO.id));
}
