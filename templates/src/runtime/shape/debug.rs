//! `Debug` of structures, which never shows what the model marks as sensitive.

use std::fmt::{self, Debug, DebugStruct};
use std::slice;

use crate::runtime::shape::document::Document;
use crate::runtime::shape::member::Member;
use crate::runtime::shape::traits::{Fields, Structure, Write};

/// The text that stands in the place of a sensitive value (Smithy trait `sensitive`).
pub const REDACTED: &str = "** redacted **";

/// Shows a structure or a union as `#[derive(Debug)]` would, by the model's names, without what is absent.
///
/// # Errors
/// Those of the formatter.
#[inline]
pub fn debug<T: Structure>(value: &T, to: &mut fmt::Formatter<'_>) -> fmt::Result {
    if const { T::SHAPE.union } {
        let mut shown = Variant { to, result: Ok(()) };
        value.fields(&mut shown);
        shown.result
    } else {
        let mut shown = Shown(to.debug_struct(T::SHAPE.name), T::SHAPE.members.iter());
        value.fields(&mut shown);
        shown.0.finish()
    }
}

/// Shows that there is a value of a shape, and nothing of it.
///
/// # Errors
/// Those of the formatter.
pub fn redacted(shape: &str, to: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(to, "{shape}({REDACTED})")
}

/// Shows an enumeration as the name of its shape and its value.
///
/// # Errors
/// Those of the formatter.
pub fn text(shape: &str, value: &str, to: &mut fmt::Formatter<'_>) -> fmt::Result {
    to.debug_tuple(shape).field(&value).finish()
}

struct Shown<'a, 'b>(DebugStruct<'a, 'b>, slice::Iter<'static, Member>);

impl Fields for Shown<'_, '_> {
    #[inline]
    fn next(&mut self) -> Option<&'static Member> {
        self.1.next()
    }

    #[inline]
    fn at<T: Write>(&mut self, member: &Member, value: &T) {
        self.part(member, value);
    }

    #[inline]
    fn part<T: Write>(&mut self, member: &Member, value: &T) {
        if !value.is_absent() {
            self.0.field(member.name, shown(member, value));
        }
    }

    fn unknown(&mut self, name: &str, _value: &Document) {
        self.0.field("Unknown", &name);
    }
}

/// Unions have one member, and it is shown like the variant of an enum.
struct Variant<'a, 'b> {
    to: &'a mut fmt::Formatter<'b>,
    result: fmt::Result,
}

impl Fields for Variant<'_, '_> {
    #[inline]
    fn next(&mut self) -> Option<&'static Member> {
        None
    }

    #[inline]
    fn at<T: Write>(&mut self, member: &Member, value: &T) {
        self.part(member, value);
    }

    #[inline]
    fn part<T: Write>(&mut self, member: &Member, value: &T) {
        self.result = self.to.debug_tuple(member.name).field(shown(member, value)).finish();
    }

    /// Nobody knows whether the value is sensitive.
    fn unknown(&mut self, name: &str, _value: &Document) {
        self.result = self.to.debug_tuple("Unknown").field(&name).finish();
    }
}

fn shown<'a>(member: &Member, value: &'a dyn Debug) -> &'a dyn Debug {
    if member.sensitive { &Redacted } else { value }
}

struct Redacted;

impl Debug for Redacted {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(REDACTED)
    }
}
