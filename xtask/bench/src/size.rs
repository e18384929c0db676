//! Sizes: packages, the program, the target folder, and the functions compiled into the library.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::bench::{Bench, Rounds, Values};
use crate::cargo::{Build, disk};
use crate::programs::{self, SIDES};
use crate::sides::Side;

/// What is counted is the same each time.
const ONCE: Rounds = Rounds { most: 1, enough: std::time::Duration::ZERO };

pub fn run(bench: &mut Bench) -> Result<()> {
    programs::prepare(bench)?;
    bench.step(&["packages", "duplicates"], &SIDES, ONCE, |bench, side| packages(&programs::build(bench, side)));
    if bench.args.short {
        return Ok(());
    }
    bench.step(&["disk"], &SIDES, ONCE, |bench, side| {
        let build = programs::build(bench, side);
        build.cargo(&programs::program("build", "dev"))?;
        Ok(vec![("disk", disk(&build.target.join("debug"))?)])
    });
    bench.step(&["binary"], &SIDES, ONCE, |bench, side| {
        let build = programs::build(bench, side);
        build.cargo(&programs::program("build", "release"))?;
        let path = build.target.join("release").join(format!("program{}", std::env::consts::EXE_SUFFIX));
        let metadata = fs::metadata(&path).with_context(|| path.display().to_string())?;
        Ok(vec![("binary", metadata.len() as f64)])
    });
    if Command::new("nm").arg("--version").output().is_err() {
        bench.missing("functions", "there is no nm to list what a library holds");
        return Ok(());
    }
    bench.step(&["functions"], &[Side::Ours, Side::Peer], ONCE, |bench, side| {
        let build = programs::build(bench, side);
        build.cargo(&programs::program("build", "release"))?;
        let name = side.package().replace('-', "_");
        let library = library(&build.target.join("release/deps"), &name)?;
        Ok(vec![("functions", functions(&library, &name)?)])
    });
    Ok(())
}

/// The packages that the program is built from, itself not counted, and those of them that are there twice.
fn packages(build: &Build) -> Result<Values> {
    let arguments =
        ["tree", "--offline", "--locked", "--package", "program", "--edges", "normal,build", "--prefix", "none"];
    let tree = build.cargo(&arguments)?.output;
    let packages: BTreeSet<_> = tree.lines().filter_map(package).filter(|(name, _)| *name != "program").collect();
    let mut versions: BTreeMap<_, usize> = BTreeMap::new();
    for (name, _) in &packages {
        *versions.entry(*name).or_default() += 1;
    }
    let twice = versions.values().filter(|count| **count > 1).count();
    Ok(vec![("packages", packages.len() as f64), ("duplicates", twice as f64)])
}

/// Name and version in a line of `cargo tree`.
fn package(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split(' ');
    Some((words.next()?, words.next()?))
}

/// The newest library of a name.
fn library(folder: &Path, name: &str) -> Result<PathBuf> {
    let mut newest = None;
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let file = entry.file_name();
        let file = file.to_string_lossy();
        if file.starts_with(&format!("lib{name}-")) && file.ends_with(".rlib") {
            newest = newest.max(Some((entry.metadata()?.modified()?, entry.path())));
        }
    }
    newest.map(|(_, path)| path).with_context(|| format!("no library of {name}"))
}

/// How many functions of a library are of its operations and types. What is generic or inline is compiled in the
/// program that uses it, and is not there.
fn functions(library: &Path, name: &str) -> Result<f64> {
    let output = Command::new("nm").args(["--demangle", "--defined-only"]).arg(library).output().context("nm")?;
    ensure!(output.status.success(), "nm: {}", output.status);
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.lines().filter(|line| is_emitted(line, name)).count() as f64)
}

/// Whether a line of nm's names a function of an emitted module: `0000 T <a::types::Foo as core::fmt::Debug>::fmt`.
fn is_emitted(line: &str, name: &str) -> bool {
    let Some((kind, symbol)) = line.split_once(' ').and_then(|(_, rest)| rest.split_once(' ')) else { return false };
    let of_module = |module: &str| symbol.contains(&format!("{name}::{module}::"));
    matches!(kind, "T" | "t" | "W" | "w") && (of_module("operation") || of_module("types"))
}

#[cfg(test)]
mod tests {
    use super::{is_emitted, package};

    #[test]
    fn a_line_of_the_tree_names_a_package() {
        assert_eq!(package("serde v1.0.1 (*)"), Some(("serde", "v1.0.1")));
        assert_eq!(package("serde_derive v1.0.1 (proc-macro)"), Some(("serde_derive", "v1.0.1")));
        assert_eq!(package(""), None);
    }

    #[test]
    fn functions_of_emitted_modules_are_told_from_others() {
        assert!(is_emitted("0000000000000010 T <a_b::types::foo::Foo as core::fmt::Debug>::fmt", "a_b"));
        assert!(is_emitted("0000000000000010 t core::ptr::drop_in_place<a_b::operation::x::XRequest>", "a_b"));
        assert!(!is_emitted("0000000000000010 T a_b::runtime::call::send", "a_b"));
        assert!(!is_emitted("0000000000000010 d a_b::types::FOO", "a_b"));
        assert!(!is_emitted("a_b.cgu.0.rcgu.o:", "a_b"));
    }
}
