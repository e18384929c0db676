//! One import, as the reader finds it and the tests show it.

use std::fmt;

/// One file's use of an item that another file defines. Both are module paths from the crate's root, such as `call::send`; the
/// root itself is `crate`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    /// The module that imports.
    pub from: String,
    /// The module that defines the item.
    pub to: String,
    /// The path of the item, as far as the source spells it.
    pub item: String,
}

impl fmt::Display for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} imports {} of {}", self.from, self.item, self.to)
    }
}
