//! The manifests of the runtime, of the checked-in crate and of a crate that stands alone: the same features and dependencies, but for
//! the features of areas and modules. The first two take their dependencies from the workspace, the third spells them out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml::{Table, Value};

fn read(path: &str) -> Table {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap();
    // The places that codegen fills in are no TOML.
    ["{{features}}", "{{full}}", "{{programs}}"]
        .iter()
        .fold(text, |text, place| text.replace(place, ""))
        .parse()
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The requirements of a dependency: version, default features, features, and whether it is optional.
type Asked = (String, bool, BTreeSet<String>, bool);

/// The dependencies of a manifest, with what `workspace = true` stands for.
fn dependencies(manifest: &Table, workspace: &Table) -> BTreeMap<String, Asked> {
    let asked = |name: &str, value: &Value| -> Asked {
        let own = value.as_table().cloned().unwrap_or_default();
        let inherited = own.get("workspace").and_then(Value::as_bool) == Some(true);
        let base = if inherited { &workspace[name] } else { value };
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let version = text(base).or_else(|| base.get("version").and_then(text)).unwrap_or_else(|| panic!("{name}"));
        let features = [base.get("features"), own.get("features")].into_iter().flatten();
        let features = features.filter_map(Value::as_array).flatten().filter_map(text).collect();
        let default = base.get("default-features").and_then(Value::as_bool).unwrap_or(true);
        (version, default, features, own.get("optional").and_then(Value::as_bool) == Some(true))
    };
    let dependencies = manifest["dependencies"].as_table().unwrap();
    dependencies.iter().map(|(name, value)| (name.clone(), asked(name, value))).collect()
}

#[test]
fn the_runtime_has_the_same_features_and_dependencies_everywhere() {
    let root = read("Cargo.toml");
    let workspace = root["workspace"]["dependencies"].as_table().unwrap();
    let templates = read("templates/Cargo.toml");
    let expected = dependencies(&templates, workspace);
    for path in ["templates/crate/Cargo.toml", "generated/Cargo.toml"] {
        let manifest = read(path);
        assert_eq!(dependencies(&manifest, workspace), expected, "dependencies of {path} and of templates/Cargo.toml");
        for (name, feature) in templates["features"].as_table().unwrap() {
            let mut found = manifest["features"].get(name).cloned();
            // What `full` has is no part of the runtime.
            if let Some(Value::Array(features)) = found.as_mut().filter(|_| name == "default") {
                features.retain(|feature| feature.as_str() != Some("full"));
            }
            assert_eq!(found.as_ref(), Some(feature), "feature {name} of {path}");
        }
    }
    let alone = read("templates/crate/Cargo.toml");
    assert_eq!(alone["features"].as_table().unwrap().len(), templates["features"].as_table().unwrap().len());
    assert!(!format!("{:?}", alone["dependencies"]).contains("workspace"), "an emitted crate has no workspace");
}

/// The manifest entries that only a standalone crate has.
#[test]
fn an_emitted_crate_has_the_edition_and_license_of_the_workspace() {
    let (root, alone) = (read("Cargo.toml"), read("templates/crate/Cargo.toml"));
    for key in ["edition", "license", "rust-version"] {
        assert_eq!(alone["package"].get(key), root["workspace"]["package"].get(key), "{key}");
    }
    assert_eq!(alone["package"].get("metadata"), read("generated/Cargo.toml")["package"].get("metadata"));
}
