//! `models add` as a command, on a repository and a package made for the purpose.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::update::wheel;
use crate::codegen::write::{MODEL, put, repository, tree};

/// A repository whose package has a further service: the model of the first one under other names.
fn prepared(model: &str) -> TempDir {
    let folder = repository();
    let wheel =
        wheel(&[("further-one/2021-02-02/service-2.json", model), ("further-one/2019-01-01/service-2.json", "{}")]);
    let hash: String = Sha256::digest(&wheel).iter().map(|byte| format!("{byte:02x}")).collect();
    let manifest = folder.path().join("models/models.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(manifest, text.replace("sha256 = \"00\"", &format!("sha256 = \"{hash}\""))).unwrap();
    fs::create_dir_all(folder.path().join("target/botocore")).unwrap();
    fs::write(folder.path().join("target/botocore/botocore-1.0.0-py3-none-any.whl"), wheel).unwrap();
    folder
}

fn add(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["models", "add", "--root"]).arg(root).args(arguments);
    // Nothing is fetched: there is no Python to fetch with.
    command.env("PATH", root).env_remove("CARGO_TARGET_DIR").output().unwrap()
}

fn further() -> String {
    MODEL.replace("Tiny", "Further").replace("tiny", "further")
}

#[test]
fn a_service_is_one_command() {
    let repository = prepared(&further());
    let root = repository.path();
    let xtask = |arguments: &[&str]| {
        let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let output = xtask.args(arguments).arg("--root").arg(root).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
    };
    // The findings of the first service are known; those of the further one are accepted as it is added.
    xtask(&["models", "lint", "--baseline"]);
    let output = add(root, &["further-one"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let entry = "\n\n[[services]]\nname = \"further-one\"\napi = \"2021-02-02\"\nmodule = \"further_one\"\n";
    assert!(read("models/models.toml").ends_with(entry), "{}", read("models/models.toml"));
    assert!(read("models/further-one/2021-02-02/service-2.json").contains("\"Further\""));
    assert!(read("models/further-one/lint.json").starts_with('{'));
    assert!(root.join("generated/src/further_one.rs").is_file());
    assert!(read("generated/src/lib.rs").contains("#[cfg(feature = \"further_one\")]"));
    assert!(read("generated/Cargo.toml").contains("\nfurther_one = []\n"));
    assert!(read("generated/examples/wire.rs").contains("further_one::"));

    // All of it is what the other commands expect.
    xtask(&["codegen", "--check"]);
    xtask(&["models", "lint"]);
    let again = add(root, &["further-one"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("is there already"));
}

#[test]
fn an_entry_written_by_hand_is_taken() {
    let repository = prepared(&further());
    let root = repository.path();
    let manifest = fs::read_to_string(root.join("models/models.toml")).unwrap();
    let manifest =
        format!("{manifest}\n[[services]]\nname = \"further-one\"\napi = \"2021-02-02\"\nmodule = \"other\"\n");
    put(root, "models/models.toml", &manifest);
    let output = add(root, &["further-one"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::read_to_string(root.join("models/models.toml")).unwrap(), manifest);
    assert!(root.join("generated/src/other.rs").is_file());
}

#[test]
fn a_service_that_cannot_be_added_changes_nothing() {
    let broken = further().replace("\"rest-json\"", "\"query\"");
    for (model, name, message) in
        [(further(), "no-such", "has no service no-such"), (broken, "further-one", "models/further-one/2021-02-02")]
    {
        let repository = prepared(&model);
        // The wheel is binary; everything else is text.
        let texts = || ["models", "generated"].map(|folder| tree(&repository.path().join(folder)));
        let whole = texts();
        let output = add(repository.path(), &[name]);
        assert_eq!(output.status.code(), Some(1));
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.contains(message), "{error}");
        assert!(texts() == whole, "files were changed");
    }
}
