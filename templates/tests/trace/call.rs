//! Spans and events of the call path, their levels, and the absence of secrets and bodies in them.

use std::fmt::{self, Write};
use std::sync::{Arc, Mutex};

use templates::runtime::Retry;
use templates::runtime::credentials::Credentials;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::support::config;
use crate::support::script::{Script, Step, answer, refusal};
use crate::support::service::{Client, RingThing, StartThing, get, ring};

/// Writes everything down: one line for each span, record and event.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    lines: Vec<String>,
    levels: Vec<Level>,
    next: u64,
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Log {
    fn push(&self, metadata: &Metadata<'_>, line: Line) {
        let mut inner = self.0.lock().unwrap();
        inner.levels.push(*metadata.level());
        inner.lines.push(line.0);
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().lines.clone()
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("templates")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line(format!("span {}", span.metadata().name()));
        span.record(&mut line);
        self.push(span.metadata(), line);
        let mut inner = self.0.lock().unwrap();
        inner.next += 1;
        Id::from_u64(inner.next)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut line = Line(format!("record {}", span.into_u64()));
        values.record(&mut line);
        self.0.lock().unwrap().lines.push(line.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line("event".to_owned());
        event.record(&mut line);
        self.push(event.metadata(), line);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The fields of an attempt by the conventions for HTTP.
macro_rules! http {
    ($($resent:literal)?) => {
        concat!(
            r#" otel.name=GET /things/{Id} otel.kind="client" http.request.method="GET""#,
            $($resent,)?
            r#" url.template="/things/{Id}" server.address="sample.us-west-2.amazonaws.com" server.port=443"#,
        )
    };
}

#[tokio::test(start_paused = true)]
async fn a_span_for_the_call_and_for_each_attempt() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let script = Script::new([refusal(503, "Busy"), answer(200, "{}")]);
    crate::support::client(script).send(get()).await.unwrap();
    let lines: Vec<_> = log.lines().into_iter().filter(|line| !line.starts_with("event")).collect();
    assert_eq!(
        lines,
        [
            concat!(
                r#"span call service="Sample Service" operation="GetThing" otel.name=Sample Service.GetThing"#,
                r#" otel.kind="client" rpc.system="aws-api" rpc.service="Sample Service" rpc.method="GetThing""#,
            ),
            concat!(r#"span attempt operation="GetThing" attempt=1"#, http!()),
            "record 2 status=503",
            "record 2 http.response.status_code=503",
            r#"record 2 request_id="req-1""#,
            r#"record 2 aws.request_id="req-1""#,
            r#"record 2 otel.status_code="ERROR""#,
            r#"record 2 error.type="Busy""#,
            concat!(r#"span attempt operation="GetThing" attempt=2"#, http!(" http.request.resend_count=1")),
            "record 3 status=200",
            "record 3 http.response.status_code=200",
            r#"record 3 request_id="req-1""#,
            r#"record 3 aws.request_id="req-1""#,
            "record 1 status=200",
            "record 1 http.response.status_code=200",
            r#"record 1 request_id="req-1""#,
            r#"record 1 aws.request_id="req-1""#,
            "record 1 attempts=2",
        ]
    );
    let again: Vec<_> = log.lines().into_iter().filter(|line| line.contains("another one follows")).collect();
    assert_eq!(again.len(), 1);
    assert!(again[0].contains(r#"code="Busy""#), "{again:?}");
}

#[tokio::test(start_paused = true)]
async fn the_span_of_a_call_that_fails_says_how() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    crate::support::client(Script::new([refusal(503, "Busy"), refusal(404, "Gone")])).send(get()).await.unwrap_err();
    let records: Vec<_> = log.lines().into_iter().filter(|line| line.starts_with("record 1 ")).collect();
    let expected = [
        "record 1 status=404",
        "record 1 http.response.status_code=404",
        r#"record 1 request_id="req-1""#,
        r#"record 1 aws.request_id="req-1""#,
        r#"record 1 otel.status_code="ERROR""#,
        r#"record 1 error.type="Gone""#,
        "record 1 attempts=2",
    ];
    assert_eq!(records, expected);
}

#[tokio::test(start_paused = true)]
async fn a_failure_without_a_code_has_its_kind_as_its_type() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let client = crate::support::client(Script::new([Step::NotSent]));
    client.with(|config| config.retry(Retry::none())).send(ring()).await.unwrap_err();
    let types: Vec<_> = log.lines().into_iter().filter(|line| line.contains("error.type")).collect();
    assert_eq!(types, ["record 2 error.type=Connect", "record 1 error.type=Connect"]);
}

#[tokio::test(start_paused = true)]
async fn no_secrets_no_bodies_nothing_above_debug() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let hush = || Some("hush".to_owned());
    let keys = Credentials::new("AKIDEXAMPLE", "hush-hush").with_session_token("hush-token");
    let steps = [
        refusal(503, "Busy"),
        answer(400, r#"{"message":"hush is not a valid name"}"#),
        answer(200, r#"{"Size":"hush","Name":["hush"],"Other":"hush"}"#),
        answer(200, r#"{"Name":null,"Size":"7"}"#),
    ];
    let client: Client = config().credentials(keys).http_client(Script::new(steps)).client();
    let _ = client.send(RingThing { name: hush() }).await;
    let _ = client.send(StartThing { name: hush(), client_token: hush() }).await;
    let _ = client.send(ring()).await;
    let _ = client.send(ring()).await;
    assert!(log.lines().len() > 10);
    for line in log.lines() {
        assert!(!line.contains("hush"), "{line}");
    }
    assert!(log.0.lock().unwrap().levels.iter().all(|level| *level >= Level::DEBUG));
}

/// What no test comes past is looked for in the text: there is no louder macro in any file.
#[test]
fn no_file_has_an_event_above_debug() {
    fn look(folder: &std::path::Path, files: &mut usize) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path, files);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for loud in ["info!(", "warn!(", "error!(", "info_span!(", "warn_span!(", "error_span!(", "Level::INFO"] {
                let found = text.match_indices(loud).any(|(at, _)| !text[..at].ends_with("compile_"));
                assert!(!found, "{}: {loud}", path.display());
            }
            *files += 1;
        }
    }
    let mut files = 0;
    look(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    assert!(files > 80, "{files}");
}
