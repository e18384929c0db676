//! Takes a plan; gives, for each public item, the places of the model that it came from, the nearest first.

use std::collections::BTreeMap;

use crate::model::ServiceModel;
use crate::plan::{Field, ItemKind, Response, Service, Structure};

/// Places by the path of an item, as the surface names it.
pub(super) type Places = BTreeMap<String, Vec<String>>;

/// The places of everything in a plan.
pub(super) fn of(plan: &Service, model: &ServiceModel) -> Places {
    let prefix = plan.module.as_ref().map(|module| format!("{module}::")).unwrap_or_default();
    let mut finder = Finder { model, prefix, places: Places::new() };
    for operation in &plan.operations {
        let place = vec![format!("operations.{}", operation.name)];
        let module = format!("operation::{}", operation.module);
        finder.add(module.clone(), place.clone());
        finder.add(format!("Client::{}", operation.method_name), place.clone());
        let request = &operation.request;
        let (call, paging) = (format!("{module}::{}", operation.call), format!("pagination.{}", operation.name));
        finder.add(call.clone(), [demanded(request), place.clone()].concat());
        let path = format!("{module}::{}", request.ident);
        finder.add(format!("{path} impl runtime::Paginated"), [vec![paging], place.clone()].concat());
        finder.add(format!("{path} impl runtime::Operation"), place.clone());
        finder.structure(&path, Some(&call), request);
        if operation.request.shape.is_none() {
            finder.add(path, place);
        }
        if let Response::Own(response) = &operation.response {
            finder.structure(&format!("{module}::{}", response.ident), None, response);
        }
    }
    for item in &plan.items {
        let path = format!("types::{}", item.ident);
        match &item.kind {
            ItemKind::Structure(structure) | ItemKind::Union(structure) => {
                let builder = structure.builder.as_ref().map(|builder| format!("types::{builder}"));
                finder.structure(&path, builder.as_deref(), structure);
            }
            ItemKind::Enumeration(enumeration) => {
                let at = format!("shapes.{}", item.shape);
                for variant in &enumeration.variants {
                    let place = format!("{at}.enum.{}", variant.value);
                    finder.add(format!("{path}::{}", variant.ident), vec![place, at.clone()]);
                }
                finder.add(path, vec![at]);
            }
        }
    }
    for exception in &plan.exceptions {
        finder.add(format!("error::Exception::{}", exception.ident), vec![format!("shapes.{}", exception.shape)]);
    }
    finder.places
}

/// The members that a builder demands: its parameters follow from them.
fn demanded(structure: &Structure) -> Vec<String> {
    let mut places: Vec<String> = structure.required().map(|field| at(structure, field)).collect();
    places.push(shape_of(structure));
    places
}

fn at(structure: &Structure, field: &Field) -> String {
    format!("{}.members.{}", shape_of(structure), field.member)
}

fn shape_of(structure: &Structure) -> String {
    format!("shapes.{}", structure.shape.as_deref().unwrap_or(&structure.ident))
}

struct Finder<'a> {
    model: &'a ServiceModel,
    prefix: String,
    places: Places,
}

impl Finder<'_> {
    /// Adds places to those of an item. Its path is without the module of the service.
    fn add(&mut self, path: String, places: Vec<String>) {
        self.places.entry(format!("{}{path}", self.prefix)).or_default().extend(places);
    }

    fn structure(&mut self, path: &str, builder: Option<&str>, structure: &Structure) {
        let shape = vec![shape_of(structure)];
        for field in &structure.fields {
            let places = self.field(structure, field);
            // A field of a structure, or a variant of a union.
            self.add(format!("{path}.{}", field.ident), places.clone());
            self.add(format!("{path}::{}", field.ident), places.clone());
            if let Some(builder) = builder {
                self.add(format!("{builder}::{}", field.setter), places.clone());
            }
            if field.is_required() {
                self.add(format!("inputs::{}", field.setter), places);
            }
        }
        if let Some(builder) = builder.filter(|builder| builder.starts_with("types::")) {
            self.add(builder.to_owned(), demanded(structure));
            self.add(format!("{path}::builder"), shape.clone());
        }
        self.add(path.to_owned(), shape);
    }

    /// The member, then the shapes that its type is made of.
    fn field(&self, structure: &Structure, field: &Field) -> Vec<String> {
        let mut places = vec![at(structure, field)];
        let member =
            structure.shape.as_ref().and_then(|shape| self.model.shapes.get(&**shape)?.members.get(&*field.member));
        let mut next: Vec<&str> = member.map(|member| member.shape.as_str()).into_iter().collect();
        while let Some(name) = next.pop() {
            places.push(format!("shapes.{name}"));
            // Lists and maps end, as resolving has seen to.
            if let Some(shape) = self.model.shapes.get(name).filter(|shape| !shape.is_item()) {
                next.extend(shape.key.as_ref().map(|key| key.shape.as_str()));
                next.extend(shape.element());
            }
        }
        places
    }
}
