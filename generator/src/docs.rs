//! The documentation stage: the rustdoc of every item of a plan, written from the facts of the model.
//!
//! AWS's sentences are not part of the models that are checked in. Where a model was read with them, they follow the facts as
//! Markdown, and names of the model in them lead to the items that they became.

mod example;
mod facts;
mod html;
mod links;
mod occurrences;
mod roles;
mod sentence;
mod tokens;
mod writer;

use std::collections::{BTreeMap, BTreeSet};

use self::occurrences::Occurrences;
use self::roles::Roles;
use self::writer::Writer;
use crate::model::ServiceModel;
use crate::names::Ident;
use crate::plan::{Docs, ItemKind, Response, Service, Structure};

/// Documents every item of a plan.
pub(crate) fn document(plan: &mut Service, model: &ServiceModel) {
    let writer = Writer {
        model,
        reference: facts::reference(&model.metadata),
        paths: links::paths(plan),
        occurrences: Occurrences::of(plan, model),
    };
    let roles = Roles::of(plan);
    plan.docs = facts::service(model);
    writer.upstream(&mut plan.docs, model.documentation.as_deref());
    let mut sentences = sentences(model);
    for operation in &mut plan.operations {
        let definition = &model.operations[&*operation.name];
        operation.docs = facts::operation(&writer, operation, definition, sentences.remove(&*operation.name));
        writer.upstream(&mut operation.docs, definition.documentation.as_deref());
        let module = plan.module.as_deref();
        let (input, output) = (roles::end("Input", module, operation), roles::end("Output", module, operation));
        match operation.request.shape {
            Some(_) => {
                writer.structure(&mut operation.request, &input, &facts::of_pages_request(operation.paginator.as_ref()))
            }
            None => operation.request.docs = Docs::new(format!("{input}, which has no members.")),
        }
        if let Response::Own(response) = &mut operation.response {
            writer.structure(response, &output, &facts::of_pages_response(operation.paginator.as_ref()));
        }
        operation.example = example::of(operation, &plan.items);
    }
    for item in &mut plan.items {
        let role = format!("{} ([AWS API reference]({}{}))", roles.shared(&item.ident), writer.reference, item.shape);
        match &mut item.kind {
            ItemKind::Structure(structure) | ItemKind::Union(structure) => {
                writer.structure(structure, &role, &Notes::new())
            }
            ItemKind::Enumeration(enumeration) => {
                let shape = &model.shapes[&*enumeration.shape];
                enumeration.docs = facts::ty(&role, shape);
                writer.upstream(&mut enumeration.docs, shape.documentation.as_deref());
            }
        }
    }
}

/// The sentences of all operations whose names make one.
fn sentences(model: &ServiceModel) -> BTreeMap<String, String> {
    let names: BTreeSet<&str> = model.operations.keys().map(|name| &**name).collect();
    names.iter().filter_map(|name| Some(((*name).to_owned(), sentence::sentence(name, &names)?))).collect()
}

/// What else is known of some fields of a structure.
type Notes = BTreeMap<Ident, &'static str>;

impl Writer<'_> {
    fn structure(&self, structure: &mut Structure, role: &str, notes: &Notes) {
        let Some(name) = &structure.shape else { return };
        let shape = &self.model.shapes[&**name];
        structure.docs = facts::ty(role, shape);
        self.upstream(&mut structure.docs, shape.documentation.as_deref());
        for field in &mut structure.fields {
            let member = &shape.members[&*field.member];
            let required = shape.required.iter().any(|required| **required == *field.member);
            field.docs =
                facts::field(self, &structure.ident, field, member, required, notes.get(&field.ident).copied());
            self.upstream(&mut field.docs, member.documentation.as_deref());
        }
    }

    /// Adds upstream's own text, where the model was read with it.
    fn upstream(&self, docs: &mut Docs, documentation: Option<&str>) {
        let link = |name: &str| self.paths.get(name).cloned();
        let text = documentation.map(|html| html::markdown(html, &link)).filter(|text| !text.trim().is_empty());
        if let Some(text) = text {
            docs.add_lines(text.lines().map(|line| line.chars().flat_map(crate::text::printable).collect()));
        }
    }
}
