//! Calls under load: many tasks, a slow service, large responses, pages, failures, an outage, dropped calls, many clients.
//!
//! Each scenario is one process of each side in turn, against a server in this process.

mod server;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::bench::{Bench, Rounds, Values};
use crate::calls::settings;
use crate::cargo::clear;
use crate::programs::{self, SIDES};
use crate::rows::Unit;
use crate::sides::Side;
use server::{Server, Service};

/// Sixteen scenarios of three sides take some eight minutes.
const RUNS: Rounds = Rounds { most: 3, enough: Duration::from_secs(20) };

/// What is shown of a scenario: the end of its row's id, the head of its column, and its unit.
pub const FIGURES: [(&str, &str, Unit); 11] = [
    ("cpu", "CPU a call", Unit::Micros),
    ("p50", "p50", Unit::Micros),
    ("p99", "p99", Unit::Micros),
    ("worst", "worst", Unit::Micros),
    ("rate", "calls a second", Unit::Count),
    ("memory", "peak memory", Unit::Bytes),
    ("allocations", "allocations", Unit::Count),
    ("bytes", "allocated", Unit::Bytes),
    ("connections", "connections", Unit::Count),
    ("failed", "failed", Unit::Count),
    ("other", "", Unit::Micros),
];

/// One kind of load.
pub struct Scenario {
    pub what: &'static str,
    /// The ids of its rows, in the order of [`FIGURES`].
    pub rows: [&'static str; FIGURES.len()],
    /// What the program does, on which runtime.
    mode: [&'static str; 2],
    tasks: u32,
    /// How many calls; a twentieth of them in short.
    count: u32,
    service: Service,
    /// What its last figure is called in the output, and how it is shown.
    pub other: Option<(&'static str, &'static str, Unit)>,
}

const SERVICE: Service = Service { delay: Duration::ZERO, fails_every: 0, outage: Duration::ZERO, pages: false };

macro_rules! scenario {
    (@other) => { None };
    (@other $other:expr) => { Some($other) };
    (
        $id:literal, $what:literal, [$mode:literal $runtime:literal], $tasks:literal tasks, $count:literal calls,
        $service:expr $(, $other:expr)?
    ) => {
        Scenario {
            what: $what,
            rows: [
                concat!("load.", $id, ".cpu"),
                concat!("load.", $id, ".p50"),
                concat!("load.", $id, ".p99"),
                concat!("load.", $id, ".worst"),
                concat!("load.", $id, ".rate"),
                concat!("load.", $id, ".memory"),
                concat!("load.", $id, ".allocations"),
                concat!("load.", $id, ".bytes"),
                concat!("load.", $id, ".connections"),
                concat!("load.", $id, ".failed"),
                concat!("load.", $id, ".other"),
            ],
            mode: [$mode, $runtime],
            tasks: $tasks,
            count: $count,
            service: $service,
            other: scenario!(@other $($other)?),
        }
    };
}

const SLOW: Service = Service { delay: Duration::from_millis(20), ..SERVICE };
const FAILING: Service = Service { fails_every: 20, ..SERVICE };
const DOWN: Service = Service { outage: Duration::from_secs(3), ..SERVICE };
const PAGES: Service = Service { pages: true, ..SERVICE };

/// All kinds of load. Those of one runtime that differ in tasks alone are the points of the chart.
pub static SCENARIOS: &[Scenario] = &[
    scenario!("current.1", "one thread, 1 task", ["describe" "current"], 1 tasks, 20_000 calls, SERVICE),
    scenario!("current.8", "one thread, 8 tasks", ["describe" "current"], 8 tasks, 20_000 calls, SERVICE),
    scenario!("current.64", "one thread, 64 tasks", ["describe" "current"], 64 tasks, 20_000 calls, SERVICE),
    scenario!("current.512", "one thread, 512 tasks", ["describe" "current"], 512 tasks, 20_000 calls, SERVICE),
    scenario!("threads.1", "several threads, 1 task", ["describe" "threads"], 1 tasks, 20_000 calls, SERVICE),
    scenario!("threads.8", "several threads, 8 tasks", ["describe" "threads"], 8 tasks, 20_000 calls, SERVICE),
    scenario!("threads.64", "several threads, 64 tasks", ["describe" "threads"], 64 tasks, 20_000 calls, SERVICE),
    scenario!("threads.512", "several threads, 512 tasks", ["describe" "threads"], 512 tasks, 20_000 calls, SERVICE),
    scenario!("slow.512", "512 tasks, a service that takes 20 ms", ["describe" "threads"], 512 tasks, 20_000 calls, SLOW),
    scenario!("megabyte.64", "responses of 1 MB, 64 tasks", ["megabyte" "threads"], 64 tasks, 500 calls, SERVICE),
    scenario!("pages.1", "a list of 1,000 items in 10 pages", ["pages" "current"], 1 tasks, 300 calls, PAGES),
    scenario!("failing.64", "one response in 20 is a 500, 64 tasks", ["describe" "threads"], 64 tasks, 20_000 calls, FAILING),
    scenario!(
        "outage.64", "three seconds of 503, 64 tasks that pause 50 ms after a failure", ["outage" "threads"],
        64 tasks, 20_000 calls, DOWN, ("recovery", "from its end to the next request", Unit::Micros)
    ),
    scenario!(
        "dropped.64", "10,000 calls dropped after 2 ms, of a service that takes 20", ["dropped" "threads"],
        64 tasks, 10_000 calls, SLOW
    ),
    scenario!(
        "clients.1000", "1,000 clients that made a call", ["clients" "current"], 1 tasks, 1_000 calls,
        SERVICE, ("heap", "heap of each", Unit::Bytes)
    ),
    scenario!(
        "cold.1", "a process, from its start to the first response", ["first" "current"], 1 tasks, 1 calls,
        SERVICE, ("answered", "start to response", Unit::Micros)
    ),
];

/// Measures all of it.
pub fn run(bench: &mut Bench) -> Result<()> {
    programs::prepare(bench)?;
    for side in bench.sides(&SIDES) {
        bench.say(&format!("build the load of {}", side.folder()));
        let mut arguments = programs::program("build", profile(bench));
        arguments[4] = "load";
        programs::build(bench, side).cargo(&arguments)?;
    }
    for scenario in SCENARIOS {
        bench.step(&scenario.rows, &SIDES, RUNS, |bench, side| measure(bench, side, scenario));
    }
    Ok(())
}

fn profile(bench: &Bench) -> &'static str {
    if bench.args.short { "dev" } else { "release" }
}

/// One process of a side, against a server of its own.
fn measure(bench: &Bench, side: Side, scenario: &Scenario) -> Result<Values> {
    let service = Service {
        outage: if bench.args.short { scenario.service.outage / 10 } else { scenario.service.outage },
        ..scenario.service
    };
    let server = Server::start(service)?;
    let folder = if bench.args.short { "debug" } else { "release" };
    let program = format!("load{}", std::env::consts::EXE_SUFFIX);
    let executable = programs::build(bench, side).target.join(folder).join(program);
    let count = if bench.args.short { (scenario.count / 20).max(1) } else { scenario.count };
    let mut command = Command::new(&executable);
    clear(&mut command);
    settings(&mut command, &bench.folder, &server.url);
    command.args(scenario.mode).args([scenario.tasks.to_string(), count.to_string()]).stdin(Stdio::null());
    let start = Instant::now();
    let output = command.output().with_context(|| executable.display().to_string())?;
    let took = start.elapsed().as_secs_f64() * 1e6;
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "load {:?} of {}: {}\n{error}", scenario.mode, side.folder(), output.status);
    let mut said = vec![("connections".to_owned(), server.connections())];
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let (name, value) = line.split_once(' ').with_context(|| format!("load said {line:?}"))?;
        said.push((name.to_owned(), value.parse().with_context(|| format!("load said {line:?}"))?));
    }
    match (scenario.other, server.recovery()) {
        (Some(("recovery", ..)), Some(recovery)) => said.push(("recovery".to_owned(), recovery)),
        (Some(("answered", ..)), _) => {
            said.retain(|(name, _)| name != "answered");
            said.push(("answered".to_owned(), took));
        }
        _ => {}
    }
    Ok(rows(scenario, &said))
}

