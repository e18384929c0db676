//! Takes the traits of an item; gives its rustdoc, one line each. Only facts: AWS's sentences are not part of the model
//! that is checked in. Where a model was read with them, they follow the facts.

mod html;
pub(crate) mod overlay;
mod tokens;

use crate::model::{Member, Metadata, Operation, ServiceModel, Shape, ShapeType};
use crate::plan::Location;

/// Where AWS's pages on a service are; a name appended leads to the page on an operation or a shape.
pub(crate) fn reference(metadata: &Metadata) -> String {
    let uid = metadata.uid.clone().unwrap_or_else(|| format!("{}-{}", metadata.endpoint_prefix, metadata.api_version));
    format!("https://docs.aws.amazon.com/goto/WebAPI/{}/", uid.replace(' ', "%20"))
}

/// Adds a paragraph.
pub(crate) fn add(lines: &mut Vec<String>, paragraph: impl Into<String>) {
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push(paragraph.into());
}

/// Text of the model as a code span: no backtick, line end or control character of it can end the span or the comment.
pub(crate) fn code(text: &str) -> String {
    const LONGEST: usize = 300;
    let shown: String = text.chars().take(LONGEST).flat_map(printable).collect();
    let shown = if text.chars().nth(LONGEST).is_some() { format!("{shown}…") } else { shown };
    let longest_run = shown.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest_run + 1);
    let pad = if shown.starts_with('`') || shown.ends_with('`') || shown.is_empty() { " " } else { "" };
    format!("{fence}{pad}{shown}{pad}{fence}")
}

/// A character of the model as it is shown: one that cannot be seen is shown by its number.
pub(crate) fn printable(c: char) -> Vec<char> {
    // Bidirectional controls could make a reviewer read another text than the compiler does.
    let hidden = c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    if hidden { c.escape_unicode().collect() } else { vec![c] }
}

/// The head of the crate or module of a service.
pub(crate) fn service(model: &ServiceModel) -> Vec<String> {
    let metadata = &model.metadata;
    let name = &metadata.service_full_name;
    let mut lines = vec![format!("{}, version {} of the API.", code(name), metadata.api_version)];
    upstream(&mut lines, model.documentation.as_deref());
    lines
}

/// An operation.
pub(crate) fn operation(model: &ServiceModel, name: &str, operation: &Operation, reference: &str) -> Vec<String> {
    let mut lines = vec![format!(
        "{}: {}.",
        code(name),
        code(&format!("{} {}", operation.http.method, operation.http.request_uri))
    )];
    if operation.readonly {
        add(&mut lines, "Reads only.");
    }
    if operation.idempotent {
        add(&mut lines, "Idempotent: repeating a call changes nothing.");
    }
    let token = |shape: &Shape| {
        let mut members = shape.members.iter();
        members.find(|(_, member)| member.idempotency_token).map(|(name, _)| name.clone())
    };
    if let Some(token) = operation.input.as_ref().and_then(|input| token(&model.shapes[&input.shape])) {
        add(&mut lines, format!("Carries an idempotency token, {}: a random one where it is left out.", code(&token)));
    }
    if !operation.errors.is_empty() {
        add(&mut lines, "# Errors");
        let known = operation.errors.iter().map(|error| {
            let status = model.shapes[&error.shape].error.as_ref().and_then(|error| error.http_status_code);
            let status = status.map(|status| format!(" ({status})")).unwrap_or_default();
            format!("{}{status}", code(&error.shape))
        });
        let known: Vec<_> = known.collect();
        add(&mut lines, format!("Those of every call, and {}.", known.join(", ")));
    }
    add(&mut lines, format!("[AWS API reference]({reference}{name})"));
    upstream(&mut lines, operation.documentation.as_deref());
    lines
}

