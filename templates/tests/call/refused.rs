//! Keys and tokens that a service refuses: dropped, so that the next call has new ones, and the provider is not worn out.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use templates::runtime::credentials::{Credentials, CredentialsFuture, ProvideCredentials};
use templates::runtime::token::{BearerToken, ProvideToken, TokenFuture};
use templates::runtime::{Config, DateTime, Timeouts, TimestampFormat};

use crate::support::script::{Script, Step, answer, refusal};
use crate::support::service::{Client, GetThing, ShowThing, get};

const CODES: [&str; 5] =
    ["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "RequestExpired", "UnrecognizedClientException"];

/// A provider that gives other keys and tokens each time, good for a day.
#[derive(Debug, Clone, Default)]
struct Counting(Arc<AtomicUsize>);

impl Counting {
    fn next(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }

    fn asked(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

fn tomorrow() -> SystemTime {
    SystemTime::now() + Duration::from_secs(86_400)
}

impl ProvideCredentials for Counting {
    fn credentials(&self) -> CredentialsFuture<'_> {
        let id = format!("AKID{}", self.next());
        Box::pin(async move { Ok(Credentials::new(id, "s3cret").with_expires_at(tomorrow())) })
    }
}

impl ProvideToken for Counting {
    fn token(&self) -> TokenFuture<'_> {
        let token = BearerToken::new(format!("t{}", self.next())).with_expires_at(tomorrow());
        Box::pin(async move { Ok(token) })
    }
}

fn client(steps: impl IntoIterator<Item = Step>) -> (Client, Script, Counting) {
    let (script, counting) = (Script::new(steps), Counting::default());
    let config = Config::new().region("us-west-2").credentials(counting.clone()).bearer_token(counting.clone());
    (config.http_client(script.clone()).client(), script, counting)
}

/// The sender of each request.
fn callers(script: &Script) -> Vec<String> {
    let caller = |header: &str| {
        let (_, rest) = header.split_once("Credential=").or(header.split_once("Bearer ")).unwrap();
        rest.split('/').next().unwrap().to_owned()
    };
    script.seen().iter().map(|seen| caller(seen.headers["authorization"].to_str().unwrap())).collect()
}

#[tokio::test(start_paused = true)]
async fn the_next_call_has_new_keys() {
    for code in CODES {
        for status in [400, 401, 403] {
            let (client, script, counting) = client([refusal(status, code), answer(200, "{}")]);
            let error = client.send(get()).await.unwrap_err();
            assert_eq!((error.code(), error.attempts()), (Some(code), 1));
            client.send(get()).await.unwrap();
            client.send(get()).await.unwrap();
            assert_eq!(callers(&script), ["AKID1", "AKID2", "AKID2"], "{code}");
            assert_eq!(counting.asked(), 2);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_next_call_has_a_new_token() {
    let (client, script, _) = client([refusal(401, "ExpiredTokenException"), answer(200, "{}")]);
    client.send(ShowThing::default()).await.unwrap_err();
    client.send(ShowThing::default()).await.unwrap();
    client.send(ShowThing::default()).await.unwrap();
    assert_eq!(callers(&script), ["t1", "t2", "t2"]);
}

#[tokio::test(start_paused = true)]
async fn other_refusals_say_nothing_of_the_keys() {
    let others = ["AccessDeniedException", "SignatureDoesNotMatch", "InvalidSignatureException", "ThrottlingException"];
    let steps = others.map(|code| refusal(403, code)).into_iter().chain([answer(401, ""), answer(403, "")]);
    let (client, _, counting) = client(steps);
    for _ in 0..8 {
        client.send(get()).await.unwrap_err();
    }
    assert_eq!(counting.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_clock_is_not_put_down_to_the_keys() {
    let hour = SystemTime::now() + Duration::from_secs(3600);
    let date = DateTime::from(hour).format(TimestampFormat::HttpDate);
    let (client, script, counting) = client([refusal(403, "RequestExpired").with("date", date), answer(200, "{}")]);
    client.send(get()).await.unwrap();
    assert_eq!((script.count(), counting.asked()), (2, 1));
    let now = DateTime::now().format(TimestampFormat::HttpDate);
    let (client, _, counting) = self::client([refusal(403, "RequestExpired").with("date", now), answer(200, "{}")]);
    client.send(get()).await.unwrap_err();
    client.send(get()).await.unwrap();
    assert_eq!(counting.asked(), 2, "the clock is right, so it was the keys");
}

#[tokio::test(start_paused = true)]
async fn a_provider_whose_keys_are_all_refused_is_not_worn_out() {
    let (client, script, counting) = client([refusal(403, "ExpiredTokenException")]);
    let call = async || client.send(get()).await.unwrap_err();
    for _ in 0..100 {
        assert_eq!(call().await.attempts(), 1);
    }
    assert_eq!((script.count(), counting.asked()), (100, 2));
    tokio::time::sleep(Duration::from_secs(31)).await;
    for _ in 0..100 {
        call().await;
    }
    assert_eq!(counting.asked(), 3);
}

#[tokio::test(start_paused = true)]
async fn who_is_refused_with_old_keys_leaves_the_new_ones() {
    let (counting, late) = (Counting::default(), Duration::from_secs(100));
    let config = Config::new().region("us-west-2").credentials(counting.clone()).timeouts(Timeouts::none());
    let slow = Script::new([refusal(403, "ExpiredToken")]).taking(late);
    let [slow, fast]: [Client; 2] = [slow, Script::new([refusal(403, "ExpiredToken"), answer(200, "{}")])]
        .map(|http| config.clone().http_client(http).client());
    let old = tokio::spawn(async move { slow.send(get()).await.map(drop) });
    tokio::time::sleep(Duration::from_secs(1)).await;
    fast.send(get()).await.unwrap_err();
    fast.send(get()).await.unwrap();
    assert_eq!(counting.asked(), 2);
    old.await.unwrap().unwrap_err();
    fast.send(get()).await.unwrap();
    assert_eq!(counting.asked(), 2, "the old keys were refused, and the new ones are held");
}

#[tokio::test(start_paused = true)]
async fn many_refused_at_once_ask_once() {
    let steps = (0..100).map(|_| refusal(403, "ExpiredToken")).chain([answer(200, "{}")]);
    let (script, counting) = (Script::new(steps).taking(Duration::from_secs(1)), Counting::default());
    let config = Config::new().region("us-west-2").credentials(counting.clone()).timeouts(Timeouts::none());
    let client: Client = config.http_client(script.clone()).client();
    let calls = |client: &Client| {
        let one = || {
            let client = client.clone();
            tokio::spawn(async move { client.send(GetThing { id: Some("i".to_owned()) }).await.is_ok() })
        };
        (0..100).map(|_| one()).collect::<Vec<_>>()
    };
    for call in calls(&client) {
        assert!(!call.await.unwrap());
    }
    for call in calls(&client) {
        assert!(call.await.unwrap());
    }
    assert_eq!(counting.asked(), 2);
}
