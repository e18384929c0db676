//! A document as a member: how it is written and read.

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use super::Document;
use crate::runtime::base::json;
use crate::runtime::shape::blob::decode;
use crate::runtime::shape::context::ReadContext;
use crate::runtime::shape::traits::{Read, Write, WriteContext};

impl Write for Document {
    #[inline]
    fn write<S: Serializer>(&self, to: S, _form: WriteContext) -> Result<S::Ok, S::Error> {
        self.serialize(to)
    }
}

impl Read for Document {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(from: D, context: &ReadContext<'_>) -> Result<Option<Self>, D::Error> {
        let mut value = Self::deserialize(from)?;
        if let (true, Self::String(text)) = (context.text, &value) {
            value = header(text, context).ok_or_else(|| context.wrong("JSON in a header", "other text"))?;
        }
        Ok((!value.is_null()).then_some(value))
    }

    #[inline]
    fn null() -> Option<Self> {
        Some(Self::Null)
    }
}

fn header(text: &str, context: &ReadContext<'_>) -> Option<Document> {
    if context.json_value { json::from_slice(&decode(text)?).ok() } else { json::from_str(text).ok() }
}
