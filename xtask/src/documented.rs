//! `cargo xtask codegen --docs`: a copy of the crate with AWS's own documentation, for reading; nothing of it is tracked.
//!
//! The models here hold facts only. The sentences are fetched with the package that `models.toml` pins, as `models update`
//! does, and go to a folder under `target/`.

use std::time::Instant;

use anyhow::{Context, Result};
use generator::Inputs;

use xtask::botocore::{self, SERVICE};
use xtask::inputs;
use xtask::manifest::Manifest;
use xtask::outcome::{Outcome, print};
use xtask::output::Output;
use xtask::repository::Repository;

/// The root of the emitted crate.
const LIBRARY: &str = "src/lib.rs";

/// A link says where it leads even where the name alone would do: it is made without knowing what a file imports.
const ALLOWED: &str = "#![allow(rustdoc::redundant_explicit_links)]\n";

/// Writes the documented copy of a crate of every service in `models.toml`.
pub fn run(repository: &Repository, crate_name: &str) -> Result<Outcome> {
    let start = Instant::now();
    let mut inputs = inputs::of_repository(repository, crate_name)?;
    add_documentation(repository, &mut inputs)?;
    let mut files = generator::generate(&inputs)?;
    let library = files.get_mut(LIBRARY).context("the generator gave no src/lib.rs")?;
    *library = with_attribute(library);
    let folder = repository.downloads().with_file_name("documented");
    let count = files.len();
    Output::crate_folder(folder.clone(), files)?.write()?;
    let shown = folder.strip_prefix(repository.root()).unwrap_or(&folder).display();
    print(&format!(
        "{count} files in {} ms; to read them: cargo doc --no-deps --open --manifest-path {shown}/Cargo.toml\n",
        start.elapsed().as_millis()
    ))?;
    Ok(Outcome::Done)
}

/// Replaces the models by those of the pinned package, which are the same but for the documentation in them.
fn add_documentation(repository: &Repository, inputs: &mut Inputs) -> Result<()> {
    let manifest = Manifest::read(repository)?;
    let mut wheel = botocore::fetch(&repository.downloads(), &manifest, Some(&manifest.version))?;
    for service in &mut inputs.services {
        let folder = service.folder.trim_start_matches("models/");
        service.model = wheel.require(&format!("{folder}/{SERVICE}"))?.pretty()?;
    }
    Ok(())
}

/// Puts an attribute of the crate after its documentation.
fn with_attribute(library: &str) -> String {
    let is_head = |line: &&str| line.starts_with("//");
    let head: String = library.split_inclusive('\n').take_while(is_head).collect();
    format!("{head}{ALLOWED}{}", &library[head.len()..])
}

#[cfg(test)]
mod tests {
    use super::with_attribute;

    #[test]
    fn the_attribute_stands_between_documentation_and_items() {
        let text = with_attribute("// @generated\n//! A crate.\n\npub mod a;\n");
        assert_eq!(text, "// @generated\n//! A crate.\n#![allow(rustdoc::redundant_explicit_links)]\n\npub mod a;\n");
    }
}
