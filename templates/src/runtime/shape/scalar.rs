//! Scalars: strings, numbers and booleans, from one JSON scalar or from the text of a header.
//!
//! Each of them says itself what fits: what is modelled, what tolerant reading puts right, and what is wrong.

use std::fmt;
use std::marker::PhantomData;

use serde_core::Deserializer;
use serde_core::de::{Error, MapAccess, Visitor};

use crate::runtime::base::json;
use crate::runtime::shape::context::ReadContext;
use crate::runtime::shape::traits::Read;

/// The fit of a scalar to the shape that it is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit<T> {
    /// It is as modelled.
    Modelled(T),
    /// It is not as modelled, and its meaning is clear: the kind of value that came is worth a report.
    Coerced(T),
    /// It is a number that this shape has no room for.
    TooLarge,
    /// It has no meaning as this shape.
    Wrong,
}

/// A shape that is one JSON string, number or boolean.
pub trait Scalar: Sized {
    /// The name of the expected type, for messages.
    const EXPECTED: &'static str;

    /// Reads a string.
    fn text(text: &str, context: &ReadContext<'_>) -> Fit<Self>;

    /// Reads an owned string.
    #[inline]
    fn owned(text: String, context: &ReadContext<'_>) -> Fit<Self> {
        Self::text(&text, context)
    }

    /// Reads an integer.
    fn integer(value: i128, context: &ReadContext<'_>) -> Fit<Self>;

    /// Reads a number that comes as a float: one with a fraction or an exponent, or an integer that no integer type holds.
    fn float(value: f64, context: &ReadContext<'_>) -> Fit<Self>;

    /// Reads the digits of a number, which may have more of them than any number type holds.
    fn digits(text: &str, context: &ReadContext<'_>) -> Fit<Self> {
        match text.parse() {
            Ok(value) => Self::integer(value, context),
            Err(_) => text.parse().map_or(Fit::Wrong, |value| Self::float(value, context)),
        }
    }

    /// Reads a boolean.
    #[inline]
    fn boolean(value: bool) -> Fit<Self> {
        let _ = value;
        Fit::Wrong
    }

    /// Reads bytes: a payload, or a format that has them.
    #[inline]
    fn bytes(bytes: &[u8], context: &ReadContext<'_>) -> Fit<Self> {
        std::str::from_utf8(bytes).map_or(Fit::Wrong, |text| Self::text(text, context))
    }
}

/// Reads a scalar.
///
/// # Errors
/// Those of the deserializer, and a value that has no meaning as this shape.
#[inline]
pub fn read_scalar<'de, T: Scalar, D: Deserializer<'de>>(
    from: D,
    context: &ReadContext<'_>,
) -> Result<Option<T>, D::Error> {
    from.deserialize_any(ScalarVisitor { context, shape: PhantomData })
}

/// Implements [`Read`] by [`read_scalar`].
macro_rules! read_as_scalar {
    ($($shape:ty),*) => {$(
        impl $crate::runtime::shape::traits::Read for $shape {
            #[inline]
            fn read<'de, D: $crate::runtime::__private::Deserializer<'de>>(
                from: D,
                context: &$crate::runtime::shape::context::ReadContext<'_>,
            ) -> Result<Option<Self>, D::Error> {
                $crate::runtime::shape::scalar::read_scalar(from, context)
            }
        }
    )*};
}

pub(crate) use read_as_scalar;

read_as_scalar!(bool, i32, i64, f32, f64);

/// Asks for text: a number in its place then comes with all its digits, where the deserializer can give them.
impl Read for String {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(from: D, context: &ReadContext<'_>) -> Result<Option<Self>, D::Error> {
        from.deserialize_newtype_struct(json::TEXT, ScalarVisitor { context, shape: PhantomData })
    }
}

// What came, for messages.
pub(crate) const STRING: &str = "a string";
pub(crate) const BYTES: &str = "bytes";
pub(crate) const BOOLEAN: &str = "a boolean";
pub(crate) const NUMBER: &str = "a number";

struct ScalarVisitor<'p, T> {
    context: &'p ReadContext<'p>,
    shape: PhantomData<T>,
}

impl<T: Scalar> ScalarVisitor<'_, T> {
    #[inline]
    fn settle<E: Error>(self, fit: Fit<T>, got: &str) -> Result<Option<T>, E> {
        match fit {
            Fit::Modelled(value) => Ok(Some(value)),
            Fit::Coerced(value) => self.context.coerce(T::EXPECTED, got).map(|()| Some(value)),
            // Left out rather than cut to the nearest value, which would be a number that nobody sent.
            Fit::TooLarge => self.context.coerce(T::EXPECTED, "a number out of its range").map(|()| None),
            Fit::Wrong => Err(self.context.wrong(T::EXPECTED, got)),
        }
    }
}

impl<'de, T: Scalar> Visitor<'de> for ScalarVisitor<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(T::EXPECTED)
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }

    #[inline]
    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let fit = T::text(text, self.context);
        self.settle(fit, STRING)
    }

    #[inline]
    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        let fit = T::owned(text, self.context);
        self.settle(fit, STRING)
    }

    #[inline]
    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        let fit = T::bytes(bytes, self.context);
        self.settle(fit, BYTES)
    }

    #[inline]
    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        self.settle(T::boolean(value), BOOLEAN)
    }

    #[inline]
    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        let fit = T::integer(value.into(), self.context);
        self.settle(fit, NUMBER)
    }

    #[inline]
    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        let fit = T::integer(value.into(), self.context);
        self.settle(fit, NUMBER)
    }

    #[inline]
    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        let fit = T::float(value, self.context);
        self.settle(fit, NUMBER)
    }

    fn visit_map<A: MapAccess<'de>>(self, from: A) -> Result<Self::Value, A::Error> {
        let fit = match digits(from)? {
            Some(digits) => T::digits(&digits, self.context),
            None => return Err(self.context.wrong(T::EXPECTED, "an object")),
        };
        self.settle(fit, NUMBER)
    }
}

