//! `models lint` as a command: on what is checked in, and on a copy of it that upstream has changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("")
}

fn lint(root: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["models", "lint", "--root"]).arg(root).args(args).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn the_baseline_is_what_is_found_in_the_checked_in_models() {
    let output = lint(&checkout(), &[]);
    assert!(output.status.success(), "{}{}", stdout(&output), String::from_utf8_lossy(&output.stderr));
    for count in ["21  no-throttling-error", "17  no-paginator", "123  path-without-minimum"] {
        assert!(stdout(&output).contains(count), "{count}: {}", stdout(&output));
    }
    let json: serde_json::Value = serde_json::from_slice(&lint(&checkout(), &["--json"]).stdout).unwrap();
    assert_eq!(json["models/connect/2017-08-08"]["no-paginator"].as_object().unwrap().len(), 17);
}

#[test]
fn a_new_finding_and_a_mended_one_break_the_baseline_until_it_is_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    copy(&checkout().join("models"), &root.join("models"));
    for part in ["src/runtime", "crate"] {
        fs::create_dir_all(root.join("templates").join(part)).unwrap();
    }
    fs::write(root.join("templates/src/runtime.rs"), "").unwrap();
    assert!(lint(root, &[]).status.success());

    let path = root.join("models/connect/lint.json");
    let baseline = fs::read_to_string(&path).unwrap();
    let changed = baseline.replace("operations.ListInstances\"", "operations.ListMended\"");
    assert_ne!(baseline, changed);
    fs::write(&path, changed).unwrap();
    let output = lint(root, &[]);
    assert_eq!(output.status.code(), Some(1));
    let (report, hint) = (stdout(&output), String::from_utf8(output.stderr.clone()).unwrap());
    assert!(report.contains("new: no-throttling-error: operations.ListInstances: "), "{report}");
    assert!(
        report.contains("gone, delete it from the baseline: no-throttling-error: operations.ListMended\n"),
        "{report}"
    );
    assert!(hint.contains("cargo xtask models lint --baseline"), "{hint}");

    assert!(lint(root, &["--baseline"]).status.success());
    assert_eq!(fs::read_to_string(&path).unwrap(), baseline);
    assert!(lint(root, &[]).status.success());
}
