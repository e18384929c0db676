//! One feature, one model, one folder: `tests/cases/<feature>/` holds a small hostile model and, under `expected/`, what is
//! emitted for it. `compile.rs` compiles the same files with warnings denied.
//!
//! `UPDATE_GOLDEN=1 cargo test -p generator --test main emit::cases` rewrites the files; read the difference before committing it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use generator::{Inputs, ServiceInputs, generate, record_path};

use crate::support::{golden, inputs, read, read_optional, root, tree};

/// Where these tests are, for the command that rewrites their goldens.
const MODULE: &str = "emit::cases";

/// The case that is emitted as the root of its crate; the others are modules.
const ROOT: &str = "names";

macro_rules! cases {
    ($($case:ident,)*) => {
        /// The cases, by the names of their folders.
        pub const ALL: &[&str] = &[$(stringify!($case)),*];

        $(
            #[test]
            fn $case() {
                compare(stringify!($case));
            }
        )*
    };
}

cases! {
    auth,
    bindings,
    checksums,
    collections,
    context,
    deprecated,
    documents,
    enumerations,
    events,
    exceptions,
    facts,
    gates,
    hosts,
    members,
    names,
    overrides,
    pagination,
    payloads,
    recursion,
    sensitive,
    shared,
    timestamps,
    tokens,
    unions,
    waits,
    words,
}

#[test]
fn every_folder_is_a_case() {
    let folders = tree(&root().join("generator/tests/cases"));
    let folders: BTreeSet<&str> = folders.keys().filter_map(|path| path.split('/').next()).collect();
    assert_eq!(folders, ALL.iter().copied().collect());
}

/// The service of a case, as a module of that name.
pub fn service(case: &str) -> ServiceInputs {
    let file = |name: &str| format!("generator/tests/cases/{case}/{name}");
    ServiceInputs {
        module: (case != ROOT).then(|| case.to_owned()),
        folder: format!("cases/{case}"),
        model: read(&file("service-2.json")),
        paginators: read_optional(&file("paginators-1.json")),
        waiters: read_optional(&file("waiters-2.json")),
        rule_set: read_optional(&file("endpoint-rule-set-1.json")),
        overrides: read_optional(&file("overrides.toml")).map(|text| (format!("cases/{case}/overrides.toml"), text)),
        resources: read_optional(&file("resources.toml")).map(|text| (format!("cases/{case}/resources.toml"), text)),
        areas: read_optional(&file("areas.toml")).map(|text| (format!("cases/{case}/areas.toml"), text)),
        names: read_optional(&file("names.toml")).map(|text| (format!("cases/{case}/names.toml"), text)),
    }
}

/// The inputs of one crate of all cases.
pub fn all() -> Inputs {
    let mut services: Vec<_> = ALL.iter().map(|case| service(case)).collect();
    services.sort_by_key(|service| service.module.is_some());
    Inputs { services, ..inputs(ServiceInputs::default()) }
}

fn compare(case: &str) {
    let folder = root().join("generator/tests/cases").join(case).join("expected");
    let emitted = emitted(case);
    let found = tree(&folder);
    if golden::updating() {
        update(&folder, &emitted, &found);
        return;
    }
    let advice = golden::advice(MODULE);
    for (path, text) in &emitted {
        let expected = found.get(path).map(|file| fs::read_to_string(file).expect("a golden"));
        let expected = expected.unwrap_or_else(|| panic!("{case}: {path} is emitted and has no golden.\n{advice}"));
        golden::compare(&format!("generator/tests/cases/{case}/expected/{path}"), &expected, text, MODULE);
    }
    let missing: Vec<_> = found.keys().filter(|path| !emitted.contains_key(*path)).collect();
    assert!(missing.is_empty(), "{case}: goldens of files that are not emitted: {missing:?}\n{advice}");
}

/// What is emitted for a case, with its record of names, and nothing else: without runtime, partitions, and the endpoint of
/// a service that has no rules, of which `endpoint::compiled` has a golden.
fn emitted(case: &str) -> BTreeMap<String, String> {
    let service = service(case);
    let rules = service.rule_set.is_some();
    let files = generate(&inputs(service)).unwrap_or_else(|errors| panic!("{case}:\n{errors}"));
    let own = |path: &str| match path {
        "partitions.rs" | "rustfmt.toml" => false,
        _ => rules || (path != "endpoint.rs" && path != format!("{case}/endpoint.rs")),
    };
    let place = |path: &str| match path.strip_prefix("src/") {
        Some(within) => Some(within.to_owned()),
        None => (path == record_path((case != ROOT).then_some(case))).then(|| "names.toml".to_owned()),
    };
    let files = files.into_iter().filter_map(|(path, text)| Some((place(&path)?, text)));
    files.filter(|(path, _)| own(path)).collect()
}

fn update(folder: &Path, emitted: &BTreeMap<String, String>, found: &BTreeMap<String, PathBuf>) {
    for (path, file) in found {
        if !emitted.contains_key(path) {
            fs::remove_file(file).expect("a file that can be removed");
        }
    }
    for (path, text) in emitted {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file that can be written");
    }
}
