//! Errors by the names of the AWS SDK for Rust.

use std::error::Error;
use std::fmt;

/// The error of a builder, of which there is none: the compiler checks required members. Signatures of ported functions name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildError {}

impl fmt::Display for BuildError {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl Error for BuildError {}

/// Shows an error and those of its sources that it does not repeat itself.
#[derive(Debug)]
pub struct DisplayErrorContext<E>(pub E);

impl<E: Error> fmt::Display for DisplayErrorContext<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.0.to_string();
        let mut source = self.0.source();
        while let Some(cause) = source {
            let cause_text = cause.to_string();
            if !text.contains(&cause_text) {
                text.push_str(": ");
                text.push_str(&cause_text);
            }
            source = cause.source();
        }
        f.write_str(&text)
    }
}
