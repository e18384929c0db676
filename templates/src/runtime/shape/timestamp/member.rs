//! A point in time as a member: how it is written and read by the format that the model gives it.

use serde_core::Serializer;

use super::parse::any;
use super::value::DateTime;
use crate::runtime::shape::context::ReadContext;
use crate::runtime::shape::member::{Location, TimestampFormat};
use crate::runtime::shape::scalar::{Fit, Scalar, read_as_scalar};
use crate::runtime::shape::traits::{Fragment, Write, WriteContext};

read_as_scalar!(DateTime);

// As a member: seconds since 1970, which is how AWS's tools write timestamps by member names.
crate::__serde!(DateTime);

impl Write for DateTime {
    fn write<S: Serializer>(&self, to: S, context: WriteContext) -> Result<S::Ok, S::Error> {
        match context.timestamp {
            TimestampFormat::EpochSeconds if self.subsec_nanos() == 0 => to.serialize_i64(self.secs()),
            TimestampFormat::EpochSeconds => to.serialize_f64(self.as_secs_f64()),
            format => to.serialize_str(&self.format(format)),
        }
    }

    fn text(&self, context: WriteContext, to: &mut dyn FnMut(Fragment<'_>)) {
        // botocore sends whole seconds in headers, whatever the format.
        let time = if context.location == Location::Header { Self::from_secs(self.secs()) } else { *self };
        to(Fragment::plain(time.format(context.timestamp).as_bytes()));
    }
}

impl Scalar for DateTime {
    const EXPECTED: &'static str = "a timestamp in the modelled format";

    fn text(text: &str, context: &ReadContext<'_>) -> Fit<Self> {
        let Some((time, format)) = any(text) else { return Fit::Wrong };
        // The JSON that goes by member names is written by people and other SDKs, who may choose the format.
        let modelled = context.member_names
            || format == context.timestamp && (context.text || format != TimestampFormat::EpochSeconds);
        if modelled { Fit::Modelled(time) } else { Fit::Coerced(time) }
    }

    fn integer(value: i128, context: &ReadContext<'_>) -> Fit<Self> {
        i64::try_from(value).map_or(Fit::TooLarge, |seconds| number(Self::from_secs(seconds), context))
    }

    fn float(value: f64, context: &ReadContext<'_>) -> Fit<Self> {
        Self::from_secs_f64(value).map_or(Fit::TooLarge, |time| number(time, context))
    }
}

fn number(time: DateTime, context: &ReadContext<'_>) -> Fit<DateTime> {
    if context.member_names || context.timestamp == TimestampFormat::EpochSeconds {
        Fit::Modelled(time)
    } else {
        Fit::Coerced(time)
    }
}
