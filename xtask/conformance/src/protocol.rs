//! botocore's own restJson1 suites: each becomes a model, all models one crate with a module for each, and its `wire` is
//! asked every case.

use anyhow::{Context, Result};
use generator::ServiceInputs;
use serde_json::{Map, Value, json};

use crate::cargo::Example;
use crate::report::Report;
use crate::setup::Setup;
use xtask::files::read_text;
use xtask::inputs;
use xtask::output::Output;

/// The two kinds of suites: of requests and of responses.
const KINDS: [&str; 2] = ["input", "output"];
/// The emitted package.
const CRATE: &str = "protocol-suites";

pub fn run(setup: &Setup<'_>) -> Result<Vec<Report>> {
    setup.progress.next("protocol: the crate of all suites");
    let mut services = Vec::new();
    for kind in KINDS {
        let path = setup.python.data.join(format!("tests/unit/protocols/{kind}/rest-json.json"));
        let name = || path.display().to_string();
        let suites: Vec<Value> = serde_json::from_str(&read_text(&path)?).with_context(name)?;
        for (index, suite) in suites.iter().enumerate() {
            services.push(service(kind, index, suite).with_context(|| format!("{}, suite {index}", path.display()))?);
        }
    }
    let names: Vec<_> = services.iter().map(|service| service.module.clone().unwrap_or_default()).collect();
    if let Some(first) = services.first_mut() {
        // One of them is the crate's root.
        first.module = None;
    }
    let files = generator::generate(&inputs::of_services(setup.repository, CRATE, services)?)?;
    let folder = setup.folder.join(CRATE);
    Output::crate_folder(folder.clone(), files)?.write()?;

    let mut features: Vec<_> = names[1..].iter().map(String::as_str).collect();
    features.push("wire");
    let wire = setup.build(&Example { package: &folder, name: "wire", features: &features })?;
    setup.progress.next("protocol: the suites");
    let mut suites = setup.python.command("protocol.py");
    suites.arg("--wire").arg(wire).arg("--tests").arg(setup.python.data.join("tests/unit/protocols"));
    setup.python.reports(&mut suites)
}

/// A suite as a service: the operations that its cases are about, and the shapes beside them.
fn service(kind: &str, index: usize, suite: &Value) -> Result<ServiceInputs> {
    let mut metadata = suite["metadata"].as_object().cloned().context("no metadata")?;
    let name = format!("{kind} {index}");
    for (key, value) in [
        ("serviceId", name.as_str()),
        ("serviceFullName", &name),
        ("endpointPrefix", "protocol"),
        ("signatureVersion", "v4"),
        ("uid", &format!("{kind}-{index}")),
    ] {
        metadata.insert(key.to_owned(), value.into());
    }
    let cases = suite["cases"].as_array().context("no cases")?;
    let operation = |case: &Value| Some((case["given"]["name"].as_str()?.to_owned(), case["given"].clone()));
    let operations: Option<Map<_, _>> = cases.iter().map(operation).collect();
    let model = json!({
        "version": "2.0",
        "metadata": metadata,
        "operations": operations.context("a case without an operation")?,
        "shapes": suite["shapes"],
    });
    let name = name.replace(' ', "_");
    Ok(ServiceInputs {
        folder: format!("protocol/{name}"),
        module: Some(name),
        model: model.to_string(),
        ..ServiceInputs::default()
    })
}
