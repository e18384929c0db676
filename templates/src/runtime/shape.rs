//! Shapes of the model as Rust types: members and their table, the walks that write and read them, builders, enumerations
//! and primitive types.
//!
//! This room never names an operation or a response. It knows JSON and text, and nothing of where a request goes.

pub mod blob;
pub mod builder;
mod byte_stream;
pub mod collect;
mod collections;
pub mod context;
pub mod debug;
pub mod declare;
pub mod derive;
pub mod document;
pub mod enumeration;
pub mod macros;
pub mod member;
mod nearest;
pub mod required;
pub mod scalar;
#[cfg(feature = "builders")]
pub mod sdk;
pub(crate) mod set;
mod setters;
mod structure;
pub mod text;
pub mod timestamp;
pub mod traits;
mod write;
