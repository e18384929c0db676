//! Takes names of the model; gives Rust names that are valid, cased, and unique in their scope. The only user of heck.
//!
//! Case follows aws-sdk-connect, so that a program written for it reads the same: fields, methods and modules in snake
//! case, variants in upper camel case, types as the model writes them.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToSnakeCase, ToUpperCamelCase};

/// The longest name a model may use. The longest that AWS uses has 155 characters; in snake case, with `.rs`, a name of 160
/// is still shorter than the 255 bytes that a file's name may have.
pub(crate) const LONGEST: usize = 160;

/// Names of types that emitted code means in the standard library's sense.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Display",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "HashMap",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "PhantomData",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    "Client",
    "Exception",
];

/// Names of types at the root of an emitted crate.
const ROOT: &[&str] = &["Blob", "Client", "Config", "DateTime", "Document", "Error", "Exception"];

/// The strict and reserved keywords of the 2024 edition, and those of them that cannot be written as raw identifiers.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "Self", "static", "struct", "super", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];
const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Whether a name is a keyword, to be written as a raw identifier.
pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// What is wrong with a name of the model, if anything: only letters, digits and underscores can become Rust names.
pub(crate) fn validate(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("an empty name".to_owned());
    }
    if name.len() > LONGEST {
        return Some(format!("a name of {} bytes; at most {LONGEST} are taken", name.len()));
    }
    let bad = name.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '_');
    if let Some(bad) = bad {
        return Some(format!("a name with the character {bad:?}; only letters, digits and underscores are taken"));
    }
    if !name.contains(|c: char| c.is_ascii_alphanumeric()) {
        return Some("a name without a letter or digit".to_owned());
    }
    None
}

/// The name of a type.
pub(crate) fn type_name(shape: &str) -> String {
    let plain = shape.starts_with(|c: char| c.is_ascii_uppercase()) && !shape.contains('_');
    let name = if plain { shape.to_owned() } else { shape.to_upper_camel_case() };
    let name = if name.starts_with(|c: char| c.is_ascii_digit()) { format!("Shape{name}") } else { name };
    // Single letters are the type parameters of emitted code.
    if PRELUDE.contains(&name.as_str()) || name.len() == 1 || is_parameter(&name) {
        format!("{name}Shape")
    } else {
        name
    }
}

/// The name of the type that stands for a service.
pub(crate) fn service_name(id: &str) -> String {
    let name = variant_name(id);
    if ROOT.contains(&name.as_str()) { format!("{name}Service") } else { type_name(&name) }
}

fn is_parameter(name: &str) -> bool {
    name.strip_prefix('P').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}

/// The most required inputs that a builder remembers in its type: `Complete` is implemented for tuples of so many.
pub(crate) const MOST_STATES: usize = 24;

/// The name of the `index`th type parameter.
pub(crate) fn type_parameter(index: usize) -> String {
    match u8::try_from(index) {
        Ok(index) if index < 3 => char::from(b'A' + index).to_string(),
        _ => format!("P{}", index + 1),
    }
}

/// Names that no module can have: `x/mod.rs` would be `x.rs` once more, and `runtime` is what every module uses.
const NO_MODULE: &[&str] = &["mod", "runtime"];
/// Names that no file can have on Windows, where they are devices.
const DEVICES: &[&str] = &["aux", "com", "con", "lpt", "nul", "prn"];

/// The name of a module, and the stem of its file.
pub(crate) fn module_name(name: &str) -> String {
    let name = snake(name, "module");
    let device = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if NO_MODULE.contains(&name.as_str()) || DEVICES.contains(&device) { format!("{name}_") } else { name }
}

/// Modules at the root of an emitted crate.
const ROOT_MODULES: &[&str] = &["client", "endpoint", "error", "inputs", "operation", "partitions", "runtime", "types"];

/// Features of an emitted crate that are no modules at its root. A module's name is that of its feature.
const FEATURES: &[&str] = &["credentials", "default", "rustcrypto", "serde", "wire"];

/// Whether a service can be emitted as the module of this name.
pub(crate) fn is_module(name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let taken = is_keyword(name) || ROOT_MODULES.contains(&name) || FEATURES.contains(&name);
    plain && !taken && validate(name).is_none() && module_name(name) == name
}

/// The name of a field.
pub(crate) fn field_name(member: &str) -> String {
    snake(member, "member")
}

/// The name of a method, which must not be one of `taken`.
pub(crate) fn method_name(name: &str, taken: &[&str]) -> String {
    let name = snake(name, "method");
    if taken.contains(&name.as_str()) { format!("{name}_") } else { name }
}

fn snake(name: &str, what: &str) -> String {
    let snake = name.to_snake_case();
    if snake.starts_with(|c: char| c.is_ascii_digit()) || snake.is_empty() {
        format!("{what}_{snake}")
    } else if NEVER_RAW.contains(&snake.as_str()) {
        format!("{snake}_")
    } else {
        snake
    }
}

/// The name of a variant, for a value of an enumeration or a member of a union.
pub(crate) fn variant_name(value: &str) -> String {
    let cased: String = value.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let cased = cased.to_upper_camel_case();
    match cased.as_str() {
        "" => "Empty".to_owned(),
        "Self" => "SelfValue".to_owned(),
        "Unknown" => "UnknownValue".to_owned(),
        _ if cased.starts_with(|c: char| c.is_ascii_digit()) => format!("Value{cased}"),
        _ => cased,
    }
}

/// The name that is wanted, with a number where a shape has it already.
pub(crate) fn beside(want: String, taken: &BTreeMap<String, String>) -> String {
    let free = |name: &String| !taken.values().any(|other| other == name);
    let numbered = (2..).map(|number| format!("{want}{number}"));
    std::iter::once(want.clone()).chain(numbered).find(free).unwrap_or(want)
}

/// Makes the names of one scope unique: of several keys that come out the same, those after the first, in the order of
/// their keys, get a number. Names that differ in case only are the same, as they are to some file systems.
pub(crate) fn unique<'a>(
    keys: impl Iterator<Item = &'a str>,
    name: impl Fn(&str) -> String,
) -> BTreeMap<String, String> {
    let keys: BTreeSet<&str> = keys.collect();
    let wanted: BTreeMap<&str, String> = keys.iter().map(|key| (*key, name(key))).collect();
    let folded: BTreeSet<String> = wanted.values().map(|want| want.to_ascii_lowercase()).collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    // Where counting went on to for a name, so that a thousand keys of one name do not count a million times.
    let mut next: BTreeMap<&str, usize> = BTreeMap::new();
    let mut given = BTreeMap::new();
    for (key, want) in &wanted {
        let mut candidate = want.clone();
        let number = next.entry(want).or_insert(2);
        let separator = if want.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
        // A numbered name must not take what another key wants for itself.
        while taken.contains(&candidate.to_ascii_lowercase())
            || (candidate != *want && folded.contains(&candidate.to_ascii_lowercase()))
        {
            candidate = format!("{want}{separator}{number}");
            *number += 1;
        }
        taken.insert(candidate.to_ascii_lowercase());
        given.insert((*key).to_owned(), candidate);
    }
    given
}
