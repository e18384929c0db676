//! Takes a whole answer; hands it to the readers of shapes.

use super::answer::Answer;
use super::exception::Fault;
use super::operation::Output;
use super::received::Received;

impl Answer {
    /// The answer, as shapes are read from it.
    pub(super) fn received(&self) -> Received<'_> {
        Received { status: self.status.as_u16(), headers: &self.headers, body: &self.body }
    }
}

/// Reads the output; or says why it cannot be read.
#[inline]
pub(super) fn output<O: Output>(answer: &Answer, strict: bool) -> Result<O, String> {
    O::read(answer.received(), strict).map_err(|error| error.to_string())
}

/// The code and the message of an error.
pub(super) fn error_code(answer: &Answer) -> (Option<String>, Option<String>) {
    let fault = Fault::read(&answer.headers, &answer.body);
    (fault.code, fault.message)
}
