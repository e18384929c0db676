//! Lists and objects of a document, element by element.

use serde_core::de::value::BorrowedStrDeserializer;
use serde_core::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_core::{Deserializer, forward_to_deserialize_any};

use super::{Error, Json, NUMBER_KEY};

/// The elements of a list.
pub(super) struct Elements<'a, 'de> {
    json: &'a mut Json<'de>,
    start: usize,
    count: usize,
}

impl<'a, 'de> Elements<'a, 'de> {
    #[inline]
    pub(super) fn new(json: &'a mut Json<'de>) -> Self {
        let start = json.at;
        Self { json, start, count: 0 }
    }
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if !self.json.has_element(self.count == 0)? {
            return Ok(None);
        }
        self.count += 1;
        seed.deserialize(&mut *self.json).map(Some)
    }

    /// As many as there is text for, if they all are as long as those that were read.
    fn size_hint(&self) -> Option<usize> {
        let each = (self.json.at - self.start).checked_div(self.count)?;
        (self.json.text.len() - self.json.at).checked_div(each)
    }
}

/// The members of an object.
pub(super) struct Members<'a, 'de> {
    json: &'a mut Json<'de>,
    is_first: bool,
}

impl<'a, 'de> Members<'a, 'de> {
    #[inline]
    pub(super) fn new(json: &'a mut Json<'de>) -> Self {
        Self { json, is_first: true }
    }
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let is_first = std::mem::take(&mut self.is_first);
        // What nearly always comes, without white space, is looked for first and at once.
        match self.json.text.as_bytes().get(self.json.at..) {
            Some([b',', b'"', ..]) if !is_first => self.json.at += 2,
            Some([b'"', ..]) if is_first => self.json.at += 1,
            _ if self.json.has_member(is_first)? => {}
            _ => return Ok(None),
        }
        seed.deserialize(Key(&mut *self.json)).map(Some)
    }

    #[inline]
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        self.json.colon()?;
        seed.deserialize(&mut *self.json)
    }
}

/// A key, of which the quote was taken. It is text, whatever is asked for.
struct Key<'a, 'de>(&'a mut Json<'de>);

impl<'de> Deserializer<'de> for Key<'_, 'de> {
    type Error = Error;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.borrow() {
            Some(key) => visitor.visit_borrowed_str(key),
            None => visitor.visit_str(self.0.unescape()?),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The digits of a number as a map of one entry, until its value was taken.
pub(super) struct Digits<'de>(pub(super) Option<&'de str>);

impl<'de> MapAccess<'de> for Digits<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        match self.0 {
            Some(_) => seed.deserialize(BorrowedStrDeserializer::new(NUMBER_KEY)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(BorrowedStrDeserializer::new(self.0.take().unwrap_or_default()))
    }
}

impl Json<'_> {
    /// Whether a list has another element, which comes next.
    fn has_element(&mut self, is_first: bool) -> Result<bool, Error> {
        match self.peek() {
            Some(b']') => Ok(false),
            Some(_) if is_first => Ok(true),
            Some(b',') => {
                self.at += 1;
                match self.peek() {
                    Some(b']') => Err(self.wrong_here("trailing comma")),
                    Some(_) => Ok(true),
                    None => Err(self.wrong_here("EOF while parsing a value")),
                }
            }
            Some(_) => Err(self.wrong_here("expected `,` or `]`")),
            None => Err(self.wrong_here("EOF while parsing a list")),
        }
    }

    /// Whether an object has another member, of whose key the quote is taken.
    fn has_member(&mut self, is_first: bool) -> Result<bool, Error> {
        let next = match self.peek() {
            Some(b',') if !is_first => {
                self.at += 1;
                match self.peek() {
                    Some(b'}') => return Err(self.wrong_here("trailing comma")),
                    None => return Err(self.wrong_here("EOF while parsing a value")),
                    next => next,
                }
            }
            Some(b'}') => return Ok(false),
            Some(_) if !is_first => return Err(self.wrong_here("expected `,` or `}`")),
            next => next,
        };
        match next {
            Some(b'"') => {
                self.at += 1;
                Ok(true)
            }
            Some(_) => Err(self.wrong_here("key must be a string")),
            None => Err(self.wrong_here("EOF while parsing an object")),
        }
    }

    /// Consumes the colon between a key and its value.
    #[inline]
    pub(super) fn colon(&mut self) -> Result<(), Error> {
        match self.peek() {
            Some(b':') => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(self.wrong_here("expected `:`")),
            None => Err(self.wrong_here("EOF while parsing an object")),
        }
    }
}
