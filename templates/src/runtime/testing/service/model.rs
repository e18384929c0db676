//! Service models: operations and shapes with their bindings and constraints, as they are held in memory.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::pattern::Pattern;
use super::percent::Text;
use super::template::Routes;
use crate::runtime::shape::member::{Location, TimestampFormat};

/// The facts of a model about a service, as far as a server has to know it.
#[derive(Debug)]
pub struct ServiceModel {
    pub(super) id: Text,
    pub(super) api_version: Text,
    pub(super) signing_name: Text,
    pub(super) operations: Vec<OperationModel>,
    pub(super) shapes: Vec<ShapeModel>,
    pub(super) shape_names: HashMap<Text, ShapeId>,
    pub(super) routes: Routes,
}

/// A shape of a [`ServiceModel`], by its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShapeId(pub(super) usize);

/// An operation.
#[derive(Debug)]
pub struct OperationModel {
    pub(super) name: Text,
    pub(super) method: Text,
    pub(super) uri: Text,
    pub(super) input: Option<ShapeId>,
    pub(super) output: Option<ShapeId>,
    pub(super) status: u16,
    pub(super) errors: Vec<ShapeId>,
    pub(super) paging: Option<Paging>,
    pub(super) readonly: bool,
    pub(super) idempotent: bool,
    pub(super) form: bool,
    pub(super) unsigned: bool,
}

/// The pagination of an operation. Paths lead through members of structures, with periods between their names.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paging {
    /// The member of the input that takes the token of a page.
    pub token: Text,
    /// The path in the output to the token of the next page.
    pub next: Text,
    /// The paths in the output to the elements of a page.
    pub items: Vec<Text>,
    /// The member of the input that says how many elements a page may have.
    pub limit: Option<Text>,
}

/// A shape: its kind, its parts and its constraints.
#[derive(Debug)]
pub struct ShapeModel {
    pub(super) name: Text,
    pub(super) kind: Kind,
    pub(super) members: Vec<MemberModel>,
    pub(super) key: Option<ShapeId>,
    pub(super) element: Option<ShapeId>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) pattern: Option<Text>,
    pub(super) compiled: OnceLock<Option<Pattern>>,
    pub(super) values: Vec<Text>,
    pub(super) sensitive: bool,
    pub(super) sparse: bool,
    pub(super) stream: bool,
    pub(super) retryable: bool,
    pub(super) timestamp: Option<TimestampFormat>,
    pub(super) payload: Option<Text>,
    pub(super) status: u16,
    pub(super) code: Option<Text>,
}

/// The kinds of shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A structure.
    Structure,
    /// A structure of which one member is set.
    Union,
    /// A structure that an operation fails with.
    Exception,
    /// Any JSON.
    Document,
    /// A list.
    List,
    /// A map from strings.
    Map,
    /// A string, or an enumeration.
    String,
    /// Bytes.
    Blob,
    /// A boolean.
    Boolean,
    /// An integer of 8 bits.
    Byte,
    /// An integer of 16 bits.
    Short,
    /// An integer of 32 bits.
    Integer,
    /// An integer of 64 bits.
    Long,
    /// A float of 32 bits.
    Float,
    /// A float of 64 bits.
    Double,
    /// A point in time.
    Timestamp,
}

/// A member of a structure.
#[derive(Debug)]
pub struct MemberModel {
    pub(super) name: Text,
    pub(super) wire: Text,
    pub(super) shape: ShapeId,
    pub(super) location: Location,
    pub(super) required: bool,
    pub(super) json: bool,
    pub(super) token: bool,
    pub(super) sensitive: bool,
    pub(super) timestamp: Option<TimestampFormat>,
}

impl ServiceModel {
    /// The service's id, such as `Connect`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The version of the API.
    #[must_use]
    pub fn api_version(&self) -> &str {
        &self.api_version
    }

    /// The name that requests are signed for.
    #[must_use]
    pub fn signing_name(&self) -> &str {
        &self.signing_name
    }

    /// The operations, in name order.
    #[must_use]
    pub fn operations(&self) -> &[OperationModel] {
        &self.operations
    }

    /// The operation of that name.
    #[must_use]
    pub fn operation(&self, name: &str) -> Option<&OperationModel> {
        let place = self.operations.binary_search_by(|operation| (*operation.name).cmp(name)).ok()?;
        self.operations.get(place)
    }

    /// A shape.
    #[must_use]
    pub fn shape(&self, id: ShapeId) -> &ShapeModel {
        &self.shapes[id.0]
    }

