//! Diagnostics: errors that name file and place, `models/connect/2017-08-08/service-2.json: shapes.Foo.members.Bar: …`.

use std::fmt;

use crate::text::printable;

/// A place of an input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The file, as the caller named it.
    pub file: String,
    /// The JSON path in the file, such as `shapes.Foo.members.Bar`; empty for the file as a whole.
    pub place: String,
}

impl Origin {
    /// A place of a file.
    pub fn new(file: impl Into<String>, place: impl Into<String>) -> Self {
        Self { file: file.into(), place: place.into() }
    }
}

/// One thing that is wrong with an input, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The place of the problem.
    pub origin: Origin,
    /// The problem, and its remedy where there is one.
    pub message: String,
}

impl Diagnostic {
    /// A diagnostic at a place of a file.
    pub fn new(file: impl Into<String>, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { origin: Origin::new(file, path), message: message.into() }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names come from the model: escaping keeps a hostile one from forging a line of its own.
        write!(f, "{}: ", self.origin.file.escape_debug())?;
        if !self.origin.place.is_empty() {
            write!(f, "{}: ", shorten(&self.origin.place.escape_debug().to_string()))?;
        }
        f.write_str(&shorten(&self.message.chars().flat_map(printable).collect::<String>()))
    }
}

/// Cuts a text that holds a name of unreasonable length.
fn shorten(text: &str) -> String {
    const LONGEST: usize = 600;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], text.len()),
        None => text.to_owned(),
    }
}

/// Diagnostics, in the order of file and path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, file: &str, path: impl Into<String>, message: impl Into<String>) {
        self.0.push(Diagnostic::new(file, path, message));
    }

    /// Adds all of another collection.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them once, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        let mut sorted: Vec<_> = self.0.iter().collect();
        sorted.sort();
        sorted.dedup();
        sorted.into_iter()
    }

    /// Says the place of each in another way.
    pub(crate) fn map_paths(&mut self, path: impl Fn(&str) -> String) {
        self.0.iter_mut().for_each(|one| one.origin.place = path(&one.origin.place));
    }

    /// `Ok(value)` where nothing is wrong.
    ///
    /// # Errors
    /// The collection itself, where it holds anything.
    pub fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

/// Two results as one, with what is wrong with either.
///
/// # Errors
/// Those of both.
pub(crate) fn both<A, B>(
    one: Result<A, impl Into<Diagnostics>>,
    other: Result<B, impl Into<Diagnostics>>,
) -> Result<(A, B), Diagnostics> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (one, other) => {
            let mut problems = Diagnostics::default();
            one.err().into_iter().for_each(|some| problems.extend(some.into()));
            other.err().into_iter().for_each(|some| problems.extend(some.into()));
            Err(problems)
        }
    }
}

/// Any number of results as one, with what is wrong with each.
///
/// # Errors
/// Those of all.
pub(crate) fn all<T, E: Into<Diagnostics>>(results: impl Iterator<Item = Result<T, E>>) -> Result<Vec<T>, Diagnostics> {
    let mut problems = Diagnostics::default();
    let mut values = Vec::new();
    for result in results {
        match result {
            Ok(value) => values.push(value),
            Err(some) => problems.extend(some.into()),
        }
    }
    problems.into_result(values)
}

impl From<Diagnostic> for Diagnostics {
    fn from(one: Diagnostic) -> Self {
        Self(vec![one])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in self.iter() {
            writeln!(f, "error: {diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
