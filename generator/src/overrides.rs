//! Overrides: edits of upstream's models, each with its reason, from an `overrides.toml`. `models/README.md` documents the
//! format. An entry that no longer applies is an error: upstream has moved, and the entry is to be deleted or thought over
//! again.
//!
//! Most kinds of entries edit the JSON of a model before it is read. `[[header]]`, `[[checksum]]` and `[[form]]` say what no
//! model can say, and add it to the model once it is read (`Operation::additions`). What botocore does to a service by code, and not by
//! its model, stands in files of the same format here ([`known`]); they apply to every model of that service.

mod addition;
mod edit;
mod known;
mod mark;
mod paginator;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::{Fields, Json, Node, Reader};
use crate::model::ServiceModel;

pub(crate) use known::of as known_of;
pub use known::{known, unknown_handlers};

/// The whole of an `overrides.toml`.
#[derive(Debug, Default)]
pub struct Overrides {
    file: String,
    edits: Vec<edit::Edit>,
    paginators: Vec<paginator::Paginator>,
    readonly: Vec<mark::Readonly>,
    sensitive: Vec<mark::Sensitive>,
    additions: Vec<addition::Addition>,
}

impl Overrides {
    /// Reads the text of an `overrides.toml`, which messages call `file`.
    ///
    /// # Errors
    /// What is not TOML, and every entry that is not of the format, by its place and line.
    pub fn parse(file: &str, text: &str) -> Result<Self, Diagnostics> {
        let json: Json = toml::from_str(text).map_err(|error| unreadable(file, text, &error))?;
        let mut reader = Reader::new(file);
        let read = reader.fields(&Node::root(&json), |fields| Self {
            file: file.to_owned(),
            edits: fields.list("edit", edit::Edit::read),
            paginators: fields.list("paginator", paginator::Paginator::read),
            readonly: fields.list("readonly", mark::Readonly::read),
            sensitive: fields.list("sensitive", mark::Sensitive::read),
            additions: addition::Addition::read_all(fields),
        });
        reader.finish(read).map_err(|mut problems| {
            problems.map_paths(|path| with_line(text, path));
            problems
        })
    }

    /// Edits a parsed `service-2.json` and a parsed `paginators-1.json` (`null` where the service has none and none is added).
    ///
    /// # Errors
    /// Every entry that does not apply, by the name of the file and of the entry: its place is missing, upstream already has
    /// what it sets or lacks what it removes, the operation has a paginator upstream, or a member that it names is not there
    /// or not of a fitting type. The models are then half edited and of no further use.
    pub fn edit(&self, model: &mut Json, paginators: &mut Json) -> Result<(), Diagnostics> {
        let mut problems = Diagnostics::default();
        let mut note = |entry: String, messages: Vec<String>| {
            messages.into_iter().for_each(|message| problems.push(&self.file, entry.as_str(), message));
        };
        for edit in &self.edits {
            note(format!("edit {}", edit.at), edit.apply(model));
        }
        for mark in &self.readonly {
            for operation in &mark.operations {
                note(format!("readonly {operation}"), mark::mark_readonly(model, operation));
            }
        }
        for mark in &self.sensitive {
            for place in &mark.at {
                note(format!("sensitive {place}"), mark::mark_sensitive(model, place));
            }
        }
        for paginator in &self.paginators {
            note(format!("paginator {}", paginator.operation), paginator.apply(model, paginators));
        }
        problems.into_result(())
    }

    /// Adds to a model that was read what no model can say.
    ///
    /// # Errors
    /// Every entry that does not apply, by the name of the file and of the entry.
    pub(crate) fn add(&self, model: &mut ServiceModel) -> Result<(), Diagnostics> {
        let mut problems = Diagnostics::default();
        for addition in &self.additions {
            for message in addition.apply(model) {
                problems.push(&self.file, addition.entry(), message);
            }
        }
        problems.into_result(())
    }
}

/// Reads the text of an `overrides.toml` and edits parsed models with it: [`Overrides::parse`] and [`Overrides::edit`].
///
/// # Errors
/// Those of both.
pub fn apply(file: &str, overrides: &str, model: &mut Json, paginators: &mut Json) -> Result<(), Diagnostics> {
    Overrides::parse(file, overrides)?.edit(model, paginators)
}

/// Why an entry exists. Everyone has to say so.
fn reason(fields: &mut Fields<'_, '_>) -> String {
    fields.required("reason", |reader, node| {
        let reason = reader.text(node);
        if reason.trim().is_empty() && node.value.as_str().is_some() {
            reader.problem(node.path, "the reason is empty: say what upstream gets wrong");
        }
        reason
    })
}

/// A list that must name something.
fn names(fields: &mut Fields<'_, '_>, key: &'static str) -> Vec<String> {
    fields.required(key, |reader, node| {
        let names = reader.texts(node);
        if matches!(node.value, Json::Array(elements) if elements.is_empty()) {
            reader.problem(node.path, "the list is empty: the entry does nothing");
        }
        names
    })
}

/// What is wrong with a file that is no TOML, with the number of the line.
fn unreadable(file: &str, text: &str, error: &toml::de::Error) -> Diagnostic {
    let place = error.span().map_or_else(String::new, |span| {
        let before = text.as_bytes().iter().take(span.start);
        format!("line {}", 1 + before.filter(|byte| **byte == b'\n').count())
    });
    // The parser's words are TOML's own: "unclosed string", "duplicate key".
    Diagnostic::new(file, place, format!("this is no TOML: {}", error.message().lines().next().unwrap_or_default()))
}

/// A path with the line of the entry that it leads into: `edit[2].reason (line 31)`.
fn with_line(text: &str, path: &str) -> String {
    let entry = path.split_once('[').and_then(|(name, rest)| Some((name, rest.split_once(']')?.0.parse().ok()?)));
    let line = entry.and_then(|(name, index): (&str, usize)| {
        let head = format!("[[{name}]]");
        let lines = text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with(&head));
        lines.map(|(line, _)| line + 1).nth(index)
    });
    line.map_or_else(|| path.to_owned(), |line| format!("{path} (line {line})"))
}
