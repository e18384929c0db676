//! Strings of a document after their opening quote, borrowed where they have no escapes.

use super::scan::plain;
use super::{Error, Json};

const END: &str = "EOF while parsing a string";
const LONE: &str = "lone leading surrogate in hex escape";

impl<'de> Json<'de> {
    /// The string, if it has no escapes; otherwise nothing was taken of it, and [`Json::unescape`] reads it.
    pub(super) fn borrow(&mut self) -> Option<&'de str> {
        let rest = self.text.get(self.at..)?;
        let length = plain(rest.as_bytes());
        if rest.as_bytes().get(length) != Some(&b'"') {
            return None;
        }
        self.at += length + 1;
        rest.get(..length)
    }

    /// The string, whatever it has.
    #[cold]
    pub(super) fn unescape(&mut self) -> Result<&str, Error> {
        let mut text = std::mem::take(&mut self.unescaped);
        text.clear();
        loop {
            let (part, is_last) = self.part()?;
            text.push_str(part);
            if is_last {
                break;
            }
            text.push(self.escape()?);
        }
        self.unescaped = text;
        Ok(&self.unescaped)
    }

    /// Passes over the string. What its escapes stand for is not looked at.
    pub(super) fn skip_string(&mut self) -> Result<(), Error> {
        while !self.part()?.1 {
            match self.take() {
                Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {}
                Some(b'u') => _ = self.hex()?,
                Some(_) => return Err(self.wrong("invalid escape")),
                None => return Err(self.wrong(END)),
            }
        }
        Ok(())
    }

    /// The text up to the next escape, or up to the end of the string. The backslash or the quote behind it is taken.
    fn part(&mut self) -> Result<(&'de str, bool), Error> {
        let start = self.at;
        self.at += self.text.as_bytes().get(start..).map_or(0, plain);
        let text = self.text.get(start..self.at).unwrap_or_default();
        match self.take() {
            Some(b'"') => Ok((text, true)),
            Some(b'\\') => Ok((text, false)),
            Some(_) => Err(self.wrong("control character (\\u0000-\\u001F) found while parsing a string")),
            None => Err(self.wrong(END)),
        }
    }

    /// The character that an escape stands for, of which the backslash was taken.
    fn escape(&mut self) -> Result<char, Error> {
        match self.take() {
            Some(byte @ (b'"' | b'\\' | b'/')) => Ok(byte.into()),
            Some(b'b') => Ok('\u{8}'),
            Some(b'f') => Ok('\u{c}'),
            Some(b'n') => Ok('\n'),
            Some(b'r') => Ok('\r'),
            Some(b't') => Ok('\t'),
            Some(b'u') => self.unicode(),
            Some(_) => Err(self.wrong("invalid escape")),
            None => Err(self.wrong(END)),
        }
    }

    /// The character of `\uXXXX`, or of two of them that are a surrogate pair.
    fn unicode(&mut self) -> Result<char, Error> {
        let first = self.hex()?;
        if let Some(char) = char::from_u32(first) {
            return Ok(char);
        }
        let behind = self.at;
        match self.pair(first) {
            Err(_) if self.tolerant => {
                // What follows is read for itself: it may be a character, or the end.
                self.at = behind;
                tracing::debug!(at = behind, "read half of a surrogate pair as U+FFFD");
                Ok(char::REPLACEMENT_CHARACTER)
            }
            paired => paired,
        }
    }

    /// The character of a surrogate pair, of which the first half was taken.
    fn pair(&mut self, first: u32) -> Result<char, Error> {
        if first >= 0xDC00 {
            return Err(self.wrong(LONE));
        }
        for expected in *b"\\u" {
            match self.take() {
                Some(byte) if byte == expected => {}
                Some(_) => return Err(self.wrong("unexpected end of hex escape")),
                None => return Err(self.wrong(END)),
            }
        }
        let second = self.hex()?;
        if !(0xDC00..0xE000).contains(&second) {
            return Err(self.wrong(LONE));
        }
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)).ok_or_else(|| self.wrong(LONE))
    }

    /// Four hexadecimal digits.
    fn hex(&mut self) -> Result<u32, Error> {
        let Some(digits) = self.text.as_bytes().get(self.at..self.at + 4) else {
            self.at = self.text.len();
            return Err(self.wrong(END));
        };
        self.at += 4;
        let value = digits.iter().try_fold(0, |value, digit| Some(value << 4 | char::from(*digit).to_digit(16)?));
        value.ok_or_else(|| self.wrong("invalid escape"))
    }
}
