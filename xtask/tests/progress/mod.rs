//! Progress of a long command, and what an interrupt leaves behind.

#[cfg(unix)]
mod interrupt;

use std::path::Path;
use std::process::{Command, Output};

use crate::models::update::{keep, repository, sha256, tiny};

fn update(root: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["models", "update", "--botocore", "1.0.0", "--root"]).arg(root).args(args);
    command.env_remove("CARGO_TARGET_DIR").output().unwrap()
}

/// Standard error is no terminal here.
#[test]
fn progress_is_a_line_for_each_piece_and_nothing_with_quiet() {
    let wheel = tiny();
    let repository = repository(&sha256(&wheel));
    keep(repository.path(), "1.0.0", &wheel);
    let text = String::from_utf8(update(repository.path(), &[]).stderr).unwrap();
    let pieces: Vec<_> = text.lines().filter_map(|line| line.rsplit_once(": ")).map(|(_, piece)| piece).collect();
    assert_eq!(pieces, ["fetch botocore", "tiny", "write what changed"], "{text}");
    assert!(text.starts_with("update: 1 of 3") && text.contains("update: 3 of 3"), "{text}");

    let quiet = update(repository.path(), &["--quiet"]);
    assert!(quiet.status.success() && quiet.stderr.is_empty(), "{quiet:?}");
    assert!(!quiet.stdout.is_empty(), "results are printed all the same");
}
