//! `credential_process`: what it prints, how it fails, and that it neither outlives its callers nor multiplies.

use std::path::PathBuf;
use std::time::Duration;

use crate::support::aws::answers::{chain, id, in_an_hour, in_seconds, load};
use crate::support::aws::{Home, Services};
use templates::runtime::credentials::{CredentialsCache, ProvideCredentials};

const KEYS: &str = r#"{"Version": 1, "AccessKeyId": "AKPROCESS", "SecretAccessKey": "s3cret"}"#;

/// A home directory whose default profile runs this script, which is started as `exec sh SCRIPT`.
fn home(script: &str) -> Home {
    let home = Home::new("", "");
    let path = home.write("process.sh", script);
    home.write(".aws/config", &format!("[default]\ncredential_process = sh {path}\n"));
    home
}

/// A line that appends to the file `starts`, so that the starts of a script can be counted.
fn counted(script: &str) -> Home {
    let home = home("");
    let starts = home.0.join("starts");
    home.write("process.sh", &format!("echo x >> {}\n{script}", starts.display()));
    home
}

fn starts(home: &Home) -> usize {
    std::fs::read_to_string(home.0.join("starts")).unwrap_or_default().lines().count()
}

/// A script that notes its process id and then never ends.
fn endless() -> (Home, PathBuf) {
    let home = home("");
    let pid = home.0.join("pid");
    home.write("process.sh", &format!("echo $$ > {0}.new && mv {0}.new {0}\nexec sleep 100000\n", pid.display()));
    (home, pid)
}

/// Waits for something that another process does.
async fn until(holds: impl Fn() -> bool) {
    let start = std::time::Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(30), "it did not happen");
        tokio::task::yield_now().await;
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether the process runs whose id is in a file.
fn runs(pid: &PathBuf) -> bool {
    let pid = std::fs::read_to_string(pid).unwrap();
    let signal =
        std::process::Command::new("sh").args(["-c", &format!("kill -0 {} 2> /dev/null", pid.trim())]).status();
    signal.unwrap().success()
}

async fn run(command: &str) -> String {
    let home = Home::new(&format!("[default]\ncredential_process = {command}\n"), "");
    id(home.environment(&[]), &Services::none()).await
}

#[tokio::test]
async fn prints_credentials() {
    let home = Home::new("", "");
    let expiry = in_an_hour();
    home.write(
        "print me.sh",
        &format!(
            "echo '{{\"Version\": 1, \"AccessKeyId\": \"'\"$1-$2-$#\"'\", \"SecretAccessKey\": \"s3cret\", \
             \"SessionToken\": \"s3cret-token\", \"Expiration\": \"{expiry}\", \"AccountId\": \"1\"}}'\n"
        ),
    );
    let script = home.0.join("print me.sh");
    let config = format!("[default]\ncredential_process = sh \"{}\" 'one ; two' three\\ \"#\"\n", script.display());
    home.write(".aws/config", &config);
    let credentials = load(home.environment(&[]), &Services::none()).await.unwrap();
    assert_eq!(credentials.access_key_id(), "one ; two-three #-2");
    assert_eq!(credentials.session_token(), Some("s3cret-token"));
    assert_eq!(credentials.account_id(), Some("1"));
    assert!(credentials.expires_at().is_some());
}

#[tokio::test]
async fn fails_in_all_ways() {
    assert!(run("/no/such/program x").await.contains("\"/no/such/program\" cannot be run"));
    let error = run("sh -c 'echo s3cret; echo please sign in >&2; exit 3'").await;
    assert!(error.contains("exit status: 3: please sign in"), "{error}");
    assert!(run("echo s3cret").await.contains("did not print JSON"));
    assert!(run("echo '{\"Version\":2,\"AccessKeyId\":\"s3cret\"}'").await.contains("did not print Version 1"));
    assert!(run("echo '{\"Version\":1,\"AccessKeyId\":\"s3cret\"}'").await.contains("no SecretAccessKey"));
    assert!(run("echo 'open").await.contains("a quote without its end"));
    assert!(run("''").await.contains("cannot be run"));
}

