//! The rows, one file a group.

pub mod body;
pub mod charset;
pub mod clocks;
pub mod connection;
pub mod detours;
pub mod exceptions;
pub mod headers;
pub mod kept;
pub mod length;
pub mod status_line;
pub mod throttling;
pub mod timeouts;
