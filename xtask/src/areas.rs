//! `cargo xtask areas`: the areas of the crate's operations, each a feature: what is in them, and which of them a program needs.

pub mod place;
