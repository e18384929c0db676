//! Skipped values of a document, which are checked and dropped at any depth.

use super::{Error, Json};

impl Json<'_> {
    /// Passes over a value, which must be JSON all the same.
    pub(super) fn skip(&mut self) -> Result<(), Error> {
        let mut around = NestingStack::default();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    self.skip_string()?;
                }
                Some(b'-' | b'0'..=b'9') => _ = self.pass_number()?,
                Some(b'n') => self.literal("null")?,
                Some(b't') => self.literal("true")?,
                Some(b'f') => self.literal("false")?,
                Some(bracket @ (b'[' | b'{')) => {
                    self.at += 1;
                    around.open(bracket == b'{');
                    if self.peek() != Some(bracket + 2) {
                        self.skip_key(&around)?;
                        continue;
                    }
                }
                Some(_) => return Err(self.wrong_here("expected value")),
                None => return Err(self.wrong_here("EOF while parsing a value")),
            }
            while let Some(is_object) = around.is_object() {
                match (self.peek(), is_object) {
                    (Some(b','), _) => {
                        self.at += 1;
                        self.skip_key(&around)?;
                        break;
                    }
                    (Some(b'}'), true) | (Some(b']'), false) => {
                        self.at += 1;
                        around.close();
                    }
                    (Some(_), true) => return Err(self.wrong_here("expected `,` or `}`")),
                    (Some(_), false) => return Err(self.wrong_here("expected `,` or `]`")),
                    (None, true) => return Err(self.wrong_here("EOF while parsing an object")),
                    (None, false) => return Err(self.wrong_here("EOF while parsing a list")),
                }
            }
            if around.is_object().is_none() {
                return Ok(());
            }
        }
    }

    /// Passes over the key of the next value, where it has one.
    fn skip_key(&mut self, around: &NestingStack) -> Result<(), Error> {
        if around.is_object() != Some(true) {
            return Ok(());
        }
        match self.peek() {
            Some(b'"') => self.at += 1,
            Some(_) => return Err(self.wrong_here("key must be a string")),
            None => return Err(self.wrong_here("EOF while parsing an object")),
        }
        self.skip_string()?;
        self.colon()
    }
}

/// The lists and objects around a value, innermost last, as a bit each: objects are ones.
#[derive(Default)]
struct NestingStack {
    bits: u64,
    count: u32,
    /// Those that `bits` had no room for.
    outer: Vec<u64>,
}

impl NestingStack {
    fn open(&mut self, is_object: bool) {
        if self.count == u64::BITS {
            self.outer.push(self.bits);
            self.count = 0;
        }
        self.bits = self.bits << 1 | u64::from(is_object);
        self.count += 1;
    }

    fn close(&mut self) {
        self.bits >>= 1;
        self.count -= 1;
        if self.count == 0 {
            if let Some(bits) = self.outer.pop() {
                (self.bits, self.count) = (bits, u64::BITS);
            }
        }
    }

    /// Whether the innermost is an object, where there is one.
    fn is_object(&self) -> Option<bool> {
        (self.count > 0).then_some(self.bits & 1 == 1)
    }
}
