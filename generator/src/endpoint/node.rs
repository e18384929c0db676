//! Takes a JSON value and its path; gives its parts, each with its own path, and collects what is not as it should be.

use serde_json::{Map, Value};

use crate::diagnostic::Diagnostics;

/// A value in a file.
#[derive(Debug, Clone)]
pub(super) struct Node<'v> {
    pub value: &'v Value,
    pub path: String,
}

impl<'v> Node<'v> {
    /// The value of the file as a whole.
    pub fn root(value: &'v Value) -> Self {
        Self { value, path: String::new() }
    }

    /// An entry of an object.
    pub fn entry(&self, key: &str, value: &'v Value) -> Self {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Self { value, path }
    }

    /// An element of an array.
    fn element(&self, index: usize, value: &'v Value) -> Self {
        Self { value, path: format!("{}[{index}]", self.path) }
    }
}

/// An object all of whose keys are known.
pub(super) struct Object<'v> {
    node: Node<'v>,
    map: &'v Map<String, Value>,
}

impl<'v> Object<'v> {
    /// The entry under a key, where there is one.
    pub fn get(&self, key: &str) -> Option<Node<'v>> {
        self.map.get(key).map(|value| self.node.entry(key, value))
    }
}

/// Reads one file.
pub(super) struct Reader<'f> {
    file: &'f str,
    problems: Diagnostics,
}

impl<'f> Reader<'f> {
    pub fn new(file: &'f str) -> Self {
        Self { file, problems: Diagnostics::default() }
    }

    /// Notes that something is wrong.
    pub fn problem(&mut self, path: &str, message: impl Into<String>) {
        self.problems.push(self.file, path, message);
    }

    /// `value`, where nothing was wrong with the file.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Diagnostics> {
        match (value, self.problems.is_empty()) {
            (Some(value), true) => Ok(value),
            _ => Err(self.problems),
        }
    }

    fn expected(&mut self, node: &Node<'_>, what: &str) {
        let kind = match node.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        };
        self.problem(&node.path, format!("{what} is expected here, not {kind}"));
    }

    /// An object with all of the keys `required`, perhaps some of `optional`, and no others.
    pub fn object<'v>(&mut self, node: &Node<'v>, required: &[&str], optional: &[&str]) -> Option<Object<'v>> {
        let map = self.map(node)?;
        for key in map.keys().filter(|key| !required.contains(&key.as_str()) && !optional.contains(&key.as_str())) {
            self.problem(&node.path, format!("the key {key:?} is not supported"));
        }
        let mut complete = true;
        for key in required.iter().filter(|key| !map.contains_key(**key)) {
            self.problem(&node.path, format!("the key {key:?} is missing"));
            complete = false;
        }
        complete.then(|| Object { node: node.clone(), map })
    }

    /// An object with any keys.
    pub fn map<'v>(&mut self, node: &Node<'v>) -> Option<&'v Map<String, Value>> {
        let map = node.value.as_object();
        if map.is_none() {
            self.expected(node, "an object");
        }
        map
    }

    /// The elements of an array; none where it is something else.
    pub fn array<'v>(&mut self, node: &Node<'v>) -> Vec<Node<'v>> {
        match node.value.as_array() {
            Some(elements) => elements.iter().enumerate().map(|(index, value)| node.element(index, value)).collect(),
            None => {
                self.expected(node, "an array");
                Vec::new()
            }
        }
    }

    /// A string.
    pub fn string<'v>(&mut self, node: &Node<'v>) -> Option<&'v str> {
        let string = node.value.as_str();
        if string.is_none() {
            self.expected(node, "a string");
        }
        string
    }

    /// A boolean.
    pub fn boolean(&mut self, node: &Node<'_>) -> Option<bool> {
        let boolean = node.value.as_bool();
        if boolean.is_none() {
            self.expected(node, "a boolean");
        }
        boolean
    }

    /// An array of strings.
    pub fn strings(&mut self, node: &Node<'_>) -> Vec<String> {
        let elements = self.array(node);
        elements.iter().filter_map(|element| self.string(element).map(str::to_owned)).collect()
    }
}
