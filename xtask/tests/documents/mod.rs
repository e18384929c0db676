//! The documents at the top of the repository: every path that they name exists, and every dependency has its line.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// Folders that paths in the documents are relative to.
const BASES: &[&str] =
    &["", "generator/src", "generator", "templates/src/runtime", "templates/src/runtime/auth", "generated", "xtask"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The paths that a text names: words with a `/` that end in `.rs`, `.md`, `.toml` or `/`.
fn paths(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let words = text.split(|c: char| c.is_whitespace() || "`()|;\"".contains(c));
    for word in words.map(|word| word.trim_matches(|c: char| ",:.…".contains(c))) {
        let named = [".rs", ".md", ".toml", "/"].iter().any(|end| word.ends_with(end));
        // Capitals and stars stand for any name, as in `models/SERVICE`.
        let general = word.contains("//")
            || word.contains('*')
            || word.split(['/', '.']).any(|part| !part.is_empty() && is_general(part));
        if named && word.contains('/') && !general {
            found.extend(expand(word));
        }
    }
    found
}

fn is_general(part: &str) -> bool {
    part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A path for each word in its braces.
fn expand(path: &str) -> Vec<String> {
    match (path.find('{'), path.find('}')) {
        (Some(start), Some(end)) if start < end => {
            let (before, after) = (&path[..start], &path[end + 1..]);
            let choices = path[start + 1..end].split(',');
            choices.flat_map(|choice| expand(&format!("{before}{choice}{after}"))).collect()
        }
        _ => vec![path.to_owned()],
    }
}

#[test]
fn every_path_that_a_document_names_exists() {
    let mut missing = Vec::new();
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "models/README.md"] {
        let paths = paths(&read(document));
        assert!(document == "SECURITY.md" || !paths.is_empty(), "{document}: no path was found");
        for path in paths {
            // `target/` is there after a build only, and `..` leads out of the repository in examples.
            let apart = path.starts_with("target/") || path.starts_with("..");
            let folder = Path::new(document).parent().unwrap_or(Path::new(""));
            let mut bases = BASES.iter().map(Path::new).chain([folder]);
            if !apart && !bases.any(|base| root().join(base).join(&path).exists()) {
                missing.push(format!("{document}: {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "no file or folder of these names:\n{}", missing.join("\n"));
}

/// The names of all dependencies of a manifest's crate from elsewhere.
fn dependencies(manifest: &str) -> Vec<String> {
    let table: Table = read(manifest).parse().unwrap_or_else(|error| panic!("{manifest}: {error}"));
    let own = |value: &Value| value.get("path").is_some();
    let dependencies = table["dependencies"].as_table().unwrap().iter();
    dependencies.filter(|(_, value)| !own(value)).map(|(name, _)| name.clone()).collect()
}

#[test]
fn every_dependency_has_its_line_in_the_architecture() {
    let text = read("ARCHITECTURE.md");
    let section = text.split("\n## ").find(|section| section.starts_with("Dependencies")).unwrap();
    let tables: Vec<&str> = section.split("\n\n| ").skip(1).collect();
    for (title, manifest) in [
        ("emitted crate", "generated/Cargo.toml"),
        ("generator", "generator/Cargo.toml"),
        ("xtask", "xtask/Cargo.toml"),
    ] {
        let table = tables.iter().find(|table| table.starts_with(title)).unwrap_or_else(|| panic!("no table {title}"));
        let dependencies = dependencies(manifest);
        for name in &dependencies {
            assert!(table.contains(&format!("`{name}`")), "{manifest}: {name} has no line in ARCHITECTURE.md");
        }
        let named = table
            .lines()
            .filter_map(|line| line.split(" | ").next())
            .flat_map(|names| names.split('`').skip(1).step_by(2));
        for name in named {
            assert!(dependencies.iter().any(|known| known == name), "{manifest} has no dependency {name}");
        }
    }
}

#[test]
fn every_test_that_reported_names_exists() {
    let text = read("xtask/tests/reported.md");
    let rows: Vec<&str> = text.lines().filter(|line| line.contains(".rs` `")).collect();
    assert!(!rows.is_empty());
    for row in rows {
        let (rest, test) = row.trim_end_matches("` |").rsplit_once("` `").unwrap_or_else(|| panic!("no test: {row}"));
        let file = rest.rsplit('`').next().unwrap();
        assert!(read(file).contains(&format!("fn {test}(")), "{file} has no test {test}");
    }
}
