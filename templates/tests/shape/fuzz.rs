//! The functions of the fuzz targets over their corpora and over inputs made from them, without a fuzzer: see `fuzz/`, and
//! `cargo xtask fuzz` for the real thing.

#[path = "../../fuzz/check/answer.rs"]
mod answer;
#[path = "../../fuzz/check/timestamp.rs"]
mod timestamp;

use std::path::{Path, PathBuf};

fn corpus(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target)
}

#[test]
fn any_answer_is_read_or_refused() {
    tries::run(&corpus("answer"), 20_000, |bytes| _ = answer::check(bytes));
}

#[test]
fn any_timestamp_is_read_back_or_refused() {
    tries::run(&corpus("timestamp"), 200_000, |bytes| _ = timestamp::check(bytes));
}

/// Inputs made from what is refused would say nothing of what is read.
#[test]
fn the_corpora_hold_what_can_be_read() {
    let read = |target: &str, name: &str| std::fs::read(corpus(target).join(name)).expect("a file of the corpus");
    for name in ["bound", "everything.json", "put-right.json", "refused", "union.json"] {
        assert!(answer::check(&read("answer", name)), "{name} is refused");
    }
    for name in ["epoch", "http-date", "iso"] {
        assert!(timestamp::check(&read("timestamp", name)), "{name} is refused");
    }
}
