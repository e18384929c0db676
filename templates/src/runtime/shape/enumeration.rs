//! Enumerations: the macro that declares one, and how every one is read from text and written as text.

use std::borrow::Cow;
use std::fmt;

use serde_core::Deserializer;
use serde_core::de::{Error, MapAccess, Visitor};

use crate::runtime::shape::context::ReadContext;
use crate::runtime::shape::scalar::{BOOLEAN, BYTES, NUMBER, STRING, digits};
use crate::runtime::shape::traits::Enumeration;

/// The enumeration that a text is.
#[inline]
pub fn of_str<T: Enumeration>(value: &str) -> T {
    T::known(value).unwrap_or_else(|| T::from(value.to_owned()))
}

/// A text that is no value of an enumeration that this version of the crate knows.
#[cfg(feature = "sdk_compat")]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownVariantError {
    value: String,
    values: &'static [&'static str],
}

#[cfg(feature = "sdk_compat")]
impl fmt::Display for UnknownVariantError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:?} is not a known value; the known values are {}", self.value, self.values.join(", "))
    }
}

#[cfg(feature = "sdk_compat")]
impl std::error::Error for UnknownVariantError {}

/// The known value that a text is.
///
/// # Errors
/// A text that is no known value.
#[cfg(feature = "sdk_compat")]
pub fn try_parse<T: Enumeration>(value: &str) -> Result<T, UnknownVariantError> {
    T::known(value).ok_or_else(|| UnknownVariantError { value: value.to_owned(), values: T::VALUES })
}

/// Reads an enumeration.
///
/// # Errors
/// Those of the deserializer, and a value that is no scalar.
#[inline]
pub fn read<'de, T: Enumeration, D: Deserializer<'de>>(
    from: D,
    context: &ReadContext<'_>,
) -> Result<Option<T>, D::Error> {
    let mut value = None;
    read_text(from, context, &mut |text| {
        value = T::known(&text);
        let is_known = value.is_some();
        if !is_known {
            value = Some(T::from(text.into_owned()));
        }
        is_known
    })?;
    Ok(value)
}

/// A text, borrowed wherever it can be; and what it was, where it was no string.
type Text<'de> = (Cow<'de, str>, Option<&'static str>);

/// Reads the text of any enumeration, which says whether it knows that: a program has this once for all of them.
#[inline(never)]
fn read_text<'de, D: Deserializer<'de>>(
    from: D,
    context: &ReadContext<'_>,
    set: &mut dyn FnMut(Cow<'de, str>) -> bool,
) -> Result<(), D::Error> {
    let Some((text, coerced)) = from.deserialize_any(TextVisitor(context))? else { return Ok(()) };
    let is_known = set(text);
    if is_known && coerced.is_none() {
        return Ok(());
    }
    context.coerce("a value that the model knows", coerced.unwrap_or(STRING))
}

struct TextVisitor<'p>(&'p ReadContext<'p>);

impl<'de> Visitor<'de> for TextVisitor<'_> {
    type Value = Option<Text<'de>>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(STRING)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some((Cow::Borrowed(text), None)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some((Cow::Owned(text.to_owned()), None)))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Some((Cow::Owned(text), None)))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        let text = std::str::from_utf8(bytes).map_err(|_| self.0.wrong(STRING, BYTES))?;
        self.visit_str(text)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some((Cow::Borrowed(if value { "true" } else { "false" }), Some(BOOLEAN))))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some((Cow::Owned(value.to_string()), Some(NUMBER))))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some((Cow::Owned(value.to_string()), Some(NUMBER))))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some((Cow::Owned(value.to_string()), Some(NUMBER))))
    }

    fn visit_map<A: MapAccess<'de>>(self, from: A) -> Result<Self::Value, A::Error> {
        match digits(from)? {
            Some(digits) => Ok(Some((Cow::Owned(digits), Some(NUMBER)))),
            None => Err(self.0.wrong(STRING, "an object")),
        }
    }
}

/// Declares an enumeration as a table of its variants and their values: `enumeration! { Channel { Voice = "VOICE", } }`.
///
/// `Channel: sensitive` is for a shape that the model calls sensitive: its `Debug` shows nothing of it.
#[doc(hidden)]
#[macro_export]
macro_rules! __enumeration {
    ($(#$about:tt)* $name:ident $(: $sensitive:ident)? { $($(#$doc:tt)* $variant:ident = $value:literal,)* }) => {
        $(#$about)*
        #[derive(Clone, PartialEq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#$doc)* $variant,)*
            /// A value that this version of the crate does not know.
            Unknown(String),
        }

        impl $name {
            /// The value as it is on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }

            /// The values that this version of the crate knows, in the model's order.
            #[inline]
            pub const fn values() -> &'static [&'static str] {
                &[$($value),*]
            }

            /// The value of a text that this version of the crate knows. `from` and `parse` read any text.
            ///
            /// # Errors
            /// A text that is not among [`values`](Self::values).
            #[cfg(feature = "sdk_compat")]
            #[cfg_attr(docsrs, doc(cfg(feature = "sdk_compat")))]
            #[inline]
            pub fn try_parse(value: &str) -> Result<Self, $crate::runtime::__private::enumeration::UnknownVariantError> {
                $crate::runtime::__private::enumeration::try_parse(value)
            }
        }

        impl $crate::runtime::__private::Enumeration for $name {
            const VALUES: &'static [&'static str] = Self::values();

            #[inline]
            fn known(value: &str) -> Option<Self> {
                Some(match value {
                    $($value => Self::$variant,)*
                    _ => return None,
                })
            }
        }

        $crate::__debug_enumeration!($name $($sensitive)?);
        $crate::__serde!($name);

        impl $crate::runtime::__private::Write for $name {
            #[inline]
            fn string(&self) -> Option<&str> {
                Some(Self::as_str(self))
            }
        }

        impl $crate::runtime::__private::Read for $name {
            #[inline]
            fn read<'de, D: $crate::runtime::__private::Deserializer<'de>>(
                from: D,
                context: &$crate::runtime::__private::ReadContext<'_>,
            ) -> Result<Option<Self>, D::Error> {
                $crate::runtime::__private::enumeration::read(from, context)
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, to: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                to.pad(Self::as_str(self))
            }
        }

        // By hand: three derives for each enumeration cost a check of the crate far more than this comparison does.
        impl Eq for $name {}

        impl PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<::core::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        /// In the order of the values' text.
        impl Ord for $name {
            #[inline]
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                Self::as_str(self).cmp(Self::as_str(other))
            }
        }

        impl AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                Self::as_str(self)
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                $crate::runtime::__private::enumeration::of_str(value)
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(value: String) -> Self {
                <Self as $crate::runtime::__private::Enumeration>::known(&value).unwrap_or(Self::Unknown(value))
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> Result<Self, ::core::convert::Infallible> {
                Ok(From::from(value))
            }
        }

        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::Unknown(String::new())
            }
        }
    };
}

/// Implements `Debug` for an enumeration, which shows nothing of one that the model calls sensitive.
#[doc(hidden)]
#[macro_export]
macro_rules! __debug_enumeration {
    ($name:ident) => {
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, to: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::runtime::__private::debug::text(::core::stringify!($name), Self::as_str(self), to)
            }
        }
    };
    ($name:ident sensitive) => {
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, to: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::runtime::__private::debug::redacted(::core::stringify!($name), to)
            }
        }
    };
}
