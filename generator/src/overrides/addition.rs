//! `[[header]]`, `[[checksum]]` and `[[form]]`: what a service wants of its requests and no model can say.

use super::entry::{names, reason};
use crate::json::{Fields, Node, Reader};
use crate::model::{Operation, ServiceModel};
use crate::names::LONGEST;

/// One entry.
#[derive(Debug)]
pub(super) struct Addition {
    what: AdditionKind,
    /// All operations of the service where there are none.
    operations: Option<Vec<String>>,
    /// Whether operations may be missing from the model, as from a part of one.
    lenient: bool,
    reason: String,
}

#[derive(Debug)]
enum AdditionKind {
    Header(String, String),
    TreeHash,
    Form,
}

impl Addition {
    /// Reads all entries of these kinds.
    pub fn read_all(fields: &mut Fields<'_, '_>) -> Vec<Self> {
        let headers = fields.list("header", |reader, node| {
            reader.fields(node, |fields| {
                let header =
                    AdditionKind::Header(fields.required("name", header_name), fields.required("value", header_value));
                let operations = fields.get("operations").is_some().then(|| names(fields, "operations"));
                Some(Self::new(header, operations, reason(fields)))
            })
        });
        let checksums = fields.list("checksum", |reader, node| {
            reader.fields(node, |fields| {
                fields.required("algorithm", |reader, node| reader.one_of(node, &[("sha256-tree", ())]));
                Some(Self::new(AdditionKind::TreeHash, Some(names(fields, "operations")), reason(fields)))
            })
        });
        let forms = fields.list("form", |reader, node| {
            reader.fields(node, |fields| {
                Some(Self::new(AdditionKind::Form, Some(names(fields, "operations")), reason(fields)))
            })
        });
        [headers, checksums, forms].into_iter().flatten().flatten().collect()
    }

    fn new(what: AdditionKind, operations: Option<Vec<String>>, reason: String) -> Self {
        Self { what, operations, lenient: false, reason }
    }

    /// Lets the entry stand where the model lacks operations that it names.
    pub fn make_lenient(&mut self) {
        self.lenient = true;
    }

    /// The entry, as messages call it.
    pub fn entry(&self) -> String {
        match &self.what {
            AdditionKind::Header(name, _) => format!("header {name}"),
            AdditionKind::TreeHash => "checksum sha256-tree".to_owned(),
            AdditionKind::Form => "form".to_owned(),
        }
    }

    /// The entry in one line: what is added, to what, and why.
    pub fn describe(&self) -> String {
        let to = self.operations.as_ref().map_or("all operations".to_owned(), |names| names.join(", "));
        let what = match &self.what {
            AdditionKind::Header(name, value) => format!("the header `{name}: {value}`"),
            AdditionKind::TreeHash => "the SHA-256 of the body and of the tree of its parts".to_owned(),
            AdditionKind::Form => "the query as a form".to_owned(),
        };
        format!("{what} on {to}: {}", self.reason)
    }

    /// Adds to the operations; returns what stood in the way.
    pub fn apply(&self, model: &mut ServiceModel) -> Vec<String> {
        let names = match &self.operations {
            Some(names) => names.clone(),
            None => model.operations.keys().cloned().collect(),
        };
        let mut problems = Vec::new();
        for name in names {
            match model.operations.get_mut(&name) {
                Some(operation) => problems.extend(self.apply_to(&name, operation)),
                None if self.lenient => {}
                None => problems.push(format!("the model has no operation `{name}`: delete it from the entry")),
            }
        }
        problems
    }

    fn apply_to(&self, name: &str, operation: &mut Operation) -> Option<String> {
        let method = operation.http.method.as_str();
        let additions = &mut operation.additions;
        match &self.what {
            AdditionKind::Header(header, _)
                if additions.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(header)) =>
            {
                return Some(format!("the requests of `{name}` have this header already: delete one of the entries"));
            }
            AdditionKind::Header(header, value) => additions.headers.push((header.to_ascii_lowercase(), value.clone())),
            AdditionKind::TreeHash => additions.tree_hash = true,
            AdditionKind::Form if method != "GET" => {
                return Some(format!("`{name}` is sent by {method}: only the query of a GET can be sent as a form"));
            }
            AdditionKind::Form => additions.form = true,
        }
        None
    }
}

fn header_name(reader: &mut Reader<'_>, node: &Node<'_>) -> String {
    let name = reader.text(node);
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if node.value.as_str().is_some() && (name.is_empty() || name.len() > LONGEST || !name.chars().all(token)) {
        reader.problem(node.path, format!("{name:?} cannot be the name of a header"));
    }
    name
}

fn header_value(reader: &mut Reader<'_>, node: &Node<'_>) -> String {
    let value = reader.text(node);
    if !value.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
        reader.problem(node.path, "the value of a header must consist of visible ASCII characters");
    }
    value
}
