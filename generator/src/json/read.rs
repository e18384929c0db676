//! The reader of files: typed values out of JSON, and every problem of a file in one run, each at its whole path.
//!
//! Values that cannot be read stand as their defaults, so that the rest of the file is read as well: nothing that was read from a file
//! with problems is ever used ([`Reader::finish`]).

use std::collections::BTreeMap;

use serde_json::Number;

use super::path::Path;
use super::value::Json;
use crate::diagnostic::Diagnostics;

/// A value of a file, and where it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node<'a> {
    pub value: &'a Json,
    pub path: Path<'a>,
}

impl<'a> Node<'a> {
    /// The value of the file as a whole.
    pub fn root(value: &'a Json) -> Self {
        Self { value, path: Path::Root }
    }

    /// An entry of an object.
    pub fn entry<'b>(&'b self, key: &'b str, value: &'b Json) -> Node<'b> {
        Node { value, path: Path::Key(&self.path, key) }
    }

    /// The entries of an object, each with its key; none where the value is something else.
    pub fn entries(&self) -> impl Iterator<Item = (&str, Node<'_>)> {
        let entries = self.value.as_object().unwrap_or_default();
        entries.iter().map(|(key, value)| (key.as_str(), self.entry(key, value)))
    }
}

/// Reads one file.
pub(crate) struct Reader<'f> {
    file: &'f str,
    problems: Diagnostics,
}

impl<'f> Reader<'f> {
    /// A reader of the file that messages call `file`.
    pub fn new(file: &'f str) -> Self {
        Self { file, problems: Diagnostics::default() }
    }

    /// Notes that something is wrong at a place.
    pub fn problem(&mut self, path: Path<'_>, message: impl Into<String>) {
        self.problems.push(self.file, path.to_string(), message);
    }

    /// The value that was read, where nothing was wrong with the file.
    ///
    /// # Errors
    /// Every problem that was noted.
    pub fn finish<T>(self, read: T) -> Result<T, Diagnostics> {
        self.problems.into_result(read)
    }

    fn expected(&mut self, node: &Node<'_>, what: &str) {
        self.problem(node.path, format!("expected {what}, found {}", node.value.kind()));
    }

    /// An object whose keys are all known to `read`: one that it does not ask for is a problem.
    pub fn fields<T: Default>(&mut self, node: &Node<'_>, read: impl FnOnce(&mut Fields<'_, 'f>) -> T) -> T {
        if node.value.as_object().is_none() {
            self.expected(node, "an object");
            return T::default();
        }
        let mut fields = Fields { reader: self, node, known: Vec::new() };
        let value = read(&mut fields);
        let known = fields.known;
        for (_, entry) in node.entries().filter(|(key, _)| !known.contains(key)) {
            self.problem(entry.path, "the generator does not know this key");
        }
        value
    }

