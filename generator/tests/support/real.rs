//! The real models: the inputs of the checked-in crate, and what is made of them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use generator::{Files, Inputs, ServiceInputs, generate};
use serde_json::Value;

use super::{inputs, read, read_optional, templates};

/// The folder of the first service in models.toml.
pub const FOLDER: &str = "models/connect/2017-08-08";

/// The inputs of the checked-in crate, as `cargo xtask codegen` reads them.
pub fn real() -> Inputs {
    let manifest: toml::Table = read("models/models.toml").parse().expect("TOML");
    let services = manifest["services"].as_array().expect("services");
    let service = |service: &toml::Value| {
        let text = |key: &str| service.get(key).and_then(toml::Value::as_str).map(str::to_owned);
        let (name, api) = (text("name").expect("a name"), text("api").expect("an API"));
        let folder = format!("models/{name}/{api}");
        let overrides = format!("models/{name}/overrides.toml");
        let resources = format!("models/{name}/resources.toml");
        let areas = format!("models/{name}/areas.toml");
        let names = format!("models/{name}/names.toml");
        ServiceInputs {
            module: text("module"),
            model: read(&format!("{folder}/service-2.json")),
            paginators: read_optional(&format!("{folder}/paginators-1.json")),
            waiters: read_optional(&format!("{folder}/waiters-2.json")),
            rule_set: read_optional(&format!("{folder}/endpoint-rule-set-1.json")),
            overrides: read_optional(&overrides).map(|text| (overrides, text)),
            resources: read_optional(&resources).map(|text| (resources, text)),
            areas: read_optional(&areas).map(|text| (areas, text)),
            names: read_optional(&names).map(|text| (names, text)),
            folder,
        }
    };
    Inputs {
        crate_name: "amazon-connect".to_owned(),
        services: services.iter().map(service).collect(),
        templates: templates(),
        ..inputs(ServiceInputs::default())
    }
}

/// Connect alone: what is said about numbers of things is said of it.
pub fn connect() -> Inputs {
    let mut inputs = real();
    inputs.services.retain(|service| service.folder == FOLDER);
    inputs
}

/// The files of a crate; the model is right.
pub fn emit(inputs: &Inputs) -> Files {
    generate(inputs).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The files of the checked-in crate, generated now.
pub static FRESH: LazyLock<Files> = LazyLock::new(|| emit(&real()));
/// The model of Connect.
pub static MODEL: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&read(&format!("{FOLDER}/service-2.json"))).expect("JSON"));

/// The shapes of the model of which something holds.
pub fn shapes(holds: impl Fn(&Value) -> bool) -> BTreeSet<&'static str> {
    let shapes = MODEL["shapes"].as_object().expect("shapes");
    shapes.iter().filter(|(_, shape)| holds(shape)).map(|(name, _)| name.as_str()).collect()
}

/// The operations of the model.
pub fn operations() -> &'static serde_json::Map<String, Value> {
    MODEL["operations"].as_object().expect("operations")
}
