//! `cargo xtask bench profile`: how many instructions one call takes, by part of the program. Valgrind counts them, so the figures are the
//! same on a busy machine.
//!
//! A part is the crate that a line of code comes from, also where it was inlined elsewhere; the client's own is its room.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use xtask::outcome::print;

use crate::bench::Bench;
use crate::calls::settings;
use crate::cargo::clear;
use crate::programs;
use crate::sides::Side;
use crate::{bodies, server};

/// Runs of so many calls: what the first of them and the start of the process take is in both, and falls out.
const CALLS: [u32; 2] = [200, 1_200];

/// Instructions by part.
type Parts = BTreeMap<String, f64>;

/// Prints the instructions of a call.
pub fn run(bench: &mut Bench) -> Result<()> {
    programs::prepare(bench)?;
    bench.say("build the calls of ours, with line numbers");
    let build = programs::build(bench, Side::Ours);
    let target = build.target.with_extension("profile");
    let mut cargo = Command::new("cargo");
    clear(&mut cargo);
    cargo.args(["build", "--quiet", "--offline", "--locked", "--package", "calls", "--release"]);
    cargo.current_dir(&build.project).env("CARGO_TARGET_DIR", &target);
    cargo.env("CARGO_PROFILE_RELEASE_DEBUG", "line-tables-only").env("CARGO_PROFILE_RELEASE_STRIP", "none");
    ensure!(cargo.status().context("cargo")?.success(), "the calls could not be built");
    let url = server::start(bodies::contact().into_bytes())?;
    let mut runs = Vec::new();
    for calls in CALLS {
        bench.say(&format!("count the instructions of {calls} calls"));
        let out = target.join(format!("callgrind.{calls}"));
        count(bench, &target.join("release/calls"), calls, &url, &out)?;
        let text = std::fs::read_to_string(&out).with_context(|| out.display().to_string())?;
        runs.push(read(&text)?);
    }
    let more = f64::from(CALLS[1] - CALLS[0]);
    // The program makes a tenth of the calls beforehand.
    let more = more + more / 10.0;
    print(&format!("{}\n", show(&each(&runs[0], &runs[1], more))))
}

fn count(bench: &Bench, program: &Path, calls: u32, url: &str, out: &Path) -> Result<()> {
    let mut valgrind = Command::new("valgrind");
    clear(&mut valgrind);
    settings(&mut valgrind, &bench.folder, url);
    valgrind.args(["--quiet", "--tool=callgrind", "--compress-strings=no", "--compress-pos=no"]);
    valgrind.arg(format!("--callgrind-out-file={}", out.display())).arg(program);
    valgrind.args(["loopback", &calls.to_string()]).stdin(Stdio::null());
    let output = valgrind.output().context("valgrind, which `bench profile` needs, could not be started")?;
    ensure!(output.status.success(), "valgrind: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// Adds up the instructions of each part, from callgrind's own format: `ob=`, `fl=`, `fi=` and `fe=` say where the costs
/// that follow belong, and the line after `calls=` is the cost of the function that is called, which has lines of its own.
fn read(text: &str) -> Result<Parts> {
    let (mut parts, mut object, mut file) = (Parts::new(), String::new(), String::new());
    let mut is_call = false;
    for line in text.lines() {
        if let Some((name, value)) = line.split_once('=') {
            match name {
                "ob" => value.clone_into(&mut object),
                "fl" | "fi" | "fe" => value.clone_into(&mut file),
                "calls" => is_call = true,
                _ => {}
            }
            continue;
        }
        let mut words = line.split(' ');
        let (Some(place), Some(cost), None) = (words.next(), words.next(), words.next()) else { continue };
        if !place.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        if std::mem::take(&mut is_call) {
            continue;
        }
        let cost: f64 = cost.parse().with_context(|| format!("callgrind wrote {line:?}"))?;
        *parts.entry(part(&object, &file)).or_default() += cost;
    }
    ensure!(!parts.is_empty(), "callgrind wrote no costs");
    Ok(parts)
}

/// The part that a file of code is of.
fn part(object: &str, file: &str) -> String {
    let after = |mark: &str| file.split_once(mark).map(|(_, rest)| rest);
    if let Some(package) = after("/registry/src/").and_then(|rest| rest.split('/').nth(1)) {
        // Without the version.
        let end = package.rfind('-').unwrap_or(package.len());
        return package[..end].to_owned();
    }
    if let Some(room) = after("/src/runtime/") {
        let room = room.split(['/', '.']).next().unwrap_or_default();
        return format!("amazon-connect: {room}");
    }
    if file.contains("/generated/src/") || file.starts_with("src/connect") {
        return "amazon-connect: operations and types".to_owned();
    }
    if file.contains("/library/") || file.starts_with("/rustc/") {
        return "std".to_owned();
    }
    if file.contains("measure.rs") || file.contains("/calls/src/") {
        return "the program".to_owned();
    }
    match object.rsplit('/').next().unwrap_or_default() {
        name if name.starts_with("libc") => "libc (memory, copies, system calls)".to_owned(),
        name if name.starts_with("ld-") => "the loader".to_owned(),
        _ => "without a file".to_owned(),
    }
}

/// The instructions of one call.
fn each(few: &Parts, many: &Parts, calls: f64) -> Parts {
    let of = |part: &String| (many[part] - few.get(part).copied().unwrap_or(0.0)) / calls;
    many.keys().map(|part| (part.clone(), of(part))).filter(|(_, cost)| *cost >= 1.0).collect()
}

fn show(parts: &Parts) -> String {
    let whole: f64 = parts.values().sum();
    let mut lines: Vec<_> = parts.iter().collect();
    lines.sort_by(|a, b| b.1.total_cmp(a.1));
    let mut text = format!("{:<44} {whole:>10.0} instructions\n", "one call: DescribeContact over loopback");
    for (part, cost) in lines {
        text.push_str(&format!("  {part:<42} {cost:>10.0}  {:>5.1} %\n", cost / whole * 100.0));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{each, read, show};

    #[test]
    fn costs_belong_to_the_file_they_follow_and_calls_do_not_count() {
        let text = "version: 1\nevents: Ir\n\nob=/bin/calls\nfl=/x/registry/src/index-1/hyper-1.7.0/src/a.rs\nfn=a\n3 10\n\
                    fi=/x/registry/src/index-1/tokio-1.52.0/src/runtime/time/mod.rs\n3 7\nfi=/g/src/runtime/auth/sign.rs\n4 5\nfe=/x/registry/src/index-1/hyper-1.7.0/src/a.rs\n5 2\n\
                    cfn=b\ncalls=1 9\n6 1000\n7 1\n\nob=/lib/libc.so.6\nfl=???\nfn=malloc\n0 4\n\ntotals: 22\n";
        let parts = read(text).unwrap();
        let of = |part: &str| parts[part] as u64;
        assert_eq!((of("hyper"), of("tokio"), of("amazon-connect: auth"), parts.len()), (13, 7, 5, 4), "{parts:?}");
        let shown = show(&each(&Default::default(), &parts, 1.0));
        assert!(shown.contains("29 instructions") && shown.contains("44.8 %"), "{shown}");
    }
}