    /// The shape of that name.
    #[must_use]
    pub fn shape_named(&self, name: &str) -> Option<ShapeId> {
        self.shape_names.get(name).copied()
    }

    /// The exception that a code names.
    #[must_use]
    pub fn exception(&self, code: &str) -> Option<&ShapeModel> {
        let by_name = self.shape_named(code).map(|id| self.shape(id));
        let found = by_name.filter(|shape| shape.kind == Kind::Exception && shape.code() == code);
        found.or_else(|| self.shapes.iter().find(|shape| shape.kind == Kind::Exception && shape.code() == code))
    }

    /// Whether the model calls the member or its shape sensitive. What the shape holds may be sensitive all the same.
    #[must_use]
    pub fn is_sensitive(&self, member: &MemberModel) -> bool {
        member.sensitive || self.shape(member.shape).sensitive
    }
}

impl OperationModel {
    /// The operation's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The URI template, with its labels in braces and its constant query string.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// The input shape.
    #[must_use]
    pub fn input(&self) -> Option<ShapeId> {
        self.input
    }

    /// The output shape.
    #[must_use]
    pub fn output(&self) -> Option<ShapeId> {
        self.output
    }

    /// The status of a success.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The exceptions that the operation declares.
    #[must_use]
    pub fn errors(&self) -> &[ShapeId] {
        &self.errors
    }

    /// The pagination of the operation, where it has one.
    #[must_use]
    pub fn paging(&self) -> Option<&Paging> {
        self.paging.as_ref()
    }

    /// Whether the model says that the operation only reads.
    #[must_use]
    pub fn is_readonly(&self) -> bool {
        self.readonly
    }

    /// Whether the model says that repeating the operation changes nothing.
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        self.idempotent
    }

    /// Whether requests of the operation carry no signature.
    #[must_use]
    pub fn is_unsigned(&self) -> bool {
        self.unsigned
    }
}

impl ShapeModel {
    /// The shape's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The kind of the shape.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The members of a structure, in name order.
    #[must_use]
    pub fn members(&self) -> &[MemberModel] {
        &self.members
    }

    /// The member of that name.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&MemberModel> {
        let place = self.members.binary_search_by(|member| (*member.name).cmp(name)).ok()?;
        self.members.get(place)
    }

    /// The shape of a map's keys.
    #[must_use]
    pub fn key(&self) -> Option<ShapeId> {
        self.key
    }

    /// The shape of a list's elements or of a map's values.
    #[must_use]
    pub fn element(&self) -> Option<ShapeId> {
        self.element
    }

    /// The least length or value.
    #[must_use]
    pub fn min(&self) -> Option<f64> {
        self.min
    }

    /// The greatest length or value.
    #[must_use]
    pub fn max(&self) -> Option<f64> {
        self.max
    }

    /// The pattern of a string, as the model writes it.
    #[must_use]
    pub fn pattern(&self) -> Option<&str> {
        self.pattern.as_deref()
    }

    /// The values of an enumeration; none where the shape is none.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &str> {
        self.values.iter().map(|value| &**value)
    }

    /// Whether the model calls the shape sensitive.
    #[must_use]
    pub fn is_sensitive(&self) -> bool {
        self.sensitive
    }

    /// Whether the shape is a string of which the values are listed.
    #[must_use]
    pub fn is_enumeration(&self) -> bool {
        !self.values.is_empty()
    }

    /// The HTTP status of an exception.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The code of an exception.
    #[must_use]
    pub fn code(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.name)
    }

    /// Whether an exception says that the call may be repeated.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retryable
    }

    /// The pattern that a value is held against; `None` where there is none, or none that this runtime can read.
    pub(super) fn compiled(&self) -> Option<&Pattern> {
        self.compiled.get_or_init(|| Pattern::new(self.pattern.as_deref()?)).as_ref()
    }
}

impl MemberModel {
    /// The model's name of the member.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its name on the wire.
    #[must_use]
    pub fn wire_name(&self) -> &str {
        &self.wire
    }

    /// Its shape.
    #[must_use]
    pub fn shape(&self) -> ShapeId {
        self.shape
    }

    /// Whether the model requires it.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// Whether it is the idempotency token of its operation.
    #[must_use]
    pub fn is_idempotency_token(&self) -> bool {
        self.token
    }

    /// The part of a request that it is bound to.
    pub(super) fn in_request(&self) -> Location {
        match self.location {
            Location::Status => Location::Body,
            location => location,
        }
    }

    /// The part of a response that it is bound to.
    pub(super) fn in_response(&self) -> Location {
        match self.location {
            Location::Label | Location::Query | Location::QueryMap => Location::Body,
            location => location,
        }
    }
}
