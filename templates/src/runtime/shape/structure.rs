//! Structures and unions from a serde deserializer, read as tolerantly as the model allows.
//!
//! Everything that does not depend on the shape is in [`walk`], which a program compiles once for each kind of document. A shape costs a
//! program little more than its own [`Structure::fields_mut`].

use std::fmt;
use std::marker::PhantomData;

use serde_core::Deserializer;
use serde_core::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};

use crate::runtime::shape::collections::{Key, absent_or};
use crate::runtime::shape::context::{MemberValue, Path, ReadContext};
use crate::runtime::shape::member::{Location, Member};
use crate::runtime::shape::nearest::nearest;
use crate::runtime::shape::set::set;
use crate::runtime::shape::traits::{Read, Shape, Structure};

impl<T: Structure> Read for T {
    const STRICT: bool = T::SHAPE.request;

    #[inline]
    fn read<'de, D: Deserializer<'de>>(from: D, context: &ReadContext<'_>) -> Result<Option<Self>, D::Error> {
        let mut value = None;
        Self::read_some(from, context, &mut value)?;
        Ok(value)
    }

    fn read_root<'de, D: Deserializer<'de>>(from: D, context: &ReadContext<'_>) -> Result<Option<Self>, D::Error> {
        let mut value = None;
        let visitor = StructureVisitor { context, into: &mut value };
        // A union keeps a member that it does not know, so it takes every key.
        if T::SHAPE.union || T::SHAPE.members.len() > MOST {
            from.deserialize_map(visitor)?;
        } else {
            from.deserialize_struct(T::SHAPE.name, Names::<T>::ALL, visitor)?;
        }
        Ok(value)
    }

    #[inline]
    fn read_into<'de, D: Deserializer<'de>>(
        from: D,
        context: &ReadContext<'_>,
        into: &mut Self,
    ) -> Result<bool, D::Error> {
        from.deserialize_option(StructureVisitor { context, into })
    }

    #[inline]
    fn read_some<'de, D: Deserializer<'de>>(
        from: D,
        context: &ReadContext<'_>,
        into: &mut Option<Self>,
    ) -> Result<bool, D::Error> {
        from.deserialize_option(StructureVisitor { context, into })
    }

    #[inline]
    fn read_last<'de, D: Deserializer<'de>>(
        from: D,
        context: &ReadContext<'_>,
        into: &mut Vec<Self>,
    ) -> Result<bool, D::Error> {
        from.deserialize_option(StructureVisitor { context, into })
    }
}

/// The number of members that [`Names`] has room for: more than any structure of AWS's models has. One with more than that is read by
/// `deserialize_map`.
const MOST: usize = 256;

/// The names of a structure's members, as serde wants them: it knows no other form of a list than one with a place of its
/// own.
struct Names<T>(PhantomData<T>);

impl<T: Structure> Names<T> {
    const ROOM: [&'static str; MOST] = {
        let mut names = [""; MOST];
        let mut place = 0;
        while place < Self::count() {
            names[place] = T::SHAPE.members[place].name;
            place += 1;
        }
        names
    };

    const ALL: &'static [&'static str] = Self::ROOM.split_at(Self::count()).0;

    const fn count() -> usize {
        if T::SHAPE.members.len() > MOST { 0 } else { T::SHAPE.members.len() }
    }
}

/// The target that a structure is read into: a value, an option of one, or the end of a list.
trait ReadTarget {
    type Shape: Structure;

    /// Makes an empty structure there.
    fn make(&mut self) -> Option<&mut Self::Shape>;

    /// Leaves no structure there, or an empty one in a value, because the structure is absent or cannot be read.
    fn take_back(&mut self);
}

impl<T: Structure> ReadTarget for &mut T {
    type Shape = T;

    #[inline]
    fn make(&mut self) -> Option<&mut T> {
        // Of a key that comes twice the last value counts, and nothing of those before.
        **self = T::default();
        Some(self)
    }

    #[inline]
    fn take_back(&mut self) {
        **self = T::default();
    }
}

impl<T: Structure> ReadTarget for &mut Option<T> {
    type Shape = T;

    #[inline]
    fn make(&mut self) -> Option<&mut T> {
        Some(self.insert(T::default()))
    }

    #[inline]
    fn take_back(&mut self) {
        **self = None;
    }
}

impl<T: Structure> ReadTarget for &mut Vec<T> {
    type Shape = T;

    #[inline]
    fn make(&mut self) -> Option<&mut T> {
        self.push(T::default());
        self.last_mut()
    }

    #[inline]
    fn take_back(&mut self) {
        self.pop();
    }
}

struct StructureVisitor<'p, P> {
    context: &'p ReadContext<'p>,
    into: P,
}

impl<'de, P: ReadTarget> Visitor<'de> for StructureVisitor<'_, P> {
    type Value = bool;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(P::Shape::SHAPE.name, to)
    }

    absent_or!(deserialize_map, false);

    #[inline]
    fn visit_map<A: MapAccess<'de>>(mut self, mut from: A) -> Result<Self::Value, A::Error> {
        let Some(value) = self.into.make() else { return Ok(false) };
        let mut set = |from: &mut A, place: usize, context: &ReadContext<'_>| {
            from.next_value_seed(MemberSeed { into: &mut *value, place, context })
        };
        let is_there = walk(&mut from, self.context, const { &P::Shape::SHAPE }, &mut set);
        if !matches!(is_there, Ok(true)) {
            self.into.take_back();
        }
        is_there
    }
}

