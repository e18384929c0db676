//! Programs in two forms: `peer/NAME.rs` is written for aws-sdk-connect, and `NAME.rs` is the same program for this crate.
//!
//! The compiler checks the second form here, and `cargo xtask port` checks the first. A port replaces the name of
//! the crate by that of its module `sdk`; the test counts the other lines that differ.

mod lines;

use std::fs;
use std::path::{Path, PathBuf};

use self::lines::{changed, code_lines};

/// Programs, each with the share of its lines that a port changes at most, in percent. The aim is 5 % of all that call, and 25 %
/// of one that configures and intercepts.
macro_rules! programs {
    ($($name:ident: $most:literal,)*) => {
        $(
            #[allow(dead_code, reason = "a program that is compiled; tests of the stand-in run most of them")]
            pub mod $name;
        )*

        const PROGRAMS: &[(&str, usize)] = &[$((stringify!($name), $most)),*];
    };
}

programs! {
    contact_attributes: 0,
    contact_flows: 0,
    hours: 6,
    list_users: 0,
    metrics: 0,
    onboard_user: 2,
    outbound_call: 0,
    queues: 0,
    quick_connects: 5,
    search_users: 0,
    configured: 0,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/port")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn programs_of_the_peer_change_few_lines() {
    let (mut all, mut all_changed, mut report, mut wrong) = (0, 0, String::new(), Vec::new());
    for &(name, most) in PROGRAMS {
        let peer = read(&folder().join(format!("peer/{name}.rs"))).replace("aws_sdk_connect", "amazon_connect::sdk");
        let ours = read(&folder().join(format!("{name}.rs")));
        let (peer, ours) = (code_lines(&peer), code_lines(&ours));
        let changed = changed(&peer, &ours);
        report += &format!("{name}: {} of {} lines changed, {} in the port\n", changed.len(), peer.len(), ours.len());
        for line in &changed {
            report += &format!("    {line}\n");
        }
        if changed.len() * 100 > peer.len() * most {
            wrong.push(format!("{name}: more than {most} % of its lines"));
        }
        if ours.len() > peer.len() {
            wrong.push(format!("{name}: the port is longer"));
        }
        all += peer.len();
        all_changed += changed.len();
    }
    println!("{report}all: {all_changed} of {all} lines changed");
    assert!(wrong.is_empty(), "{report}\n{}", wrong.join("\n"));
}

#[test]
fn every_program_has_both_forms() {
    for part in ["", "peer"] {
        let entries = fs::read_dir(folder().join(part)).unwrap().map(|entry| entry.unwrap().path());
        let mut names: Vec<String> = entries
            .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .filter(|name| !["mod", "lines"].contains(&name.as_str()))
            .collect();
        names.sort_unstable();
        let mut expected: Vec<&str> = PROGRAMS.iter().map(|(name, _)| *name).collect();
        expected.sort_unstable();
        assert_eq!(names, expected, "files of tests/port/{part}");
    }
}
