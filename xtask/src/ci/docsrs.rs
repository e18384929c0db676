//! The step `docsrs`: the documentation as docs.rs builds it, on nightly, where each item says which feature it needs.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use generator::tools::areas::{Index, Kind, index};
use xtask::inputs;
use xtask::outcome::{Outcome, print};
use xtask::repository::Repository;

use crate::codegen::CRATE;

/// What the step does, for the list of steps.
pub const ABOUT: &str =
    "cargo +nightly doc as on docs.rs, then every page of an area says its feature; skipped without nightly";

/// Builds the documentation and reads its pages. It is skipped, and says so, where nightly is not installed; with `REQUIRE_NIGHTLY` in
/// the environment that is a failure.
pub fn run(repository: &Repository) -> Result<Outcome> {
    let nightly = Command::new("rustup").args(["run", "nightly", "rustdoc", "--version"]).stdin(Stdio::null()).output();
    if !nightly.is_ok_and(|output| output.status.success()) {
        // Standard error is where the other steps report, and nobody filters it.
        writeln!(std::io::stderr(), "SKIPPED: nothing was documented as on docs.rs, because nightly is not installed")?;
        let required = std::env::var_os("REQUIRE_NIGHTLY").is_some();
        return Ok(if required { Outcome::Different } else { Outcome::Done });
    }
    let target = repository.target().join("docsrs");
    let mut doc = Command::new("rustup");
    doc.args(["run", "nightly", "cargo", "doc", "--package", CRATE, "--no-deps", "--all-features"]);
    doc.current_dir(repository.root()).env("CARGO_TARGET_DIR", &target).env("RUSTDOCFLAGS", "--cfg docsrs -D warnings");
    // Cargo of this toolchain would go on to be used, and its compiler.
    for name in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN"] {
        doc.env_remove(name);
    }
    let status = doc.stdin(Stdio::null()).stdout(std::io::stderr()).status().context("rustup could not be started")?;
    if !status.success() {
        eprintln!("cargo doc: {status}");
        return Ok(Outcome::Different);
    }
    let folder = target.join("doc").join(CRATE.replace('-', "_"));
    let (pages, silent) = read(&folder, &index(&inputs::of_repository(repository, CRATE)?)?)?;
    if pages == 0 || !silent.is_empty() {
        eprintln!("{pages} pages of areas; these do not say a feature that they need:\n{}", silent.join("\n"));
        return Ok(Outcome::Different);
    }
    print(&format!("{pages} pages say the features of their areas\n"))?;
    Ok(Outcome::Done)
}

/// The number of pages of what has a gate, and those that do not name each of its features, or that there are not.
fn read(folder: &Path, index: &Index) -> Result<(usize, Vec<String>)> {
    let (mut pages, mut silent) = (0, Vec::new());
    for item in index.items.iter().filter(|item| item.kind == Kind::Shape) {
        let types = item.module.iter().fold(folder.to_owned(), |folder, module| folder.join(module)).join("types");
        let before = pages;
        for name in &item.names {
            for kind in ["struct", "enum"] {
                let path = types.join(format!("{kind}.{name}.html"));
                let Ok(html) = fs::read_to_string(&path) else { continue };
                pages += 1;
                if !names_all(&html, &item.features) {
                    silent.push(path.display().to_string());
                }
            }
        }
        if pages == before {
            silent
                .push(format!("{}: there is no page of it", item.names.iter().cloned().collect::<Vec<_>>().join(", ")));
        }
    }
    Ok((pages, silent))
}

/// Whether a page says on the item itself that it needs each of these features.
fn names_all(html: &str, features: &BTreeSet<String>) -> bool {
    let head = html.split("id=\"implementations\"").next().unwrap_or(html);
    let banner = head.split("class=\"stab portability\"").nth(1).unwrap_or_default();
    let banner = banner.split("</div>").next().unwrap_or_default();
    features.iter().all(|feature| banner.contains(&format!("<code>{feature}</code>")))
}

#[cfg(test)]
mod tests {
    use super::names_all;

    #[test]
    fn a_page_names_the_features_of_its_item() {
        let page = "<h1>User</h1><span class=\"item-info\"><div class=\"stab portability\">Available on <strong>crate features \
                    <code>users</code> or <code>views</code></strong> only.</div></span><h2 id=\"implementations\">";
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert!(names_all(page, &set(&["users", "views"])));
        assert!(!names_all(page, &set(&["tags"])));
        assert!(!names_all("<h1>User</h1>", &set(&["users"])));
    }
}
