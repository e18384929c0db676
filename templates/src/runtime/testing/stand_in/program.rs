//! The program of a stand-in: its flags, its one line, and its end on a signal.

use std::ffi::OsString;
use std::future::Future;
use std::io::{self, Write};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;

use super::control::PREFIX;
use super::faults::Fault;
use super::handle::StandIn;
use super::options::StandInOptions;
use super::server;
use crate::runtime::auth::credentials::Credentials;
use crate::runtime::protocol::operation::Service;

/// The usage line of the program's help.
const HELP: &str = "[OPTIONS]

Serves the service on this machine, with state, until it is ended by a signal (SIGINT, SIGTERM).

Options:
  --port PORT        The port; 0 takes any that is free [default: 0]
  --listen ADDRESS   The address; addresses other than loopback let every machine that reaches it read and change
                     all that is kept [default: 127.0.0.1]
  --host NAME        Another host name that the control API answers to; may be given several times
  --region REGION    The region in ARNs [default: us-east-1]
  --seed NUMBER      Identifiers and times follow from the number; each call moves the clock by a second
  --state FILE       A file to read the state from, if there is one, and to write it to at the end
  --quotas FILE      JSON: the most resources in one place by kind, as {\"Queue\": 50}
  --faults FILE      JSON: a list of faults, as [{\"throttle\": {\"rate\": 2, \"burst\": 5}}]
  --verify-keys ID:SECRET
                     Refuse requests that are not signed with this pair of keys
  --help             This text

Exit code: 0 after a signal, 1 where it cannot serve or write, 2 for wrong flags.
";

/// The options of the command line.
struct Flags<S: Service> {
    options: StandInOptions<S>,
    state: Option<PathBuf>,
}

/// Runs a stand-in of a service as a program: reads the command line, serves until a signal, writes the state.
pub fn program<S: Service>(name: &str) -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        let _ = write!(io::stdout(), "Usage: {name} {HELP}");
        return ExitCode::SUCCESS;
    }
    let (code, message) = match flags::<S>(&arguments) {
        Err(Problem::Usage(message)) => (2, message),
        Err(Problem::File(message)) => (1, message),
        Ok(flags) => match run(&flags) {
            Ok(()) => return ExitCode::SUCCESS,
            Err(message) => (1, message),
        },
    };
    let _ = writeln!(io::stderr(), "error: {message}");
    ExitCode::from(code)
}

/// The reason why a command line cannot be obeyed.
enum Problem {
    Usage(String),
    /// A file that a flag names.
    File(String),
}

impl From<&str> for Problem {
    fn from(message: &str) -> Self {
        Self::Usage(message.to_owned())
    }
}

impl From<String> for Problem {
    fn from(message: String) -> Self {
        Self::Usage(message)
    }
}

fn flags<S: Service>(arguments: &[OsString]) -> Result<Flags<S>, Problem> {
    let mut flags = Flags { options: StandIn::<S>::options(), state: None };
    let (mut port, mut address) = (0, IpAddr::from([127, 0, 0, 1]));
    let mut rest = arguments.iter();
    while let Some(flag) = rest.next() {
        let flag = flag.to_str().ok_or("a flag is not UTF-8")?;
        let (flag, joined) = match flag.split_once('=') {
            Some((flag, value)) => (flag, Some(OsString::from(value))),
            None => (flag, None),
        };
        if !HELP.contains(&format!("  {flag} ")) || !flag.starts_with("--") {
            return Err(format!("there is no flag {flag}; --help lists them").into());
        }
        let value = joined.or_else(|| rest.next().cloned()).ok_or_else(|| format!("{flag} needs a value"))?;
        let text = || value.to_str().ok_or_else(|| format!("the value of {flag} is not UTF-8"));
        let options = flags.options.clone();
        flags.options = match flag {
            "--port" => {
                port = text()?.parse().map_err(|_| "--port: expected a number from 0 to 65535".to_owned())?;
                options
            }
            "--listen" => {
                address = text()?.parse().map_err(|_| "--listen: expected an IP address".to_owned())?;
                options
            }
            "--host" => options.host(text()?),
            "--region" => options.region(text()?),
            "--seed" => options.seed(text()?.parse().map_err(|_| "--seed: expected a number".to_owned())?),
            "--verify-keys" => {
                let pair = text()?.split_once(':').ok_or("--verify-keys: expected ID:SECRET")?;
                options.verify_keys(Credentials::new(pair.0, pair.1))
            }
            "--quotas" => options.quotas(json(Path::new(&value))?),
            "--faults" => {
                let path = Path::new(&value);
                let faults = Fault::list_from_json(&json(path)?);
                options.faults(faults.map_err(|error| Problem::File(format!("{}: {error}", path.display())))?)
            }
            _ => {
                let path = PathBuf::from(&value);
                let kept = path.exists().then(|| json(&path)).transpose()?;
                flags.state = Some(path);
                kept.map_or(options.clone(), |kept| options.state(kept))
            }
        };
    }
    flags.options = flags.options.listen((address, port).into());
    Ok(flags)
}

fn json(path: &Path) -> Result<Value, Problem> {
    let problem = |error: &dyn std::fmt::Display| Problem::File(format!("{}: {error}", path.display()));
    let text = std::fs::read(path).map_err(|error| problem(&error))?;
    serde_json::from_slice(&text).map_err(|error| problem(&error))
}

fn run<S: Service>(flags: &Flags<S>) -> Result<(), String> {
    server::block_on(serve(flags)).map_err(|error| error.to_string())?
}

async fn serve<S: Service>(flags: &Flags<S>) -> Result<(), String> {
    // Before the line is printed: whoever reads it may end the program at once.
    let signal = signal().map_err(|error| error.to_string())?;
    let mut stand_in = flags.options.start().map_err(|error| error.to_string())?;
    let address = stand_in.address();
    let write = |stand_in: &StandIn<S>| match &flags.state {
        None => Ok(()),
        Some(path) => {
            write_whole(path, &stand_in.state()).map_err(|error| format!("--state {}: {error}", path.display()))
        }
    };
    // A file that cannot be written is known now, not when there is a state to lose.
    write(&stand_in)?;
    // One line for programs that start this one and wait until it serves.
    let line = format!("{} listens on {} (control and page: {PREFIX}/)", S::INFO.id, stand_in.url());
    writeln!(io::stdout(), "{line}").and_then(|()| io::stdout().flush()).map_err(|error| error.to_string())?;
    if !address.ip().is_loopback() {
        let _ = writeln!(
            io::stderr(),
            "warning: {address} is not loopback: whoever reaches it can read and change all that is kept"
        );
    }
    signal.await;
    // Every call that was answered is in the state that is written.
    stand_in.end();
    write(&stand_in)
}

/// Writes a file whole or not at all.
fn write_whole(path: &Path, state: &Value) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    std::fs::write(&beside, format!("{state:#}\n"))?;
    std::fs::rename(&beside, path)
}

/// Listens for the signal that ends the program from now on; the future waits for it.
#[cfg(unix)]
fn signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(std::future::poll_fn(move |context| match interrupt.poll_recv(context) {
        std::task::Poll::Pending => terminate.poll_recv(context).map(drop),
        ready => ready.map(drop),
    }))
}

/// Listens for Ctrl-C, which ends the program, from now on; the future waits for it.
#[cfg(not(unix))]
fn signal() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        let _ = interrupt.recv().await;
    })
}
