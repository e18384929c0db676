//! Rules for every emitted file, whatever it was made from.

use generator::Files;

/// Checks that every path stays inside the crate, on any file system, and that every source is Rust.
///
/// # Errors
/// The violated property, and its file.
pub fn check(files: &Files) -> Result<(), String> {
    let mut folded = std::collections::BTreeSet::new();
    for (path, text) in files {
        let shown = path.escape_debug();
        if !path.starts_with("src/") && !path.starts_with("names.toml") && !path.starts_with("names/") {
            return Err(format!("{shown}: neither source nor a record of names"));
        }
        for part in path.split('/') {
            let plain = part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
            if !plain || part.starts_with('.') || part.is_empty() || part.len() > 255 {
                return Err(format!("{shown}: {part:?} is no name of a file"));
            }
        }
        if !folded.insert(path.to_ascii_lowercase()) {
            return Err(format!("{shown}: another file differs from it in case only"));
        }
        if path.ends_with(".rs") {
            if let Err(error) = syn::parse_file(text) {
                return Err(format!("{shown}: not Rust, {error}:\n{text}"));
            }
        }
        // Data that the crate reads has tabs between its fields.
        let separator = path.ends_with(".txt").then_some('\t');
        if let Some(hidden) = text.chars().find(|c| is_hidden(*c) && Some(*c) != separator) {
            return Err(format!("{shown}: holds the character {hidden:?}"));
        }
    }
    Ok(())
}

/// Characters that make a reader see another text than the compiler does.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
