//! JSON whose objects keep the order of their keys and have each key once, and how files of it are read.

mod parse;
mod path;
mod read;
mod toml;
mod value;

pub use parse::JsonError;
pub(crate) use parse::parse_file;
pub(crate) use path::Path;
pub(crate) use read::{Fields, Node, Reader};
pub(crate) use toml::parse_toml;
pub use value::Json;
