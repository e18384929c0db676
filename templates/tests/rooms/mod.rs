//! The direction of imports: a room imports only rooms above it in the table of `runtime.rs`, and no files of a room import one
//! another in a ring.

use std::path::{Path, PathBuf};

/// The rooms, from the one that imports nothing up. Rooms of one level may not import one another.
const LEVELS: &[&[&str]] = &[
    &["base"],
    &["http"],
    &["endpoint"],
    &["shape"],
    &["protocol"],
    &["error"],
    &["auth"],
    &["config"],
    &["call"],
    &["sdk", "testing"],
    &["wire"],
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn no_room_imports_from_a_room_below_it() {
    let mut imports = imports::read(&source()).unwrap();
    // An exported macro is defined at the root of the crate, whichever file has it.
    imports.retain(|import| import.to != "crate");
    let wrong = imports::wrong_way(&imports, "runtime", LEVELS);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_has_its_level() {
    let unlisted = imports::unlisted(&source().join("runtime"), LEVELS).unwrap();
    // The façade for emitted code is no room: it re-exports from all of them.
    assert_eq!(unlisted, ["__private"]);
}

#[test]
fn no_files_import_one_another_in_a_ring() {
    let imports = imports::read(&source()).unwrap();
    let rings: Vec<_> = imports::rings(&imports, str::to_owned).iter().map(ToString::to_string).collect();
    assert!(rings.is_empty(), "{}", rings.join("\n\n"));
}
