//! Tables: calls of the runtime's macros, laid out with one row a line.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::line::line;

/// The longest line that a list of words is filled up to.
const WIDTH: usize = 110;

/// A call of a macro of the runtime: `runtime::name! { … }`.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// The attribute of the whole table.
    gate: Option<TokenStream>,
    /// The path of the macro.
    path: TokenStream,
    /// The text that stands above the head: documentation and attributes.
    above: Row,
    /// The subject of the rows; with none, they stand in the macro's own braces.
    head: TokenStream,
    /// None where the head is all that the macro needs.
    rows: Option<Vec<Row>>,
}

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub docs: Vec<String>,
    /// Attributes, one a line.
    pub attributes: Vec<TokenStream>,
    pub tokens: TokenStream,
    /// A list at the end of the row, within brackets: as many elements to a line as fit.
    pub list: Vec<TokenStream>,
    /// Rows of its own, within braces behind its attributes; it has nothing else.
    pub rows: Vec<Row>,
}

impl Row {
    /// A row without documentation.
    pub fn new(tokens: TokenStream) -> Self {
        Self { tokens, ..Self::default() }
    }
}

impl Table {
    /// A table of a macro by its name, with its body to come where it has one.
    pub fn new(name: &str, head: TokenStream) -> Self {
        let name = Ident::new(name, Span::call_site());
        Self::of(quote!(runtime::#name), head)
    }

    /// A table of a macro that is no part of the runtime.
    pub fn of(path: TokenStream, head: TokenStream) -> Self {
        Self { gate: None, path, above: Row::default(), head, rows: None }
    }

    /// An attribute of the whole table.
    pub fn gated(mut self, gate: Option<TokenStream>) -> Self {
        self.gate = gate;
        self
    }

    /// Documentation and attributes of what the table is about.
    pub fn above(mut self, docs: Vec<String>, attributes: impl IntoIterator<Item = TokenStream>) -> Self {
        self.above = Row { docs, attributes: attributes.into_iter().collect(), ..Row::default() };
        self
    }

    pub fn rows(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.rows = Some(rows.into_iter().collect());
        self
    }

    /// The text.
    pub fn print(&self) -> String {
        let gate = self.gate.as_ref().map(|gate| format!("{}\n", line(gate))).unwrap_or_default();
        let Some(rows) = &self.rows else {
            return format!("{gate}{}!({});\n", line(&self.path), line(&self.head));
        };
        let mut text = format!("{gate}{}! {{\n", line(&self.path));
        let mut indent = "    ".to_owned();
        self.above.print_above(&indent, &mut text);
        let has_head = !self.head.is_empty();
        if has_head && rows.is_empty() {
            text.push_str(&format!("{indent}{} {{}}\n}}\n", line(&self.head)));
            return text;
        }
        if has_head {
            text.push_str(&format!("{indent}{} {{\n", line(&self.head)));
            indent.push_str("    ");
        }
        rows.iter().for_each(|row| row.print(&indent, &mut text));
        if has_head {
            text.push_str("    }\n");
        }
        text.push_str("}\n");
        text
    }
}

impl Row {
    fn print_above(&self, indent: &str, text: &mut String) {
        for doc in &self.docs {
            text.push_str(format!("{indent}/// {doc}").trim_end());
            text.push('\n');
        }
        for attribute in &self.attributes {
            text.push_str(&format!("{indent}{}\n", line(attribute)));
        }
    }

    fn print(&self, indent: &str, text: &mut String) {
        if !self.rows.is_empty() {
            let head: String = self.attributes.iter().map(|attribute| line(attribute) + " ").collect();
            text.push_str(&format!("{indent}{head}{{\n"));
            self.rows.iter().for_each(|row| row.print(&format!("{indent}    "), text));
            text.push_str(&format!("{indent}}}\n"));
            return;
        }
        self.print_above(indent, text);
        text.push_str(&format!("{indent}{}", line(&self.tokens)));
        if !self.list.is_empty() {
            let deeper = format!("{indent}    ");
            let filled = fill(&self.list, &deeper);
            let start = text.rfind('\n').map_or(0, |end| end + 1);
            if filled.contains('\n') || text.len() - start + filled.len() > WIDTH {
                text.push_str(&format!(" [\n{deeper}{filled}\n{indent}]"));
            } else {
                text.push_str(&format!(" [{}]", filled.trim_end_matches(',')));
            }
        }
        text.push_str(",\n");
    }
}

/// Elements with commas behind them, as many to a line as fit.
fn fill(elements: &[TokenStream], indent: &str) -> String {
    let mut text = String::new();
    let mut width = indent.len();
    for element in elements.iter().map(line) {
        if width + element.len() + 2 > WIDTH && width > indent.len() {
            text.push('\n');
            text.push_str(indent);
            width = indent.len();
        } else if width > indent.len() {
            text.push(' ');
        }
        text.push_str(&element);
        text.push(',');
        width += element.len() + 2;
    }
    text
}
