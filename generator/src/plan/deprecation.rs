//! The trait `deprecated` of an item.

/// The trait `deprecated`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deprecated {
    pub note: Option<String>,
    /// A date; the version that Rust's attribute asks for is one of the crate.
    pub since: Option<String>,
}

impl Deprecated {
    pub fn plan(deprecated: bool, note: &Option<String>, since: &Option<String>) -> Option<Self> {
        deprecated.then(|| Self { note: note.clone(), since: since.clone() })
    }
}
