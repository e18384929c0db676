//! The three manifests of an emitted crate's code have the same features and dependencies, but for the features of modules: those of the templates, of the
//! checked-in crate and of a crate that stands alone.

use std::path::Path;

/// The sections that decide what the runtime is compiled with.
const SHARED: [&str; 2] = ["[features]", "[dependencies]"];

/// What every feature of a module is introduced by. Which there are is compared by the generator's own tests.
const MODULES: &str = "# The module `";

fn section<'t>(text: &'t str, name: &str) -> &'t str {
    let start = text.find(&format!("\n{name}\n")).unwrap_or_else(|| panic!("no {name}"));
    let section = &text[start + 1..];
    section.find("\n[").map_or(section, |end| &section[..end]).trim_end()
}

#[test]
fn the_runtime_has_the_same_features_and_dependencies_everywhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let templates = read("templates/Cargo.toml");
    for (path, modules) in [("templates/crate/Cargo.toml", "{{modules}}"), ("generated/Cargo.toml", MODULES)] {
        for name in SHARED {
            let text = read(path);
            // The features of modules come last, and the templates are without any.
            let found = section(&text, name).split(modules).next().unwrap_or_default().trim_end();
            assert_eq!(found, section(&templates, name), "{name} of {path} and of templates/Cargo.toml");
        }
    }
}
