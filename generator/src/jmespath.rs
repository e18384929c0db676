//! JMESPath: the expressions by which waiters name values of responses, as syntax trees.
//!
//! The grammar is that of the specification. Slices, hashes and references to expressions are refused by name: no model that
//! botocore ships has them in a waiter.

mod expression;
mod lexer;
mod parser;

pub(crate) use expression::{Comparison, Expression};
pub(crate) use parser::parse;
