//! Reserved names: what Rust, the runtime, the crate's root and file systems keep for themselves.

/// The longest name that a model may use, in bytes. AWS's longest has 155; 160 in snake case, with a number and `.rs`, still
/// fit the 255 bytes of a file's name.
pub(crate) const LONGEST: usize = 160;

/// Types that emitted code means in the sense of the standard library or of the runtime.
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

/// Types at the root of an emitted crate.
const ROOT: &[&str] = &["Blob", "Client", "Config", "DateTime", "Document", "Error", "Exception"];

/// The strict and reserved keywords of the 2024 edition.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "Self", "static", "struct", "super", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The keywords that cannot be written as raw identifiers.
const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Modules that no item can have: `x/mod.rs` would be `x.rs` once more, every module imports `runtime`, and exceptions are in
/// `types::error`.
const MODULES: &[&str] = &["error", "mod", "runtime"];

/// Devices on Windows, where no file can have their names.
const DEVICES: &[&str] = &["aux", "com", "con", "lpt", "nul", "prn"];

/// Modules at the root of an emitted crate.
pub(super) const ROOT_MODULES: &[&str] = &[
    "areas",
    "builders",
    "client",
    "config",
    "credentials",
    "endpoint",
    "error",
    "event_stream",
    "http",
    "inputs",
    "operation",
    "partitions",
    "primitives",
    "runtime",
    "sdk",
    "sdk_compat",
    "testing",
    "types",
    "waiter",
    "waiters",
    "wire",
];

/// Features of every emitted crate whose names a module or an area could have. Each of these has a feature of its own name.
const FEATURES: &[&str] = &[
    "blocking",
    "builders",
    "client",
    "credentials",
    "default",
    "full",
    "mock",
    "rustcrypto",
    "sdk_compat",
    "serde",
    "sigv4a",
    "stand_in",
    "wire",
];

/// Whether every emitted crate has a feature of this name.
pub(crate) fn is_feature(name: &str) -> bool {
    FEATURES.contains(&name)
}

/// The most required inputs that a builder remembers in its type: `Complete` is implemented for tuples of so many.
pub(crate) const MOST_STATES: usize = 24;

/// The name of the `index`th type parameter of a builder.
pub(crate) fn type_parameter(index: usize) -> String {
    match u8::try_from(index) {
        Ok(index) if index < 3 => char::from(b'A' + index).to_string(),
        _ => format!("P{}", index + 1),
    }
}

/// Whether a name is a type parameter of emitted code.
fn is_type_parameter(name: &str) -> bool {
    let numbered = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    name.len() == 1 || name.strip_prefix('P').is_some_and(numbered)
}

/// Whether a name is a keyword, to be written as a raw identifier.
pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Whether a name cannot be an identifier, not even a raw one.
pub(super) fn is_never_raw(name: &str) -> bool {
    NEVER_RAW.contains(&name)
}

/// Whether an item of a model cannot be a type of this name.
pub(super) fn is_reserved_type(name: &str) -> bool {
    PRELUDE.contains(&name) || is_type_parameter(name)
}

/// Whether a service's marker cannot be a type of this name.
pub(super) fn is_reserved_root(name: &str) -> bool {
    ROOT.contains(&name)
}

/// Whether an item of a model cannot be a module of this name.
pub(super) fn is_reserved_module(name: &str) -> bool {
    MODULES.contains(&name) || is_device(name)
}

/// Whether a name is that of a device on Windows, with or without a number.
pub(super) fn is_device(name: &str) -> bool {
    DEVICES.contains(&name.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// Whether a record may say that a field or an operation has this name.
pub(super) fn can_be_field(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase());
    let rest = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    // A name with an underscore at its end is what a method is called that has a reserved name without it.
    let ends = name.strip_suffix('_').is_none_or(is_never_raw);
    starts && rest && ends && !is_never_raw(name) && is_short(name)
}

/// Whether a record may say that an item of the model has this name.
pub(super) fn can_be_type(name: &str) -> bool {
    can_be_variant(name) && !is_reserved_type(name)
}

/// Whether a record may say that a member of a union or a value of an enumeration has this name.
pub(super) fn can_be_variant(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_uppercase());
    let rest = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    starts && rest && !matches!(name, "Self" | "Unknown") && is_short(name)
}

/// Whether a Rust name is no longer than what can become of a name of the model.
fn is_short(name: &str) -> bool {
    name.len() <= LONGEST + 40
}

/// The reason why a name of the model cannot become a Rust name, or `None` where it can.
pub(crate) fn validate(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("an empty name".to_owned());
    }
    if name.len() > LONGEST {
        return Some(format!("a name of {} bytes; at most {LONGEST} are supported", name.len()));
    }
    let bad = name.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '_');
    if let Some(bad) = bad {
        return Some(format!("a name with the character {bad:?}; only letters, digits and underscores are supported"));
    }
    if !name.contains(|c: char| c.is_ascii_alphanumeric()) {
        return Some("a name without a letter or digit".to_owned());
    }
    None
}
