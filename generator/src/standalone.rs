//! Takes the plans of a crate's services; gives the texts that complete a crate: documentation, manifest, example.

use std::collections::BTreeMap;

use crate::docs::printable;
use crate::plan::{Operation, Service, Type};
use crate::{Files, Inputs};

/// The documentation of `lib.rs`.
pub(crate) fn head(inputs: &Inputs, root: &Service, siblings: &[Service]) -> String {
    inputs.templates.get("crate/lib.md").map(|text| fill(text, &words(inputs, root, siblings))).unwrap_or_default()
}

/// Every file of the crate that is not source.
pub(crate) fn files(inputs: &Inputs, root: &Service, siblings: &[Service]) -> Files {
    let words = words(inputs, root, siblings);
    let texts = inputs.templates.iter().filter_map(|(path, text)| Some((path.strip_prefix("crate/")?, text)));
    texts.filter(|(path, _)| *path != "lib.md").map(|(path, text)| (path.to_owned(), fill(text, &words))).collect()
}

/// What stands between double braces in a template.
fn words(inputs: &Inputs, service: &Service, siblings: &[Service]) -> BTreeMap<&'static str, String> {
    let selection = match inputs.operations.len() {
        0 => String::new(),
        _ => format!(", for the operations {} and what they reach", inputs.operations.join(", ")),
    };
    BTreeMap::from([
        ("package", inputs.crate_name.clone()),
        ("crate", inputs.crate_name.replace('-', "_")),
        ("marker", service.ident.clone()),
        ("service", full_name(service)),
        ("version", service.api_version.clone()),
        ("folder", service.folder.chars().flat_map(printable).collect()),
        ("selection", selection),
        ("modules", features(siblings)),
        ("siblings", list(siblings)),
        ("speakers", speakers(inputs, service, siblings)),
        ("example", example(service)),
        ("example inside", example(service).replace('\n', "\n    ")),
    ])
}

/// The full name is the model's to choose: only what reads as a name is let into a manifest or a document.
fn full_name(service: &Service) -> String {
    service.full_name.chars().filter(|c| c.is_ascii_alphanumeric() || " -.()".contains(*c)).collect()
}

/// The modules of the services beside the crate's root, by name.
fn modules(siblings: &[Service]) -> BTreeMap<&str, &Service> {
    siblings.iter().filter_map(|service| Some((service.module.as_deref()?, service))).collect()
}

/// The features of the manifest that let modules be compiled.
fn features(siblings: &[Service]) -> String {
    let features = modules(siblings).into_iter().map(|(module, service)| {
        // A line each, with what it brings: that is what a manifest is read for.
        format!("# The module `{module}`: {}.\n{module} = []\n", full_name(service))
    });
    features.collect()
}

/// The modules as the crate's documentation names them. No links: without its feature a module is not there.
fn list(siblings: &[Service]) -> String {
    let lines = modules(siblings).into_iter().map(|(module, service)| {
        format!("- `{module}`: {}, where the feature of that name is on.\n", full_name(service))
    });
    lines.collect()
}

/// What the example `wire` can be asked about: the root, and the modules that it was compiled with.
fn speakers(inputs: &Inputs, root: &Service, siblings: &[Service]) -> String {
    let speaker = |service: &Service| {
        format!("speaker::<{}>(operation::ALL, |name| operation::visit(name, Visit))", service.ident)
    };
    if siblings.is_empty() {
        return speaker(root);
    }
    let library = inputs.crate_name.replace('-', "_");
    let others = modules(siblings).into_iter().map(|(module, service)| {
        format!(
            "        #[cfg(feature = \"{module}\")]\n        {{\n            use {library}::{module}::{{{}, operation}};\n            \
             {}\n        }},\n",
            service.ident,
            speaker(service)
        )
    });
    format!("\n        {},\n{}    ", speaker(root), others.collect::<String>())
}

fn fill(text: &str, words: &BTreeMap<&str, String>) -> String {
    words.iter().fold(text.to_owned(), |text, (word, value)| text.replace(&format!("{{{{{word}}}}}"), value))
}

/// A call that a reader can follow: of an operation that only reads, and takes only texts.
fn example(service: &Service) -> String {
    let plain = |operation: &&Operation| {
        operation.request.fields.iter().filter(|field| field.required).all(|field| field.ty == Type::Text)
    };
    let operations = || service.operations.iter().filter(plain);
    let reads = |operation: &&Operation| operation.http_method == "GET" && operation.name.starts_with("Describe");
    let call = operations().find(reads).or_else(|| operations().next()).map(|operation| {
        let inputs = operation.request.fields.iter().filter(|field| field.required);
        let inputs: String = inputs.map(|field| format!(".{}(\"…\")", field.setter)).collect();
        format!("let answer = client.{}(){inputs}.send().await?;\nprintln!(\"{{answer:?}}\");", operation.method_name)
    });
    call.unwrap_or_else(|| "println!(\"{client:?}\");".to_owned())
}
