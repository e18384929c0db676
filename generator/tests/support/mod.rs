//! The repository's files, and inputs made of them or of a model written for one test.

pub mod golden;
pub mod mutate;
pub mod real;
pub mod shuffle;
pub mod sound;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use generator::{Diagnostics, Files, Inputs, ServiceInputs, generate};
use serde_json::{Value, json};

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The text of a file of the repository.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The features of every emitted crate, as the template of its manifest has them.
pub fn features_of_every_crate() -> Vec<String> {
    let manifest = read("templates/crate/Cargo.toml");
    let (_, features) = manifest.split_once("[features]").expect("features");
    let (features, _) = features.split_once("{{features}}").expect("a place for those of areas and modules");
    let features: toml::Table = features.replace("{{full}}", "").parse().expect("a table");
    assert!(features.contains_key("serde"));
    features.keys().cloned().chain(["full".to_owned()]).collect()
}

/// The text of a file of the repository that may be missing.
pub fn read_optional(path: &str) -> Option<String> {
    root().join(path).exists().then(|| read(path))
}

/// Every file under a folder, by its path from there with forward slashes. None where there is no such folder.
pub fn tree(folder: &Path) -> BTreeMap<String, PathBuf> {
    let mut files = BTreeMap::new();
    let Ok(entries) = fs::read_dir(folder) else { return files };
    for entry in entries {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a readable name").to_owned();
        if path.is_dir() {
            files.extend(tree(&path).into_iter().map(|(within, path)| (format!("{name}/{within}"), path)));
        } else {
            files.insert(name, path);
        }
    }
    files
}

/// The templates, as `cargo xtask codegen` reads them.
pub fn templates() -> BTreeMap<String, String> {
    let all = tree(&root().join("templates"));
    let wanted = |path: &str| (path.starts_with("src/") && path != "src/lib.rs") || path.starts_with("crate/");
    let texts = all.into_iter().filter(|(path, _)| wanted(path));
    texts.map(|(path, file)| (path, fs::read_to_string(file).expect("a template"))).collect()
}

/// Inputs of a service alone: without templates, which are the same for all.
pub fn inputs(service: ServiceInputs) -> Inputs {
    Inputs {
        crate_name: "a-crate".to_owned(),
        services: vec![service],
        partitions: read("models/partitions.json"),
        ..Inputs::default()
    }
}

/// Inputs of a service that is a model and nothing else.
pub fn of_model(model: &str) -> Inputs {
    inputs(ServiceInputs { folder: "models/x".to_owned(), model: model.to_owned(), ..ServiceInputs::default() })
}

/// Generates from a model and nothing else.
pub fn from_model(model: &Value) -> Result<Files, Diagnostics> {
    generate(&of_model(&model.to_string()))
}

/// A model with these operations and shapes.
pub fn model(operations: Value, shapes: Value) -> Value {
    json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2020-01-01", "endpointPrefix": "tiny", "protocol": "rest-json",
            "serviceFullName": "Tiny Service", "serviceId": "Tiny", "signatureVersion": "v4", "signingName": "tiny",
            "uid": "tiny-2020-01-01"
        },
        "operations": operations,
        "shapes": shapes
    })
}

/// A model of one operation `Foo` that uses most types of shapes, to be spoiled by [`with`].
pub fn base() -> Value {
    model(
        json!({
            "Foo": {
                "name": "Foo", "http": {"method": "POST", "requestUri": "/"},
                "input": {"shape": "In"}, "output": {"shape": "Out"}, "errors": [{"shape": "Ex"}]
            }
        }),
        json!({
            "In": {"type": "structure", "members": {"Text": {"shape": "Text"}, "Part": {"shape": "Part"}, "Choice": {"shape": "Choice"}}},
            "Out": {"type": "structure", "members": {"List": {"shape": "List"}, "Map": {"shape": "Map"}, "Time": {"shape": "Time"}}},
            "Ex": {"type": "structure", "exception": true, "members": {"Message": {"shape": "Text"}}},
            "Part": {"type": "structure", "members": {"Text": {"shape": "Text"}, "Blob": {"shape": "Blob"}}},
            "Choice": {"type": "structure", "union": true, "members": {"Colour": {"shape": "Colour"}, "Number": {"shape": "Number"}}},
            "List": {"type": "list", "member": {"shape": "Text"}},
            "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Part"}},
            "Colour": {"type": "string", "enum": ["red", "green"]},
            "Text": {"type": "string"}, "Number": {"type": "integer"}, "Time": {"type": "timestamp"}, "Blob": {"type": "blob"}
        }),
    )
}

/// The base model with a value set at each of some places: names joined by dots, with objects made on the way.
pub fn with(edits: &[(&str, Value)]) -> Value {
    let mut model = base();
    for (path, value) in edits {
        let place = path.split('.').fold(&mut model, |place, step| &mut place[step]);
        *place = value.clone();
    }
    model
}

/// The message where a model is refused.
pub fn refusal(model: &Value) -> String {
    match from_model(model) {
        Ok(_) => panic!("this is not refused: {model:#}"),
        Err(problems) => problems.to_string(),
    }
}
