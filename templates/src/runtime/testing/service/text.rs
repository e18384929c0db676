//! Text of labels, queries, headers and payloads: how it is a value by member names, and the other way round.

use serde_json::{Number, Value};

use super::model::Kind;
use crate::runtime::shape::member::TimestampFormat;
use crate::runtime::shape::timestamp::DateTime;

/// A scalar from its text; `None` where the text is none of the kind.
pub(super) fn scalar_of(kind: Kind, text: &str, format: TimestampFormat) -> Option<Value> {
    match kind {
        // Bytes are base64 in every text, which is how values have them.
        Kind::String | Kind::Blob => Some(text.into()),
        Kind::Boolean => text.parse::<bool>().ok().map(Value::Bool),
        Kind::Byte => text.parse::<i8>().ok().map(Value::from),
        Kind::Short => text.parse::<i16>().ok().map(Value::from),
        Kind::Integer => text.parse::<i32>().ok().map(Value::from),
        Kind::Long => text.parse::<i64>().ok().map(Value::from),
        Kind::Float | Kind::Double => float_of(text),
        Kind::Timestamp => timestamp_of(text, format).map(time_value),
        _ => None,
    }
}

/// What a text of a kind is, for messages.
pub(super) fn expected_text(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "true or false",
        Kind::Byte | Kind::Short | Kind::Integer | Kind::Long => "a whole number in the range of its type",
        Kind::Float | Kind::Double => "a number",
        Kind::Timestamp => "a time in the format of the model",
        _ => "a text",
    }
}

/// A float, or the text of one that JSON has no number for.
fn float_of(text: &str) -> Option<Value> {
    if matches!(text, "NaN" | "Infinity" | "-Infinity") {
        return Some(text.into());
    }
    text.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number)
}

/// The text of a scalar; `None` where the value is none of the kind.
pub(super) fn scalar_text(kind: Kind, value: &Value, format: TimestampFormat) -> Option<String> {
    match (kind, value) {
        (Kind::Timestamp, value) => Some(time_of(value)?.format(format)),
        (Kind::String | Kind::Blob | Kind::Float | Kind::Double, Value::String(text)) => Some(text.clone()),
        (Kind::Boolean, Value::Bool(on)) => Some(on.to_string()),
        (_, Value::Number(number)) if kind.is_number() => Some(number.to_string()),
        _ => None,
    }
}

/// A point in time in the modelled format.
pub(super) fn timestamp_of(text: &str, format: TimestampFormat) -> Option<DateTime> {
    match format {
        TimestampFormat::EpochSeconds => match text.parse() {
            Ok(seconds) => Some(DateTime::from_secs(seconds)),
            Err(_) => text.parse().ok().and_then(DateTime::from_secs_f64),
        },
        TimestampFormat::DateTime | TimestampFormat::HttpDate => DateTime::parse(text).ok(),
    }
}

/// A point in time from its value by member names: seconds since 1970, or a text in any format.
pub(super) fn time_of(value: &Value) -> Option<DateTime> {
    match value {
        Value::Number(number) => match number.as_i64() {
            Some(seconds) => Some(DateTime::from_secs(seconds)),
            None => number.as_f64().and_then(DateTime::from_secs_f64),
        },
        Value::String(text) => DateTime::parse(text).ok(),
        _ => None,
    }
}

/// A point in time as its value by member names.
pub(super) fn time_value(time: DateTime) -> Value {
    if time.subsec_nanos() == 0 { time.secs().into() } else { time.as_secs_f64().into() }
}

impl Kind {
    /// Whether values are numbers.
    pub(super) fn is_number(self) -> bool {
        self.is_integer() || matches!(self, Self::Float | Self::Double)
    }

    /// Whether values are numbers without a fraction.
    pub(super) fn is_integer(self) -> bool {
        matches!(self, Self::Byte | Self::Short | Self::Integer | Self::Long)
    }

    /// Whether values are structures, one way or another.
    pub(super) fn is_structure(self) -> bool {
        matches!(self, Self::Structure | Self::Union | Self::Exception)
    }
}