/// A structure, a union or an exception.
pub(crate) fn structure(name: &str, shape: &Shape, reference: &str) -> Vec<String> {
    let kind = if shape.exception {
        "exception"
    } else if shape.union {
        "union"
    } else {
        "structure"
    };
    let mut lines = vec![format!("The {} {kind} ([AWS API reference]({reference}{name})).", code(name))];
    if let Some(status) = shape.error.as_ref().and_then(|error| error.http_status_code) {
        add(&mut lines, format!("Answered with HTTP status {status}."));
    }
    if let Some(retryable) = shape.retryable {
        let how = if retryable.throttling { "as throttling" } else { "as a passing fault" };
        add(&mut lines, format!("Retried {how}."));
    }
    if shape.union {
        add(&mut lines, "Exactly one of its members is set.");
    }
    if shape.sensitive {
        add(&mut lines, "Sensitive: `Debug` does not show it.");
    }
    upstream(&mut lines, shape.documentation.as_deref());
    lines
}

/// An enumeration.
pub(crate) fn enumeration(name: &str, shape: &Shape, reference: &str) -> Vec<String> {
    let mut lines = vec![format!("The {} enumeration ([AWS API reference]({reference}{name})).", code(name))];
    if shape.sensitive {
        add(&mut lines, "Sensitive: `Debug` does not show it.");
    }
    upstream(&mut lines, shape.documentation.as_deref());
    lines
}

/// A member: its name, where it is bound, and its constraints.
pub(crate) fn field(
    model: &ServiceModel,
    name: &str,
    member: &Member,
    location: Location,
    required: bool,
) -> Vec<String> {
    let wire = member.location_name.as_deref().unwrap_or(name);
    let place = match location {
        Location::Body if wire == name => String::new(),
        Location::Body => format!(", {} in the body", code(wire)),
        Location::Payload => ", the whole body".to_owned(),
        Location::Label => format!(", in the path as {}", code(&format!("{{{wire}}}"))),
        Location::Query => format!(", in the query as {}", code(wire)),
        Location::QueryMap => ", keys and values of the query".to_owned(),
        Location::Header => format!(", in the header {}", code(wire)),
        Location::PrefixHeaders => format!(", in the headers {}", code(&format!("{wire}*"))),
        Location::Status => ", the HTTP status".to_owned(),
    };
    let mut facts = vec![format!("{}{place}.", code(name))];
    if required {
        facts.push("Required.".to_owned());
    }
    if member.idempotency_token {
        facts.push("The idempotency token.".to_owned());
    }
    let mut shape = &model.shapes[&member.shape];
    facts.extend(constraints(shape, "").map(|facts| facts + "."));
    while let Some(inner) = shape.element() {
        shape = &model.shapes[inner];
        facts.extend(constraints(shape, "each ").map(|facts| facts + "."));
    }
    if let Some(values) = &member.values {
        let values: Vec<_> = values.iter().map(|value| code(value)).collect();
        facts.push(format!("One of {}.", values.join(", ")));
    }
    let mut lines = vec![facts.join(" ")];
    upstream(&mut lines, member.documentation.as_deref());
    lines
}

/// The length or the range that a shape demands, and its pattern.
fn constraints(shape: &Shape, whose: &str) -> Option<String> {
    let unit = match shape.kind {
        ShapeType::String => " characters",
        ShapeType::Blob => " bytes",
        ShapeType::List => " elements",
        ShapeType::Map => " entries",
        _ => "",
    };
    let range = match (&shape.min, &shape.max) {
        (Some(min), Some(max)) if min == max => Some(format!("{min}{unit}")),
        (Some(min), Some(max)) => Some(format!("{min} to {max}{unit}")),
        (Some(min), None) => Some(format!("at least {min}{unit}")),
        (None, Some(max)) => Some(format!("at most {max}{unit}")),
        (None, None) => None,
    };
    let pattern = shape.pattern.as_ref().map(|pattern| format!("pattern {}", code(pattern)));
    let facts: Vec<String> = range.into_iter().chain(pattern).collect();
    let text = (!facts.is_empty()).then(|| format!("{whose}{}", facts.join(", ")))?;
    let mut chars = text.chars();
    let first = chars.next()?;
    Some(first.to_uppercase().chain(chars).collect())
}

/// Upstream's own text, where the model was read with it.
fn upstream(lines: &mut Vec<String>, documentation: Option<&str>) {
    if let Some(text) = documentation.filter(|text| !text.trim().is_empty()) {
        lines.push(String::new());
        lines.extend(text.lines().map(|line| line.chars().flat_map(printable).collect()));
    }
}
