//! Documentation of an item, as paragraphs of Markdown, and the example of an operation.

use crate::names::Ident;

/// The documentation of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    /// The first paragraph, on one line: what lists of items show.
    pub summary: String,
    /// The lines of the other paragraphs, with an empty line between two of them.
    pub body: Vec<String>,
}

/// The example on the page of an operation: its call with every required input, and what follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Example {
    /// The fields of the response that it prints, or the whole response where there are none; `None` for a response without members.
    pub reads: Option<Vec<Ident>>,
    pub pages: Option<Pages>,
}

/// The loop of an example over pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pages {
    /// Over the elements that the pages list.
    Items,
    /// Over the pages.
    Pages,
}

impl Docs {
    /// Documentation of one paragraph.
    pub fn new(summary: impl Into<String>) -> Self {
        Self { summary: summary.into(), body: Vec::new() }
    }

    /// Adds a paragraph of one line.
    pub fn add(&mut self, paragraph: impl Into<String>) {
        self.add_lines([paragraph.into()]);
    }

    /// Adds lines as paragraphs of their own.
    pub fn add_lines(&mut self, lines: impl IntoIterator<Item = String>) {
        if !self.body.is_empty() {
            self.body.push(String::new());
        }
        self.body.extend(lines);
    }

    /// All lines.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let gap = (!self.body.is_empty()).then_some("");
        std::iter::once(self.summary.as_str()).chain(gap).chain(self.body.iter().map(String::as_str))
    }
}
