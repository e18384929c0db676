//! Values of a document, passed to a visitor of serde.
//!
//! Generic code here is compiled for every shape that is read, so there is little of it.

use std::convert::Infallible;
use std::fmt;

use serde_core::de::{Error as _, Expected, Unexpected, Visitor};
use serde_core::{Deserializer, forward_to_deserialize_any};

use super::TEXT;
use super::access::{Digits, Elements, Members};
use super::number::Number;
use super::{Error, Json};

impl<'de> Deserializer<'de> for &mut Json<'de> {
    type Error = Error;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let mut value = match self.peek() {
            Some(b'"') => {
                self.at += 1;
                match self.borrow() {
                    Some(text) => visitor.visit_borrowed_str(text),
                    None => visitor.visit_str(self.unescape()?),
                }
            }
            Some(b'-' | b'0'..=b'9') => match self.number()? {
                Number::Natural(value) => visitor.visit_u64(value),
                Number::Negative(value) => visitor.visit_i64(value),
                Number::Float(value) => visitor.visit_f64(value),
            },
            Some(b'n') => {
                self.literal("null")?;
                visitor.visit_unit()
            }
            Some(b't') => {
                self.literal("true")?;
                visitor.visit_bool(true)
            }
            Some(b'f') => {
                self.literal("false")?;
                visitor.visit_bool(false)
            }
            Some(b'[') => return self.deserialize_seq(visitor),
            Some(b'{') => return self.deserialize_map(visitor),
            Some(_) => return Err(self.wrong_here("expected value")),
            None => return Err(self.wrong_here("EOF while parsing a value")),
        };
        if let Err(error) = &mut value {
            self.place(error);
        }
        value
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null()? { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if !self.opens(b'[')? {
            return Err(self.another(&visitor));
        }
        let mut value = visitor.visit_seq(Elements::new(self));
        self.settle(b']', &mut value);
        value
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if !self.opens(b'{')? {
            return Err(self.another(&visitor));
        }
        let mut value = visitor.visit_map(Members::new(self));
        self.settle(b'}', &mut value);
        value
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        if name == TEXT {
            if let Some(digits) = self.digits()? {
                return visitor.visit_map(Digits(Some(digits))).map_err(|mut error: Error| {
                    self.place(&mut error);
                    error
                });
            }
        }
        visitor.visit_newtype_struct(self)
    }

    #[inline]
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct struct enum identifier
    }
}

impl Json<'_> {
    /// Consumes the bracket behind a list or an object, whether it could be read or not: the place of an error is behind it.
    /// The value stays where it is, for it may be large.
    #[inline(never)]
    fn settle<T>(&mut self, bracket: u8, value: &mut Result<T, Error>) {
        let closed = self.close(bracket);
        match (value.as_mut(), closed) {
            (Err(error), _) => self.place(error),
            (Ok(_), Err(error)) => *value = Err(error),
            (Ok(_), Ok(())) => {}
        }
    }

    /// The error for a value of another kind, which repeats that value as `serde_json` does.
    #[cold]
    fn another(&mut self, expected: &dyn Expected) -> Error {
        let mut error = match self.peek() {
            Some(b'[') => Error::invalid_type(Unexpected::Seq, expected),
            Some(b'{') => Error::invalid_type(Unexpected::Map, expected),
            _ => {
                let Err(error) = self.deserialize_any(Nothing(expected));
                error
            }
        };
        self.place(&mut error);
        error
    }
}

/// A visitor that accepts no value and reports the expected type.
struct Nothing<'a>(&'a dyn Expected);

impl Visitor<'_> for Nothing<'_> {
    type Value = Infallible;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(to)
    }
}
