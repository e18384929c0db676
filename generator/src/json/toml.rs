//! Files of TOML, which hand-written inputs are: they are read as the JSON that they stand for.

use super::value::Json;
use crate::diagnostic::Diagnostic;

/// The value of a file of TOML.
///
/// # Errors
/// A text that is no TOML, with the number of the line.
pub(crate) fn parse_toml(file: &str, text: &str) -> Result<Json, Diagnostic> {
    ::toml::from_str(text).map_err(|error| {
        let place = error.span().map_or_else(String::new, |span| {
            let before = text.as_bytes().iter().take(span.start);
            format!("line {}", 1 + before.filter(|byte| **byte == b'\n').count())
        });
        // The parser's words are those of TOML: "unclosed string", "duplicate key".
        let said = error.message().lines().next().unwrap_or_default();
        Diagnostic::new(file, place, format!("this is not TOML: {said}"))
    })
}
