//! A point in time as a member: how it is written and read by the format that the model gives it.

use serde_core::Serializer;

use super::parse::any;
use super::value::DateTime;
use crate::runtime::shape::context::Reading;
use crate::runtime::shape::member::{Location, TimestampFormat};
use crate::runtime::shape::scalar::{Fit, Scalar, read_as_scalar};
use crate::runtime::shape::traits::{Form, Piece, Write};

read_as_scalar!(DateTime);

// As a member: seconds since 1970, which is how AWS's tools write timestamps by member names.
crate::__serde!(DateTime);

impl Write for DateTime {
    fn write<S: Serializer>(&self, to: S, form: Form) -> Result<S::Ok, S::Error> {
        match form.timestamp {
            TimestampFormat::EpochSeconds if self.subsec_nanos() == 0 => to.serialize_i64(self.secs()),
            TimestampFormat::EpochSeconds => to.serialize_f64(self.as_secs_f64()),
            format => to.serialize_str(&self.format(format)),
        }
    }

    fn text(&self, form: Form, to: &mut dyn FnMut(Piece<'_>)) {
        // botocore sends whole seconds in headers, whatever the format.
        let time = if form.location == Location::Header { Self::from_secs(self.secs()) } else { *self };
        to(Piece::plain(time.format(form.timestamp).as_bytes()));
    }
}

impl Scalar for DateTime {
    const EXPECTED: &'static str = "a timestamp in the modelled format";

    fn text(text: &str, form: &Reading<'_>) -> Fit<Self> {
        let Some((time, format)) = any(text) else { return Fit::Wrong };
        // The JSON that goes by member names is written by people and other SDKs, who may choose the format.
        let modelled =
            form.member_names || format == form.timestamp && (form.text || format != TimestampFormat::EpochSeconds);
        if modelled { Fit::Modelled(time) } else { Fit::PutRight(time) }
    }

    fn integer(value: i128, form: &Reading<'_>) -> Fit<Self> {
        i64::try_from(value).map_or(Fit::TooLarge, |seconds| number(Self::from_secs(seconds), form))
    }

    fn float(value: f64, form: &Reading<'_>) -> Fit<Self> {
        Self::from_secs_f64(value).map_or(Fit::TooLarge, |time| number(time, form))
    }
}

fn number(time: DateTime, form: &Reading<'_>) -> Fit<DateTime> {
    if form.member_names || form.timestamp == TimestampFormat::EpochSeconds {
        Fit::Modelled(time)
    } else {
        Fit::PutRight(time)
    }
}