#[tokio::test]
async fn expired_credentials_are_not_used() {
    let expiry = in_seconds(-30);
    let keys = KEYS.replace('}', &format!(r#", "Expiration": "{expiry}"}}"#));
    let home = home(&format!("echo '{keys}'\n"));
    let error = id(home.environment(&[]), &Services::none()).await;
    assert!(error.ends_with(&format!("the credentials expired at {expiry}")), "{error}");
    // Nor are they for a role.
    let process = std::fs::read_to_string(home.0.join(".aws/config")).unwrap();
    home.write(
        ".aws/config",
        &format!("{process}[profile r]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = default\n"),
    );
    let services = Services::none();
    let error = id(home.environment(&[("AWS_PROFILE", "r")]), &services).await;
    assert!(error.contains("the credentials expired at"), "{error}");
    assert!(services.sent().is_empty());
}

#[tokio::test]
async fn runs_once_for_all_callers_at_a_time() {
    let home = counted(&format!("sleep 0.3\necho '{KEYS}'\n"));
    let chains: Vec<_> = (0..30).map(|_| chain(home.environment(&[]), &Services::none())).collect();
    let calls: Vec<_> =
        chains.into_iter().map(|chain| tokio::spawn(async move { chain.credentials().await })).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().access_key_id(), "AKPROCESS");
    }
    assert_eq!(starts(&home), 1);
    assert_eq!(id(home.environment(&[]), &Services::none()).await, "AKPROCESS");
    assert_eq!(starts(&home), 2, "a success is the cache's to remember");
}

#[tokio::test]
async fn is_killed_when_nobody_waits() {
    let (home, pid) = endless();
    let mut calls = Vec::new();
    for _ in 0..30 {
        let chain = chain(home.environment(&[]), &Services::none());
        calls.push(tokio::spawn(async move { chain.credentials().await }));
    }
    until(|| pid.exists()).await;
    assert!(runs(&pid));
    for call in calls {
        call.abort();
        let _ = call.await;
    }
    until(|| !runs(&pid)).await;
}

#[tokio::test(start_paused = true)]
async fn has_a_minute() {
    let (home, _) = endless();
    let error = id(home.environment(&[]), &Services::none()).await;
    assert!(error.ends_with("credential_process did not end within 60 s"), "{error}");
}

/// The cache waits for a process that a dropped call began, and so the process can do what it has to.
#[tokio::test]
async fn goes_on_for_the_cache_when_the_call_is_dropped() {
    let home = home("");
    let gate = home.0.join("gate");
    home.write("process.sh", &format!("while [ ! -e {} ]; do sleep 0.01; done\necho '{KEYS}'\n", gate.display()));
    let cache = CredentialsCache::new(chain(home.environment(&[]), &Services::none()));
    let first = cache.clone();
    let first = tokio::spawn(async move { first.get().await });
    tokio::task::yield_now().await;
    first.abort();
    let _ = first.await;
    home.write("gate", "");
    assert_eq!(cache.get().await.unwrap().access_key_id(), "AKPROCESS");
}

#[tokio::test]
async fn a_failure_is_remembered_for_a_moment() {
    let home = counted("exec head -c 100000 /dev/zero\n");
    let fails = async || {
        let error = id(home.environment(&[]), &Services::none()).await;
        assert!(error.ends_with("credential_process printed more than 65536 bytes"), "{error}");
    };
    fails().await;
    // A process takes real time, and the moment after its failure must not pass meanwhile.
    tokio::time::pause();
    fails().await;
    assert_eq!(starts(&home), 1);
    tokio::time::advance(Duration::from_millis(1001)).await;
    tokio::time::resume();
    fails().await;
    assert_eq!(starts(&home), 2);
}

#[tokio::test]
async fn endless_output_is_not_read_to_its_end() {
    let error = run("yes s3cret").await;
    assert!(error.ends_with("credential_process printed more than 65536 bytes"), "{error}");
}

#[tokio::test]
async fn remarks_without_end_do_not_hold_it_up() {
    let home = home(&format!("head -c 1000000 /dev/zero >&2\necho '{KEYS}'\n"));
    assert_eq!(id(home.environment(&[]), &Services::none()).await, "AKPROCESS");
}

#[tokio::test]
async fn what_it_leaves_running_holds_nobody_up() {
    let (home, pid) = endless();
    // The child of the process holds its output open.
    let endless = std::fs::read_to_string(home.0.join("process.sh")).unwrap();
    home.write("endless.sh", &endless);
    home.write("process.sh", &format!("sh {} &\necho '{KEYS}'\n", home.0.join("endless.sh").display()));
    assert_eq!(id(home.environment(&[]), &Services::none()).await, "AKPROCESS");
    until(|| pid.exists()).await;
    let pid = std::fs::read_to_string(pid).unwrap();
    std::process::Command::new("kill").args(["-KILL", pid.trim()]).status().unwrap();
}
