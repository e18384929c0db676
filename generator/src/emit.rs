//! The printers of a plan: one module per kind of item, one function per item. [`Output`] lists the files that there are.
//! Nothing is decided here.

mod areas;
mod builder;
mod enumeration;
mod events;
mod example;
mod exception;
mod operation;
mod package;
mod registry;
mod root;
mod sdk;
mod service_model;
mod structure;
mod tokens;
mod types;
mod waiters;

use crate::endpoint::{Partitions, Rules};
use crate::names::record_path;
use crate::plan::{Item, ItemKind, Operation, Service};
use crate::planned::{Crate, Planned};
use crate::render::{File, SourceFile};
use crate::resources::{self, Facts};

use tokens::{Imports, Scope};

/// One file of the emitted crate.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Output<'a> {
    /// `src/lib.rs`: the client of the crate's root, and what all services share.
    Library(&'a Crate<'a>, &'a Service),
    /// `src/SERVICE.rs`: the client of another service, and whether it has a stand-in.
    Module(&'a Service, bool),
    /// `src/partitions.rs`.
    Partitions(&'a Partitions),
    /// `endpoint.rs`: the compiled endpoint rule set.
    Endpoint(&'a Service, &'a Rules),
    /// `error.rs`: the exceptions by code.
    Exceptions(&'a Service),
    /// `areas.rs`: the operations of areas that are off.
    Areas(&'a Crate<'a>, &'a Service),
    /// `inputs.rs`: the markers of required inputs.
    Inputs(&'a Service),
    /// `operation.rs`: the list of operations.
    Operations(&'a Service),
    /// `operation/OPERATION.rs`: method, request, response and call.
    Operation(&'a Service, &'a Operation),
    /// `builders.rs`: builders of structures, and their methods in the form of the AWS SDK for Rust.
    Builders(&'a Service),
    /// `sdk_compat.rs`: the client in the form of the AWS SDK for Rust.
    SdkCompat(&'a Service),
    /// `types.rs`: the list of shared shapes.
    Types(&'a Service),
    /// `types/error.rs`: the list of exceptions.
    Errors(&'a Service),
    /// `types/SHAPE.rs`: a shared shape.
    Type(&'a Service, &'a Item),
    /// `waiters.rs`: the waiters.
    Waiters(&'a Service),
    /// `resources.json`: what the stand-in knows of the service's resources.
    Resources(&'a Service, &'a Facts),
    /// `resources.md`: how the stand-in answers each operation.
    ResourcesDocumentation(&'a Service, &'a Facts),
    /// `model.txt`: the service model as the runtime's `testing` room reads it.
    ServiceModel(&'a Planned),
    /// `src/bin/SERVICE-stand-in.rs`: the program of the stand-in of the crate's root.
    Program(&'a Crate<'a>, &'a Service),
    /// `names.toml`: the record of Rust names for a later generation.
    Names(&'a Service),
    /// A source that is copied, by its path and text under `templates/`: the runtime, and the modules that show what is public
    /// of it.
    Copy(&'a str, &'a str),
    /// A file that completes a standalone crate, by its path and text under `templates/crate/`.
    Package(&'a Crate<'a>, &'a str, &'a str),
    /// `src/rustfmt.toml`.
    Layout,
}

/// All files of a crate.
pub(crate) fn outputs<'a>(planned: &'a Crate<'a>) -> Vec<Output<'a>> {
    let mut outputs = vec![Output::Layout];
    if planned.services.iter().any(|planned| planned.rules.use_partitions()) {
        outputs.push(Output::Partitions(&planned.partitions));
    }
    for planned in &planned.services {
        outputs.push(Output::ServiceModel(planned));
    }
    outputs.extend(planned.stand_in().map(|root| Output::Program(planned, &root.service)));
    for Planned { service, rules, resources, .. } in &planned.services {
        outputs.extend(items(service));
        outputs.extend(resources.as_ref().map(|facts| Output::Resources(service, facts)));
        outputs.extend(resources.as_ref().map(|facts| Output::ResourcesDocumentation(service, facts)));
        outputs.push(Output::Endpoint(service, rules));
        outputs.push(Output::Names(service));
        outputs.push(Output::Builders(service));
        outputs.push(Output::SdkCompat(service));
        outputs.extend((!service.waiters.is_empty()).then_some(Output::Waiters(service)));
        outputs.extend(service.has_areas().then_some(Output::Areas(planned, service)));
        outputs.push(match service.module {
            Some(_) => Output::Module(service, resources.is_some()),
            None => Output::Library(planned, service),
        });
    }
    outputs.extend(planned.inputs.templates.iter().filter_map(|(path, text)| match path.strip_prefix("crate/") {
        Some(path) if package::PARTS.contains(&path) => None,
        Some(path) => Some(Output::Package(planned, path, text)),
        None if package::is_of_waiters(path) && !planned.has_waiters() => None,
        None if path.starts_with(events::SOURCES) && !planned.has_events() => None,
        None => path.starts_with("src/").then_some(Output::Copy(path, text)),
    }));
    outputs
}

/// The files of a service's operations, shapes and exceptions.
pub(crate) fn items(service: &Service) -> Vec<Output<'_>> {
    let operations = service.operations.iter().map(|operation| Output::Operation(service, operation));
    let types = service.items.iter().map(|item| Output::Type(service, item));
    let lists =
        [Output::Operations(service), Output::Types(service), Output::Inputs(service), Output::Exceptions(service)];
    let errors = service.items.iter().any(|item| item.exception).then_some(Output::Errors(service));
    operations.chain(types).chain(lists).chain(errors).collect()
}

impl Output<'_> {
    /// Prints the file.
    pub fn print(self) -> File {
        match self {
            Self::Library(planned, service) => root::library(planned, service).into(),
            Self::Module(service, has_resources) => root::module(service, has_resources).into(),
            Self::Partitions(partitions) => root::partitions(partitions).into(),
            Self::Endpoint(service, rules) => root::endpoint(&Scope::new(service), rules).into(),
            Self::Exceptions(service) => exception::file(&Scope::new(service)).into(),
            Self::Areas(planned, service) => areas::file(&Scope::new(service), &planned.inputs.crate_name).into(),
            Self::Inputs(service) => registry::inputs(&Scope::new(service)).into(),
            Self::Operations(service) => registry::operations(&Scope::new(service)).into(),
            Self::Operation(service, operation) => operation::file(&Scope::new(service), operation).into(),
            Self::Builders(service) => sdk::builders(&Scope::new(service)).into(),
            Self::SdkCompat(service) => sdk::compat(&Scope::new(service)).into(),
            Self::Types(service) => registry::types(&Scope::new(service)).into(),
            Self::Errors(service) => registry::errors(&Scope::new(service)).into(),
            Self::Type(service, item) => type_file(&Scope::new(service), item).into(),
            Self::Waiters(service) => waiters::file(&Scope::new(service)).into(),
            Self::Resources(service, facts) => {
                File::Text(Scope::new(service).path("resources.json"), resources::text(facts))
            }
            Self::ResourcesDocumentation(service, facts) => {
                File::Text(Scope::new(service).path("resources.md"), resources::documentation(facts))
            }
            Self::ServiceModel(planned) => service_model::file(planned),
            Self::Program(planned, service) => package::program(planned, service),
            Self::Names(service) => File::Text(record_path(service.module.as_deref()), service.record.text()),
            Self::Copy(path, text) => package::copy(path, text),
            Self::Package(planned, path, text) => package::file(planned, path, text),
            Self::Layout => package::layout(),
        }
    }
}

fn type_file(scope: &Scope<'_>, item: &Item) -> SourceFile {
    let mut imports = Imports::default();
    let items = match &item.kind {
        ItemKind::Structure(structure) => {
            structure::imports(structure, &mut imports);
            structure::items(structure)
        }
        ItemKind::Union(union) => {
            structure::imports_of_union(union, &mut imports);
            structure::union(union).into_iter().chain(events::table(scope, union)).collect()
        }
        ItemKind::Enumeration(enumeration) => enumeration::items(enumeration),
    };
    SourceFile {
        path: scope.path(&format!("{}/{}.rs", if item.exception { "types/error" } else { "types" }, item.module)),
        source: scope.source(&format!("shapes.{}", item.shape)),
        docs: Vec::new(),
        attributes: Vec::new(),
        uses: imports.print(scope),
        items,
    }
}
