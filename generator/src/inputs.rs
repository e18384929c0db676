//! Inputs of a generation, and the checks of the names in them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::names;

/// Everything a generation reads.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The name of the emitted package.
    pub crate_name: String,
    /// The services: the first is the crate's root, the others are feature-gated modules of it.
    pub services: Vec<ServiceInputs>,
    /// The text of `partitions.json`.
    pub partitions: String,
    /// The text files under `templates/`, by their path there (`src/runtime/sign.rs`, `crate/Cargo.toml`).
    pub templates: BTreeMap<String, String>,
    /// The operations to emit, by their names in the model; all where there are none.
    pub operations: BTreeSet<String>,
}

/// The model of one service.
#[derive(Debug, Clone, Default)]
pub struct ServiceInputs {
    /// The module the service is emitted under; the crate's root where there is none.
    pub module: Option<String>,
    /// The folder of the model, as messages and banners name it: `models/connect/2017-08-08`.
    pub folder: String,
    /// The text of `service-2.json`.
    pub model: String,
    /// The text of `paginators-1.json`.
    pub paginators: Option<String>,
    /// The text of `waiters-2.json`.
    pub waiters: Option<String>,
    /// The text of `endpoint-rule-set-1.json`.
    pub rule_set: Option<String>,
    /// The text of `overrides.toml`, with the name messages call it by.
    pub overrides: Option<(String, String)>,
    /// The text of `resources.toml`, with the name messages call it by; a service without one has no stand-in.
    pub resources: Option<(String, String)>,
    /// The text of `areas.toml`, with the name messages call it by. A service without has no areas: all of it is always compiled.
    pub areas: Option<(String, String)>,
    /// The text of the record of names that an earlier generation returned, with the name messages call it by.
    pub names: Option<(String, String)>,
}

impl Inputs {
    /// Checks the names that the caller gives: they become a package, modules and features.
    pub(crate) fn check_names(&self) -> Result<(), Diagnostics> {
        const FILE: &str = "the inputs";
        let mut problems = Diagnostics::default();
        let name = &self.crate_name;
        if let Some(reason) = names::validate_package(name, self.dependencies()) {
            problems.push(FILE, "crate_name", format!("{name:?} cannot be the name of the package: {reason}"));
        }
        let mut seen = BTreeSet::new();
        for (index, service) in self.services.iter().enumerate() {
            let at = format!("services[{index}].module");
            let module = service.module.as_deref();
            if let Some(module) = module.filter(|module| !names::is_service_module(module)) {
                problems.push(FILE, &at, format!("{module:?} cannot be the name of a module"));
            }
            if !seen.insert(module) {
                problems.push(FILE, &at, "another service is emitted there as well");
            }
        }
        problems.into_result(())
    }

    /// The packages that the emitted crate depends on, by the template of its manifest.
    fn dependencies(&self) -> impl Iterator<Item = &str> {
        let manifest = self.templates.get("crate/Cargo.toml").map(String::as_str).unwrap_or_default();
        let mut depends = false;
        manifest.lines().filter_map(move |line| {
            if let Some(head) = line.strip_prefix('[') {
                depends = head.trim_end_matches(']').ends_with("dependencies");
            }
            let (name, _) = line.split_once('=').filter(|_| depends)?;
            Some(name.trim())
        })
    }
}

impl ServiceInputs {
    /// A file of the model, as messages and banners name it.
    pub(crate) fn file(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }
}
