//! Credentials of IAM Identity Center: the sign-in that `aws sso login` left, its renewal, and the role's credentials.

use std::path::PathBuf;

use serde_json::{Value, json};
use templates::runtime::shape::timestamp::DateTime;

use crate::support::aws::answers::{id, in_seconds, load};
use crate::support::aws::{Answer, Home, Sent, Services};

const CONFIG: &str = "[default]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Read Only\n\
                      [sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n\
                      [profile older]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\
                      sso_account_id = 1\nsso_role_name = R\n";
/// SHA-1 of `corp`.
const CORP: &str = "ee0bfd2552fbd840c02cc48b6e823320543c450f";
/// SHA-1 of `https://corp.awsapps.com/start`.
const START_URL: &str = "a51746d4aa793ae07b25e90c3a5db96fc7832bd7";
const PROFILE: [(&str, &str); 1] = [("AWS_PROFILE", "older")];

fn home(file: &str, token: &Value) -> (Home, PathBuf) {
    let home = Home::new(CONFIG, "");
    let path = home.write(&format!(".aws/sso/cache/{file}.json"), &token.to_string());
    (home, path.into())
}

/// A sign-in that can be renewed.
fn sign_in(expires_in: i64) -> Value {
    json!({
        "startUrl": "https://corp.awsapps.com/start",
        "region": "eu-west-1",
        "accessToken": "s3cret-old",
        "expiresAt": in_seconds(expires_in),
        "clientId": "client",
        "clientSecret": "s3cret-client",
        "registrationExpiresAt": in_seconds(1_000_000),
        "refreshToken": "s3cret-refresh",
        "of another tool": [1, 2],
    })
}

fn portal(sent: &Sent) -> Answer {
    let millis = (DateTime::now().secs() + 3600) * 1000;
    Some(match sent.uri.path() {
        "/token" => {
            (200, json!({"accessToken": "s3cret-new", "expiresIn": 28800, "refreshToken": "s3cret-next"}).to_string())
        }
        _ => {
            let credentials = json!({
                "accessKeyId": "AKSSO", "secretAccessKey": "s3cret", "sessionToken": "s3cret-token", "expiration": millis,
            });
            (200, json!({ "roleCredentials": credentials }).to_string())
        }
    })
}

#[tokio::test]
async fn token_of_the_session_is_sent() {
    let (home, _) = home(CORP, &sign_in(7200));
    let services = Services::new(portal);
    let credentials = load(home.environment(&[]), &services).await.unwrap();
    assert_eq!(credentials.access_key_id(), "AKSSO");
    assert_eq!(credentials.session_token(), Some("s3cret-token"));
    assert_eq!(credentials.account_id(), Some("123456789012"));
    let life = DateTime::from(credentials.expires_at().unwrap()).secs() - DateTime::now().secs();
    assert!((3595..=3600).contains(&life), "{life}");
    let sent = services.only();
    assert_eq!(
        sent.uri,
        "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials?role_name=Read%20Only&account_id=123456789012"
    );
    assert_eq!(sent.header("x-amz-sso_bearer_token"), "s3cret-old");
    assert_eq!(sent.header("authorization"), "");
}

#[tokio::test]
async fn settings_of_the_older_kind() {
    let mut token = sign_in(7200);
    token["expiresAt"] = token["expiresAt"].as_str().unwrap().replace('Z', "UTC").into();
    let (home, _) = home(START_URL, &token);
    let services = Services::new(portal);
    assert_eq!(id(home.environment(&PROFILE), &services).await, "AKSSO");
    assert_eq!(services.only().uri.host(), Some("portal.sso.us-east-1.amazonaws.com"));
}

#[tokio::test]
async fn of_the_older_kind_is_never_renewed() {
    let (home, _) = home(START_URL, &sign_in(-1));
    let services = Services::new(portal);
    let error = id(home.environment(&PROFILE), &services).await;
    assert!(error.ends_with("the sign-in has expired; run `aws sso login`"), "{error}");
    assert!(services.sent().is_empty());
}

