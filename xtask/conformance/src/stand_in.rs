//! The stand-in of the checked-in crate: families through their lives by boto3 and by the AWS CLI, every operation once, and what
//! moto knows.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::moto;
use crate::report::Report;
use crate::setup::Setup;

/// The program, by the name that codegen gives it.
const PROGRAM: &str = "connect-stand-in";

/// Starts the program and walks through it.
pub fn run(setup: &Setup<'_>) -> Result<Vec<Report>> {
    setup.progress.next("stand-in: its build");
    let server = Server::start(setup)?;
    setup.progress.next("stand-in: boto3's walk");
    let mut walk = setup.python.command("stand_in.py");
    let facts = setup.repository.generated().join("src/resources.json");
    walk.args(["--url", &server.url]).arg("--facts").arg(&facts);
    let mut reports = setup.python.reports(&mut walk)?;
    // Each walk has a stand-in of its own: the names that it gives its resources are free there.
    setup.progress.next("stand-in: the AWS CLI's walk");
    let server = Server::start(setup)?;
    let mut walk = setup.python.command("stand_in_cli.py");
    walk.args(["--url", &server.url]).arg("--facts").arg(&facts);
    reports.extend(setup.python.reports(&mut walk)?);
    setup.progress.next("stand-in: moto's operations");
    let (server, moto) = (Server::start(setup)?, moto::Server::start(setup)?);
    let mut comparison = setup.python.command("stand_in_moto.py");
    comparison.args(["--url", &server.url, "--moto", &format!("http://127.0.0.1:{}", moto.port)]);
    reports.extend(setup.python.reports(&mut comparison)?);
    Ok(reports)
}

/// A running stand-in, which ends with this value.
pub struct Server {
    process: Child,
    pub url: String,
}

impl Server {
    pub fn start(setup: &Setup<'_>) -> Result<Self> {
        let program = setup.build_program(PROGRAM, "stand_in")?;
        let mut process = Command::new(program)
            .args(["--port", "0", "--seed", &setup.seed.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("the stand-in could not be started")?;
        let mut line = String::new();
        let stdout = process.stdout.take().context("the stand-in has an output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let url = line.split(' ').find(|word| word.starts_with("http://")).map(str::to_owned);
        let mut server = Self { process, url: String::new() };
        match url {
            Some(url) => server.url = url,
            None => bail!("the stand-in does not say where it listens: {line:?}, {:?}", server.process.try_wait()?),
        }
        ensure!(server.url.len() > "http://".len(), "the stand-in listens nowhere");
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A failure to end it is no failure of the suite.
        let _ = self.process.kill().and_then(|()| self.process.wait());
    }
}
