//! An `overrides.toml`: its entries, and their application to a model in two steps.

use super::addition::Addition;
use super::edit::Edit;
use super::mark::{Readonly, Sensitive, mark_readonly, mark_sensitive};
use super::paginator::Paginator;
use crate::diagnostic::Diagnostics;
use crate::json::{Json, Node, Reader, parse_toml};
use crate::model::ServiceModel;

/// The whole of an `overrides.toml`.
#[derive(Debug, Default)]
pub struct Overrides {
    file: String,
    edits: Vec<Edit>,
    paginators: Vec<Paginator>,
    readonly: Vec<Readonly>,
    sensitive: Vec<Sensitive>,
    additions: Vec<Addition>,
}

impl Overrides {
    /// Reads the text of an `overrides.toml`, which messages call `file`.
    ///
    /// # Errors
    /// Text that is not TOML, and every entry that is not of the format, by its place and line.
    pub fn parse(file: &str, text: &str) -> Result<Self, Diagnostics> {
        let json = parse_toml(file, text)?;
        let mut reader = Reader::new(file);
        let read = reader.fields(&Node::root(&json), |fields| Self {
            file: file.to_owned(),
            edits: fields.list("edit", Edit::read),
            paginators: fields.list("paginator", Paginator::read),
            readonly: fields.list("readonly", Readonly::read),
            sensitive: fields.list("sensitive", Sensitive::read),
            additions: Addition::read_all(fields),
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
                note(format!("readonly {operation}"), mark_readonly(model, operation));
            }
        }
        for mark in &self.sensitive {
            for place in &mark.at {
                note(format!("sensitive {place}"), mark_sensitive(model, place));
            }
        }
        for paginator in &self.paginators {
            note(format!("paginator {}", paginator.operation), paginator.apply(model, paginators));
        }
        problems.into_result(())
    }

    /// Lets additions stand whose operations the model lacks.
    pub(super) fn make_lenient(&mut self) {
        self.additions.iter_mut().for_each(Addition::make_lenient);
    }

    /// The additions to a model that is read, a line each with its reason.
    pub(super) fn additions(&self) -> Vec<String> {
        self.additions.iter().map(Addition::describe).collect()
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
