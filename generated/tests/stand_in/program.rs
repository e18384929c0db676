//! The program `connect-stand-in`: its one line, its end on a signal, and the state that it writes.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use amazon_connect::credentials::Credentials;
use amazon_connect::types::DirectoryType;
use amazon_connect::{Client, Config};

/// A folder that ends with this value.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("stand-in-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Self(std::env::temp_dir().join(name));
        std::fs::create_dir(&folder.0).unwrap();
        folder
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A running program.
struct Program {
    process: Child,
    url: String,
}

impl Program {
    fn start(arguments: &[&str], state: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_connect-stand-in"))
            .args(arguments)
            .arg("--state")
            .arg(state)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.split(' ').find(|word| word.starts_with("http://")).unwrap_or_default().to_owned();
        Self { process, url }
    }

    fn client(&self) -> Client {
        let keys = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        Client::new(&Config::new().region("us-east-1").endpoint_url(&self.url).credentials(keys))
    }

    /// Sends a signal, and says whether the program ended well.
    fn signal(mut self, name: &str) -> bool {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.process.id().to_string()).status().unwrap();
        assert!(sent.success());
        self.process.wait().unwrap().success()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.process.kill().and_then(|()| self.process.wait());
    }
}

async fn create(client: &Client, alias: &str) -> String {
    let call = client.create_instance().identity_management_type(DirectoryType::ConnectManaged).instance_alias(alias);
    call.inbound_calls_enabled(true).outbound_calls_enabled(true).send().await.unwrap().id.unwrap()
}

#[cfg(unix)]
#[tokio::test]
async fn a_signal_ends_it_with_its_state_written() {
    let folder = Folder::new();
    let state = folder.0.join("state.json");
    let mut made = Vec::new();
    for signal in ["TERM", "INT"] {
        let program = Program::start(&["--port", "0", "--seed", "7"], &state);
        let client = program.client();
        for id in &made {
            let instance = client.describe_instance().instance_id(id).send().await.unwrap().instance.unwrap();
            assert_eq!(instance.id.as_ref(), Some(id));
        }
        made.push(create(&client, signal).await);
        // The client's connection is still open.
        assert!(program.signal(signal), "SIG{signal}");
    }
    let program = Program::start(&[], &state);
    let listed = program.client().list_instances().send().await.unwrap().instance_summary_list.unwrap();
    assert_eq!(listed.iter().map(|one| one.id.clone().unwrap()).collect::<Vec<_>>(), made);
    let files: Vec<_> = folder.0.read_dir().unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["state.json"]);
}

/// Whoever reads the line may send the signal at once: the state is there all the same.
#[cfg(unix)]
#[test]
fn a_signal_right_behind_the_line_is_heard() {
    let folder = Folder::new();
    for count in 0..20 {
        let state = folder.0.join(format!("{count}.json"));
        assert!(Program::start(&[], &state).signal("TERM"));
        assert!(state.exists());
    }
}

#[test]
fn what_cannot_work_is_said_at_the_start() {
    let folder = Folder::new();
    let faults = folder.0.join("faults.json");
    std::fs::write(&faults, r#"[{"operation": "ListUser", "error": "ThrottlingException"}]"#).unwrap();
    let faults = faults.to_str().unwrap();
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let good = folder.0.join("state.json");
    let missing = folder.0.join("missing.json");
    let missing = missing.to_str().unwrap();
    for (arguments, state, wanted, code) in [
        (&["--port", "0"][..], folder.0.join("nowhere/state.json"), "nowhere/state.json", 1),
        (&["--port", &port], good.clone(), &*port, 1),
        (&["--faults", faults], good.clone(), "there is no operation ListUser", 1),
        (&["--quotas", missing], good.clone(), "missing.json", 1),
        (&["--port", "many"], good.clone(), "--port: expected a number", 2),
        (&["--prot", "0"], good.clone(), "there is no flag --prot; --help lists them", 2),
    ] {
        let mut program = Program::start(arguments, &state);
        assert_eq!(program.url, "");
        let mut text = String::new();
        program.process.stderr.take().unwrap().read_to_string(&mut text).unwrap();
        assert!(text.starts_with("error: ") && text.contains(wanted), "{text}");
        assert_eq!(program.process.wait().unwrap().code(), Some(code));
    }
}
