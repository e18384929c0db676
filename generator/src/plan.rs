//! Takes a resolved model; gives the Rust-side nouns that the emitters print. Every name, type and sentence is decided
//! here, so that printing is dumb.

mod builders;
mod exceptions;
mod operations;
mod pagination;
mod service;
mod structures;
mod types;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use service::plan;
pub(crate) use types::Type;

/// One service of the crate.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    /// The module the service is emitted under; the crate's root where there is none.
    pub module: Option<String>,
    /// The folder of the model, for banners.
    pub folder: String,
    /// The marker type that implements `runtime::Service`.
    pub ident: String,
    pub full_name: String,
    pub id: String,
    pub api_version: String,
    pub signing_name: String,
    pub endpoint_prefix: String,
    pub operations: Vec<Operation>,
    pub items: Vec<Item>,
    pub exceptions: Vec<Exception>,
    /// Where each shape of the model went.
    pub fates: BTreeMap<String, Fate>,
    /// The operations that were left out because others were chosen.
    pub unchosen: Vec<String>,
    /// Paginators that could not be emitted, with the reason.
    pub unpaged: BTreeMap<String, String>,
    pub docs: Vec<String>,
}

/// What became of a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is an item of the file with this path.
    Item(String),
    /// It is this type, wherever it is used.
    Inlined(String),
    /// It is not emitted, for this reason.
    Omitted(String),
}

/// A shared shape that has a file of its own.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub shape: String,
    /// The module and the stem of the file.
    pub module: String,
    pub ident: String,
    pub kind: ItemKind,
}

#[derive(Debug, Clone)]
pub(crate) enum ItemKind {
    Structure(Structure),
    Union(Structure),
    Enumeration(Enumeration),
}

/// A structure, a union, an exception, a request or a response.
#[derive(Debug, Clone)]
pub(crate) struct Structure {
    pub shape: String,
    pub ident: String,
    pub fields: Vec<Field>,
    pub sensitive: bool,
    /// The name of its builder, where it has one: a request holds it, and it is not itself a request.
    pub builder: Option<String>,
    pub payload: Payload,
    /// Whether some shape holds it in a box, because it contains itself.
    pub recursive: bool,
    pub deprecated: Option<Deprecated>,
    pub docs: Vec<String>,
}

/// What the payload member of a structure holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payload {
    None,
    Json,
    Blob,
    Text,
    Stream,
}

/// The trait `deprecated`.
#[derive(Debug, Clone)]
pub(crate) struct Deprecated {
    pub note: Option<String>,
    pub since: Option<String>,
}

/// One member of a structure, or one variant of a union.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub member: String,
    pub wire: String,
    /// The field, or the variant.
    pub ident: String,
    /// The builder's method.
    pub setter: String,
    pub ty: Type,
    /// Whether the field is there without an `Option`, and builders demand it.
    pub required: bool,
    pub boxed: bool,
    pub location: Location,
    pub sensitive: bool,
    pub timestamp: Option<TimestampFormat>,
    pub json_value: bool,
    pub host_label: bool,
    pub idempotency_token: bool,
    /// The parameter of the endpoint rule set that takes the member's value.
    pub context_param: Option<String>,
    pub deprecated: Option<Deprecated>,
    pub docs: Vec<String>,
}

/// Where a member is bound; the names are those of the runtime's functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    Body,
    Payload,
    Label,
    Query,
    QueryMap,
    Header,
    PrefixHeaders,
    Status,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimestampFormat {
    EpochSeconds,
    DateTime,
    HttpDate,
}

/// An enumeration.
#[derive(Debug, Clone)]
pub(crate) struct Enumeration {
    pub shape: String,
    pub ident: String,
    /// Value and variant, in the model's order.
    pub variants: Vec<(String, String)>,
    pub sensitive: bool,
    pub deprecated: Option<Deprecated>,
    pub docs: Vec<String>,
}

/// One entry of the exception map.
#[derive(Debug, Clone)]
pub(crate) struct Exception {
    /// The code on the wire.
    pub code: String,
    pub shape: String,
    pub ident: String,
    /// The trait `retryable`: whether as throttling.
    pub retryable: Option<bool>,
    pub status: Option<u16>,
}

/// One operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub name: String,
    /// The client's method.
    pub method_name: String,
    /// The module and the stem of the file.
    pub module: String,
    pub call: String,
    pub http_method: String,
    pub uri: String,
    /// The name of the input shape; `None` where the model has none and the request is empty.
    pub input: Option<String>,
    pub request: Structure,
    pub response: Response,
    pub errors: Vec<String>,
    pub repeat: Repeat,
    pub auth: Auth,
    pub host_prefix: Option<String>,
    pub checksum: Option<Checksum>,
    pub compressed: bool,
    /// The constants that the operation gives to the endpoint rule set, by parameter.
    pub static_context: Vec<(String, ContextValue)>,
    pub paginator: Option<Paginator>,
    pub deprecated: Option<Deprecated>,
    pub docs: Vec<String>,
}

/// A constant of an operation for the endpoint rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ContextValue {
    Text(String),
    Boolean(bool),
}

/// What an operation answers.
#[derive(Debug, Clone)]
pub(crate) enum Response {
    /// Nothing.
    None,
    /// A structure of its own.
    Own(Structure),
    /// A structure that other shapes or operations use as well.
    Shared { shape: String, ident: String },
}

/// The names are those of the runtime's `Repeat`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    Safe,
    Idempotent,
    Token,
    Never,
}

/// The names are those of the runtime's `Auth`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Auth {
    SigV4,
    SigV4UnsignedPayload,
    None,
    Bearer,
}

/// The checksum of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Checksum {
    Required,
    Chosen(String),
}

/// How an operation answers in pages.
#[derive(Debug, Clone)]
pub(crate) struct Paginator {
    /// The field of the request that takes the token.
    pub input_token: String,
    pub input_required: bool,
    /// The fields that lead to the token in the response.
    pub output_token: Vec<Step>,
    /// The fields that lead to the elements of a page, and their type.
    pub items: Option<(Vec<Step>, Type)>,
}

/// One field on the way into a response.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub field: String,
    /// Whether the field is there without an `Option`.
    pub required: bool,
}

impl Structure {
    /// Whether it has a builder that demands inputs.
    pub fn demands(&self) -> bool {
        self.builder.is_some() && self.fields.iter().any(|field| field.required)
    }
}

impl Service {
    /// The markers of the required inputs: one for each setter that a builder demands.
    pub fn required_inputs(&self) -> BTreeSet<&str> {
        let requests = self.operations.iter().map(|operation| &operation.request);
        let shared = self.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Structure(structure) if structure.builder.is_some() => Some(structure),
            _ => None,
        });
        let fields = requests.chain(shared).flat_map(|structure| &structure.fields);
        fields.filter(|field| field.required).map(|field| field.setter.as_str()).collect()
    }
}
