//! The name of a package that is emitted, which programs write as the name of a crate.

use super::reserved::is_keyword;

/// The most characters that crates.io accepts.
const LONGEST: usize = 64;

/// Crates of the toolchain: a dependency of such a name could not be told from them.
const TOOLCHAIN: &[&str] = &["alloc", "core", "proc_macro", "std", "test"];

/// Folders that cargo keeps for itself in a target folder.
const CARGO: &[&str] = &["build", "deps", "examples", "incremental"];

/// The reason why no program could name a package, or `None` where one can. The name must differ from those of its
/// `dependencies` as well.
pub(crate) fn validate_package<'a>(name: &str, mut dependencies: impl Iterator<Item = &'a str>) -> Option<String> {
    let rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(rest) {
        return Some("a package's name is a letter, then letters, digits, - and _".to_owned());
    }
    if name.len() > LONGEST {
        return Some(format!("a package's name has at most {LONGEST} characters, this one {}", name.len()));
    }
    let module = name.replace('-', "_");
    if is_keyword(&module) {
        return Some(format!("{module} is a keyword of Rust: no program could name the crate"));
    }
    let folded = module.to_ascii_lowercase();
    if TOOLCHAIN.contains(&&*folded) {
        return Some(format!("{module} is a crate of Rust's own: no program could name this one"));
    }
    if CARGO.contains(&&*folded) || super::reserved::is_device(&folded) {
        return Some(format!("{name} is the name of a folder of cargo or of a device of Windows"));
    }
    let same = |dependency: &&str| dependency.replace('-', "_").eq_ignore_ascii_case(&module);
    dependencies.find(same).map(|dependency| format!("the crate itself depends on a package {dependency}"))
}

#[cfg(test)]
mod tests {
    use super::validate_package;

    #[test]
    fn a_package_has_a_name_that_a_program_can_write() {
        let validate = |name: &str| validate_package(name, ["tokio", "serde_json", "tokio-rustls"].into_iter());
        for name in ["amazon-connect", "a", "A_1", "connect2", "selfish", "fn_", "std2", "tokio2", &"x".repeat(64)] {
            assert_eq!(validate(name), None, "{name}");
        }
        for (name, said) in [
            ("", "a letter, then"),
            ("1a", "a letter, then"),
            ("-a", "a letter, then"),
            ("_a", "a letter, then"),
            ("a b", "a letter, then"),
            ("a\"", "a letter, then"),
            ("é", "a letter, then"),
            ("a/b", "a letter, then"),
            (&"x".repeat(65), "at most 64 characters"),
            ("fn", "a keyword"),
            ("self", "a keyword"),
            ("Self", "a keyword"),
            ("crate", "a keyword"),
            ("gen", "a keyword"),
            ("std", "of Rust's own"),
            ("core", "of Rust's own"),
            ("Std", "of Rust's own"),
            ("proc-macro", "of Rust's own"),
            ("test", "of Rust's own"),
            ("deps", "a folder of cargo"),
            ("com1", "a device of Windows"),
            ("tokio", "depends on a package tokio"),
            ("serde-json", "depends on a package serde_json"),
            ("Tokio_Rustls", "depends on a package tokio-rustls"),
        ] {
            assert!(validate(name).is_some_and(|reason| reason.contains(said)), "{name}: {:?}", validate(name));
        }
    }
}
