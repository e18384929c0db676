//! Every operation of the checked-in crate against botocore, and the endpoint cases of its rule set.

use std::path::PathBuf;

use anyhow::Result;

use super::Bench;
use super::cargo::Example;
use super::report::Report;

/// Random inputs, responses and exceptions.
pub fn run(bench: &Bench<'_>) -> Result<Vec<Report>> {
    let mut live = bench.python.command("live.py");
    live.arg("--wire").arg(wire(bench)?);
    live.args(["--seed", &bench.seed.to_string(), "--cases", &bench.cases.to_string()]);
    bench.python.reports(&mut live)
}

/// The endpoint cases.
pub fn endpoints(bench: &Bench<'_>) -> Result<Vec<Report>> {
    let cases = bench.python.data.join("tests/functional/endpoint-rules/connect/endpoint-tests-1.json");
    let mut endpoints = bench.python.command("endpoints.py");
    endpoints.arg("--wire").arg(wire(bench)?).arg("--tests").arg(cases);
    bench.python.reports(&mut endpoints)
}

/// The checked-in crate's `wire`.
fn wire(bench: &Bench<'_>) -> Result<PathBuf> {
    let package = bench.repository.generated();
    bench.build(&Example { package: &package, name: "wire", features: &["wire"] })
}
