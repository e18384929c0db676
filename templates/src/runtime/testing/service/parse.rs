//! The reader of `model.txt`, which codegen writes: one line for each operation and shape, fields between tabs.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use super::model::{Kind, MemberModel, OperationModel, Paging, ServiceModel, ShapeId, ShapeModel};
use super::percent::{Text, unescaped};
use super::template::Routes;
use crate::runtime::shape::member::{Location, TimestampFormat};

/// A text that is no service model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    line: usize,
    message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(to, "the service model {}", self.message),
            line => write!(to, "line {line} of the service model {}", self.message),
        }
    }
}

impl std::error::Error for ParseError {}

/// One line: its number, its kind, the name in it, and the other fields.
struct Line {
    number: usize,
    kind: &'static str,
    name: Text,
    fields: &'static str,
}

impl Line {
    fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.fields.split('\t').filter(|field| !field.is_empty())
    }

    fn error<T>(&self, message: impl Into<String>) -> Result<T, ParseError> {
        Err(ParseError { line: self.number, message: message.into() })
    }
}

impl ServiceModel {
    /// Reads the text that codegen writes of a model: `ServiceInfo::model` of a service.
    ///
    /// # Errors
    /// A text that codegen did not write, with the line that is wrong.
    pub fn parse(text: &'static str) -> Result<Self, ParseError> {
        parse(text)
    }
}

fn parse(text: &'static str) -> Result<ServiceModel, ParseError> {
    let lines: Vec<Line> = lines(text).collect();
    let names = Names::new(&lines);
    let mut service = None;
    let mut operations = Vec::new();
    let mut shapes = Vec::with_capacity(names.0.len());
    for line in &lines {
        match line.kind {
            "service" => service = Some(line),
            "operation" => operations.push(operation(line, &names)?),
            _ => shapes.push(shape(line, &names)?),
        }
    }
    let Some(service) = service else {
        return Err(ParseError { line: 0, message: "has no line that names the service".to_owned() });
    };
    let mut facts = service.fields().map(unescaped);
    let (api_version, signing_name) = (facts.next().unwrap_or_default(), facts.next().unwrap_or_default());
    bind_query_maps(&mut shapes);
    operations.sort_by(|one, other| one.name.cmp(&other.name));
    let routes = Routes::new(operations.iter().map(|operation| (&operation.method, &operation.uri, operation.form)));
    let id = service.name.clone();
    Ok(ServiceModel { id, api_version, signing_name, operations, shapes, shape_names: names.0, routes })
}

fn lines(text: &'static str) -> impl Iterator<Item = Line> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(index, line)| {
        let (kind, rest) = line.split_once('\t').unwrap_or((line, ""));
        let (name, fields) = rest.split_once('\t').unwrap_or((rest, ""));
        Line { number: index + 1, kind, name: unescaped(name), fields }
    })
}

/// The shapes by name, with their places in the model.
struct Names(HashMap<Text, ShapeId>);

impl Names {
    fn new(lines: &[Line]) -> Self {
        let shapes = lines.iter().filter(|line| !matches!(line.kind, "service" | "operation"));
        Self(shapes.enumerate().map(|(place, line)| (line.name.clone(), ShapeId(place))).collect())
    }

    fn get(&self, line: &Line, name: &'static str) -> Result<ShapeId, ParseError> {
        let name = unescaped(name);
        match self.0.get(&name) {
            Some(id) => Ok(*id),
            None => line.error(format!("refers to the shape {name}, which has no line")),
        }
    }
}

/// A key and its value; a value that is not there is empty.
fn key_value(field: &'static str) -> (&'static str, &'static str) {
    field.split_once('=').unwrap_or((field, ""))
}

fn operation(line: &Line, names: &Names) -> Result<OperationModel, ParseError> {
    let mut fields = line.fields();
    let (Some(method), Some(uri)) = (fields.next(), fields.next()) else {
        return line.error("has no method and URI template");
    };
    let mut operation = OperationModel {
        name: line.name.clone(),
        method: unescaped(method),
        uri: unescaped(uri),
        input: None,
        output: None,
        status: 200,
        errors: Vec::new(),
        paging: None,
        readonly: false,
        idempotent: false,
        form: false,
        unsigned: false,
    };
    let (mut token, mut next, mut limit, mut items) = (None, None, None, Vec::new());
    for field in fields {
        let (key, value) = key_value(field);
        match key {
            "input" => operation.input = Some(names.get(line, value)?),
            "output" => operation.output = Some(names.get(line, value)?),
            "error" => operation.errors.push(names.get(line, value)?),
            "status" => operation.status = number(line, value)?,
            "token" => token = Some(unescaped(value)),
            "next" => next = Some(unescaped(value)),
            "items" => items.push(unescaped(value)),
            "limit" => limit = Some(unescaped(value)),
            "readonly" => operation.readonly = true,
            "idempotent" => operation.idempotent = true,
            "form" => operation.form = true,
            "unsigned" => operation.unsigned = true,
            _ => return line.error(format!("has the unknown field {key}")),
        }
    }
    operation.paging = token.zip(next).map(|(token, next)| Paging { token, next, items, limit });
    Ok(operation)
}

