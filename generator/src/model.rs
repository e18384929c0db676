//! The serde mirror of botocore's `service-2.json` and `paginators-1.json`, and nothing else: every key that upstream
//! uses has its field here, and any other key is an error rather than silence.

mod json;
mod member;
mod metadata;
mod operation;
mod paginator;
mod read;
mod shape;

use std::collections::BTreeMap;

pub(crate) use json::parse;
pub(crate) use member::Member;
pub(crate) use metadata::Metadata;
pub(crate) use operation::Operation;
pub(crate) use paginator::{Paginator, Paginators};
pub(crate) use read::{read_paginators, read_service};
pub(crate) use shape::{ErrorTrait, Shape, ShapeType};

/// A `service-2.json`.
#[derive(Debug, Clone)]
pub(crate) struct ServiceModel {
    /// What describes the service as a whole.
    pub metadata: Metadata,
    /// The operations, by name.
    pub operations: BTreeMap<String, Operation>,
    /// The shapes, by name.
    pub shapes: BTreeMap<String, Shape>,
    /// Upstream's text on the service; only where a model was read with its documentation.
    pub documentation: Option<String>,
}
