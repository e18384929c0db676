//! The commands as a user runs them: a folder for each.

mod ci;
mod codegen;
mod documents;
mod imports;
mod models;
mod progress;
