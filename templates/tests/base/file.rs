//! Files that do not behave: pipes that nobody writes to, devices without end. Calls go on, and so does the executor.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::support::aws::{Home, Services, environment_at};
use crate::support::service::{Sample, ring};
use templates::runtime::credentials::Credentials;
use templates::runtime::{Config, ErrorKind, Timeouts};

/// A pipe. Whoever reads it waits until it is dropped.
struct Pipe(PathBuf);

impl Pipe {
    fn new(path: PathBuf) -> Self {
        let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        // For readers a writer comes and goes: they get the end of the file.
        let _ = std::fs::OpenOptions::new().read(true).write(true).open(&self.0);
    }
}

fn config(home: Option<&Path>, variables: &[(&'static str, &str)]) -> Config {
    let services = Services::new(|_| Some((200, "{}".to_owned())));
    let environment = environment_at(home, variables);
    Config::new().environment(environment).http_client(services).credentials(Credentials::new("AK", "s3cret"))
}

/// A call, while another task of the same thread counts how often it is polled.
async fn call(config: Config) -> (Result<(), (ErrorKind, String)>, usize) {
    let polls = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counted = polls.clone();
    let task = tokio::spawn(async move {
        loop {
            counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    let result = config.client::<Sample>().send(ring()).await;
    task.abort();
    let result = result.map(drop).map_err(|error| (error.kind(), error.to_string()));
    (result, polls.load(std::sync::atomic::Ordering::SeqCst))
}

#[tokio::test]
async fn a_pipe_that_nobody_writes_to_is_given_up_and_holds_no_task_up() {
    let home = Home::new("", "");
    let pipe = Pipe::new(home.0.join("pipe"));
    let variables = [("AWS_REGION", "us-east-1"), ("AWS_CONFIG_FILE", pipe.path())];
    let (result, polls) = call(config(None, &variables)).await;
    let (kind, error) = result.unwrap_err();
    assert_eq!(kind, ErrorKind::Config);
    assert!(error.contains("(of AWS_CONFIG_FILE) cannot be read: it was not read within 2 s"), "{error}");
    assert!(polls > 2, "{polls}");
}

#[tokio::test]
async fn a_default_path_that_is_a_pipe_counts_as_absent() {
    let home = Home::new("", "");
    let _pipe = Pipe::new(home.0.join(".aws/credentials"));
    let (result, polls) = call(config(Some(&home.0), &[("AWS_REGION", "us-east-1")])).await;
    assert_eq!(result, Ok(()));
    assert!(polls > 2, "{polls}");
}

#[tokio::test]
async fn a_call_ends_at_its_timeout() {
    let home = Home::new("", "");
    let _pipe = Pipe::new(home.0.join(".aws/config"));
    let hasty = Timeouts::none().call(Duration::from_millis(50));
    let (result, _) = call(config(Some(&home.0), &[("AWS_REGION", "us-east-1")]).timeouts(hasty)).await;
    let (kind, error) = result.unwrap_err();
    assert_eq!(kind, ErrorKind::Timeout);
    assert!(error.contains("the settings could not be read within the call's timeout"), "{error}");
}

#[tokio::test]
async fn a_pipe_that_somebody_writes_to_is_read() {
    let home = Home::new("", "");
    let pipe = Pipe::new(home.0.join("pipe"));
    let path = pipe.0.clone();
    let writer = std::thread::spawn(move || std::fs::write(path, "[default]\nregion = eu-west-1\n"));
    let services = Services::new(|_| Some((200, "{}".to_owned())));
    let config = config(None, &[("AWS_CONFIG_FILE", pipe.path())]).http_client(services.clone());
    assert_eq!(call(config).await.0, Ok(()));
    assert_eq!(services.only().uri.host(), Some("sample.eu-west-1.amazonaws.com"));
    writer.join().unwrap().unwrap();
}

#[tokio::test]
async fn a_device_without_end_is_read_to_a_limit() {
    let (result, _) = call(config(None, &[("AWS_REGION", "us-east-1"), ("AWS_CONFIG_FILE", "/dev/zero")])).await;
    let (kind, error) = result.unwrap_err();
    assert_eq!(kind, ErrorKind::Config);
    assert!(error.contains("it is longer than 16777216 bytes"), "{error}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn many_calls_that_wait_for_a_file_hold_few_threads() {
    let home = Home::new("", "");
    let pipe = Pipe::new(home.0.join("pipe"));
    let calls: Vec<_> = (0..50)
        .map(|_| tokio::spawn(call(config(None, &[("AWS_REGION", "us-east-1"), ("AWS_CONFIG_FILE", pipe.path())]))))
        .collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut threads = 0;
    for task in std::fs::read_dir("/proc/self/task").unwrap() {
        // A thread may end meanwhile.
        let name = std::fs::read_to_string(task.unwrap().path().join("comm")).unwrap_or_default();
        threads += usize::from(name.trim() == "file");
    }
    // Other tests read files as well: all of them together have as many threads as there are for files.
    assert!((1..=8).contains(&threads), "{threads}");
    for call in calls {
        assert!(call.await.unwrap().0.is_err());
    }
}

#[cfg(feature = "credentials")]
#[tokio::test]
async fn files_of_tokens_are_read_in_the_same_way() {
    use crate::support::aws::answers::id;

    let home = Home::new("", "");
    let pipe = Pipe::new(home.0.join("pipe"));
    let web_identity = [("AWS_WEB_IDENTITY_TOKEN_FILE", pipe.path()), ("AWS_ROLE_ARN", "arn:aws:iam::1:role/web")];
    let container =
        [("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x"), ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", pipe.path())];
    for variables in [&web_identity, &container] {
        let error = id(environment_at(None, variables), &Services::none()).await;
        assert!(error.ends_with(&format!("{} cannot be read: it was not read within 2 s", pipe.path())), "{error}");
    }
    let variables = [web_identity[1], ("AWS_WEB_IDENTITY_TOKEN_FILE", "/dev/zero")];
    let error = id(environment_at(None, &variables), &Services::none()).await;
    assert!(error.ends_with("/dev/zero cannot be read: it is longer than 65536 bytes"), "{error}");
}
