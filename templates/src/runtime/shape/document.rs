//! Documents: JSON whose shape the model leaves open (Smithy type `document`).

mod member;

/// Any JSON value.
pub type Document = serde_json::Value;
