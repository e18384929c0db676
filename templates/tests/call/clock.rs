//! The clock that requests are signed by: corrected once after a refused time, within bounds, and never for good by mistake.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use crate::support::script::{Script, Seen, answer, refusal};
use crate::support::service::{Client, get, ring};
use crate::support::{client, config};
use templates::runtime::credentials::{Credentials, CredentialsFuture, ProvideCredentials};
use templates::runtime::{DateTime, Retry, TimestampFormat};

const OK: &str = r#"{"Name":"n"}"#;

fn date(time: SystemTime) -> String {
    DateTime::from(time).format(TimestampFormat::HttpDate)
}

#[tokio::test(start_paused = true)]
async fn a_wrong_clock_is_corrected_once_and_remembered() {
    let hour = Duration::from_secs(3600);
    for (code, service_is) in [
        ("RequestTimeTooSkewed", SystemTime::now() + hour),
        ("RequestTimeTooSkewed", SystemTime::now() - hour),
        ("RequestInTheFuture", SystemTime::now() - hour),
        ("RequestExpired", SystemTime::now() + hour),
        ("InvalidSignatureException", SystemTime::now() + hour),
        ("SignatureDoesNotMatch", SystemTime::now() + hour),
        ("AuthFailure", SystemTime::now() + hour),
    ] {
        let skewed = refusal(403, code).with("date", date(service_is));
        let script = Script::new([skewed, answer(200, OK)]);
        let client = client(script.clone());
        client.send(ring()).await.unwrap();
        client.send(ring()).await.unwrap();
        let stamps: Vec<_> = script.seen().iter().map(|seen| signed_at(&seen.headers)).collect();
        assert_eq!(stamps.len(), 3, "{code}");
        let right = DateTime::from(service_is).secs();
        assert!((stamps[0] - right).abs() > 3500, "{code}: {stamps:?}");
        assert!((stamps[1] - right).abs() < 60, "{code}: {stamps:?}");
        assert!((stamps[2] - right).abs() < 60, "{code}: {stamps:?}");
        assert!(script.waits()[0] < Duration::from_millis(5), "{code}: there is nothing to wait for");
    }
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_stays_wrong_ends_the_call() {
    let hour = Duration::from_secs(3600);
    let at = |offset: u32| refusal(403, "RequestTimeTooSkewed").with("date", date(SystemTime::now() + hour * offset));
    let script = Script::new([at(1), at(2), at(3)]);
    let error = client(script.clone()).send(get()).await.unwrap_err();
    assert_eq!(script.count(), 2);
    assert_eq!(error.code(), Some("RequestTimeTooSkewed"));
}

#[tokio::test(start_paused = true)]
async fn a_wrong_signature_under_a_right_clock_is_final() {
    let wrong = refusal(403, "SignatureDoesNotMatch").with("date", date(SystemTime::now()));
    let no_date = refusal(403, "RequestTimeTooSkewed");
    let garbage = refusal(403, "RequestTimeTooSkewed").with("date", "yesterday");
    for step in [wrong, no_date, garbage] {
        let script = Script::new([step]);
        client(script.clone()).send(get()).await.unwrap_err();
        assert_eq!(script.count(), 1);
    }
}

/// The time of `x-amz-date`, in seconds.
fn signed_at(headers: &http::HeaderMap) -> i64 {
    let text = headers["x-amz-date"].to_str().unwrap();
    let part = |range: std::ops::Range<usize>| &text[range];
    let iso =
        format!("{}-{}-{}T{}:{}:{}Z", part(0..4), part(4..6), part(6..8), part(9..11), part(11..13), part(13..15));
    DateTime::parse(&iso).unwrap().secs()
}

/// How far the time of each request is from the machine's, in seconds.
fn offsets(script: &Script) -> Vec<i64> {
    let now = DateTime::from(SystemTime::now()).secs();
    script.seen().iter().map(|seen: &Seen| signed_at(&seen.headers) - now).collect()
}

#[tokio::test(start_paused = true)]
async fn one_wrong_date_does_not_lock_a_configuration_out() {
    let year = Duration::from_secs(365 * 86_400);
    for wrong in [SystemTime::now() + 12 * year, SystemTime::now() - 12 * year] {
        let skewed = refusal(403, "RequestTimeTooSkewed").with("date", date(wrong));
        let script = Script::new([skewed, answer(200, OK)]);
        let client = client(script.clone());
        let error = client.send(get()).await.unwrap_err();
        assert_eq!((error.attempts(), error.code()), (1, Some("RequestTimeTooSkewed")), "not worth another attempt");
        client.send(get()).await.unwrap();
        assert!(offsets(&script).iter().all(|offset| offset.abs() < 60), "{:?}", offsets(&script));
    }
}

#[tokio::test(start_paused = true)]
async fn a_correction_that_does_not_help_is_undone() {
    let hour = Duration::from_secs(3600);
    for code in ["RequestTimeTooSkewed", "SignatureDoesNotMatch"] {
        let wrong = refusal(403, code).with("date", date(SystemTime::now() + hour));
        let script = Script::new([wrong.clone(), wrong, answer(200, OK)]);
        let client = client(script.clone());
        assert_eq!(client.send(ring()).await.unwrap_err().attempts(), 2, "{code}");
        client.send(ring()).await.unwrap();
        let offsets = offsets(&script);
        assert!(offsets[0].abs() < 60 && (offsets[1] - 3600).abs() < 60 && offsets[2].abs() < 60, "{code} {offsets:?}");
    }
}

/// Without a second attempt to try a correction with, the next call tries it.
#[tokio::test(start_paused = true)]
async fn a_correction_that_the_next_call_cannot_use_is_undone() {
    let hour = Duration::from_secs(3600);
    let wrong = refusal(403, "RequestTimeTooSkewed").with("date", date(SystemTime::now() + hour));
    let script = Script::new([wrong.clone(), wrong, answer(200, OK)]);
    let client: Client = config().http_client(script.clone()).retry(Retry::none()).client();
    client.send(get()).await.unwrap_err();
    client.send(get()).await.unwrap_err();
    client.send(get()).await.unwrap();
    let offsets = offsets(&script);
    assert!(offsets[0].abs() < 60 && (offsets[1] - 3600).abs() < 60 && offsets[2].abs() < 60, "{offsets:?}");
}

/// A provider of keys that serve for an hour, and how often it was asked.
#[derive(Debug, Clone, Default)]
struct Hourly(Arc<AtomicUsize>);

impl ProvideCredentials for Hourly {
    fn credentials(&self) -> CredentialsFuture<'_> {
        self.0.fetch_add(1, Ordering::SeqCst);
        let end = SystemTime::now() + Duration::from_secs(3600);
        Box::pin(async move { Ok(Credentials::new("AK", "s3cret").with_expires_at(end)) })
    }
}

#[tokio::test(start_paused = true)]
async fn a_correction_ends_no_credentials() {
    let skewed = |hours: i64| {
        let secs = DateTime::from(SystemTime::now()).secs() + hours * 3600;
        refusal(403, "RequestTimeTooSkewed").with("date", DateTime::from_secs(secs).format(TimestampFormat::HttpDate))
    };
    for hours in [20, -20] {
        let (script, provider) = (Script::new([skewed(hours), answer(200, OK)]), Hourly::default());
        let client: Client = config().credentials(provider.clone()).http_client(script.clone()).client();
        for _ in 0..3 {
            client.send(get()).await.unwrap();
        }
        assert_eq!((script.count(), provider.0.load(Ordering::SeqCst)), (4, 1), "{hours} hours");
    }
}
