//! What must hold of the generator for any bytes. The fuzz target calls this, and an ordinary test does.

use generator::{Inputs, ServiceInputs, account, generate};

use crate::sound;

/// A table of partitions that is small to read.
const PARTITIONS: &str = include_str!("../tests/endpoint/partitions/partitions.json");

/// Takes the model, the paginators, the rule set, the overrides and the areas of a service, parted by lines of `===`; all but the first
/// may be missing. Generating ends in errors that name one of the files, or in files that are sound; gives which.
pub fn model(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split("\n===\n").map(str::to_owned);
    let service = ServiceInputs {
        folder: "models/x".to_owned(),
        model: parts.next().unwrap_or_default(),
        paginators: parts.next(),
        rule_set: parts.next(),
        overrides: parts.next().map(|text| ("models/x/overrides.toml".to_owned(), text)),
        areas: parts.next().map(|text| ("models/x/areas.toml".to_owned(), text)),
        ..ServiceInputs::default()
    };
    let inputs = Inputs {
        crate_name: "a-crate".to_owned(),
        services: vec![service],
        partitions: PARTITIONS.to_owned(),
        ..Inputs::default()
    };
    match generate(&inputs) {
        Ok(files) => {
            sound::check(&files).unwrap_or_else(|fault| panic!("{fault}"));
            account(&inputs).expect("what is generated can be accounted for");
            true
        }
        Err(problems) => {
            let said = problems.to_string();
            assert!(!said.is_empty(), "an error that says nothing");
            assert!(!said.contains("this is a bug in it"), "{said}");
            assert!(said.lines().all(|line| line.starts_with("error: models/x/")), "{said}");
            false
        }
    }
}
