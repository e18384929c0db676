//! Takes questions as JSON lines; answers what a call would put on the wire, and how it would read what comes back.
//!
//! This is the whole of the example `wire`, through which a program in any language can check this crate. No socket is
//! opened, and nothing is written or read here: an input is bound, signed and decoded by the functions of a real call.
//!
//! A question is one of two: `{"operation":"…","params":{…},"at":"…"}` for the request that a call would send, and
//! `{"operation":"…","response":{"status":200,"headers":{…},"body":"…"}}` for what a call would make of an answer.

use std::fmt;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;
use std::sync::Arc;

use crate::runtime::call::client::{Client, Core};
use crate::runtime::config::options::Config;
use crate::runtime::protocol::operation::{Info, Service};

mod flags;
mod json;
mod question;
mod visit;

use flags::{Flags, USAGE};
use question::Question;
pub use visit::{Spoken, Visit};

/// A service that can be asked about.
pub struct Speaker {
    id: &'static str,
    operations: &'static [Info],
    core: fn(&Config) -> Arc<Core>,
    visit: fn(&str) -> Option<Spoken>,
}

impl fmt::Debug for Speaker {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Speaker({}, {} operations)", self.id, self.operations.len())
    }
}

/// Makes a service one that can be asked about: its operations, and the way to one by name.
#[must_use]
pub fn speaker<S: Service>(operations: &'static [Info], visit: fn(&str) -> Option<Spoken>) -> Speaker {
    Speaker { id: S::INFO.id, operations, core: |config| Client::<S>::new(config).shared_core(), visit }
}

/// Answers standard input line by line, as the arguments of this process say. The first service is the one that is asked
/// unless `--service` names another.
#[must_use]
pub fn main(services: &[Speaker]) -> ExitCode {
    let arguments = std::env::args().skip(1);
    match run(services, arguments, io::stdin().lock(), io::stdout().lock()) {
        Ok(code) => code,
        // Whoever asked has gone.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wire: {error}");
            ExitCode::FAILURE
        }
    }
}

/// As [`main`], with the arguments and streams of the caller.
///
/// # Errors
/// Those of the streams.
pub fn run(
    services: &[Speaker],
    arguments: impl Iterator<Item = String>,
    mut questions: impl BufRead,
    mut answers: impl Write,
) -> io::Result<ExitCode> {
    let flags = match Flags::parse(arguments) {
        Ok(flags) => flags,
        Err(message) => return misuse(&message),
    };
    if flags.help {
        answers.write_all(USAGE.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let service = match flags.choose(services) {
        Ok(service) => service,
        Err(message) => return misuse(&message),
    };
    if flags.operations {
        writeln!(answers, "{}", json::operations(service.operations))?;
        return Ok(ExitCode::SUCCESS);
    }
    // What credentials and timers wait for; with the keys that are fixed here, nothing does.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let core = (service.core)(&flags.config());
    let mut line = Vec::new();
    loop {
        line.clear();
        if questions.read_until(b'\n', &mut line)? == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = runtime.block_on(answer(service, &core, &line));
        writeln!(answers, "{answer}")?;
        // Whoever asks may wait for this answer before it asks again.
        answers.flush()?;
    }
}

/// The answer to one line.
async fn answer(service: &Speaker, core: &Core, line: &[u8]) -> String {
    let question = match Question::parse(line) {
        Ok(question) => question,
        Err(message) => return json::error("usage", &message),
    };
    let Some(operation) = (service.visit)(&question.operation) else {
        return json::error("usage", &format!("no operation has the name {:?}", question.operation));
    };
    match question.what {
        question::What::Build { params, at } => operation.build(core, &params, at).await,
        question::What::Read(answer) => operation.read(core, answer),
    }
}

fn misuse(message: &str) -> io::Result<ExitCode> {
    eprint!("wire: {message}\n{USAGE}");
    Ok(ExitCode::from(2))
}
