//! Bearer tokens: where they come from, when they are sent, and that they are neither shown nor sent in the clear.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use templates::runtime::token::{BearerToken, ProvideToken, TokenFuture};
use templates::runtime::{Config, ErrorKind};

use crate::support::aws::{Home, Services};
use crate::support::service::{Sample, ShowThing};

fn services() -> Services {
    Services::new(|_| Some((200, "{}".to_owned())))
}

/// Makes a call; gives the `authorization` header, or the error.
async fn call(config: Config) -> Result<String, (ErrorKind, String)> {
    let services = services();
    let client = config.http_client(services.clone()).client::<Sample>();
    match client.send(ShowThing::default()).await {
        Ok(_) => Ok(services.sent().last().unwrap().header("authorization").to_owned()),
        Err(error) => {
            assert!(services.sent().is_empty());
            let shown = format!("{error} {error:?} {client:?}");
            assert!(!shown.contains("s3cret"), "{shown}");
            Err((error.kind(), error.to_string()))
        }
    }
}

fn config() -> Config {
    Config::new().region("us-west-2")
}

#[tokio::test]
async fn code_then_environment() {
    assert_eq!(call(config().bearer_token(BearerToken::new("s3cret-code"))).await.unwrap(), "Bearer s3cret-code");
    let home = Home::new("", "");
    let variables = [("AWS_BEARER_TOKEN_SAMPLE", "s3cret-env"), ("AWS_REGION", "us-east-1")];
    let of_environment = || Config::new().environment(home.environment(&variables));
    assert_eq!(call(of_environment()).await.unwrap(), "Bearer s3cret-env");
    let in_code = of_environment().bearer_token(BearerToken::new("s3cret-code"));
    assert_eq!(call(in_code).await.unwrap(), "Bearer s3cret-code");
}

#[cfg(feature = "credentials")]
#[tokio::test]
async fn sign_in_of_the_profile() {
    let home = Home::new(
        "[default]\nsso_session = corp\nregion = us-east-1\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://x\n\
         [profile none]\nregion = us-east-1\n",
        "",
    );
    let expiry = crate::support::aws::answers::in_an_hour();
    let file = format!(".aws/sso/cache/{CORP}.json");
    home.write(&file, &format!(r#"{{"accessToken":"s3cret-sign-in","expiresAt":"{expiry}"}}"#));
    let of = |variables: &[(&'static str, &str)]| Config::new().environment(home.environment(variables));
    assert_eq!(call(of(&[])).await.unwrap(), "Bearer s3cret-sign-in");

    let (kind, message) = call(of(&[("AWS_PROFILE", "none")])).await.unwrap_err();
    assert_eq!(kind, ErrorKind::Credentials);
    assert!(message.contains("AWS_BEARER_TOKEN_SAMPLE is not set; profile \"none\""), "{message}");
    assert!(message.contains("has no sso_session"), "{message}");
    home.write(&file, "s3cret");
    let (_, message) = call(of(&[])).await.unwrap_err();
    assert!(message.contains("not a JSON object"), "{message}");
}

/// SHA-1 of `corp`.
#[cfg(feature = "credentials")]
const CORP: &str = "ee0bfd2552fbd840c02cc48b6e823320543c450f";

#[tokio::test]
async fn none_is_said() {
    let (kind, message) = call(config()).await.unwrap_err();
    assert_eq!(kind, ErrorKind::Config);
    assert!(message.contains("no bearer token is set: Config::bearer_token was not called"), "{message}");
}

#[tokio::test]
async fn never_in_the_clear() {
    let plain = config().endpoint_url("http://localhost").bearer_token(BearerToken::new("s3cret"));
    let (kind, message) = call(plain).await.unwrap_err();
    assert_eq!(kind, ErrorKind::Config);
    assert!(message.contains("over HTTPS only"), "{message}");
}

#[tokio::test]
async fn what_a_header_cannot_carry_is_refused() {
    let (kind, message) = call(config().bearer_token(BearerToken::new("s3cret\r\n"))).await.unwrap_err();
    assert_eq!(kind, ErrorKind::Build);
    assert!(message.contains("the bearer token cannot be written in a header"), "{message}");
}

/// A provider whose tokens live for an hour.
#[derive(Debug, Clone, Default)]
struct Counting(Arc<AtomicUsize>);

impl ProvideToken for Counting {
    fn token(&self) -> TokenFuture<'_> {
        let count = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        let token = BearerToken::new(format!("token-{count}"));
        let token = token.with_expires_at(SystemTime::now() + Duration::from_secs(3600));
        Box::pin(async move { Ok(token) })
    }
}

#[tokio::test]
async fn kept_for_all_calls() {
    let counting = Counting::default();
    let services = services();
    let config = config().bearer_token(counting.clone()).http_client(services.clone());
    for _ in 0..3 {
        config.client::<Sample>().send(ShowThing::default()).await.unwrap();
    }
    assert_eq!(counting.0.load(Ordering::SeqCst), 1);
    assert!(services.sent().iter().all(|sent| sent.header("authorization") == "Bearer token-1"));
}

#[test]
fn nothing_secret_is_shown() {
    let token = BearerToken::new("s3cret").with_expires_at(SystemTime::UNIX_EPOCH);
    let shown = format!("{token:?} {:?}", config().bearer_token(token.clone()));
    assert!(!shown.contains("s3cret"), "{shown}");
    assert_eq!(token.text(), "s3cret");
    assert_eq!(token.expires_at(), Some(SystemTime::UNIX_EPOCH));
}
