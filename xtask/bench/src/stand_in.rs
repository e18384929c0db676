//! `cargo xtask bench stand-in`: how fast `connect-stand-in` starts, how many calls it answers, and how long pages take in a large
//! instance.
//!
//! The stand-in has one thread. A rate is that of its own processor time, which says how many calls one core answers, whatever else
//! the machine does; beside it stands the time that a client waits.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::outcome::print;

use crate::bench::Bench;
use crate::cargo::clear;
use crate::machine;

mod connection;

use connection::Connection;

/// The program, by the name that codegen gives it.
const PROGRAM: &str = "connect-stand-in";
/// How often the program is started; the median counts.
const STARTS: usize = 11;
/// Connections that call in turn.
const CLIENTS: usize = 16;

/// Measures and prints.
pub fn run(bench: &mut Bench) -> Result<()> {
    bench.say("build the stand-in");
    let program = build(bench)?;
    let (calls, resources, connections) = if bench.args.short { (500, 1_000, 50) } else { (20_000, 100_000, 1_000) };
    let mut table = format!("{}\n\n", machine::describe());
    bench.say("start it");
    let _ = writeln!(table, "start until it listens              {:>9.1} ms", start_time(&program)?);
    bench.say("call it");
    let server = Server::start(&program)?;
    let instance = server.instance()?;
    for (name, rate) in server.rates(&instance, calls)? {
        let Rate { per_core, waited } = rate;
        let _ = writeln!(
            table,
            "{name:<35} {per_core:>9.0} calls a second of one core, {waited:.2} ms each for the client"
        );
    }
    bench.say("open many connections");
    let took = server.connections(connections)?;
    let _ = writeln!(table, "{connections:>5} connections, open at once       {took:>9.0} ms until each has an answer");
    bench.say("fill an instance");
    server.fill(&instance, resources)?;
    for (name, took) in server.pages(&instance)? {
        let _ = writeln!(table, "{name:<35} {took:>9.1} ms, with {resources} resources in the instance");
    }
    print(&table)
}

/// Builds the program of the checked-in crate.
fn build(bench: &Bench) -> Result<PathBuf> {
    let target = bench.folder.join("stand-in");
    let mut cargo = Command::new("cargo");
    clear(&mut cargo);
    cargo.args(["build", "--quiet", "--release", "--package", "amazon-connect", "--bin", PROGRAM]);
    // The program calls no operation, so it needs none of their types.
    cargo.args(["--no-default-features", "--features", "rustcrypto,stand_in"]);
    cargo.current_dir(bench.repository.root()).env("CARGO_TARGET_DIR", &target).stdin(Stdio::null());
    ensure!(cargo.status().context("cargo")?.success(), "{PROGRAM} could not be built");
    Ok(target.join("release").join(format!("{PROGRAM}{}", std::env::consts::EXE_SUFFIX)))
}

