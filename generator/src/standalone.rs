//! Takes the plan of a crate's first service; gives the texts that complete a crate: documentation, manifest, example.

use std::collections::BTreeMap;

use crate::docs::printable;
use crate::plan::{Operation, Service, Type};
use crate::{Files, Inputs};

/// The documentation of `lib.rs`.
pub(crate) fn head(inputs: &Inputs, service: &Service) -> String {
    inputs.templates.get("crate/lib.md").map(|text| fill(text, &words(inputs, service))).unwrap_or_default()
}

/// Every file of the crate that is not source.
pub(crate) fn files(inputs: &Inputs, service: &Service) -> Files {
    let words = words(inputs, service);
    let texts = inputs.templates.iter().filter_map(|(path, text)| Some((path.strip_prefix("crate/")?, text)));
    texts.filter(|(path, _)| *path != "lib.md").map(|(path, text)| (path.to_owned(), fill(text, &words))).collect()
}

/// What stands between double braces in a template.
fn words(inputs: &Inputs, service: &Service) -> BTreeMap<&'static str, String> {
    let selection = match inputs.operations.len() {
        0 => String::new(),
        _ => format!(", for the operations {} and what they reach", inputs.operations.join(", ")),
    };
    // The full name is the model's to choose: only what reads as a name is let into a manifest or a document.
    let plain = |c: &char| c.is_ascii_alphanumeric() || " -.()".contains(*c);
    BTreeMap::from([
        ("package", inputs.crate_name.clone()),
        ("crate", inputs.crate_name.replace('-', "_")),
        ("marker", service.ident.clone()),
        ("service", service.full_name.chars().filter(plain).collect()),
        ("version", service.api_version.clone()),
        ("folder", service.folder.chars().flat_map(printable).collect()),
        ("selection", selection),
        ("example", example(service)),
        ("example inside", example(service).replace('\n', "\n    ")),
    ])
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
