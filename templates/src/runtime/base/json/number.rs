//! Numbers of a document: an integer if it is one and fits, a float otherwise.

use super::{Error, Json};

const INVALID: &str = "invalid number";
const END: &str = "EOF while parsing a value";

/// The value of a number.
pub(super) enum Number {
    Natural(u64),
    Negative(i64),
    Float(f64),
}

impl<'de> Json<'de> {
    /// The digits of a number, if a number comes next.
    pub(super) fn digits(&mut self) -> Result<Option<&'de str>, Error> {
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            return Ok(None);
        }
        let start = self.at;
        self.pass_number()?;
        Ok(self.text.get(start..self.at))
    }

    /// The number, of which the first byte was seen.
    pub(super) fn number(&mut self) -> Result<Number, Error> {
        let start = self.at;
        match (self.pass_number()?, self.text.as_bytes().get(start)) {
            (Some(value @ 1..), Some(b'-')) => match 0_i64.checked_sub_unsigned(value) {
                Some(value) => Ok(Number::Negative(value)),
                None => self.float(start),
            },
            // An integer has no negative zero.
            (Some(_), Some(b'-')) => Ok(Number::Float(-0.0)),
            (Some(value), _) => Ok(Number::Natural(value)),
            (None, _) => self.float(start),
        }
    }

    /// Passes over a number; gives its digits where it has no fraction and no exponent, and they fit.
    pub(super) fn pass_number(&mut self) -> Result<Option<u64>, Error> {
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        let mut value = match self.take() {
            Some(b'0') if matches!(self.byte(), Some(b'0'..=b'9')) => return Err(self.wrong_here(INVALID)),
            Some(first @ b'0'..=b'9') => Some(u64::from(first - b'0')),
            Some(_) => return Err(self.wrong(INVALID)),
            None => return Err(self.wrong(END)),
        };
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            self.at += 1;
            value = value.and_then(|value| value.checked_mul(10)?.checked_add((digit - b'0').into()));
        }
        if let Some(b'.' | b'e' | b'E') = self.byte() {
            self.pass_fraction()?;
            value = None;
        }
        Ok(value)
    }

    fn pass_fraction(&mut self) -> Result<(), Error> {
        if self.byte() == Some(b'.') {
            self.at += 1;
            match self.byte() {
                Some(b'0'..=b'9') => self.pass_digits(),
                Some(_) => return Err(self.wrong_here(INVALID)),
                None => return Err(self.wrong_here(END)),
            }
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            match self.take() {
                Some(b'0'..=b'9') => self.pass_digits(),
                Some(_) => return Err(self.wrong(INVALID)),
                None => return Err(self.wrong(END)),
            }
        }
        Ok(())
    }

    fn pass_digits(&mut self) {
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
    }

    /// The float that was passed over, rounded as the standard library rounds: to the nearest.
    fn float(&self, start: usize) -> Result<Number, Error> {
        match self.text.get(start..self.at).unwrap_or_default().parse() {
            Ok(value) if f64::is_finite(value) || self.tolerant => Ok(Number::Float(value)),
            _ => Err(self.wrong("number out of range")),
        }
    }
}
