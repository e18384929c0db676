//! Every operation of the checked-in crate against botocore, from the client's side and from the server's, and the endpoint
//! cases of its rule sets, service by service.

use std::path::PathBuf;

use anyhow::Result;
use xtask::progress;

use crate::cargo::Example;
use crate::report::Report;
use crate::setup::Setup;

/// Random inputs, responses and exceptions.
pub fn run(setup: &Setup<'_>) -> Result<Vec<Report>> {
    let wire = wire(setup)?;
    let mut reports = Vec::new();
    for service in &setup.services {
        setup.progress.next(format!("live: {}", service.name));
        let mut live = setup.python.command("live.py");
        live.arg("--wire").arg(&wire).args(["--service", &service.name]);
        live.args(["--seed", &setup.seed.to_string(), "--cases", &setup.cases.to_string()]);
        reports.extend(setup.python.reports(&mut live)?);
    }
    Ok(reports)
}

/// The endpoint cases, of the services that botocore has any for.
pub fn endpoints(setup: &Setup<'_>) -> Result<Vec<Report>> {
    let wire = wire(setup)?;
    let mut reports = Vec::new();
    for service in &setup.services {
        setup.progress.next(format!("endpoints: {}", service.name));
        let folder = setup.python.data.join("tests/functional/endpoint-rules").join(&service.name);
        let cases = folder.join("endpoint-tests-1.json");
        if !cases.is_file() {
            progress::note(format!("endpoints {}: botocore has no cases", service.name));
            continue;
        }
        let mut endpoints = setup.python.command("endpoints.py");
        endpoints.arg("--wire").arg(&wire).args(["--service", &service.name]).arg("--tests").arg(cases);
        reports.extend(setup.python.reports(&mut endpoints)?);
    }
    Ok(reports)
}

/// The checked-in crate's `wire`, with the server's half that the mock stands on, which is built once for all services: most of the time goes into what they share.
fn wire(setup: &Setup<'_>) -> Result<PathBuf> {
    setup.progress.next("the example wire");
    let package = setup.repository.generated();
    let modules = setup.all_services.iter().filter_map(|service| service.module.as_deref());
    let features: Vec<_> = ["full", "wire", "mock"].into_iter().chain(modules).collect();
    setup.build(&Example { package: &package, name: "wire", features: &features })
}
