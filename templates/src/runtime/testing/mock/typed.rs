//! Typed shapes from values by member names, and the other way round.

use serde_json::Value;

use crate::runtime::base::json;
use crate::runtime::protocol::operation::{Operation, Output};
use crate::runtime::shape::derive::deserialize_tolerant;

/// The value of what a function writes.
pub(super) fn json_of<F>(write: F) -> Result<Value, String>
where
    F: FnOnce(&mut serde_json::Serializer<&mut Vec<u8>>) -> Result<(), serde_json::Error>,
{
    // By way of text: floats of 32 bits keep the few digits that they have.
    let mut text = Vec::new();
    write(&mut serde_json::Serializer::new(&mut text)).map_err(|error| error.to_string())?;
    json::from_slice(&text).map_err(|error| error.to_string())
}

/// The value of an output.
pub(super) fn output_value<R: Operation>(output: &R::Output) -> Result<Value, String> {
    json_of(|to| output.write(to))
}

/// The typed input that a value is.
pub(super) fn input_of<R: Operation>(input: &Value) -> Result<R, String> {
    deserialize_tolerant(input).map_err(|error: serde_json::Error| error.to_string())
}
