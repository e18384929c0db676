//! The fuzz target's function over its corpus and over inputs made from it, without a fuzzer: see `fuzz/`, and
//! `cargo xtask fuzz` for the real thing.

use std::fs;
use std::path::{Path, PathBuf};

use crate::check;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/model")
}

#[test]
fn any_bytes_end_in_errors_or_in_sound_files() {
    tries::run(&corpus(), 2_000, |bytes| _ = check::model(bytes));
}

/// Inputs made from what is refused would say nothing of what is emitted.
#[test]
fn the_corpus_holds_models_that_are_emitted() {
    for name in ["bound.json", "paged", "plain.json", "recursive.json"] {
        assert!(check::model(&fs::read(corpus().join(name)).expect("a model")), "{name} is refused");
    }
}
