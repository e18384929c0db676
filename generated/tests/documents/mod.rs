//! The examples of README.md and MIGRATING.md: each block of Rust stands in a file here as well, between `//@ begin` and
//! `//@ end`, where the compiler checks it. Blocks marked `ignore` show code for another crate.

mod migrating;
mod readme;

use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The lines of code without indentation, line breaks and trailing commas, so that it does not matter how rustfmt breaks them.
fn normal(code: &str) -> String {
    let text: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    text.replace(",)", ")").replace(",}", "}")
}

/// The compiled regions of a source file.
fn regions(source: &str) -> Vec<String> {
    let parts = source.split("//@ begin\n").skip(1);
    parts.map(|part| normal(part.split("//@ end").next().unwrap_or_default())).collect()
}

/// The blocks of a document that are Rust for this crate.
fn blocks(document: &str) -> Vec<&str> {
    let parts = document.split("```rust\n").skip(1);
    parts.map(|part| part.split("```").next().unwrap_or_default()).collect()
}

fn every_block_is_compiled(document: &str, source: &str) {
    let regions = regions(&read(source));
    let text = read(document);
    let blocks = blocks(&text);
    assert!(!blocks.is_empty(), "{document} has no example");
    for block in &blocks {
        assert!(regions.contains(&normal(block)), "{document}: this example is not in {source}:\n{block}");
    }
    assert_eq!(regions.len(), blocks.len(), "{source} has regions that {document} has not");
}

#[test]
fn readme() {
    every_block_is_compiled("../README.md", "tests/documents/readme.rs");
}

#[test]
fn migrating() {
    every_block_is_compiled("MIGRATING.md", "tests/documents/migrating.rs");
}
