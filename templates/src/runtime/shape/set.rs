//! Setting one member of a structure from a value: the walk over the members to be read, in which the one at that place takes it.

use serde_core::Deserializer;
use serde_core::de::Error;

use crate::runtime::shape::context::MemberValue;
use crate::runtime::shape::document::Document;
use crate::runtime::shape::traits::{FieldsMut, Read, Structure};

/// Reads one member, by its place in the order of the members, and says whether there was a value; any other number is a
/// member that is not known.
///
/// # Errors
/// Those of the deserializer, and a value that cannot be one of the member's shape.
#[inline]
pub(crate) fn set<'de, T: Structure, D: Deserializer<'de>>(
    into: &mut T,
    place: usize,
    from: MemberValue<'_, D>,
) -> Result<bool, D::Error> {
    let mut found = MemberReader::new(place, from);
    into.fields_mut(&mut found);
    found.end()
}

/// The walk that reads the value found for one member: the one at that place takes it.
///
/// Members are counted, not named: an optimizing compiler makes one jump of the walk, and the compiler of the crate has
/// no more to look at than a list of them.
struct MemberReader<'p, D, E> {
    place: usize,
    turn: usize,
    source: Option<MemberValue<'p, D>>,
    result: Result<bool, E>,
}

impl<'p, 'de, D: Deserializer<'de, Error = E>, E: Error> MemberReader<'p, D, E> {
    #[inline]
    fn new(place: usize, source: MemberValue<'p, D>) -> Self {
        Self { place, turn: 0, source: Some(source), result: Ok(false) }
    }

    /// Says whether there was a value; one that no member took is passed over.
    #[inline]
    fn end(self) -> Result<bool, E> {
        match self.source {
            Some(source) => source.skip(),
            None => self.result,
        }
    }

    /// Whether it is the turn of the member that the value was found for.
    #[inline]
    fn is_next(&mut self) -> bool {
        let turn = self.turn;
        self.turn = turn + 1;
        turn == self.place
    }

    /// Reads the value into its member, and leaves the member as it is where the value is a null.
    ///
    /// Not inlined: most members are of few types, which share it, and what is left of the walk is a jump.
    #[inline(never)]
    fn read_into<T: Read>(&mut self, into: &mut T) {
        if let Some(source) = self.source.take() {
            self.result = T::read_into(source.from, source.context, into);
        }
    }

    /// Reads the value of a union's member; a null is none. Not inlined either.
    #[inline(never)]
    fn read<T: Read>(&mut self) -> Option<T> {
        let source = self.source.take()?;
        match T::read(source.from, source.context) {
            Ok(value) => {
                self.result = Ok(value.is_some());
                value
            }
            Err(error) => {
                self.result = Err(error);
                None
            }
        }
    }
}

impl<'de, D: Deserializer<'de, Error = E>, E: Error> FieldsMut for MemberReader<'_, D, E> {
    #[inline]
    fn field<T: Read>(&mut self, into: &mut T) {
        if self.is_next() {
            self.read_into(into);
        }
    }

    #[inline]
    fn variant<T: Read>(&mut self) -> Option<T> {
        if self.is_next() { self.read() } else { None }
    }

    #[inline]
    fn unknown(&mut self) -> Option<(String, Document)> {
        let context = self.source.as_ref()?.context;
        let value = self.read()?;
        match context.coerce("a member that the model knows", "an unknown one") {
            Ok(()) => Some((context.path.name().to_owned(), value)),
            Err(error) => {
                self.result = Err(error);
                None
            }
        }
    }
}
