//! Takes a serde deserializer; gives structures and unions, read as tolerantly as the model allows.
//!
//! All that does not depend on the shape is in [`walk`], which a program has once for each kind of document it reads: a
//! shape costs a program little more than its own [`Structure::set`].

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde_core::Deserializer;
use serde_core::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};

use super::member::{Location, Member, TimestampFormat, all_plain};
use super::read::{Key, absent_or};
use super::reading::{Path, Reading, Source};
use super::shape::{Read, Structure};

impl<T: Structure> Read for T {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(from: D, form: Reading<'_>) -> Result<Option<Self>, D::Error> {
        from.deserialize_option(StructureVisitor { form, shape: PhantomData })
    }
}

struct StructureVisitor<'p, T> {
    form: Reading<'p>,
    shape: PhantomData<T>,
}

impl<'de, T: Structure> Visitor<'de> for StructureVisitor<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(T::NAME, to)
    }

    absent_or!(deserialize_map);

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        let mut value = T::default();
        let mut set = |from: &mut A, name: &str, form: Reading<'_>, found: &Cell<bool>| {
            from.next_value_seed(MemberSeed { into: &mut value, name, form, found })
        };
        let is_there = walk(&mut from, self.form, const { &Shape::of::<T>() }, &mut set)?;
        Ok(is_there.then_some(value))
    }
}

fn expecting(shape: &str, to: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(to, "an object ({shape})")
}

struct MemberSeed<'a, T> {
    into: &'a mut T,
    name: &'a str,
    form: Reading<'a>,
    found: &'a Cell<bool>,
}

impl<'de, T: Structure> DeserializeSeed<'de> for MemberSeed<'_, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.into.set(self.name, Source { from, form: self.form, found: self.found })
    }
}

/// What is known of a structure without its type.
pub(super) struct Shape {
    union: bool,
    /// Whether every key is the name of a member as it is.
    plain: bool,
    pub(super) members: &'static [Member],
}

impl Shape {
    pub(super) const fn of<T: Structure>() -> Self {
        Self { union: T::UNION, plain: all_plain(T::MEMBERS), members: T::MEMBERS }
    }
}

/// Reads the value of one member, by the name under which [`Structure::set`] knows it, and says whether there was one.
type Set<'s, A, E> = dyn FnMut(&mut A, &str, Reading<'_>, &Cell<bool>) -> Result<(), E> + 's;

/// Reads the members of a structure; says whether there is one, which a union without a member is not.
fn walk<'de, A: MapAccess<'de>>(
    from: &mut A,
    form: Reading<'_>,
    shape: &'static Shape,
    set: &mut Set<'_, A, A::Error>,
) -> Result<bool, A::Error> {
    let mut taken = false;
    let mut missing = if form.document.is_watched() { shape.required(form) } else { Vec::new() };
    while let Some(key) = from.next_key_seed(Key).inspect_err(|_| form.failed())? {
        let path = Path::Key(form.path, &key);
        let member = Reading { timestamp: TimestampFormat::EpochSeconds, ..form.at(&path) };
        let found = Cell::new(false);
        let read = match shape.name_for(&key, form) {
            Some(_) if shape.union && taken => another(from, member),
            Some(name) => set(from, name, member, &found).inspect(|()| {
                if found.get() && !missing.is_empty() {
                    missing.retain(|required| *required != name);
                }
            }),
            None => from.next_value::<IgnoredAny>().map(drop),
        };
        read.inspect_err(|_| member.failed())?;
        taken |= found.get();
    }
    for name in missing {
        form.at(&Path::Key(form.path, name)).put_right("a required member", "nothing")?;
    }
    if shape.union && !taken {
        form.put_right("one member", "none")?;
    }
    Ok(taken || !shape.union)
}

/// Passes over a member of a union that has one already.
#[cold]
fn another<'de, A: MapAccess<'de>>(from: &mut A, form: Reading<'_>) -> Result<(), A::Error> {
    match from.next_value::<Option<IgnoredAny>>()? {
        Some(_) => form.put_right("one member only", "another one"),
        None => Ok(()),
    }
}

impl Shape {
    /// The name by which [`Structure::set`] knows the member of a key; `None` for a key that is to be passed over.
    pub(super) fn name_for<'k>(&self, key: &'k str, form: Reading<'_>) -> Option<&'k str> {
        let mut members = self.members.iter();
        // AWS services mark shapes of JSON with their type.
        if key == "__type" && !members.clone().any(|member| member.wire == key) {
            return None;
        }
        if self.plain {
            return Some(key);
        }
        if form.member_names {
            let renamed = members.find(|member| member.name == key && member.renamed);
            return Some(renamed.map_or(key, |member| member.key()));
        }
        let mut bound = members.filter(|member| member.location != Location::Body);
        // Bindings hold for requests and responses. In the same shape further down, the member is a key of the body.
        if form.path.is_root() {
            return (!bound.any(|member| member.name == key)).then_some(key);
        }
        Some(bound.find(|member| member.wire == key).map_or(key, |member| member.name))
    }

    /// The members that the model requires of this document, as [`Structure::set`] knows them.
    #[cold]
    fn required(&self, form: Reading<'_>) -> Vec<&'static str> {
        let body_only = form.path.is_root() && !form.member_names;
        let here = |member: &&Member| member.required && !(body_only && member.location != Location::Body);
        self.members.iter().filter(here).map(Member::key).collect()
    }
}
