//! The floor of the build: every structure of the model as a bare Rust structure with the derives that ours have, every
//! enumeration as a string, and nothing else. What ours costs more is what a client is for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use xtask::files::{put, read_text};
use xtask::repository::Repository;

use crate::sides::SHAPES;

/// Writes the crate.
pub fn write(repository: &Repository, folder: &Path) -> Result<()> {
    let model = repository.models().join("connect/2017-08-08/service-2.json");
    let manifest = format!("[workspace]\n\n[package]\nname = \"{SHAPES}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
    put(&folder.join("Cargo.toml"), &manifest)?;
    put(&folder.join("src/lib.rs"), &source(&read_text(&model)?)?)
}

/// The source of the crate.
fn source(model: &str) -> Result<String> {
    let model: Value = serde_json::from_str(model).context("the model")?;
    let shapes = model["shapes"].as_object().context("a model has shapes")?;
    let shapes: BTreeMap<&str, &Value> = shapes.iter().map(|(name, shape)| (name.as_str(), shape)).collect();
    let mut text = String::new();
    for (name, shape) in &shapes {
        let Some(members) = structure(shape) else { continue };
        writeln!(text, "#[derive(Clone, Debug, Default, PartialEq)]\npub struct {} {{", upper(name))?;
        for (member, target) in members {
            let boxed = structure(shapes[target]).is_some() && reaches(&shapes, target, name);
            let kind = rust(&shapes, target)?;
            let kind = if boxed { format!("Box<{kind}>") } else { kind };
            writeln!(text, "    pub {}: Option<{kind}>,", snake(member))?;
        }
        text.push_str("}\n");
    }
    Ok(text)
}

/// Names and targets of a structure's members; `None` where the shape is none.
fn structure(shape: &Value) -> Option<Vec<(&str, &str)>> {
    if shape["type"] != "structure" {
        return None;
    }
    let members = shape["members"].as_object()?;
    Some(members.iter().filter_map(|(name, member)| Some((name.as_str(), member["shape"].as_str()?))).collect())
}

/// Whether a structure holds another one, or itself, without a list or a map between them.
fn reaches(shapes: &BTreeMap<&str, &Value>, from: &str, to: &str) -> bool {
    let (mut pending, mut seen) = (vec![from], BTreeSet::new());
    while let Some(name) = pending.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            let members = shapes.get(name).and_then(|shape| structure(shape)).unwrap_or_default();
            pending.extend(members.into_iter().map(|(_, target)| target));
        }
    }
    false
}

/// The type of a shape.
fn rust(shapes: &BTreeMap<&str, &Value>, name: &str) -> Result<String> {
    let shape = shapes.get(name).with_context(|| format!("there is no shape {name}"))?;
    let of = |part: &str| -> Result<String> {
        rust(shapes, shape[part]["shape"].as_str().with_context(|| format!("shape {name} has no {part}"))?)
    };
    Ok(match shape["type"].as_str().unwrap_or_default() {
        "structure" => upper(name),
        "list" => format!("Vec<{}>", of("member")?),
        "map" => format!("std::collections::HashMap<String, {}>", of("value")?),
        "integer" => "i32".to_owned(),
        "long" => "i64".to_owned(),
        "float" | "double" | "timestamp" => "f64".to_owned(),
        "boolean" => "bool".to_owned(),
        "blob" => "Vec<u8>".to_owned(),
        _ => "String".to_owned(),
    })
}

/// A type's name, which is none of the prelude's.
fn upper(name: &str) -> String {
    format!("S{name}")
}

/// A field's name, which is no keyword: `f_instance_id`.
fn snake(name: &str) -> String {
    name.chars().fold("f".to_owned(), |mut text, letter| {
        if letter.is_ascii_uppercase() {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
        text
    })
}

#[cfg(test)]
mod tests {
    use super::source;

    #[test]
    fn structures_are_bare_and_recursion_is_boxed() {
        let model = r#"{"shapes": {
            "Name": {"type": "string"},
            "Tree": {"type": "structure", "members": {"Left": {"shape": "Tree"}, "All": {"shape": "Trees"}}},
            "Trees": {"type": "list", "member": {"shape": "Tree"}},
            "Names": {"type": "map", "key": {"shape": "Name"}, "value": {"shape": "Name"}},
            "Leaf": {"type": "structure", "members": {"type": {"shape": "Names"}}}
        }}"#;
        let expected = "#[derive(Clone, Debug, Default, PartialEq)]\npub struct SLeaf {\n    \
                        pub ftype: Option<std::collections::HashMap<String, String>>,\n}\n\
                        #[derive(Clone, Debug, Default, PartialEq)]\npub struct STree {\n    \
                        pub f_all: Option<Vec<STree>>,\n    pub f_left: Option<Box<STree>>,\n}\n";
        let text = source(model).unwrap();
        let sorted = |text: &str| text.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(sorted(&text), sorted(expected), "{text}");
    }

    #[test]
    fn a_dangling_reference_is_an_error() {
        let model = r#"{"shapes": {"A": {"type": "list", "member": {"shape": "B"}},
            "C": {"type": "structure", "members": {"X": {"shape": "A"}}}}}"#;
        assert!(source(model).is_err());
    }
}
