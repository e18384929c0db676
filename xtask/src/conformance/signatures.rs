//! The published suite of Signature Version 4, through the signer of the templates.

use anyhow::Result;

use super::Bench;
use super::cargo::Example;
use super::report::Report;

pub fn run(bench: &Bench<'_>) -> Result<Vec<Report>> {
    let package = bench.repository.templates();
    let signer = bench.build(&Example { package: &package, name: "sign", features: &[] })?;
    let mut suite = bench.python.command("sigv4.py");
    suite.arg("--sign").arg(signer).arg("--tests").arg(bench.python.data.join("tests/unit/auth/aws4_testsuite"));
    bench.python.reports(&mut suite)
}
