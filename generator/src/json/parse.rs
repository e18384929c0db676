//! The parser: serde_json's, with a visitor that refuses duplicate keys (of two shapes of one name, one would be lost) and
//! notes the path at which a text is broken.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use serde_json::error::{Category, Error};

use super::path::Path;
use super::value::Json;
use crate::diagnostic::Diagnostic;

/// Where and how a text is no JSON document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    /// The path of the innermost value that could not be read; empty for the document as a whole.
    pub path: String,
    /// The problem, with the line and the column.
    pub message: String,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { f.write_str(&self.message) } else { write!(f, "{}: {}", self.path, self.message) }
    }
}

impl std::error::Error for JsonError {}

impl Json {
    /// Reads a text.
    ///
    /// # Errors
    /// A text that is no JSON document, an object that has a key twice, or values that hold more than 127 others in one
    /// another.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        if text.starts_with('\u{feff}') {
            let message =
                "the file starts with a byte order mark (U+FEFF), which JSON does not allow: save it without one";
            return Err(JsonError { path: String::new(), message: message.to_owned() });
        }
        let broken = RefCell::new(None);
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let value = Seed { path: Path::Root, broken: Some(&broken) }.deserialize(&mut deserializer);
        value.and_then(|value| deserializer.end().map(|()| value)).map_err(|error| {
            let Broken { path, twice } = broken.take().unwrap_or_default();
            let message = if twice { "this key appears twice in its object".to_owned() } else { explain(&error) };
            let (line, column) = (error.line(), error.column());
            JsonError { path, message: format!("{message} (line {line}, column {column})") }
        })
    }
}

/// The value of a file of the inputs.
///
/// # Errors
/// As [`Json::parse`], with the name of the file.
pub(crate) fn parse_file(file: &str, text: &str) -> Result<Json, Diagnostic> {
    Json::parse(text).map_err(|error| Diagnostic::new(file, error.path, error.message))
}

/// The parser's message about a text, in the words of this program.
fn explain(error: &Error) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("recursion limit", "more than 127 lists and objects hold one another here"),
        ("trailing comma", "nothing follows a comma"),
        ("trailing characters", "something follows the end of the document"),
        ("key must be a string", "expected a key in quotes"),
        ("expected value", "expected a value"),
        ("expected ident", "expected `true`, `false` or `null`"),
        ("expected `:`", "expected a `:` after the key"),
        ("expected `,` or `]`", "expected a `,` or the `]` that ends the list"),
        ("expected `,` or `}`", "expected a `,` or the `}` that ends the object"),
        ("invalid escape", "a string has an escape that JSON does not know"),
        ("invalid number", "a number is not written as in JSON"),
        ("number out of range", "a number is too large"),
        ("control character", "a string has a control character that is not escaped"),
        ("invalid unicode code point", "a string has an escape of half a character"),
        ("lone leading surrogate", "a string has an escape of half a character"),
        ("unexpected end of hex escape", "a string has an escape of half a character"),
    ];
    if error.classify() == Category::Eof {
        return "the text ends before the document does".to_owned();
    }
    let said = error.to_string();
    let known = WORDS.iter().find(|(theirs, _)| said.starts_with(theirs));
    known.map_or("this is not JSON", |(_, ours)| ours).to_owned()
}

/// The innermost place where reading stopped.
#[derive(Default)]
struct Broken {
    path: String,
    /// Whether the path is that of a key which stands twice.
    twice: bool,
}

/// Reads a value at a path. Without a place to note what is broken, only the value counts.
#[derive(Clone, Copy)]
struct Seed<'a> {
    path: Path<'a>,
    broken: Option<&'a RefCell<Option<Broken>>>,
}

impl Seed<'_> {
    fn note(&self, path: Path<'_>, twice: bool) {
        if let Some(broken) = self.broken {
            broken.borrow_mut().get_or_insert_with(|| Broken { path: path.to_string(), twice });
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self).inspect_err(|_| self.note(self.path, false))
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Seed { path: Path::Root, broken: None }.deserialize(deserializer)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Json, E> {
        Number::from_f64(value).map(Json::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        loop {
            let path = Path::Index(&self.path, list.len());
            match elements.next_element_seed(Seed { path, ..self })? {
                Some(element) => list.push(element),
                None => return Ok(Json::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object: Vec<(String, Json)> = Vec::new();
        let mut seen = HashSet::new();
        while let Some(key) = entries.next_key::<String>()? {
            let path = Path::Key(&self.path, &key);
            if !seen.insert(key.clone()) {
                self.note(path, true);
                return Err(de::Error::custom("duplicate key"));
            }
            let value = entries.next_value_seed(Seed { path, ..self }).inspect_err(|_| self.note(path, false))?;
            object.push((key, value));
        }
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    /// The message about a text, without the line and the column.
    fn refused(text: &str) -> String {
        let said = Json::parse(text).expect_err(text).to_string();
        said.split(" (line").next().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_broken_text_names_the_innermost_place() {
        let half = "a string has an escape of half a character";
        for (text, expected) in [
            ("", "the text ends before the document does"),
            ("{\"a\": {\"b\": [1, {\"c\": ", "a.b[1].c: the text ends before the document does"),
            ("{\"a\": {\"b\": [1, ?]}}", "a.b[1]: expected a value"),
            ("{\"a\": {\"b\": [1 2]}}", "a.b: expected a `,` or the `]` that ends the list"),
            ("{\"a\": {\"b\": 1 \"c\": 2}}", "a: expected a `,` or the `}` that ends the object"),
            ("{\"a\" 1}", "a: expected a `:` after the key"),
            ("{\"a\": {b: 1}}", "a: expected a key in quotes"),
            ("{\"a\": [1,]}", "a: nothing follows a comma"),
            ("{\"a\": nul}", "a: expected `true`, `false` or `null`"),
            ("{\"a\": \"\\x\"}", "a: a string has an escape that JSON does not know"),
            ("{\"a\": \"\n\"}", "a: a string has a control character that is not escaped"),
            ("{\"a\": \"\\ud83d\"}", &format!("a: {half}")),
            ("{\"a\": \"\\ud83d\\u0020\"}", &format!("a: {half}")),
            ("{\"a\": 01}", "a: a number is not written as in JSON"),
            ("{\"a\": 1e999}", "a: a number is too large"),
            ("{} {}", "something follows the end of the document"),
            ("{\"a\": [{\"b\": 1, \"b\": 1}]}", "a[0].b: this key appears twice in its object"),
        ] {
            assert_eq!(refused(text), expected, "{text}");
        }
    }

    #[test]
    fn the_line_and_the_column_are_named() {
        let said = Json::parse("{\n  \"a\": ?\n}").expect_err("no JSON").to_string();
        assert_eq!(said, "a: expected a value (line 2, column 8)");
    }

    #[test]
    fn a_byte_order_mark_is_named() {
        assert!(refused("\u{feff}{}").starts_with("the file starts with a byte order mark (U+FEFF)"));
    }

    #[test]
    fn deep_nesting_is_an_error() {
        assert!(refused(&"[".repeat(100_000)).ends_with("more than 127 lists and objects hold one another here"));
        assert!(Json::parse(&format!("{}{}", "[".repeat(127), "]".repeat(127))).is_ok());
    }
}
