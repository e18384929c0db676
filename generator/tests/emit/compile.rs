//! Compiles what is emitted: one crate of all cases, with the real runtime, every warning denied.
//!
//! One crate rather than one per case, so that the runtime and its dependencies are compiled once. It stands under `target/`
//! with a copy of the workspace's lock file, and cargo runs offline. Every package that it needs has been fetched by then, even
//! on a machine with an empty cargo home: this crate has the dev-dependency `templates` with the same features.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::{Files, Inputs, ServiceInputs, generate};

use super::{cases, injection, partitions};
use crate::model::limits::at_the_limits;
use crate::support::{base, of_model, read, templates, tree};

/// Lints that an emitted crate must not allow.
const LINTS: &str = "
[lints.rust]
warnings = \"deny\"
missing_docs = \"deny\"
unsafe_code = \"deny\"

[lints.clippy]
all = \"deny\"

[lints.rustdoc]
all = \"deny\"
";

#[test]
fn every_case_compiles_without_a_warning() {
    compile("cases", cases::all());
    // The runtime is hidden, and what programs name of it is under the public modules, with its methods.
    let folder = target().join("doc/cases");
    for (page, methods) in PAGES {
        let text =
            fs::read_to_string(folder.join(format!("{page}.html"))).unwrap_or_else(|error| panic!("{page}: {error}"));
        for method in *methods {
            assert!(text.contains(&format!("id=\"method.{method}\"")), "{page} does not show `{method}`");
        }
    }
    assert!(!folder.join("runtime/index.html").exists(), "the runtime is documented");
    assert!(!folder.join("inputs/index.html").exists(), "the markers of required inputs are documented");
}

/// Pages of the documentation, and methods that each of them has to show.
const PAGES: &[(&str, &[&str])] = &[
    ("type.Client", &[]),
    ("client/struct.Call", &["send", "into_paginator", "into_request", "with", "customize"]),
    ("client/struct.Client", &["from_env", "send", "decode", "config"]),
    ("client/struct.Builder", &["build"]),
    ("client/struct.CustomizedCall", &["send", "call_timeout", "header"]),
    ("client/struct.Response", &["meta"]),
    ("client/struct.Sending", &["with_meta"]),
    ("config/trait.Intercept", &["modify_before_signing", "read_after_execution"]),
    ("client/struct.Paginator", &["items", "next", "token", "page_size", "try_next", "collect"]),
    ("client/struct.Items", &["next"]),
    ("client/trait.Operation", &[]),
    ("client/trait.Service", &[]),
    ("config/struct.Config", &["new", "from_env", "region", "credentials", "endpoint_url", "retry", "timeouts"]),
    ("config/struct.RateLimit", &[]),
    ("config/struct.Retry", &["standard"]),
    ("config/struct.Timeouts", &["attempt"]),
    ("credentials/sign/index", &[]),
    ("credentials/struct.BearerToken", &[]),
    ("credentials/struct.Credentials", &["new"]),
    ("credentials/trait.ProvideCredentials", &[]),
    ("error/enum.ErrorKind", &[]),
    ("error/enum.Exception", &[]),
    ("client/struct.Error", &["kind", "code", "status", "request_id", "exception"]),
    ("error/type.Error", &[]),
    ("http/struct.Body", &[]),
    ("http/trait.HttpClient", &[]),
    ("primitives/struct.Blob", &[]),
    ("primitives/struct.ByteStream", &[]),
    ("primitives/struct.DateTime", &[]),
    ("primitives/type.Document", &[]),
];

/// Every accepted model compiles, however hostile.
#[test]
fn hostile_models_compile_without_a_warning() {
    let limits = ServiceInputs {
        module: Some("limits".to_owned()),
        ..of_model(&at_the_limits().to_string()).services.remove(0)
    };
    let mut inputs = of_model(&base().to_string());
    // Of all its services, only a module asks for the table of partitions.
    inputs.services[0].rule_set = Some(partitions::WITHOUT.to_owned());
    inputs.services.extend(injection::services().into_iter().chain([limits]));
    compile("hostile", inputs);
}

/// Generates a crate and has it checked, linted and documented.
pub fn compile(name: &str, inputs: Inputs) {
    let modules = inputs.services.iter().filter_map(|service| service.module.as_deref());
    // The feature that the dev-dependency `templates` has on as well.
    let features = ["rustcrypto"].into_iter().chain(modules).collect::<Vec<_>>().join(",");
    let folder = emit(name, &inputs, &[]);
    // clippy is a part of the toolchain that a minimal installation leaves out.
    let check = if cargo().args(["clippy", "--version"]).output().is_ok_and(|output| output.status.success()) {
        "clippy"
    } else {
        "check"
    };
    for command in [&[check][..], &["doc", "--no-deps"]] {
        let said = run(&folder, &[command, &["--lib"]].concat(), &features);
        assert_eq!(said.as_deref(), Ok(""), "cargo {command:?} in {}", folder.display());
    }
}

/// Writes a crate and files beside it; gives its folder.
pub fn emit(name: &str, inputs: &Inputs, beside: &[(&str, &str)]) -> PathBuf {
    let inputs = Inputs { crate_name: name.to_owned(), templates: templates(), ..inputs.clone() };
    let mut files = generate(&inputs).unwrap_or_else(|errors| panic!("{errors}"));
    let manifest = files.get_mut("Cargo.toml").expect("a manifest");
    manifest.push_str(LINTS);
    files.insert("Cargo.lock".to_owned(), read("Cargo.lock"));
    files.extend(beside.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted").join(name);
    write(&folder, &files);
    folder
}

/// Runs cargo on an emitted crate with these features; gives what it says, as an error where it fails.
pub fn run(folder: &Path, command: &[&str], features: &str) -> Result<String, String> {
    // Without the default features: the HTTP client is the runtime's own business, and ring takes long to build.
    let mut cargo = cargo();
    cargo.args(command).args(["--quiet", "--offline", "--no-default-features", "--features", features]);
    cargo.arg("--target-dir").arg(target()).current_dir(folder);
    let output = cargo.output().expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(said) } else { Err(said) }
}

fn cargo() -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    // Flags of the run that this is part of would have the runtime's dependencies built once more.
    cargo.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS").env_remove("RUSTDOCFLAGS");
    cargo
}

/// Shared by all emitted crates.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted/target")
}

/// Writes what differs and removes what is no longer emitted, so that a second run compiles nothing.
fn write(folder: &Path, files: &Files) {
    let found: BTreeMap<String, PathBuf> = tree(folder);
    for (path, file) in &found {
        // The lock file is cargo's once the first run has taken what it needs from it.
        if !files.contains_key(path) {
            fs::remove_file(file).expect("a file that can be removed");
        }
    }
    for (path, text) in files {
        let file = folder.join(path);
        if fs::read_to_string(&file).is_ok_and(|found| found == *text) {
            continue;
        }
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file that can be written");
    }
}
