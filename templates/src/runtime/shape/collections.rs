//! Lists and maps from a serde deserializer, read as tolerantly as the model allows.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;
use std::mem::size_of;

use serde_core::Deserializer;
use serde_core::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};

use crate::runtime::shape::context::{Path, ReadContext};
use crate::runtime::shape::traits::Read;

impl<T: Read> Read for Option<T> {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(from: D, context: &ReadContext<'_>) -> Result<Option<Self>, D::Error> {
        T::read(from, context).map(|value| value.map(Some))
    }

    #[inline]
    fn read_into<'de, D: Deserializer<'de>>(
        from: D,
        context: &ReadContext<'_>,
        into: &mut Self,
    ) -> Result<bool, D::Error> {
        T::read_some(from, context, into)
    }

    #[inline]
    fn null() -> Option<Self> {
        Some(None)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(from: D, context: &ReadContext<'_>) -> Result<Option<Self>, D::Error> {
        let mut list = None;
        Self::read_some(from, context, &mut list)?;
        Ok(list)
    }

    #[inline]
    fn read_some<'de, D: Deserializer<'de>>(
        from: D,
        context: &ReadContext<'_>,
        into: &mut Option<Self>,
    ) -> Result<bool, D::Error> {
        from.deserialize_option(ListVisitor { context, into })
    }
}

impl<K, T, H> Read for HashMap<K, T, H>
where
    K: From<String> + Eq + Hash,
    T: Read,
    H: BuildHasher + Default,
{
    fn read<'de, D: Deserializer<'de>>(from: D, context: &ReadContext<'_>) -> Result<Option<Self>, D::Error> {
        from.deserialize_option(EntriesVisitor { context, map: PhantomData })
    }
}

/// A null, or what `deserialize_option` says is there: asking for that first costs one look at the next byte, and less
/// code per shape than `deserialize_any`.
macro_rules! absent_or {
    ($ask:ident, $absent:expr) => {
        #[inline]
        fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
            Ok($absent)
        }

        #[inline]
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok($absent)
        }

        #[inline]
        fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
            from.$ask(self)
        }
    };
}

pub(crate) use absent_or;

struct ListVisitor<'a, 'p, T> {
    context: &'p ReadContext<'p>,
    into: &'a mut Option<Vec<T>>,
}

impl<'de, T: Read> Visitor<'de> for ListVisitor<'_, '_, T> {
    type Value = bool;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a list")
    }

    absent_or!(deserialize_seq, false);

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        let mut index = 0;
        loop {
            let path = Path::Index(self.context.path, index);
            let context = self.context.at(&path);
            if !context.document.takes(size_of::<T>()) {
                return Err(context.too_large());
            }
            let room = if list.len() < list.capacity() { 0 } else { room(list.len(), || from.size_hint()) };
            let element = Element { list: &mut list, room, context: &context };
            if from.next_element_seed(element).inspect_err(|_| context.failed())?.is_none() {
                break;
            }
            index += 1;
        }
        if list.capacity() / 2 > list.len().max(SURE) {
            list.shrink_to_fit();
        }
        *self.into = Some(list);
        Ok(true)
    }
}

/// Reads an element into its list.
struct Element<'a, 'p, T> {
    list: &'a mut Vec<T>,
    /// For how many elements the list makes room, where it is full.
    room: usize,
    context: &'p ReadContext<'p>,
}

impl<'de, T: Read> DeserializeSeed<'de> for Element<'_, '_, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.list.reserve(self.room);
        if !T::read_last(from, self.context, self.list)? {
            if let Some(value) = present(None, self.context)? {
                self.list.push(value);
            }
        }
        Ok(())
    }
}

/// From how many elements on a list believes what is said of those that are to come.
const SURE: usize = 16;

/// For how many more elements a full list makes room. A long one makes it once, if all goes well: growing step by step
/// moves what is there, into memory that is new each time. Where what is said is wrong, the room is still no more than a
/// multiple of what was read.
#[inline]
fn room(read: usize, to_come: impl FnOnce() -> Option<usize>) -> usize {
    if read < SURE { 1 } else { to_come().unwrap_or(0).clamp(1, read * SURE) }
}

/// The number of entries that the smallest map has room for.
const FEW: usize = 3;

struct EntriesVisitor<'p, M> {
    context: &'p ReadContext<'p>,
    map: PhantomData<M>,
}

impl<'de, K, T, H> Visitor<'de> for EntriesVisitor<'_, HashMap<K, T, H>>
where
    K: From<String> + Eq + Hash,
    T: Read,
    H: BuildHasher + Default,
{
    type Value = Option<HashMap<K, T, H>>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an object (a map)")
    }

    absent_or!(deserialize_map, None);

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        let mut map = HashMap::with_hasher(H::default());
        // A map that grows hashes all its keys again each time: from some on they are a list first, and the map grows once.
        let mut rest = Vec::new();
        let mut index = 0;
        while let Some(key) = from.next_key_seed(Key).inspect_err(|_| self.context.failed())? {
            let path = Path::Entry(self.context.path, index);
            index += 1;
            let context = self.context.at(&path);
            if !context.document.takes(size_of::<(K, T)>()) {
                return Err(context.too_large());
            }
            let value = from
                .next_value_seed(Value { context: &context, value: PhantomData })
                .inspect_err(|_| context.failed())?;
            if let Some(value) = present(value, &context)? {
                let key = K::from(key.into_owned());
                if map.len() < FEW {
                    map.insert(key, value);
                } else {
                    rest.push((key, value));
                }
            }
        }
        map.reserve(rest.len());
        map.extend(rest);
        Ok(Some(map))
    }
}

/// The value of an element or an entry; a null is left out, unless nulls are values there.
#[inline]
fn present<T: Read, E: Error>(value: Option<T>, context: &ReadContext<'_>) -> Result<Option<T>, E> {
    match value.or_else(T::null) {
        Some(value) => Ok(Some(value)),
        None => context.coerce("a value", "null").map(|()| None),
    }
}

struct Value<'p, T> {
    context: &'p ReadContext<'p>,
    value: PhantomData<T>,
}

impl<'de, T: Read> DeserializeSeed<'de> for Value<'_, T> {
    type Value = Option<T>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        T::read(from, self.context)
    }
}

/// Reads a key, borrowed from the document wherever it has no escapes.
pub(crate) struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a key")
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    #[inline]
    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }

    #[inline]
    fn visit_string<E: Error>(self, key: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key))
    }
}