/// Reads the digits of a number that comes as a map of one entry, as it does with serde_json's feature
/// `arbitrary_precision`, which any crate of a program may switch on for all of them.
#[cold]
pub(crate) fn digits<'de, A: MapAccess<'de>>(mut from: A) -> Result<Option<String>, A::Error> {
    if from.next_key::<String>()?.as_deref() != Some(json::NUMBER_KEY) {
        return Ok(None);
    }
    from.next_value().map(Some)
}

/// Numbers and booleans as text are correct in a header and coerced in a document.
#[inline]
fn if_text<T>(context: &ReadContext<'_>, value: Option<T>) -> Fit<T> {
    match value {
        Some(value) if context.text => Fit::Modelled(value),
        Some(value) => Fit::Coerced(value),
        None => Fit::Wrong,
    }
}

#[inline]
fn coerce<T>(value: Option<T>) -> Fit<T> {
    value.map_or(Fit::Wrong, Fit::Coerced)
}

impl Scalar for String {
    const EXPECTED: &'static str = "a string";

    #[inline]
    fn text(text: &str, _form: &ReadContext<'_>) -> Fit<Self> {
        Fit::Modelled(text.to_owned())
    }

    #[inline]
    fn owned(text: String, _form: &ReadContext<'_>) -> Fit<Self> {
        Fit::Modelled(text)
    }

    fn integer(value: i128, _form: &ReadContext<'_>) -> Fit<Self> {
        Fit::Coerced(value.to_string())
    }

    fn float(value: f64, _form: &ReadContext<'_>) -> Fit<Self> {
        Fit::Coerced(value.to_string())
    }

    fn digits(text: &str, _form: &ReadContext<'_>) -> Fit<Self> {
        Fit::Coerced(text.to_owned())
    }

    fn boolean(value: bool) -> Fit<Self> {
        Fit::Coerced(value.to_string())
    }
}

impl Scalar for bool {
    const EXPECTED: &'static str = "a boolean";

    fn text(text: &str, context: &ReadContext<'_>) -> Fit<Self> {
        let text = text.trim();
        let value = if text.eq_ignore_ascii_case("true") {
            Some(true)
        } else if text.eq_ignore_ascii_case("false") {
            Some(false)
        } else {
            None
        };
        if_text(context, value)
    }

    fn integer(value: i128, _form: &ReadContext<'_>) -> Fit<Self> {
        coerce(match value {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        })
    }

    fn float(_value: f64, _form: &ReadContext<'_>) -> Fit<Self> {
        Fit::Wrong
    }

    #[inline]
    fn boolean(value: bool) -> Fit<Self> {
        Fit::Modelled(value)
    }
}

macro_rules! integer {
    ($($shape:ty),*) => {$(
        impl Scalar for $shape {
            const EXPECTED: &'static str = concat!("an ", stringify!($shape));

            fn text(text: &str, context: &ReadContext<'_>) -> Fit<Self> {
                let text = text.trim();
                match text.parse() {
                    Err(_) if text.parse::<i128>().is_ok() => Fit::TooLarge,
                    value => if_text(context, value.ok()),
                }
            }

            #[inline]
            fn integer(value: i128, _form: &ReadContext<'_>) -> Fit<Self> {
                Self::try_from(value).map_or(Fit::TooLarge, Fit::Modelled)
            }

            fn float(value: f64, _form: &ReadContext<'_>) -> Fit<Self> {
                // The conversion to `i128` keeps to its ends, which are outside of every range here.
                match Self::try_from(value as i128) {
                    Ok(_) if value.is_nan() => Fit::Wrong,
                    Ok(value) => Fit::Coerced(value),
                    Err(_) => Fit::TooLarge,
                }
            }

            fn boolean(value: bool) -> Fit<Self> {
                Fit::Coerced(value.into())
            }
        }
    )*};
}

integer!(i32, i64);

macro_rules! float {
    ($($shape:ty),*) => {$(
        impl Scalar for $shape {
            const EXPECTED: &'static str = concat!("an ", stringify!($shape));

            fn text(text: &str, context: &ReadContext<'_>) -> Fit<Self> {
                match text {
                    "NaN" => Fit::Modelled(<$shape>::NAN),
                    "Infinity" => Fit::Modelled(<$shape>::INFINITY),
                    "-Infinity" => Fit::Modelled(<$shape>::NEG_INFINITY),
                    _ => if_text(context, text.trim().parse().ok().filter(|value: &$shape| value.is_finite())),
                }
            }

            #[inline]
            fn integer(value: i128, context: &ReadContext<'_>) -> Fit<Self> {
                Self::float(value as f64, context)
            }

            #[inline]
            fn float(value: f64, _form: &ReadContext<'_>) -> Fit<Self> {
                let near = value as $shape;
                if near.is_finite() { Fit::Modelled(near) } else { Fit::TooLarge }
            }
        }
    )*};
}

float!(f32, f64);
