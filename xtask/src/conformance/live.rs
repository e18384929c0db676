//! Every operation of the checked-in crate against botocore, and the endpoint cases of its rule sets, service by service.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;

use super::Bench;
use super::cargo::Example;
use super::report::Report;

/// Random inputs, responses and exceptions.
pub fn run(bench: &Bench<'_>) -> Result<Vec<Report>> {
    let wire = wire(bench)?;
    let mut reports = Vec::new();
    for service in &bench.services {
        let start = Instant::now();
        let mut live = bench.python.command("live.py");
        live.arg("--wire").arg(&wire).args(["--service", &service.name]);
        live.args(["--seed", &bench.seed.to_string(), "--cases", &bench.cases.to_string()]);
        reports.extend(bench.python.reports(&mut live)?);
        eprintln!("live {} took {:.1} s", service.name, start.elapsed().as_secs_f32());
    }
    Ok(reports)
}

/// The endpoint cases, of the services that botocore has any for.
pub fn endpoints(bench: &Bench<'_>) -> Result<Vec<Report>> {
    let wire = wire(bench)?;
    let mut reports = Vec::new();
    for service in &bench.services {
        let folder = bench.python.data.join("tests/functional/endpoint-rules").join(&service.name);
        let cases = folder.join("endpoint-tests-1.json");
        if !cases.is_file() {
            eprintln!("endpoints {}: botocore has no cases", service.name);
            continue;
        }
        let mut endpoints = bench.python.command("endpoints.py");
        endpoints.arg("--wire").arg(&wire).args(["--service", &service.name]).arg("--tests").arg(cases);
        reports.extend(bench.python.reports(&mut endpoints)?);
    }
    Ok(reports)
}

/// The checked-in crate's `wire`, which is built once for all services: most of the time goes into what they share.
fn wire(bench: &Bench<'_>) -> Result<PathBuf> {
    let package = bench.repository.generated();
    let modules = bench.all_services.iter().filter_map(|service| service.module.as_deref());
    let features: Vec<_> = ["wire"].into_iter().chain(modules).collect();
    bench.build(&Example { package: &package, name: "wire", features: &features })
}