/// The milliseconds from the start of the program to its line.
fn start_time(program: &Path) -> Result<f64> {
    let mut all = Vec::new();
    for _ in 0..STARTS {
        let start = Instant::now();
        let server = Server::start(program)?;
        all.push(start.elapsed());
        drop(server);
    }
    all.sort();
    Ok(milliseconds(all[STARTS / 2]))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// A running stand-in, which ends with this value.
struct Server {
    process: Child,
    address: String,
}

/// How fast calls are answered.
struct Rate {
    /// Calls by a second of the stand-in's processor time; by a second of the clock where the system does not say.
    per_core: f64,
    /// Milliseconds of a call, one after the other.
    waited: f64,
}

impl Server {
    fn start(program: &Path) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(["--port", "0", "--seed", "1"]).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().context("the stand-in could not be started")?;
        let stdout = process.stdout.take().context("the stand-in has an output")?;
        let mut server = Self { process, address: String::new() };
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line.split_once("http://").and_then(|(_, rest)| rest.split(' ').next());
        address
            .with_context(|| format!("the stand-in does not say where it listens: {line:?}"))?
            .clone_into(&mut server.address);
        Ok(server)
    }

    fn connect(&self) -> Result<Connection> {
        Connection::open(&self.address)
    }

    fn instance(&self) -> Result<String> {
        let body = json!({
            "IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": true, "OutboundCallsEnabled": true,
            "InstanceAlias": "bench",
        });
        let made = self.connect()?.call("PUT", "/instance", &body)?;
        made["Id"].as_str().map(str::to_owned).context("an instance")
    }

    /// The rates of some calls.
    fn rates(&self, instance: &str, calls: usize) -> Result<Vec<(&'static str, Rate)>> {
        let mut first = self.connect()?;
        let hours = first.call("GET", &format!("/hours-of-operations-summary/{instance}"), &Value::Null)?;
        let hours = hours["HoursOfOperationSummaryList"][0]["Id"].clone();
        let queues = first.call("GET", &format!("/queues-summary/{instance}"), &Value::Null)?;
        let queue = queues["QueueSummaryList"][0]["Id"].as_str().context("a queue")?.to_owned();
        let describe = |_| ("GET", format!("/queues/{instance}/{queue}"), Value::Null);
        let create = |count: usize| {
            let body = json!({"Name": format!("bench-{count}"), "HoursOfOperationId": hours});
            ("PUT", format!("/queues/{instance}"), body)
        };
        let search = |count: usize| {
            let condition = json!({"FieldName": "name", "Value": format!("bench-{count}"), "ComparisonType": "EXACT"});
            let body = json!({"InstanceId": instance, "SearchCriteria": {"StringCondition": condition}});
            ("POST", "/search-queues".to_owned(), body)
        };
        Ok(vec![
            ("SearchQueues, one queue", self.rate(calls, search)?),
            ("DescribeQueue", self.rate(calls, describe)?),
            ("CreateQueue", self.rate(calls, create)?),
        ])
    }

    fn rate(&self, calls: usize, request: impl Fn(usize) -> (&'static str, String, Value)) -> Result<Rate> {
        let mut clients = (0..CLIENTS).map(|_| self.connect()).collect::<Result<Vec<_>>>()?;
        let (start, before) = (Instant::now(), self.processor());
        for count in 0..calls {
            let (method, target, body) = request(count);
            clients[count % CLIENTS].call(method, &target, &body)?;
        }
        let wall = start.elapsed();
        let used = before.and_then(|before| Some(self.processor()? - before)).unwrap_or(wall);
        let count = u32::try_from(calls).unwrap_or(u32::MAX);
        Ok(Rate { per_core: f64::from(count) / used.as_secs_f64(), waited: milliseconds(wall) / f64::from(count) })
    }

    /// The processor time of all threads; `None` where the system does not say.
    fn processor(&self) -> Option<Duration> {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.process.id())).ok()?;
        let mut all = Duration::ZERO;
        for task in tasks {
            let text = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
            all += Duration::from_nanos(text.split(' ').next()?.parse().ok()?);
        }
        Some(all)
    }

    /// The milliseconds in which many connections are opened, and each has an answer while all are open.
    fn connections(&self, count: usize) -> Result<f64> {
        let start = Instant::now();
        let mut all = (0..count).map(|_| self.connect()).collect::<Result<Vec<_>>>().context("raise `ulimit -n`")?;
        for connection in &mut all {
            connection.send("GET", "/instance", &Value::Null)?;
        }
        for connection in &mut all {
            ensure!(connection.receive()?["InstanceSummaryList"].is_array(), "an answer is not one of ListInstances");
        }
        Ok(milliseconds(start.elapsed()))
    }

    /// Gives an instance so many queues more, by its state.
    fn fill(&self, instance: &str, count: usize) -> Result<()> {
        let mut control = self.connect()?;
        let mut state = control.call("GET", "/_stand_in/state", &Value::Null)?;
        let records = state["records"].as_array_mut().context("records")?;
        let is_queue = |record: &&Value| record["family"] == "Queue" && record["scope"][0] == instance;
        let template = records.iter().find(is_queue).context("a queue")?.clone();
        let first = records.iter().filter_map(|record| record["number"].as_u64()).max().unwrap_or(0) + 1;
        for place in 0..count {
            let id = format!("00000000-0000-4000-8000-{place:012}");
            let mut record = template.clone();
            record["number"] = json!(first + place as u64);
            record["arn"] = json!(format!("arn:aws:connect:us-east-1:111122223333:instance/{instance}/queue/{id}"));
            record["id"] = json!(id);
            record["members"]["Name"] = json!(format!("filled-{place:06}"));
            records.push(record);
        }
        control.call("PUT", "/_stand_in/state", &state).map(drop)
    }

    /// The milliseconds of the processor for pages: the first, one far behind, and searches that find few and many.
    fn pages(&self, instance: &str) -> Result<Vec<(&'static str, f64)>> {
        let mut client = self.connect()?;
        let list = |token: &str| format!("/queues-summary/{instance}?maxResults=1000&nextToken={token}");
        // The best of some, of the processor's time, as rates are.
        let mut timed = |method, target: &str, body: &Value| -> Result<(Value, f64)> {
            let (mut best, mut page) = (f64::INFINITY, Value::Null);
            for _ in 0..5 {
                let (start, before) = (Instant::now(), self.processor());
                page = client.call(method, target, body)?;
                let wall = start.elapsed();
                let used = before.and_then(|before| Some(self.processor()? - before)).unwrap_or(wall);
                best = best.min(milliseconds(used));
            }
            Ok((page, best))
        };
        let (mut page, first) = timed("GET", &list(""), &Value::Null)?;
        let mut last = first;
        while let Some(token) = page["NextToken"].as_str() {
            (page, last) = timed("GET", &list(token), &Value::Null)?;
        }
        let search = |value: &str, comparison: &str| {
            let condition = json!({"FieldName": "name", "Value": value, "ComparisonType": comparison});
            json!({"InstanceId": instance, "SearchCriteria": {"StringCondition": condition}, "MaxResults": 100})
        };
        let (_, few) = timed("POST", "/search-queues", &search("filled-000077", "EXACT"))?;
        let (_, many) = timed("POST", "/search-queues", &search("LED-", "CONTAINS"))?;
        Ok(vec![
            ("ListQueues, the first 1,000", first),
            ("ListQueues, the last page", last),
            ("SearchQueues, one of all", few),
            ("SearchQueues, 100 of all", many),
        ])
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A failure to end it is no failure of the bench.
        let _ = self.process.kill().and_then(|()| self.process.wait());
    }
}
