//! moto's server, a peer that is not ours: the generated client takes instances of Connect through their lives there.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use xtask::progress;

use crate::report::{Failure, Report};
use crate::setup::Setup;

/// The longest time that the server may take to start; on an idle machine it takes two seconds.
const PATIENCE: Duration = Duration::from_secs(60);

pub fn run(setup: &Setup<'_>) -> Result<Vec<Report>> {
    setup.progress.next("moto: its server");
    let server = Server::start(setup)?;
    setup.progress.next("moto: the life of an instance");
    // With everything the client has by default, as the other tests of the crate are built, and where they are.
    let mut test = Command::new(option_env!("CARGO").unwrap_or("cargo"));
    test.args(["test", "--quiet", "--test", "main", "--manifest-path"])
        .arg(setup.repository.generated().join("Cargo.toml"))
        .args(["--", "client::moto::", "--ignored", "--format", "pretty"])
        .env("RUST_BACKTRACE", "0")
        .env("MOTO_ENDPOINT", format!("http://127.0.0.1:{}", server.port));
    let output = progress::run(&mut test, "cargo")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let report = read(&text);
    // A test that fails makes cargo fail; so does one that does not compile, and then there is no report.
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success() || report.failed > 0, "cargo test of moto: {}\n{errors}{text}", output.status);
    progress::note(format!("{}: {} passed, {} failed", report.suite, report.passed, report.failed));
    Ok(vec![report])
}

/// The test harness's result of each test.
fn read(text: &str) -> Report {
    let mut report = Report { suite: "moto".to_owned(), ..Report::default() };
    for line in text.lines() {
        let Some((name, result)) = line.strip_prefix("test ").and_then(|line| line.split_once(" ... ")) else {
            continue;
        };
        if result == "ok" {
            report.passed += 1;
        } else {
            report.failed += 1;
            let told = text.split(&format!("---- {name} stdout ----\n")).nth(1);
            let problem = told.and_then(|told| told.split("\n\n").next()).unwrap_or(result).trim();
            report.failures.push(Failure { case: name.to_owned(), problem: problem.to_owned() });
        }
    }
    report
}

/// A running server, which ends with this value.
pub struct Server {
    process: Child,
    pub port: u16,
}

impl Server {
    pub fn start(setup: &Setup<'_>) -> Result<Self> {
        // Free now; that nobody takes it before the server does is likely enough.
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let process = Command::new(&setup.python.program)
            .args(["-m", "moto.server", "--host", "127.0.0.1", "--port", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("moto's server could not be started")?;
        let mut server = Self { process, port };
        let deadline = Instant::now() + PATIENCE;
        while let Err(error) = TcpStream::connect(("127.0.0.1", port)) {
            if let Some(status) = server.process.try_wait()? {
                bail!("moto's server ended: {status}");
            }
            ensure!(Instant::now() < deadline, "moto's server does not answer: {error}");
            sleep(Duration::from_millis(100));
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, and a failure to end it is no failure of the suite.
        let ended: io::Result<_> = self.process.kill().and_then(|()| self.process.wait());
        let _ = ended;
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn the_harness_is_understood() {
        let text = "\nrunning 2 tests\ntest a_b ... ok\ntest c ... FAILED\n\nfailures:\n\n---- c stdout ----\n\
                    thread 'c' panicked at x.rs:1:1:\nno\n\n\nfailures:\n    c\n\ntest result: FAILED. 1 passed; 1 failed\n";
        let report = read(text);
        assert_eq!((report.passed, report.failed), (1, 1));
        assert_eq!(report.failures[0].case, "c");
        assert!(report.failures[0].problem.ends_with("\nno"));
    }
}
