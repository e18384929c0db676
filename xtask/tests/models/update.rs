//! `models update` on a repository and a package made for the purpose: no network, no Python.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MODEL: &str = r#"{"version":"2.0","documentation":"<p>Prose.</p>","metadata":{"z":1,"a":[]},
    "shapes":{"S":{"type":"structure","documentation":"Prose.","members":{"documentation":{"shape":"S","documentation":"P"}}}}}"#;
const FACTS: &str = r#"{
  "version": "2.0",
  "metadata": {
    "z": 1,
    "a": []
  },
  "shapes": {
    "S": {
      "type": "structure",
      "members": {
        "documentation": {
          "shape": "S"
        }
      }
    }
  }
}
"#;
const MANIFEST: &str = r#"# A comment.
package = "botocore"
version = "1.0.0" # Another.
sha256 = "HASH"
trial = "0.9.0"

[[services]]
name = "tiny"
api = "2020-01-01"
"#;

/// A wheel with these files in its data folder; a name that ends in `.gz` has its text compressed.
pub(crate) fn wheel(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(format!("botocore/data/{name}"), SimpleFileOptions::default()).unwrap();
        if name.ends_with(".gz") {
            let mut gzip = GzEncoder::new(&mut zip, Compression::default());
            gzip.write_all(text.as_bytes()).unwrap();
            gzip.finish().unwrap();
        } else {
            zip.write_all(text.as_bytes()).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

pub(crate) fn tiny() -> Vec<u8> {
    wheel(&[
        ("partitions.json", r#"{"partitions":[]}"#),
        ("tiny/2020-01-01/service-2.json.gz", MODEL),
        ("tiny/2020-01-01/paginators-1.json", r#"{"pagination":{"List":{"limit_key":"Max"}}}"#),
        (
            "tiny/2020-01-01/paginators-1.sdk-extras.json",
            r#"{"version":1.0,"merge":{"pagination":{"List":{"non_aggregate_keys":["Total"]}}}}"#,
        ),
    ])
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A repository whose models.toml expects this hash of version 1.0.0.
pub(crate) fn repository(hash: &str) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("models")).unwrap();
    fs::create_dir_all(root.path().join("target/botocore")).unwrap();
    fs::write(root.path().join("models/models.toml"), MANIFEST.replace("HASH", hash)).unwrap();
    root
}

/// Puts a wheel where an earlier run would have kept it.
pub(crate) fn keep(root: &Path, version: &str, wheel: &[u8]) {
    fs::write(root.join(format!("target/botocore/botocore-{version}-py3-none-any.whl")), wheel).unwrap();
}

/// Runs the command with nothing but `path` to find programs on.
fn update(root: &Path, path: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["models", "update", "--root"]).arg(root).args(args);
    command.env("PATH", path).env_remove("CARGO_TARGET_DIR").output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap()
}

#[test]
fn writes_facts_from_a_kept_wheel() {
    let wheel = tiny();
    let repository = repository(&sha256(&wheel));
    let root = repository.path();
    keep(root, "1.0.0", &wheel);
    fs::create_dir_all(root.join("models/tiny/2020-01-01")).unwrap();
    fs::write(root.join("models/tiny/2020-01-01/endpoint-rule-set-1.json"), "{}").unwrap();

    let output = update(root, root, &["--botocore", "1.0.0"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(read(root, "models/tiny/2020-01-01/service-2.json"), FACTS);
    assert_eq!(read(root, "models/partitions.json"), "{\n  \"partitions\": []\n}\n");
    let paginators = read(root, "models/tiny/2020-01-01/paginators-1.json");
    assert!(paginators.contains("limit_key") && paginators.contains("non_aggregate_keys"), "{paginators}");
    assert!(!root.join("models/tiny/2020-01-01/endpoint-rule-set-1.json").exists(), "upstream has it no more");
    assert_eq!(read(root, "models/models.toml"), MANIFEST.replace("HASH", &sha256(&wheel)));
    assert!(stdout(&output).starts_with("botocore 1.0.0 (sha256 "), "{}", stdout(&output));
    assert_eq!(stdout(&output).matches("changed: models/").count(), 4, "{}", stdout(&output));

    let again = update(root, root, &["--botocore", "1.0.0"]);
    assert!(stdout(&again).ends_with("models/ is as it was\n"), "{}", stdout(&again));
}

/// New operations get a place in the areas, so that what follows an update needs no person; what is gone leaves them.
#[test]
fn areas_follow_the_operations() {
    let operation = |name: &str, uri: &str| format!(r#""{name}":{{"http":{{"requestUri":"{uri}"}}}}"#);
    let operations =
        [operation("GetUser", "/users"), operation("ListUsers", "/users"), operation("GetQueue", "/queues")];
    let model = format!(r#"{{"operations":{{{}}}}}"#, operations.join(","));
    let wheel = wheel(&[("partitions.json", r#"{"partitions":[]}"#), ("tiny/2020-01-01/service-2.json", &model)]);
    let repository = repository(&sha256(&wheel));
    let root = repository.path();
    keep(root, "1.0.0", &wheel);
    let areas = |users: &str| {
        format!(
            "# Ours.\n[areas.queues]\ntitle = \"Queues\"\noperations = [\"GetQueue\"]\n[areas.users]\ntitle = \"Users\"\noperations = [{users}]\n"
        )
    };
    fs::create_dir_all(root.join("models/tiny")).unwrap();
    fs::write(root.join("models/tiny/areas.toml"), areas("\"DropUser\", \"GetUser\"")).unwrap();

    let output = update(root, root, &["--botocore", "1.0.0"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(read(root, "models/tiny/areas.toml"), areas("\"GetUser\", \"ListUsers\""));
    let said = stdout(&output);
    assert!(
        said.contains("models/tiny/areas.toml: ListUsers is new, in the area users: it is most like GetUser"),
        "{said}"
    );
    assert!(said.contains("models/tiny/areas.toml: DropUser is gone, from the area users"), "{said}");
}

#[test]
fn a_new_version_records_its_hash() {
    let wheel = tiny();
    let repository = repository("00");
    let root = repository.path();
    keep(root, "1.0.1", &wheel);
    let output = update(root, root, &["--botocore", "1.0.1"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let expected = MANIFEST.replace("HASH", &sha256(&wheel)).replace("1.0.0", "1.0.1").replace("0.9.0", "1.0.0");
    assert_eq!(read(root, "models/models.toml"), expected);
}

#[test]
fn a_wheel_that_lacks_a_model_changes_nothing() {
    let wheel = wheel(&[("partitions.json", "{}"), ("tiny/2021-02-02/service-2.json", MODEL)]);
    let repository = repository("00");
    let root = repository.path();
    keep(root, "1.0.1", &wheel);
    let output = update(root, root, &["--botocore", "1.0.1"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("which has these APIs of tiny: [\"2021-02-02\"]"), "{}", stderr(&output));
    assert_eq!(fs::read_dir(root.join("models")).unwrap().count(), 1);
    assert_eq!(read(root, "models/models.toml"), MANIFEST.replace("HASH", "00"));
}

#[test]
fn what_cannot_be_read_is_named() {
    let broken = |file, text: &str| wheel(&[("partitions.json", "{}"), (file, text)]);
    for (wheel, message) in [
        (b"not a zip".to_vec(), "botocore-1.0.1-py3-none-any.whl"),
        (
            broken("tiny/2020-01-01/service-2.json", "{\"a\":"),
            "tiny/2020-01-01/service-2.json: a: the text ends before the document does",
        ),
        (tiny()[..500].to_vec(), "botocore-1.0.1-py3-none-any.whl"),
    ] {
        let repository = repository("00");
        let root = repository.path();
        keep(root, "1.0.1", &wheel);
        let output = update(root, root, &["--botocore", "1.0.1"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
}

#[test]
fn misuse_is_told_apart() {
    let repository = repository("00");
    for version in ["1.0 ; x", "@ http", "--pre", ""] {
        let output = update(repository.path(), repository.path(), &["--botocore", version]);
        assert_eq!(output.status.code(), Some(2), "{version}");
    }
    let output = update(repository.path(), repository.path(), &["--boto", "1"]);
    assert_eq!(output.status.code(), Some(2));
}

/// A shell script that stands for pip.
#[cfg(unix)]
mod fetching {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::{Path, PathBuf};

    use super::{MANIFEST, keep, read, repository, sha256, stderr, stdout, tiny, update};

    /// A folder with a `python3` that notes its arguments, copies a wheel to where it is told to, and ends as told.
    fn pip(root: &Path, version: &str, wheel: &[u8], status: u8) -> PathBuf {
        let folder = root.join("bin");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("wheel"), wheel).unwrap();
        let script = format!(
            "#!/bin/sh\necho \"$@\" >'{bin}/args'\necho progress\nwhile [ \"$1\" != --dest ]; do shift; done\n\
             /bin/cat '{bin}/wheel' >\"$2/botocore-{version}-py3-none-any.whl\"\nexit {status}\n",
            bin = folder.display()
        );
        fs::write(folder.join("python3"), script).unwrap();
        fs::set_permissions(folder.join("python3"), fs::Permissions::from_mode(0o755)).unwrap();
        folder
    }

    fn kept(root: &Path) -> Vec<String> {
        let entries = fs::read_dir(root.join("target/botocore")).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn fetches_the_pinned_version_once() {
        let wheel = tiny();
        let repository = repository(&sha256(&wheel));
        let root = repository.path();
        let bin = pip(root, "1.0.0", &wheel, 0);
        let output = update(root, &bin, &["--botocore", "1.0.0"]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(!stdout(&output).contains("progress"), "standard output is for results");
        let args = read(root, "bin/args");
        assert!(args.starts_with("-m pip download --quiet --no-deps --only-binary=:all: "), "{args}");
        assert!(args.ends_with(" botocore==1.0.0\n"), "{args}");
        assert_eq!(kept(root), ["botocore-1.0.0-py3-none-any.whl"]);

        fs::remove_file(root.join("bin/args")).unwrap();
        assert!(update(root, &bin, &["--botocore", "1.0.0"]).status.success());
        assert!(!root.join("bin/args").exists(), "a kept wheel is not fetched again");
    }

    #[test]
    fn without_a_version_takes_the_newest() {
        let wheel = tiny();
        let repository = repository("00");
        let root = repository.path();
        let output = update(root, &pip(root, "2.3.4", &wheel, 0), &[]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(read(root, "bin/args").ends_with(" botocore\n"));
        let expected = MANIFEST.replace("HASH", &sha256(&wheel)).replace("1.0.0", "2.3.4").replace("0.9.0", "1.0.0");
        assert_eq!(read(root, "models/models.toml"), expected);
    }

    #[test]
    fn another_hash_changes_nothing() {
        let wheel = tiny();
        for args in [&["--botocore", "1.0.0"][..], &[]] {
            let repository = repository("00");
            let root = repository.path();
            let output = update(root, &pip(root, "1.0.0", &wheel, 0), args);
            assert_eq!(output.status.code(), Some(1));
            let expected = format!("the sha256 of botocore 1.0.0 is {}, expected 00", sha256(&wheel));
            assert!(stderr(&output).contains(&expected), "{}", stderr(&output));
            assert_eq!(fs::read_dir(root.join("models")).unwrap().count(), 1);
            assert_eq!(read(root, "models/models.toml"), MANIFEST.replace("HASH", "00"));
            assert!(kept(root).is_empty(), "a wheel that is not what it ought to be is not kept");
        }
    }

    #[test]
    fn a_kept_wheel_that_is_damaged_is_fetched_again() {
        let wheel = tiny();
        let repository = repository(&sha256(&wheel));
        let root = repository.path();
        keep(root, "1.0.0", &wheel[..100]);
        let output = update(root, &pip(root, "1.0.0", &wheel, 0), &["--botocore", "1.0.0"]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(fs::read(root.join("target/botocore/botocore-1.0.0-py3-none-any.whl")).unwrap(), wheel);
    }

    #[test]
    fn a_pip_that_fails_or_is_not_there_changes_nothing() {
        let repository = repository("00");
        let root = repository.path();
        let output = update(root, &pip(root, "1.0.0", b"", 3), &["--botocore", "1.0.0"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains("pip download botocore==1.0.0: exit status: 3"), "{}", stderr(&output));
        let output = update(root, &root.join("nowhere"), &["--botocore", "1.0.0"]);
        assert!(stderr(&output).contains("could not be started"), "{}", stderr(&output));
        assert!(kept(root).is_empty());
    }
}
