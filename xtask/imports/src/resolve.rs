//! Paths as written, resolved to the modules that define their items.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::Import;
use crate::tokens::Module;

type Modules = BTreeMap<Vec<String>, Module>;

/// The number of re-exports of re-exports that are followed. More than any crate has: a ring of globs must end somewhere.
const DEPTH: usize = 16;

/// The imports between the files of all modules.
pub(crate) fn imports(modules: &Modules) -> Vec<Import> {
    let mut imports = BTreeSet::new();
    for (at, module) in modules {
        let mut add = |path: &[String], is_glob: bool| {
            let Some(absolute) = absolute(modules, at, path) else { return };
            // A module that is bound by its name is used where a path starts with that name, and these paths are read as well.
            // An item of the same name, such as `pub use sign::sign`, is an item.
            if modules.contains_key(&absolute) && !is_glob && re_export(modules, &absolute).is_none() {
                return;
            }
            let target = re_export(modules, &absolute).unwrap_or(absolute.clone());
            let definition = definition(modules, &target, DEPTH);
            let to = &modules[&definition].file;
            if *to != module.file {
                imports.insert(Import { from: name(&module.file), to: name(to), item: absolute.join("::") });
            }
        };
        module.bound.values().chain(&module.paths).for_each(|path| add(path, false));
        module.globs.iter().for_each(|path| add(path, true));
    }
    imports.into_iter().collect()
}

/// The target of a `use` declaration that binds the last name of a path in the module that the rest of it names.
fn re_export(modules: &Modules, path: &[String]) -> Option<Vec<String>> {
    let (last, parent) = path.split_last()?;
    let bound = modules.get(parent)?.bound.get(last)?;
    absolute(modules, parent, bound).filter(|target| target != path)
}

fn name(module: &[String]) -> String {
    if module.is_empty() { "crate".to_owned() } else { module.join("::") }
}

/// A path from the crate's root; `None` where it leads out of the crate.
fn absolute(modules: &Modules, at: &[String], path: &[String]) -> Option<Vec<String>> {
    let mut base = at.to_vec();
    let mut rest = path;
    match path.first()?.as_str() {
        "crate" => {
            base.clear();
            rest = &path[1..];
        }
        "self" => rest = &path[1..],
        "super" => {}
        first => {
            let module = &modules[at];
            let child = [at, &[first.to_owned()]].concat();
            if let Some(bound) = module.bound.get(first).filter(|bound| bound.as_slice() != path && bound[0] != first) {
                let start = absolute(modules, at, bound)?;
                return Some([start, path[1..].to_vec()].concat());
            }
            if !modules.contains_key(&child) {
                return None;
            }
        }
    }
    while rest.first().is_some_and(|word| word == "super") {
        base.pop()?;
        rest = &rest[1..];
    }
    base.extend(rest.iter().cloned());
    Some(base)
}

/// The module that defines the item at the end of a path from the crate's root.
fn definition(modules: &Modules, path: &[String], depth: usize) -> Vec<String> {
    let split = (0..=path.len()).rev().find(|length| modules.contains_key(&path[..*length])).unwrap_or(0);
    let (at, rest) = path.split_at(split);
    let module = &modules[at];
    let Some(item) = rest.first().filter(|item| depth > 0 && !module.items.contains(*item)) else { return at.to_vec() };
    let tail = &rest[1..];
    if let Some(target) = module.bound.get(item).and_then(|bound| absolute(modules, at, bound)) {
        return definition(modules, &[&target[..], tail].concat(), depth - 1);
    }
    for glob in module.globs.iter().filter_map(|glob| absolute(modules, at, glob)) {
        let found = definition(modules, &[&glob[..], std::slice::from_ref(item)].concat(), depth - 1);
        if modules[&found].items.contains(item) {
            return found;
        }
    }
    at.to_vec()
}
