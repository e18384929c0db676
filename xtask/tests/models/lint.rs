//! `models lint` as a command: on what is checked in, and on a copy of it that upstream has changed.

use std::collections::{BTreeMap, BTreeSet};
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
    // The table has the figures of the baseline, service by service.
    let known: BTreeMap<String, BTreeSet<String>> =
        serde_json::from_str(&fs::read_to_string(checkout().join("models/connect/lint.json")).unwrap()).unwrap();
    let report = stdout(&output);
    let (_, connect) = report.split_once("models/connect/2017-08-08\n").unwrap();
    for (rule, places) in &known {
        let row = format!("{:>6}  {rule} ", places.len());
        assert!(connect.split("models/").next().unwrap().contains(&row), "{row}: {report}");
    }
    let json: serde_json::Value = serde_json::from_slice(&lint(&checkout(), &["--json"]).stdout).unwrap();
    let found = json["models/connect/2017-08-08"]["no-paginator"].as_object().unwrap();
    assert_eq!(found.keys().cloned().collect::<BTreeSet<_>>(), known["no-paginator"]);
}

#[test]
fn a_new_finding_and_a_mended_one_break_the_baseline_until_it_is_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    copy(&checkout().join("models"), &root.join("models"));
    for part in ["src", "crate"] {
        fs::create_dir_all(root.join("templates").join(part)).unwrap();
    }
    assert!(lint(root, &[]).status.success());

    let path = root.join("models/connect/lint.json");
    let baseline = fs::read_to_string(&path).unwrap();
    let known: BTreeMap<String, BTreeSet<String>> = serde_json::from_str(&baseline).unwrap();
    let (rule, places) = known.first_key_value().unwrap();
    let place = places.first().unwrap();
    // One place only, though other rules may name it too.
    let changed = baseline.replacen(&format!("{place}\""), "operations.ListMended\"", 1);
    assert_ne!(baseline, changed);
    fs::write(&path, changed).unwrap();
    let output = lint(root, &[]);
    assert_eq!(output.status.code(), Some(1));
    let (report, hint) = (stdout(&output), String::from_utf8(output.stderr.clone()).unwrap());
    assert!(report.contains(&format!("new: {rule}: {place}: ")), "{report}");
    let gone = format!("gone, delete it from the baseline: {rule}: operations.ListMended\n");
    assert!(report.contains(&gone), "{report}");
    assert!(hint.contains("cargo xtask models lint --baseline"), "{hint}");

    assert!(lint(root, &["--baseline"]).status.success());
    assert_eq!(fs::read_to_string(&path).unwrap(), baseline);
    assert!(lint(root, &[]).status.success());
}
