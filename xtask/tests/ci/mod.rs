//! `ci` as a command: its list, its misuse, and that workflows and scripts name steps that there are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("")
}

fn ci(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("ci").args(arguments).arg("--root").arg(root()).output().unwrap()
}

/// The names of the steps.
fn steps() -> Vec<String> {
    let output = ci(&["--list"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let names = text.lines().filter(|line| !line.starts_with(' ')).filter_map(|line| line.split(' ').next());
    names.map(str::to_owned).collect()
}

#[test]
fn steps_are_listed_with_their_commands() {
    let text = String::from_utf8(ci(&["--list"]).stdout).unwrap();
    assert!(text.contains("  cargo test --workspace --all-features\n"), "{text}");
    assert!(text.contains("  cargo xtask codegen --check\n"), "{text}");
    assert!(steps().len() > 10, "{text}");
}

#[test]
fn an_unknown_step_is_misuse_and_the_known_ones_are_named() {
    for arguments in [&["formt"][..], &["--skip", "formt"]] {
        let output = ci(arguments);
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains("\"formt\"") && error.contains("format, codegen, "), "{error}");
    }
}

/// The second command of README.md runs every test there is, since it is the step of that name.
#[test]
fn readme_has_the_step_that_runs_every_test() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.lines().any(|line| line == "cargo test --workspace --all-features"
        || line.starts_with("cargo test --workspace --all-features ")));
}

#[test]
fn workflows_and_scripts_name_steps_that_there_are() {
    let mut files = vec![root().join(".ci/run")];
    for entry in fs::read_dir(root().join(".github/workflows")).unwrap() {
        files.push(entry.unwrap().path());
    }
    let steps = steps();
    let mut named = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for (_, arguments) in text.lines().filter_map(|line| line.split_once("cargo xtask ci ")) {
            let words = arguments.split(|c: char| c.is_whitespace() || c == ',' || c == '`');
            for word in words.take_while(|word| !word.is_empty()).filter(|word| !word.starts_with("--")) {
                assert!(steps.iter().any(|step| step == word), "{}: {word:?} is no step", file.display());
                named += 1;
            }
        }
    }
    assert!(named > 1, "no workflow calls a step");
}
