//! `codegen` as a command, on a repository made for the purpose: what it writes, compares, removes and refuses.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const MANIFEST: &str = r#"
package = "botocore"
version = "1.0.0"
sha256 = "00"

[[services]]
name = "tiny"
api = "2020-01-01"
"#;
pub(crate) const MODEL: &str = r#"{
    "version": "2.0",
    "metadata": {
        "apiVersion": "2020-01-01", "endpointPrefix": "tiny", "protocol": "rest-json", "protocols": ["rest-json"],
        "serviceFullName": "Tiny Service", "serviceId": "Tiny", "signatureVersion": "v4", "signingName": "tiny",
        "uid": "tiny-2020-01-01"
    },
    "operations": {
        "GetThing": {
            "name": "GetThing",
            "http": { "method": "GET", "requestUri": "/things/{Id}" },
            "input": { "shape": "GetThingRequest" }, "output": { "shape": "GetThingResponse" }, "errors": []
        },
        "ListThings": {
            "name": "ListThings",
            "http": { "method": "GET", "requestUri": "/things" },
            "input": { "shape": "ListThingsRequest" }, "output": { "shape": "ListThingsResponse" }, "errors": []
        }
    },
    "shapes": {
        "GetThingRequest": {
            "type": "structure", "required": ["Id"],
            "members": { "Id": { "shape": "Text", "location": "uri", "locationName": "Id" } }
        },
        "GetThingResponse": { "type": "structure", "members": { "Thing": { "shape": "Thing" } } },
        "ListThingsRequest": {
            "type": "structure",
            "members": { "NextToken": { "shape": "Text", "location": "querystring", "locationName": "nextToken" } }
        },
        "ListThingsResponse": {
            "type": "structure", "members": { "Things": { "shape": "Things" }, "NextToken": { "shape": "Text" } }
        },
        "Thing": { "type": "structure", "members": { "Name": { "shape": "Text" } } },
        "Things": { "type": "list", "member": { "shape": "Thing" } },
        "Text": { "type": "string" }
    }
}"#;
const RULE_SET: &str = r#"{
    "version": "1.0",
    "parameters": { "Region": { "builtIn": "AWS::Region", "required": false, "type": "string" } },
    "rules": [{ "conditions": [], "endpoint": { "url": "https://example.com", "properties": {}, "headers": {} }, "type": "endpoint" }]
}"#;
const OVERRIDES: &str = r#"
[[paginator]]
operation = "ListThings"
input_token = "NextToken"
output_token = "NextToken"
result_key = "Things"
reason = "It pages."
"#;

/// A repository with one service, the real templates, and a crate that is written by hand but for its source.
pub(crate) fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "models/models.toml", MANIFEST);
    put(root, "models/partitions.json", include_str!("../../../models/partitions.json"));
    put(root, "models/tiny/2020-01-01/service-2.json", MODEL);
    put(root, "models/tiny/2020-01-01/endpoint-rule-set-1.json", RULE_SET);
    put(root, "models/tiny/overrides.toml", OVERRIDES);
    put(root, "generated/Cargo.toml", "# By hand, but for the features.\n[package]\n\n[features]\n\n[dependencies]\n");
    put(root, "generated/tests/a.rs", "by hand");
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("templates");
    copy(&templates, &root.join("templates"));
    folder
}

pub(crate) fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
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