    /// An object with any keys, whose values are all read alike.
    pub fn map<T>(&mut self, node: &Node<'_>, mut read: impl FnMut(&mut Self, &Node<'_>) -> T) -> BTreeMap<String, T> {
        if node.value.as_object().is_none() {
            self.expected(node, "an object");
        }
        node.entries().map(|(key, entry)| (key.to_owned(), read(self, &entry))).collect()
    }

    /// A list, whose elements are all read alike.
    pub fn list<T>(&mut self, node: &Node<'_>, mut read: impl FnMut(&mut Self, &Node<'_>) -> T) -> Vec<T> {
        let Json::Array(elements) = node.value else {
            self.expected(node, "a list");
            return Vec::new();
        };
        let nodes =
            elements.iter().enumerate().map(|(index, value)| Node { value, path: Path::Index(&node.path, index) });
        nodes.map(|element| read(self, &element)).collect()
    }

    /// A string.
    pub fn text(&mut self, node: &Node<'_>) -> String {
        match node.value {
            Json::String(text) => text.clone(),
            _ => {
                self.expected(node, "a string");
                String::new()
            }
        }
    }

    /// A list of strings.
    pub fn texts(&mut self, node: &Node<'_>) -> Vec<String> {
        self.list(node, Self::text)
    }

    /// A string that is the name of one of some things.
    pub fn one_of<T: Copy + Default>(&mut self, node: &Node<'_>, known: &[(&str, T)]) -> T {
        let Json::String(text) = node.value else {
            self.expected(node, "a string");
            return T::default();
        };
        match known.iter().find(|(name, _)| name == text) {
            Some((_, value)) => *value,
            None => {
                let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
                self.problem(node.path, format!("{text:?} is not known; expected one of {}", names.join(", ")));
                T::default()
            }
        }
    }

    /// A boolean.
    pub fn boolean(&mut self, node: &Node<'_>) -> bool {
        match node.value {
            Json::Bool(value) => *value,
            _ => {
                self.expected(node, "a boolean");
                false
            }
        }
    }

    /// A number.
    pub fn number(&mut self, node: &Node<'_>) -> Number {
        match node.value {
            Json::Number(number) => number.clone(),
            _ => {
                self.expected(node, "a number");
                Number::from(0)
            }
        }
    }

    /// A status of HTTP.
    pub fn status(&mut self, node: &Node<'_>) -> u16 {
        match node.value {
            Json::Number(number) => {
                let status = number.as_u64().and_then(|status| u16::try_from(status).ok());
                status.filter(|status| (100..1000).contains(status)).unwrap_or_else(|| {
                    self.problem(node.path, format!("expected an HTTP status, found {number}"));
                    0
                })
            }
            _ => {
                self.expected(node, "an HTTP status");
                0
            }
        }
    }
}

/// The entries of an object that is being read. A key that is asked for is a key that is known.
pub(crate) struct Fields<'r, 'f> {
    reader: &'r mut Reader<'f>,
    node: &'r Node<'r>,
    known: Vec<&'static str>,
}

impl<'r, 'f> Fields<'r, 'f> {
    /// Notes that something is wrong with the object.
    pub fn problem(&mut self, message: impl Into<String>) {
        self.reader.problem(self.node.path, message);
    }

    /// The entry of a key that may be missing.
    pub fn get(&mut self, key: &'static str) -> Option<Node<'r>> {
        self.known.push(key);
        self.node.value.get(key).map(|value| self.node.entry(key, value))
    }

    /// The value of a key that may be missing.
    pub fn optional<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Reader<'f>, &Node<'_>) -> T) -> Option<T> {
        self.get(key).map(|node| read(self.reader, &node))
    }

    /// The value of a key that must be there.
    pub fn required<T: Default>(&mut self, key: &'static str, read: impl FnOnce(&mut Reader<'f>, &Node<'_>) -> T) -> T {
        let found = self.optional(key, read);
        found.unwrap_or_else(|| {
            self.reader.problem(Path::Key(&self.node.path, key), "this key is missing");
            T::default()
        })
    }

    /// A string that must be there.
    pub fn text(&mut self, key: &'static str) -> String {
        self.required(key, Reader::text)
    }

    /// A string that may be missing.
    pub fn optional_text(&mut self, key: &'static str) -> Option<String> {
        self.optional(key, Reader::text)
    }

    /// A list of strings that may be missing.
    pub fn optional_texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        self.optional(key, Reader::texts)
    }

    /// A boolean that is `false` where it is missing.
    pub fn flag(&mut self, key: &'static str) -> bool {
        self.optional(key, Reader::boolean).unwrap_or_default()
    }

    /// An object with any keys, which is empty where it is missing.
    pub fn map<T>(
        &mut self,
        key: &'static str,
        read: impl FnMut(&mut Reader<'f>, &Node<'_>) -> T,
    ) -> BTreeMap<String, T> {
        self.optional(key, |reader, node| reader.map(node, read)).unwrap_or_default()
    }

    /// A list that is empty where it is missing.
    pub fn list<T>(&mut self, key: &'static str, read: impl FnMut(&mut Reader<'f>, &Node<'_>) -> T) -> Vec<T> {
        self.optional(key, |reader, node| reader.list(node, read)).unwrap_or_default()
    }

    /// A key that the format has and that holds no fact for a client, for the reason given. Its value must be of the right
    /// kind all the same.
    pub fn unused<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Reader<'f>, &Node<'_>) -> T,
        _reason: &'static str,
    ) {
        self.optional(key, read);
    }
}
