//! The protocol restJson1: traits of operations, how an input becomes a request, and how a response is read.
//!
//! This room never sends anything and never looks up a setting. Source: the Smithy specification "AWS restJson1 protocol".

pub mod bind;
pub(crate) mod checksum;
pub mod exception;
pub(crate) mod gzip;
pub(crate) mod header;
pub mod operation;
pub mod received;
pub mod tables;