pub(crate) fn codegen(root: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(root).args(["codegen", "--root", "."]).args(args).output().unwrap()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Every path under a folder, folders included, with the text of each file.
pub(crate) fn tree(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.display().to_string();
        if path.is_dir() {
            found.push((name, String::new()));
            found.extend(tree(&path));
        } else {
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn writes_compares_and_mends() {
    let repository = repository();
    let root = repository.path();
    let written = codegen(root, &[]);
    assert!(written.status.success(), "{}", stderr(&written));
    assert!(stdout(&written).ends_with(" written, 0 removed\n") && stdout(&written).lines().count() == 1);
    assert!(root.join("generated/src/operation/get_thing.rs").is_file());
    let whole = tree(&root.join("generated"));

    let checked = codegen(root, &["--check"]);
    assert!(checked.status.success(), "{}", stdout(&checked));

    put(root, "generated/src/old/deep/gone.rs", "struct Gone;\n");
    put(root, "generated/src/lib.rs", "// stale\n");
    fs::remove_file(root.join("generated/src/operation/get_thing.rs")).unwrap();
    fs::create_dir_all(root.join("generated/src/empty/within")).unwrap();
    let broken = tree(&root.join("generated"));
    let checked = codegen(root, &["--check"]);
    assert_eq!(checked.status.code(), Some(1));
    let report = stdout(&checked);
    for line in [
        "--- a/generated/src/lib.rs\n",
        "-// stale\n",
        "missing: generated/src/operation/get_thing.rs\n",
        "extra: generated/src/old/deep/gone.rs\n",
        "1 stale, 1 missing, 1 extra of ",
        ": run `cargo xtask codegen --root .`\n",
    ] {
        assert!(report.contains(line), "{line:?} is not in {report}");
    }
    assert_eq!(tree(&root.join("generated")), broken, "a check changes nothing");

    let mended = codegen(root, &[]);
    assert!(stdout(&mended).ends_with(": 2 written, 1 removed\n"), "{}", stdout(&mended));
    assert_eq!(tree(&root.join("generated")), whole);
}

#[test]
fn comes_back_from_nothing() {
    let repository = repository();
    let root = repository.path();
    codegen(root, &[]);
    let whole = tree(&root.join("generated"));
    fs::remove_dir_all(root.join("generated/src")).unwrap();
    assert!(codegen(root, &[]).status.success());
    assert_eq!(tree(&root.join("generated")), whole);
}

#[test]
fn a_wrong_model_is_told_in_full_and_changes_nothing() {
    let repository = repository();
    let root = repository.path();
    codegen(root, &[]);
    let whole = tree(&root.join("generated"));
    put(
        root,
        "models/tiny/2020-01-01/service-2.json",
        &MODEL.replace("\"Thing\" }", "\"Thong\" }").replace("GET", "\\r"),
    );
    let failed = codegen(root, &[]);
    assert_eq!(failed.status.code(), Some(1));
    assert_eq!(stdout(&failed), "");
    let errors = stderr(&failed);
    assert!(errors.lines().count() > 1, "{errors}");
    assert!(errors.lines().all(|line| line.starts_with("error: models/tiny/2020-01-01/service-2.json: ")), "{errors}");

    put(root, "models/tiny/2020-01-01/service-2.json", MODEL);
    put(root, "models/tiny/overrides.toml", &OVERRIDES.replace("ListThings", "ListGone"));
    let failed = codegen(root, &[]);
    assert!(
        stderr(&failed).starts_with("error: models/tiny/overrides.toml: paginator ListGone: "),
        "{}",
        stderr(&failed)
    );

    fs::remove_file(root.join("models/tiny/2020-01-01/service-2.json")).unwrap();
    let failed = codegen(root, &["--check"]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(stderr(&failed).contains("service-2.json: No such file"), "{}", stderr(&failed));
    assert_eq!(tree(&root.join("generated")), whole);
}

#[test]
fn a_crate_stands_alone_from_any_folder() {
    let repository = repository();
    let root = repository.path();
    let elsewhere = tempfile::tempdir().unwrap();
    put(elsewhere.path(), "small/service-2.json", MODEL);
    put(elsewhere.path(), "small/endpoint-rule-set-1.json", RULE_SET);
    put(elsewhere.path(), "small/overrides.toml", OVERRIDES);
    let folder = elsewhere.path().join("small").display().to_string();
    let emit = |out: &str, rest: &[&str]| {
        let args = ["--model", &folder, "--name", "small", "--out", out];
        codegen(root, &[&args[..], rest].concat())
    };

    let written = emit("new/small", &[]);
    assert!(written.status.success(), "{}", stderr(&written));
    assert!(fs::read_to_string(root.join("new/small/Cargo.toml")).unwrap().contains("name = \"small\""));
    let whole = tree(&root.join("new/small"));
    for (path, text) in &whole {
        assert!(!text.contains(&elsewhere.path().display().to_string()), "{path} names a folder of this machine");
    }
    assert!(emit("new/small", &["--check"]).status.success());

    assert!(emit("part", &["--operations", "GetThing"]).status.success());
    assert!(!root.join("part/src/operation/list_things.rs").exists());
    for shared in ["src/operation/get_thing.rs", "src/types/thing.rs"] {
        let [one, other] = ["new/small", "part"].map(|folder| fs::read(root.join(folder).join(shared)).unwrap());
        assert_eq!(one, other, "{shared}");
    }
    assert!(emit("new/small", &["--operations", "GetThing"]).status.success(), "a crate of ours may be written over");
    assert!(!root.join("new/small/src/operation/list_things.rs").exists());

    for stranger in ["generated", "."] {
        let refused = emit(stranger, &[]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(stderr(&refused).contains("neither empty nor a crate that codegen emitted"), "{}", stderr(&refused));
    }
    assert!(!root.join("generated/src").exists() && !root.join("src").exists());

    let unknown = emit("none", &["--operations", "GetThin,Nothing"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(stderr(&unknown).contains("GetThin") && stderr(&unknown).contains("Nothing"), "{}", stderr(&unknown));
    assert!(!root.join("none").exists());
}

#[test]
fn a_second_service_is_a_module_behind_a_feature() {
    let repository = repository();
    let root = repository.path();
    let module = "\n[[services]]\nname = \"other\"\napi = \"2020-01-01\"\nmodule = \"other\"\n";
    put(root, "models/models.toml", &format!("{MANIFEST}{module}"));
    put(root, "models/other/2020-01-01/service-2.json", &MODEL.replace("Tiny", "Other").replace("tiny", "other"));
    let written = codegen(root, &["--out", "whole"]);
    assert!(written.status.success(), "{}", stderr(&written));
    let text = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    assert!(text("whole/Cargo.toml").contains("\nother = []\n"));
    assert!(text("whole/src/lib.rs").contains("#[cfg(feature = \"other\")]\npub mod other;\n"));
    assert!(text("whole/examples/wire.rs").contains("#[cfg(feature = \"other\")]"));
    assert!(root.join("whole/src/other/operation/get_thing.rs").is_file());

    // Either service alone is a crate that has not heard of the other.
    for (args, service) in [
        (&["--out", "some", "--operations", "GetThing"][..], "Tiny"),
        (&["--out", "alone", "--name", "other", "--model", "models/other/2020-01-01"], "Other"),
    ] {
        let written = codegen(root, args);
        assert!(written.status.success(), "{}", stderr(&written));
        assert!(!root.join(args[1]).join("src/other").exists() && !root.join(args[1]).join("src/other.rs").exists());
        assert!(!text(&format!("{}/Cargo.toml", args[1])).contains("\nother = []\n"), "{args:?}");
        assert!(text(&format!("{}/src/lib.rs", args[1])).contains(&format!("pub enum {service} {{}}")), "{args:?}");
    }
}

#[test]
fn misuse_is_told_apart() {
    let repository = repository();
    let root = repository.path();
    for args in [
        &["--chekc"][..],
        &["extra"],
        &["--name", "x"],
        &["--operations", "GetThing"],
        &["--model", "models/tiny/2020-01-01"],
        &["--model", "models/tiny/2020-01-01", "--out", "x"],
        &["--out", "x", "--name", "../x"],
        &["--out", "x", "--name", "fn"],
        &["--out", "x", "--name", "self"],
        &["--out", "x", "--name", "std"],
        &["--out", "x", "--operations", "GetThing,,"],
    ] {
        let output = codegen(root, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(stdout(&output), "", "{args:?}");
    }
    assert!(!root.join("generated/src").exists() && !root.join("x").exists());
}

#[test]
#[cfg(unix)]
fn a_link_out_of_the_crate_is_not_followed() {
    let repository = repository();
    let root = repository.path();
    codegen(root, &[]);
    fs::create_dir(root.join("elsewhere")).unwrap();
    fs::remove_dir_all(root.join("generated/src/operation")).unwrap();
    std::os::unix::fs::symlink(root.join("elsewhere"), root.join("generated/src/operation")).unwrap();
    let output = codegen(root, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("neither a file nor a folder"), "{}", stderr(&output));
    assert_eq!(fs::read_dir(root.join("elsewhere")).unwrap().count(), 0);
}