#[tokio::test]
async fn renewed_before_it_expires_and_written_back() {
    let (home, path) = home(CORP, &sign_in(600));
    let services = Services::new(portal);
    assert_eq!(id(home.environment(&[]), &services).await, "AKSSO");
    let sent = services.sent();
    assert_eq!(
        (sent[0].method.as_str(), sent[0].uri.to_string().as_str()),
        ("POST", "https://oidc.eu-west-1.amazonaws.com/token")
    );
    assert_eq!(sent[0].header("content-type"), "application/json");
    let asked: Value = serde_json::from_str(&sent[0].body).unwrap();
    let expected = json!({
        "clientId": "client", "clientSecret": "s3cret-client", "grantType": "refresh_token", "refreshToken": "s3cret-refresh",
    });
    assert_eq!(asked, expected);
    assert_eq!(sent[1].header("x-amz-sso_bearer_token"), "s3cret-new");

    let kept: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(kept["accessToken"], "s3cret-new");
    assert_eq!(kept["refreshToken"], "s3cret-next");
    assert_eq!(kept["clientSecret"], "s3cret-client");
    assert_eq!(kept["of another tool"], json!([1, 2]));
    let expires = kept["expiresAt"].as_str().unwrap();
    assert!(expires.len() == 20 && expires.ends_with('Z'), "{expires}");
    let files = std::fs::read_dir(path.parent().unwrap()).unwrap().count();
    assert_eq!(files, 1, "nothing is left lying about");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    // What was written back is good for the next time.
    assert_eq!(id(home.environment(&[]), &services).await, "AKSSO");
    assert_eq!(services.sent().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_renewed_serves_to_its_end() {
    let no_renewal = |sent: &Sent| match sent.uri.path() {
        "/token" => Some((400, r#"{"error":"invalid_grant","error_description":"s3cret"}"#.to_owned())),
        _ => portal(sent),
    };
    let (still_good, _) = home(CORP, &sign_in(600));
    let services = Services::new(no_renewal);
    assert_eq!(id(still_good.environment(&[]), &services).await, "AKSSO");
    assert_eq!(services.sent()[1].header("x-amz-sso_bearer_token"), "s3cret-old");

    let (expired, _) = home(CORP, &sign_in(-1));
    let services = Services::new(no_renewal);
    let error = id(expired.environment(&[]), &services).await;
    let says = "the sign-in has expired, and CreateToken: status 400; run `aws sso login --sso-session corp`";
    assert!(error.ends_with(says), "{error}");
    assert_eq!(services.sent().len(), 1, "a refresh token is good for one use");

    let mut bare = sign_in(-1);
    bare.as_object_mut().unwrap().remove("refreshToken");
    let (bare, _) = home(CORP, &bare);
    let error = id(bare.environment(&[]), &Services::none()).await;
    assert!(error.contains("its file has no refreshToken"), "{error}");

    let mut unregistered = sign_in(-1);
    unregistered["registrationExpiresAt"] = in_seconds(-1).into();
    let (unregistered, _) = home(CORP, &unregistered);
    let error = id(unregistered.environment(&[]), &Services::none()).await;
    assert!(error.contains("registration of the tool has expired"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_is_said_with_the_way_out() {
    let run = async |config: &str, token: &str, services: Services| {
        let home = Home::new(config, "");
        if !token.is_empty() {
            home.write(&format!(".aws/sso/cache/{CORP}.json"), token);
        }
        let error = load(home.environment(&[]), &services).await.unwrap_err();
        assert!(!error.is_missing());
        error.to_string()
    };
    let error = run(CONFIG, "", Services::none()).await;
    assert!(error.ends_with("nobody has signed in; run `aws sso login --sso-session corp`"), "{error}");
    assert!(run(CONFIG, "s3cret", Services::none()).await.ends_with("not a JSON object"));
    assert!(run(CONFIG, "{}", Services::none()).await.ends_with("no expiresAt"));
    let token = sign_in(7200).to_string();
    let refused = |status: u16, body: &'static str| Services::new(move |_| Some((status, body.to_owned())));
    let error = run(CONFIG, &token, refused(401, "s3cret")).await;
    assert!(error.ends_with("no longer accepted; run `aws sso login --sso-session corp`"), "{error}");
    let error = run(CONFIG, &token, refused(403, r#"{"message":"No access"}"#)).await;
    assert!(error.ends_with("GetRoleCredentials: status 403: No access"), "{error}");
    assert!(run(CONFIG, &token, refused(200, "{}")).await.ends_with("no roleCredentials"));
    let token_with_newline = json!({"accessToken": "s3cret\n", "expiresAt": in_seconds(7200)}).to_string();
    assert!(run(CONFIG, &token_with_newline, Services::none()).await.ends_with("cannot be written in a header"));

    let half = "[default]\nsso_account_id = 1\n";
    assert!(run(half, "", Services::none()).await.ends_with("sso_role_name is not set"));
    let no_session = "[default]\nsso_account_id = 1\nsso_role_name = R\nsso_session = gone\n";
    assert!(run(no_session, "", Services::none()).await.ends_with("no section [sso-session gone]"));
    let no_region = format!("{no_session}[sso-session gone]\nsso_start_url = https://x\n");
    assert!(run(&no_region, "", Services::none()).await.ends_with("sso_region is not set in [sso-session gone]"));
    let other = format!("{no_session}sso_region = a\n[sso-session gone]\nsso_region = b\n");
    assert!(
        run(&other, "", Services::none())
            .await
            .ends_with("sso_region of the profile differs from that in [sso-session gone]")
    );
}

/// A service whose `CreateToken` says when it is asked, and responds when it is let.
fn gated() -> (Services, std::sync::mpsc::Receiver<()>, std::sync::mpsc::Sender<()>) {
    let ((asked, was_asked), (open, gate)) = (std::sync::mpsc::channel(), std::sync::mpsc::channel());
    let (asked, gate) = (std::sync::Mutex::new(asked), std::sync::Mutex::new(gate));
    let services = Services::new(move |sent| {
        if sent.uri.path() == "/token" {
            asked.lock().unwrap().send(()).unwrap();
            gate.lock().unwrap().recv().unwrap();
        }
        portal(sent)
    });
    (services, was_asked, open)
}

/// The access token in a file, once it is another one than before.
fn renewed(path: &std::path::Path) -> String {
    let start = std::time::Instant::now();
    loop {
        let object: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        if object["accessToken"] != "s3cret-old" {
            return object["accessToken"].as_str().unwrap().to_owned();
        }
        assert!(start.elapsed() < std::time::Duration::from_secs(30), "nothing was written");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn an_exchange_goes_on_to_its_end_whoever_waits() {
    let (home, path) = home(CORP, &sign_in(-1));
    let (services, asked, open) = gated();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let environment = home.environment(&[]);
    let sent = services.clone();
    let call = runtime.spawn(async move { load(environment, &sent).await });
    runtime.block_on(async {
        // The call has begun the exchange, and is dropped.
        tokio::task::spawn_blocking(move || asked.recv().unwrap()).await.unwrap();
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled());
    });
    // Not even its runtime is left.
    drop(runtime);
    open.send(()).unwrap();
    assert_eq!(renewed(&path), "s3cret-new");
    // The next call finds the sign-in as it is to be.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(runtime.block_on(id(home.environment(&[]), &services)), "AKSSO");
    assert_eq!(services.sent().iter().filter(|sent| sent.uri.path() == "/token").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_exchange_is_enough_for_all_callers() {
    let (home, _) = home(CORP, &sign_in(-1));
    let (services, asked, open) = gated();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let (environment, services) = (home.environment(&[]), services.clone());
            tokio::spawn(async move { id(environment, &services).await })
        })
        .collect();
    tokio::task::spawn_blocking(move || asked.recv().unwrap()).await.unwrap();
    open.send(()).unwrap();
    for call in calls {
        assert_eq!(call.await.unwrap(), "AKSSO");
    }
    assert_eq!(services.sent().iter().filter(|sent| sent.uri.path() == "/token").count(), 1);
}

#[tokio::test]
async fn a_token_that_another_program_renewed_meanwhile_serves() {
    let (home, path) = home(CORP, &sign_in(-1));
    let mut other = sign_in(7200);
    other["accessToken"] = "s3cret-of-another".into();
    let services = Services::new(move |sent| match sent.uri.path() {
        "/token" => {
            std::fs::write(&path, other.to_string()).unwrap();
            Some((400, r#"{"error":"invalid_grant"}"#.to_owned()))
        }
        _ => portal(sent),
    });
    assert_eq!(id(home.environment(&[]), &services).await, "AKSSO");
    assert_eq!(services.sent()[1].header("x-amz-sso_bearer_token"), "s3cret-of-another");
}

#[tokio::test]
async fn nothing_empty_or_expired_is_used() {
    let mut empty = sign_in(7200);
    empty["accessToken"] = "".into();
    let (with_empty, _) = home(CORP, &empty);
    let services = Services::new(portal);
    let error = id(with_empty.environment(&[]), &services).await;
    assert!(error.ends_with("the file of the sign-in has no accessToken"), "{error}");
    assert!(services.sent().is_empty());
    let (home, _) = home(CORP, &sign_in(7200));
    let services = Services::new(|_| {
        let credentials =
            json!({ "accessKeyId": "AK", "secretAccessKey": "s3cret", "sessionToken": "s3cret", "expiration": 1 });
        Some((200, json!({ "roleCredentials": credentials }).to_string()))
    });
    let error = id(home.environment(&[]), &services).await;
    assert!(error.ends_with("the credentials expired at 1970-01-01T00:00:00.001000Z"), "{error}");
}
