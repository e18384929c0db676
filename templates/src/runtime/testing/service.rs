//! The server's half of restJson1, driven by the facts of a model: routes a request, reads its input, checks it, and writes
//! outputs and exceptions.
//!
//! Inputs and outputs are [`serde_json::Value`]s by the model's member names, as `Serialize` of the emitted types writes them:
//! timestamps are seconds since 1970, blobs are base64 text. So a value goes into a typed shape and back without a conversion.
//!
//! Source: the Smithy specification "AWS restJson1 protocol" and its HTTP binding traits, read from the server's side.

mod check;
mod constraint;
mod example;
mod from_wire;
mod model;
mod output;
mod parse;
mod pattern;
mod percent;
mod redact;
mod request;
mod response;
mod route;
mod template;
mod text;
mod to_wire;

pub use constraint::{Constraint, Violation};
pub use example::Fill;
pub use model::{Kind, MemberModel, OperationModel, Paging, ServiceModel, ShapeId, ShapeModel};
pub use parse::ParseError;
pub use pattern::Pattern;
pub use request::ReadError;
pub use response::WriteError;
pub use route::Route;
