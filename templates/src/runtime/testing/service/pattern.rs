//! Patterns of strings (Smithy trait `pattern`): the regular expressions of ECMA 262 that models use, matched in time
//! proportional to the text, so that no text of a request can stall a server.
//!
//! This is no general library of regular expressions. References to groups and assertions that look behind are not supported;
//! a pattern that has them is none, and no value is held against it. The categories of Unicode are those that the standard
//! library knows: letters, numbers, spaces, and controls; of marks and symbols, whatever is none of these and not ASCII.

mod class;
mod matcher;
mod parser;
mod sample;

use matcher::Program;

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    node: parser::Node,
    program: Program,
}

impl Pattern {
    /// Compiles a pattern; `None` where it is none that this can read.
    #[must_use]
    pub fn new(pattern: &str) -> Option<Self> {
        let node = parser::parse(pattern)?;
        let program = Program::new(&node)?;
        Some(Self { node, program })
    }

    /// Whether some part of a text matches. Where the whole text has to, the pattern says so itself (Smithy trait `pattern`).
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.program.is_match(text)
    }

    /// A text that the pattern describes, with the choices that `choose` makes: of as many as it is told, one. What the
    /// pattern asserts about the text around a place is not minded, so the text may not match.
    pub fn sample(&self, choose: &mut dyn FnMut(usize) -> usize) -> String {
        sample::sample(&self.node, choose)
    }
}
