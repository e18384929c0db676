//! Timestamps: points in time, and their text in the three formats of AWS protocols (Smithy trait `timestampFormat`).
//!
//! The calendar is the proleptic Gregorian one, computed here: a calendar library would cost every program more to build
//! than these formats need. No value is out of range, so nothing here fails but reading text.

mod calendar;
mod member;
mod parse;
mod value;

pub(crate) use calendar::civil;
pub use parse::DateTimeError;
pub use value::{DateTime, OutOfRange};
