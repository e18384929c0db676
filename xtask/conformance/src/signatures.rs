//! The published suite of Signature Version 4, through the signer of the templates.

use anyhow::Result;

use crate::cargo::Example;
use crate::report::Report;
use crate::setup::Setup;

pub fn run(setup: &Setup<'_>) -> Result<Vec<Report>> {
    setup.progress.next("sigv4: the signer");
    let package = setup.repository.templates();
    let signer = setup.build(&Example { package: &package, name: "sign", features: &[] })?;
    setup.progress.next("sigv4: the suite");
    let mut suite = setup.python.command("sigv4.py");
    suite.arg("--sign").arg(signer).arg("--tests").arg(setup.python.data.join("tests/unit/auth/aws4_testsuite"));
    setup.python.reports(&mut suite)
}
