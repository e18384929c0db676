//! Takes and gives JSON whose shape the model leaves open (Smithy's `document`).

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use super::reading::Reading;
use super::shape::{Form, Read, Write};

/// Any JSON value.
pub type Document = serde_json::Value;

impl Write for Document {
    #[inline]
    fn write<S: Serializer>(&self, to: S, _form: Form) -> Result<S::Ok, S::Error> {
        self.serialize(to)
    }
}

impl Read for Document {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(from: D, _form: Reading<'_>) -> Result<Option<Self>, D::Error> {
        Self::deserialize(from).map(|value| (!value.is_null()).then_some(value))
    }

    #[inline]
    fn null() -> Option<Self> {
        Some(Self::Null)
    }
}
