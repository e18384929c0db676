//! The plan: the Rust side of a service, in which every name, type and binding is decided, so that printing decides nothing.
//!
//! Each noun of the plan stands in the file of its planner. Naming comes first (`naming`), then the nouns; their
//! documentation is a later stage, since it leads from one to another.

mod context;
mod deprecation;
mod docs;
mod enumerations;
mod exceptions;
mod gate;
mod gates;
mod methods;
mod naming;
mod operations;
mod pagination;
mod placement;
mod service;
mod structures;
mod types;
pub(crate) mod waiters;

pub(crate) use deprecation::Deprecated;
pub(crate) use docs::{Docs, Example, Pages};
pub(crate) use enumerations::Enumeration;
pub(crate) use exceptions::Exception;
pub(crate) use gate::{Gate, PlannedArea};
pub(crate) use gates::{assign as assign_gates, check_features};
pub(crate) use operations::{Auth, Checksum, ContextValue, Operation, Repeat, Response};
pub(crate) use pagination::{Paginator, Step};
pub(crate) use service::{Item, ItemKind, Service, plan};
pub(crate) use structures::{Field, Location, Payload, Presence, Structure, TimestampFormat};
pub(crate) use types::{Type, is_json_value};
pub(crate) use waiters::Waiter;

pub use service::ShapeStatus;
