//! Text of scalars: in a document, a label, the query string, a header or a payload.

use serde_core::Serializer;

use crate::runtime::shape::traits::{Fragment, Write, WriteContext};

impl Write for String {
    #[inline]
    fn string(&self) -> Option<&str> {
        Some(self)
    }
}

impl Write for bool {
    #[inline]
    fn write<S: Serializer>(&self, to: S, _form: WriteContext) -> Result<S::Ok, S::Error> {
        to.serialize_bool(*self)
    }

    fn text(&self, _form: WriteContext, to: &mut dyn FnMut(Fragment<'_>)) {
        to(Fragment::plain(if *self { b"true" } else { b"false" }));
    }
}

macro_rules! integer {
    ($($shape:ty => $write:ident),*) => {$(
        impl Write for $shape {
            #[inline]
            fn write<S: Serializer>(&self, to: S, _form: WriteContext) -> Result<S::Ok, S::Error> {
                to.$write(*self)
            }

            fn text(&self, _form: WriteContext, to: &mut dyn FnMut(Fragment<'_>)) {
                to(Fragment::plain(self.to_string().as_bytes()));
            }
        }
    )*};
}

integer!(i32 => serialize_i32, i64 => serialize_i64);

macro_rules! float {
    ($($shape:ty => $write:ident),*) => {$(
        impl Write for $shape {
            #[inline]
            fn write<S: Serializer>(&self, to: S, _form: WriteContext) -> Result<S::Ok, S::Error> {
                if self.is_finite() { to.$write(*self) } else { to.serialize_str(not_finite((*self).into())) }
            }

            fn text(&self, _form: WriteContext, to: &mut dyn FnMut(Fragment<'_>)) {
                if self.is_finite() {
                    to(Fragment::plain(decimal(&format!("{self:e}")).as_bytes()));
                } else {
                    to(Fragment::plain(not_finite((*self).into()).as_bytes()));
                }
            }
        }
    )*};
}

float!(f32 => serialize_f32, f64 => serialize_f64);

/// The strings that AWS JSON protocols have for the floats that JSON has no numbers for.
fn not_finite(value: f64) -> &'static str {
    if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    }
}

/// The digits of a float outside of JSON, as botocore has them: the shortest that mean the float, with an exponent below
/// 1e-4 and from 1e16 on, which has two digits at least.
pub(crate) fn decimal(scientific: &str) -> String {
    let (sign, scientific) = scientific.strip_prefix('-').map_or(("", scientific), |rest| ("-", rest));
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i64 = exponent.parse().unwrap_or_default();
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    match exponent {
        ..-4 | 16.. => {
            let point = if fraction.is_empty() { "" } else { "." };
            let negative = if exponent < 0 { '-' } else { '+' };
            format!("{sign}{whole}{point}{fraction}e{negative}{:02}", exponent.unsigned_abs())
        }
        -4..0 => {
            let zeros = &"000"[..(-exponent - 1) as usize];
            format!("{sign}0.{zeros}{whole}{fraction}")
        }
        0..16 => {
            let point = exponent.unsigned_abs() as usize;
            let digits = format!("{fraction:0<point$}");
            let (before, after) = digits.split_at(point);
            format!("{sign}{whole}{before}.{}", if after.is_empty() { "0" } else { after })
        }
    }
}
