//! A crate of the operations that a file lists, as a user would emit it: what it says of itself, and that cargo takes it as a
//! package. Whether such crates compile is asked elsewhere; here nothing is built.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn codegen(folder: &Path, list: &str) -> Output {
    let (file, out) = (folder.join("operations.txt"), folder.join("crate"));
    fs::write(&file, list).unwrap();
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["codegen", "--name", "our-connect", "--root"]).arg(checkout);
    command.arg("--operations-file").arg(&file).arg("--out").arg(&out).output().unwrap()
}

#[test]
fn a_listed_crate_says_what_it_is_made_from_and_packages() {
    let folder = tempfile::tempdir().unwrap();
    let output = codegen(folder.path(), "# What the dashboard calls.\nListUsers\n\nDescribeUser # one of them\n");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let emitted = folder.path().join("crate");
    let manifest = fs::read_to_string(emitted.join("Cargo.toml")).unwrap();
    let first = manifest.lines().next().unwrap();
    assert!(first.contains("models/connect/") && first.contains("DescribeUser, ListUsers"), "{first}");
    assert!(emitted.join("src/operation/describe_user.rs").exists());
    assert!(!emitted.join("src/operation/describe_contact.rs").exists());

    let mut cargo = Command::new(env!("CARGO"));
    let output = cargo.current_dir(&emitted).args(["package", "--list", "--offline"]).output().unwrap();
    let files = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for file in [
        "Cargo.toml",
        "README.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "NOTICE",
        "src/lib.rs",
        "src/operation/list_users.rs",
    ] {
        assert!(files.lines().any(|line| line == file), "{file}: {files}");
    }
}

/// The operations are a set: neither their order nor a name that stands twice changes a byte.
#[test]
fn the_order_of_operations_and_a_repeated_one_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let emitted = |list: &str| {
        let output = codegen(folder.path(), list);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        xtask::files::read_tree(&folder.path().join("crate")).unwrap()
    };
    let sorted = emitted("DescribeUser\nListUsers\n");
    let repeated = emitted("ListUsers\nDescribeUser\nListUsers\n");
    assert!(sorted == repeated, "the crate depends on the order of the operations");
}

#[test]
fn a_list_with_an_unknown_name_or_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (list, message) in [("# None.\n", "names no operation"), ("ListUser\n", "ListUsers")] {
        let output = codegen(folder.path(), list);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && error.contains(message), "{error}");
        assert!(!folder.path().join("crate").exists());
    }
}