fn expecting(shape: &str, to: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(to, "an object ({shape})")
}

struct MemberSeed<'a, T> {
    into: &'a mut T,
    place: usize,
    context: &'a ReadContext<'a>,
}

impl<'de, T: Structure> DeserializeSeed<'de> for MemberSeed<'_, T> {
    type Value = bool;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        set(self.into, self.place, MemberValue { from, context: self.context })
    }
}

/// Reads the value of one member, by its place, and says whether there was one.
type Set<'s, A, E> = dyn FnMut(&mut A, usize, &ReadContext<'_>) -> Result<bool, E> + 's;

/// Reads the members of a structure; says whether there is one, which a union without a member is not.
fn walk<'de, A: MapAccess<'de>>(
    from: &mut A,
    context: &ReadContext<'_>,
    shape: &'static Shape,
    set: &mut Set<'_, A, A::Error>,
) -> Result<bool, A::Error> {
    let mut taken = false;
    let mut next = 0;
    let mut missing = if context.document.is_watched() { shape.required(context) } else { Vec::new() };
    while let Some(key) = from.next_key_seed(Key).inspect_err(|_| context.failed())? {
        let path = Path::Key(context.path, &key);
        let place = shape.place_of(&key, next, context);
        next = place.map_or(next, |place| place + 1);
        let context = context.member(place.and_then(|place| shape.members.get(place)), &path);
        let found = match place {
            Some(_) if shape.union && taken => another(from, &context),
            // A union says of an unknown member what it is without.
            Some(place) if place == shape.members.len() && !shape.union && context.document.is_strict() => {
                Err(unknown(&key, shape, &context))
            }
            Some(place) => set(from, place, &context),
            None => from.next_value::<IgnoredAny>().map(|_| false),
        };
        if found.inspect_err(|_| context.failed())? {
            taken = true;
            if !missing.is_empty() {
                missing.retain(|required| Some(*required) != place);
            }
        }
    }
    for place in missing {
        let member = &shape.members[place];
        let name = if context.member_names { member.name } else { member.wire };
        context.at(&Path::Key(context.path, name)).coerce("a required member", "nothing")?;
    }
    if shape.union && !taken {
        context.coerce("one member", "none")?;
    }
    Ok(taken || !shape.union)
}

/// The error for a member that the shape does not have, with the name that is most like it.
#[cold]
fn unknown<E: Error>(key: &str, shape: &Shape, context: &ReadContext<'_>) -> E {
    let names = shape.members.iter().map(|member| if context.member_names { member.name } else { member.wire });
    match nearest(key, names) {
        Some(name) => context.wrong(&format!("a member that the model knows, such as {name}"), "an unknown one"),
        None => context.wrong("a member that the model knows", "an unknown one"),
    }
}

/// Passes over a member of a union that has one already.
#[cold]
fn another<'de, A: MapAccess<'de>>(from: &mut A, context: &ReadContext<'_>) -> Result<bool, A::Error> {
    match from.next_value::<Option<IgnoredAny>>()? {
        Some(_) => context.coerce("one member only", "another one").map(|()| false),
        None => Ok(false),
    }
}

impl Shape {
    /// The place of the member that a key stands for: after all of them for a key that stands for none, and `None` for one
    /// that is to be passed over. It is looked for from `next` on, for many services answer in the model's order.
    #[inline]
    pub(crate) fn place_of(&self, key: &str, next: usize, context: &ReadContext<'_>) -> Option<usize> {
        match self.members.get(next) {
            Some(member) if is_it(member, key, context) => Some(next),
            _ => self.search(key, next, context),
        }
    }

    fn search(&self, key: &str, next: usize, context: &ReadContext<'_>) -> Option<usize> {
        let is_it = |member: &Member| is_it(member, key, context);
        let (before, after) = self.members.split_at(next.min(self.members.len()));
        let place = after.iter().position(is_it).map(|place| next + place);
        place.or_else(|| before.iter().position(is_it)).or_else(|| {
            let names_bound =
                |member: &Member| !context.member_names && member.name == key && is_bound(member, context);
            // AWS services mark shapes of JSON with their type.
            let passed_over = key == "__type" || self.members.iter().any(names_bound);
            (!passed_over).then_some(self.members.len())
        })
    }

    /// The places of the members that the model requires of this document.
    #[cold]
    fn required(&self, context: &ReadContext<'_>) -> Vec<usize> {
        let body_only = context.path.is_root() && !context.member_names;
        let here = |member: &Member| member.required && !(body_only && member.location != Location::Body);
        (0..self.members.len()).filter(|place| here(&self.members[*place])).collect()
    }
}

/// Whether a key stands for a member.
#[inline]
fn is_it(member: &Member, key: &str, context: &ReadContext<'_>) -> bool {
    if context.member_names { member.name == key } else { member.wire == key && !is_bound(member, context) }
}

/// Whether a member is no key of the body. Bindings hold for requests and responses: in the same shape further down, the
/// member is a key.
#[inline]
fn is_bound(member: &Member, context: &ReadContext<'_>) -> bool {
    member.location != Location::Body && context.path.is_root()
}