/// The unit of a row of load.
pub fn unit(row: &str) -> Option<Unit> {
    SCENARIOS.iter().find_map(|scenario| {
        let place = scenario.rows.iter().position(|other| *other == row)?;
        Some(FIGURES[place].2)
    })
}

/// The rows that a program's figures are of.
fn rows(scenario: &Scenario, said: &[(String, f64)]) -> Values {
    let other = scenario.other.map(|(name, ..)| name);
    let row = |name: &str| {
        let name = if other == Some(name) { "other" } else { name };
        FIGURES.iter().position(|(figure, ..)| *figure == name).map(|place| scenario.rows[place])
    };
    said.iter().filter_map(|(name, value)| Some((row(name)?, *value))).collect()
}

#[cfg(test)]
mod tests {
    use super::{FIGURES, SCENARIOS, rows};

    #[test]
    fn each_row_ends_in_its_figure() {
        for scenario in SCENARIOS {
            for (row, (figure, ..)) in scenario.rows.iter().zip(FIGURES) {
                assert!(row.ends_with(figure), "{row}");
            }
        }
    }

    #[test]
    fn figures_find_their_rows() {
        let clients = SCENARIOS.iter().find(|scenario| scenario.rows[0] == "load.clients.1000.cpu").unwrap();
        let said = [("cpu".to_owned(), 1.0), ("heap".to_owned(), 2.0), ("nothing".to_owned(), 3.0)];
        assert_eq!(rows(clients, &said), [("load.clients.1000.cpu", 1.0), ("load.clients.1000.other", 2.0)]);
    }
}
