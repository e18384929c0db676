//! The example `wire`: questions as JSON lines about the requests that this crate sends and the responses that it reads.
//!
//! A program in any language can check this crate through it. This room never opens a socket, and it has no writer or reader of
//! its own: inputs are bound, signed and decoded by the functions of a real call.
//!
//! With the feature `mock` or `stand_in` it also answers for the server's half: `{"operation":"…","request":{"method":"…",
//! "target":"…","headers":{…},"body":"…"}}` asks what a server reads of a request, and `{"operation":"…","output":{…}}` for the
//! response that it writes.
//!
//! Otherwise a question is one of two: `{"operation":"…","params":{…},"at":"…"}` asks for the request of a call, and
//! `{"operation":"…","response":{"status":200,"headers":{…},"body":"…"}}` for what a call makes of a response.

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use crate::runtime::call::core::Core;
#[cfg(any(feature = "mock", feature = "stand_in"))]
use crate::runtime::testing::ServiceModel;

mod flags;
mod json;
mod question;
#[cfg(any(feature = "mock", feature = "stand_in"))]
mod server;
mod service;
mod visit;

use flags::{Flags, USAGE};
use question::Question;
pub use service::{ServiceHandle, service};
pub use visit::{OperationHandle, Visit};

/// Answers the questions of standard input, one a line, as the arguments of this process say. The first service is asked
/// unless `--service` names another.
#[must_use]
pub fn main(services: &[ServiceHandle]) -> ExitCode {
    let arguments = std::env::args().skip(1);
    match run(services, arguments, io::stdin().lock(), io::stdout().lock()) {
        Ok(code) => code,
        // The reader of the answers has closed its end.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wire: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Does the same as [`main`] with the caller's arguments and streams.
///
/// # Errors
/// Those of the streams.
pub fn run(
    services: &[ServiceHandle],
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
    // Credentials and timers are awaited; the fixed keys of this example are there at once.
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
        // The other side may wait for this answer before its next question.
        answers.flush()?;
    }
}

/// The answer to one line.
async fn answer(service: &ServiceHandle, core: &Core, line: &[u8]) -> String {
    let question = match Question::parse(line) {
        Ok(question) => question,
        Err(message) => return json::error("usage", &message),
    };
    let Some(operation) = (service.visit)(&question.operation) else {
        return json::error("usage", &format!("the service has no operation {:?}", question.operation));
    };
    match question.what {
        question::QuestionKind::Build { params, at } => operation.build(core, &params, at).await,
        question::QuestionKind::Read(response) => operation.read(core, response),
        #[cfg(any(feature = "mock", feature = "stand_in"))]
        question::QuestionKind::Receive(request) => server_answer(service, |model| server::receive(model, &request)),
        #[cfg(any(feature = "mock", feature = "stand_in"))]
        question::QuestionKind::Respond(output) => {
            server_answer(service, |model| server::respond(model, &question.operation, &output))
        }
    }
}

/// An answer of the server's half, which stands on the facts of the model.
#[cfg(any(feature = "mock", feature = "stand_in"))]
fn server_answer(service: &ServiceHandle, answer: impl FnOnce(&ServiceModel) -> String) -> String {
    match service.model.get_or_init(|| ServiceModel::parse(service.model_text)) {
        Ok(model) => answer(model),
        Err(problem) => json::error("usage", &problem.to_string()),
    }
}

fn misuse(message: &str) -> io::Result<ExitCode> {
    eprint!("wire: {message}\n{USAGE}");
    Ok(ExitCode::from(2))
}
