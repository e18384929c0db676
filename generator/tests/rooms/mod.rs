//! The direction of imports: a stage imports only what stands before it, and no files import one another in a ring.

use std::path::{Path, PathBuf};

use imports::Import;

/// The rooms, from the one that imports nothing up. A stage of the pipeline stands above the stages whose result it reads.
const LEVELS: &[&[&str]] = &[
    &["text", "jmespath"],
    &["diagnostic"],
    &["json"],
    &["names"],
    &["inputs"],
    &["model"],
    &["overrides"],
    &["sources"],
    &["endpoint"],
    &["resolve"],
    &["areas", "resources"],
    &["plan"],
    &["planned"],
    &["docs", "select"],
    &["render"],
    &["emit"],
    &["pipeline"],
    &["tools"],
    &["lib"],
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The imports of the generator. Paths that start at `crate` within `quote!` belong to the emitted crate, so they lead to no module
/// here; nothing of ours is defined at the root.
fn read() -> Vec<Import> {
    let mut imports = imports::read(&source()).unwrap();
    imports.retain(|import| import.to != "crate" && import.from != "crate");
    imports
}

#[test]
fn no_stage_imports_from_a_later_one() {
    let wrong = imports::wrong_way(&read(), "", LEVELS);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_has_its_level() {
    let unlisted = imports::unlisted(&source(), LEVELS).unwrap();
    assert!(unlisted.is_empty(), "{unlisted:?}");
}

#[test]
fn no_files_import_one_another_in_a_ring() {
    let rings: Vec<_> = imports::rings(&read(), str::to_owned).iter().map(ToString::to_string).collect();
    assert!(rings.is_empty(), "{}", rings.join("\n\n"));
}
