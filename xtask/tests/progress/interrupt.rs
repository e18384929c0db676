//! An interrupt at any moment: the tree is as it was before, or as the command leaves it, and nothing between.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use xtask::files::{Tree, read_tree};

/// The number of moments of a run that are tried, evenly spread.
const MOMENTS: u32 = 8;

/// A run of codegen that writes a crate of these operations.
fn codegen(out: &Path, operations: &str) -> Command {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["codegen", "--name", "our-connect", "--operations", operations, "--root"]).arg(checkout);
    command.arg("--out").arg(out).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let identity = ["-c", "user.name=test", "-c", "user.email=test@localhost"];
    let output = Command::new("git").current_dir(folder).args(identity).args(arguments).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// All files beside git's own.
fn tree(out: &Path) -> Tree {
    read_tree(out).unwrap().into_iter().filter(|(path, _)| !path.starts_with(".git/")).collect()
}

#[test]
fn an_interrupt_leaves_the_tree_as_it_was_or_as_the_command_leaves_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("crate");
    assert!(codegen(&out, "ListUsers").status().unwrap().success());
    git(&out, &["init", "--quiet"]);
    git(&out, &["add", "--all"]);
    git(&out, &["commit", "--quiet", "--message", "before"]);
    let before = tree(&out);
    let start = Instant::now();
    assert!(codegen(&out, "ListQueues,DescribeQueue").status().unwrap().success());
    let whole = start.elapsed();
    let after = tree(&out);
    assert!(before != after);

    for moment in 1..=MOMENTS {
        git(&out, &["checkout", "--quiet", "."]);
        git(&out, &["clean", "--quiet", "--force", "-d"]);
        let mut child = codegen(&out, "ListQueues,DescribeQueue").spawn().unwrap();
        // What is tried differs with the speed of the machine; what holds does not.
        sleep(whole * moment / MOMENTS);
        Command::new("kill").args(["-INT", &child.id().to_string()]).stderr(Stdio::null()).status().unwrap();
        let status = child.wait().unwrap();
        let left = tree(&out);
        if status.success() {
            assert!(left == after, "moment {moment}: a run that ends well has written everything");
        } else {
            let word = format!("moment {moment}, {status}");
            assert!(left == before || left == after, "{word}: {}", git(&out, &["status", "--porcelain"]));
            if left == before {
                assert_eq!(git(&out, &["status", "--porcelain"]), "", "{word}");
            }
        }
    }
}

/// The first moments of a process are before its handler: then the system ends it, and nothing is written yet.
#[test]
fn an_interrupted_command_says_so_by_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("");
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["fuzz", "--root"])
        .arg(checkout)
        .env("PATH", waiting_programs(folder.path()))
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let started = folder.path().join("started");
    let patience = Instant::now() + Duration::from_secs(60);
    while !started.exists() && Instant::now() < patience {
        sleep(Duration::from_millis(5));
    }
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

/// A `rustup` that says that it was started, and does not end before its caller is gone.
fn waiting_programs(folder: &Path) -> std::ffi::OsString {
    use std::os::unix::fs::PermissionsExt;

    let program = folder.join("rustup");
    let text = format!(
        "#!/bin/sh\n: > '{}'\nwhile kill -0 $PPID 2>/dev/null; do sleep 0.05; done\n",
        folder.join("started").display()
    );
    std::fs::write(&program, text).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths([folder.to_owned()].into_iter().chain(std::env::split_paths(&path))).unwrap()
}
