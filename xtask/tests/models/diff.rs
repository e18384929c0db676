//! `models diff` as a command: between folders, and between what git has and what is checked out.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const MANIFEST: &str = "package = \"botocore\"\nversion = \"1.0.0\"\nsha256 = \"00\"\n\n\
                        [[services]]\nname = \"tiny\"\napi = \"2020-01-01\"\n";
const MODEL: &str = r#"{
    "metadata": {
        "apiVersion": "2020-01-01", "endpointPrefix": "tiny", "protocol": "rest-json", "serviceFullName": "Tiny",
        "serviceId": "Tiny", "signatureVersion": "v4"
    },
    "operations": {
        "Get": { "name": "Get", "http": { "method": "GET", "requestUri": "/" }, "output": { "shape": "Answer" } }
    },
    "shapes": { "Answer": { "type": "structure", "members": { "A": { "shape": "Text" } } }, "Text": { "type": "string" } }
}"#;

fn more() -> String {
    MODEL.replace(r#""A": {"#, r#""B": { "shape": "Text" }, "A": {"#)
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn diff(root: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(root).args(["models", "diff", "--root", "."]).args(args).output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn git(root: &Path, args: &[&str]) {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    assert!(
        Command::new("git").current_dir(root).args(identity).args(args).output().unwrap().status.success(),
        "{args:?}"
    );
}

/// A repository whose model has one member more than its HEAD.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "models/models.toml", MANIFEST);
    put(root, "models/tiny/2020-01-01/service-2.json", MODEL);
    git(root, &["init", "--quiet"]);
    git(root, &["add", "."]);
    git(root, &["commit", "--quiet", "--message", "One"]);
    put(root, "models/models.toml", &MANIFEST.replace("1.0.0", "1.0.1"));
    put(root, "models/tiny/2020-01-01/service-2.json", &more());
    folder
}

#[test]
fn the_work_tree_is_compared_with_head() {
    let repository = repository();
    let root = repository.path();
    let text = stdout(&diff(root, &[]));
    assert!(
        text.starts_with(
            "# Model changes from botocore 1.0.0 (HEAD) to botocore 1.0.1 (the work tree)\n\nVerdict: **minor**\n"
        ),
        "{text}"
    );
    assert!(text.contains("- `shapes.Answer.members.B`: added (minor: `operation::get::Answer.b` is new)\n"), "{text}");

    let json: serde_json::Value = serde_json::from_str(&stdout(&diff(root, &["--json"]))).unwrap();
    assert_eq!(json["verdict"], "minor");
    assert_eq!(json["services"][0]["changes"][0]["kind"], "added");

    put(root, "CHANGELOG.md", "# Changelog\n\n## 0.1.0\n");
    for _ in 0..2 {
        assert_eq!(stdout(&diff(root, &["--changelog"])), "");
        assert_eq!(
            fs::read_to_string(root.join("CHANGELOG.md")).unwrap(),
            "# Changelog\n\n## Unreleased\n\n- Model of botocore 1.0.1, was botocore 1.0.0 (minor).\n  - New: 1 member.\n\n\
             ## 0.1.0\n"
        );
    }
}

#[test]
fn two_folders_are_compared() {
    let repository = repository();
    let root = repository.path();
    put(root, "old/service-2.json", &more());
    put(root, "new/service-2.json", MODEL);
    let text = stdout(&diff(root, &["old", "new"]));
    assert!(text.contains("Verdict: **major**"), "{text}");
    assert!(
        text.contains("- `shapes.Answer.members.B`: removed (major: `operation::get::Answer.b` is gone)\n"),
        "{text}"
    );
}

#[test]
fn a_side_that_is_nothing_is_an_error() {
    let repository = repository();
    let failed = |args: &[&str]| {
        let output = diff(repository.path(), args);
        assert!(!output.status.success(), "{args:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(failed(&["models/none", "models"]).contains("\"models/none\" is neither a folder nor a version"));
    assert!(failed(&["models", "models"]).contains("service-2.json"));
    assert!(failed(&["models"]).contains("NEW"), "one side alone is a misuse");
}
