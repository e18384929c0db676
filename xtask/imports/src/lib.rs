//! Imports between the modules of a crate, read from its source: which file uses an item of which other file.
//!
//! Tests of this workspace's crates hold them to a direction: [`wrong_way`] for rooms that may only import the rooms below them,
//! [`rings`] for files that import one another.
//!
//! An import is a `use` declaration or a path in the code, whatever it starts with: `crate`, `self`, `super`, a name that a `use`
//! bound, or a module below. A name that a module only re-exports counts as an import of the module that defines it. Not read
//! are comments, code under `#[cfg(test)]`, and the bodies of `macro_rules!`, whose paths belong to the place of the invocation.

mod import;
mod resolve;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

pub use import::Import;
use tokens::Module;

/// The imports between the files under a folder, which holds the `lib.rs` or `main.rs` of a crate; sorted, each once.
///
/// # Errors
/// A file that cannot be read, or is no Rust.
pub fn read(source: &Path) -> Result<Vec<Import>, String> {
    let mut files = BTreeMap::new();
    collect(source, "", &mut files)?;
    of_files(&files)
}

/// The same for files that are in memory: paths with `/` from the source folder, and texts.
///
/// # Errors
/// A file that is no Rust.
pub fn of_files(files: &BTreeMap<String, String>) -> Result<Vec<Import>, String> {
    let mut modules = BTreeMap::new();
    let mut tests = BTreeSet::new();
    for (path, text) in files {
        tokens::read(&module_of(path), text, &mut modules, &mut tests).map_err(|error| format!("{path}: {error}"))?;
    }
    modules.entry(Vec::new()).or_default();
    modules.retain(|path: &Vec<String>, _: &mut Module| !tests.iter().any(|test| path.starts_with(test)));
    Ok(resolve::imports(&modules))
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> Result<(), String> {
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), files)?;
        } else if name.ends_with(".rs") {
            let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            files.insert(format!("{prefix}{name}"), text);
        }
    }
    Ok(())
}

/// The module that a file is, by its path: `a/b.rs` and `a/b/mod.rs` are `a::b`.
fn module_of(path: &str) -> Vec<String> {
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    let mut parts: Vec<_> = stem.split('/').map(str::to_owned).collect();
    let root = parts.len() == 1 && matches!(stem, "lib" | "main");
    if root || parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}

/// The imports that go the wrong way between rooms, a sentence each that names both; none where all is well.
///
/// A room is a module directly below `within` (the crate's root where that is empty), with everything in it. `levels` has the
/// rooms from the lowest up. A room may import those of lower levels; it may not import a room of its own level, nor what lies
/// below `within` and is in no room. What is outside of all rooms may import anything.
#[must_use]
pub fn wrong_way(imports: &[Import], within: &str, levels: &[&[&str]]) -> Vec<String> {
    let room = |module: &str| -> Option<String> {
        let below = if within.is_empty() { Some(module) } else { module.strip_prefix(within)?.strip_prefix("::") };
        below.and_then(|below| below.split("::").next()).map(str::to_owned)
    };
    let level = |room: &str| levels.iter().position(|level| level.contains(&room));
    let mut wrong = Vec::new();
    for import in imports {
        let Some((from, height)) = room(&import.from).and_then(|from| level(&from).map(|height| (from, height))) else {
            continue;
        };
        let reason = match room(&import.to) {
            Some(to) if to == from => continue,
            Some(to) => match level(&to) {
                Some(other) if other < height => continue,
                Some(_) => format!("the room {from} is not above the room {to}"),
                None => format!("the room {from} may not import {to}, which is not a room"),
            },
            None => format!("the room {from} may not import what is outside of the rooms"),
        };
        wrong.push(format!("{import}: {reason}"));
    }
    wrong
}

/// The names of `levels` that no module has, and the modules directly below `within` that `levels` lacks: a table that does not
/// fit the crate checks less than it says.
///
/// # Errors
/// The folder cannot be read.
pub fn unlisted(folder: &Path, levels: &[&[&str]]) -> Result<Vec<String>, String> {
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(told)? {
        let name = entry.map_err(told)?.file_name().to_string_lossy().into_owned();
        found.insert(name.strip_suffix(".rs").unwrap_or(&name).to_owned());
    }
    let listed: BTreeSet<String> =
        levels.iter().flat_map(|level| level.iter().map(|room| (*room).to_owned())).collect();
    Ok(found.symmetric_difference(&listed).cloned().collect())
}

/// The rings: groups of units that import one another, directly or through others of the group, with the imports that do so.
///
/// `unit` says what a module belongs to: `str::to_owned` for rings of files, the first part of the path for rings of rooms.
#[must_use]
pub fn rings(imports: &[Import], unit: impl Fn(&str) -> String) -> Vec<Ring> {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for import in imports {
        let (from, to) = (unit(&import.from), unit(&import.to));
        if from != to {
            edges.entry(from).or_default().insert(to);
        }
    }
    let reached = |start: &String| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![start.clone()]);
        while let Some(unit) = open.pop() {
            let next = edges.get(&unit).into_iter().flatten();
            open.extend(next.filter(|next| seen.insert((*next).clone())).cloned());
        }
        seen
    };
    let reached: BTreeMap<_, _> = edges.keys().map(|unit| (unit.clone(), reached(unit))).collect();
    let reaches = |from: &String, to: &String| reached.get(from).is_some_and(|all| all.contains(to));
    let mut rings = BTreeSet::new();
    for start in edges.keys().filter(|start| reaches(start, start)) {
        let members: BTreeSet<_> =
            edges.keys().filter(|other| reaches(start, other) && reaches(other, start)).cloned().collect();
        rings.insert(members);
    }
    let ring = |members: BTreeSet<String>| {
        let inside = |import: &&Import| {
            let (from, to) = (unit(&import.from), unit(&import.to));
            from != to && members.contains(&from) && members.contains(&to)
        };
        Ring { imports: imports.iter().filter(inside).cloned().collect(), members: members.into_iter().collect() }
    };
    rings.into_iter().map(ring).collect()
}

/// Units that import one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// Their names, sorted.
    pub members: Vec<String>,
    /// The imports between them: without some of these there is no ring.
    pub imports: Vec<Import>,
}

impl fmt::Display for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} import one another:", self.members.join(", "))?;
        self.imports.iter().try_for_each(|import| writeln!(f, "  {import}"))
    }
}