fn shape(line: &Line, names: &Names) -> Result<ShapeModel, ParseError> {
    let Some(kind) = kind(line.kind) else { return line.error(format!("has the unknown kind {}", line.kind)) };
    let mut shape = ShapeModel {
        name: line.name.clone(),
        kind,
        members: Vec::new(),
        key: None,
        element: None,
        min: None,
        max: None,
        pattern: None,
        compiled: OnceLock::new(),
        values: Vec::new(),
        sensitive: false,
        sparse: false,
        stream: false,
        retryable: false,
        timestamp: None,
        payload: None,
        status: 400,
        code: None,
    };
    for field in line.fields() {
        if let Some(words) = field.strip_prefix('.') {
            shape.members.push(member(line, names, words)?);
            continue;
        }
        let (key, value) = key_value(field);
        match key {
            "key" => shape.key = Some(names.get(line, value)?),
            "of" => shape.element = Some(names.get(line, value)?),
            "min" => shape.min = Some(number(line, value)?),
            "max" => shape.max = Some(number(line, value)?),
            "pattern" => shape.pattern = Some(unescaped(value)),
            "value" => shape.values.push(unescaped(value)),
            "time" => shape.timestamp = Some(timestamp(value)),
            "payload" => shape.payload = Some(unescaped(value)),
            "status" => shape.status = number(line, value)?,
            "code" => shape.code = Some(unescaped(value)),
            "sensitive" => shape.sensitive = true,
            "sparse" => shape.sparse = true,
            "stream" => shape.stream = true,
            "retryable" => shape.retryable = true,
            _ => return line.error(format!("has the unknown field {key}")),
        }
    }
    shape.members.sort_by(|one, other| one.name.cmp(&other.name));
    if let Some(payload) = &shape.payload {
        let payload = shape.members.iter_mut().find(|member| member.name == *payload);
        payload.into_iter().for_each(|member| member.location = Location::Payload);
    }
    Ok(shape)
}

fn member(line: &Line, names: &Names, words: &'static str) -> Result<MemberModel, ParseError> {
    let mut words = words.split(' ');
    let (Some(name), Some(shape)) = (words.next(), words.next()) else {
        return line.error("has a member without a shape");
    };
    let mut member = MemberModel {
        name: unescaped(name),
        wire: unescaped(name),
        shape: names.get(line, shape)?,
        location: Location::Body,
        required: false,
        json: false,
        token: false,
        sensitive: false,
        timestamp: None,
    };
    for word in words {
        let (key, value) = key_value(word);
        match key {
            "required" => member.required = true,
            "json" => member.json = true,
            "token" => member.token = true,
            "sensitive" => member.sensitive = true,
            // Whether a payload is a stream makes no difference to a server that holds it in memory.
            "stream" => {}
            "wire" => member.wire = unescaped(value),
            "time" => member.timestamp = Some(timestamp(value)),
            "at" => {
                member.location = match value {
                    "uri" => Location::Label,
                    "querystring" => Location::Query,
                    "header" => Location::Header,
                    "headers" => Location::PrefixHeaders,
                    "statusCode" => Location::Status,
                    _ => Location::Body,
                }
            }
            _ => return line.error(format!("has a member with the unknown trait {key}")),
        }
    }
    Ok(member)
}

/// A map in the query string is not one parameter but many.
fn bind_query_maps(shapes: &mut [ShapeModel]) {
    let is_map: Vec<bool> = shapes.iter().map(|shape| shape.kind == Kind::Map).collect();
    for member in shapes.iter_mut().flat_map(|shape| &mut shape.members) {
        if member.location == Location::Query && is_map[member.shape.0] {
            member.location = Location::QueryMap;
        }
    }
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "structure" => Kind::Structure,
        "union" => Kind::Union,
        "exception" => Kind::Exception,
        "document" => Kind::Document,
        "list" => Kind::List,
        "map" => Kind::Map,
        "string" | "character" => Kind::String,
        "blob" => Kind::Blob,
        "boolean" => Kind::Boolean,
        "byte" => Kind::Byte,
        "short" => Kind::Short,
        "integer" => Kind::Integer,
        "long" => Kind::Long,
        "float" => Kind::Float,
        "double" => Kind::Double,
        "timestamp" => Kind::Timestamp,
        _ => return None,
    })
}

fn timestamp(name: &str) -> TimestampFormat {
    match name {
        "iso8601" => TimestampFormat::DateTime,
        "rfc822" => TimestampFormat::HttpDate,
        _ => TimestampFormat::EpochSeconds,
    }
}

fn number<T: std::str::FromStr>(line: &Line, text: &str) -> Result<T, ParseError> {
    text.parse().or_else(|_| line.error(format!("has {text:?} where a number belongs")))
}
