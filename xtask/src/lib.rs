//! The parts that the project's commands share: where the files of a checkout are, the models' manifest, botocore's packages, the
//! inputs of a generation, trees of files, progress and interrupts of long commands, and how a command ends.
//!
//! `cargo xtask` is the program `main.rs`. Its commands `bench` and `conformance` are programs of their own beside it, built only
//! when they are asked for.

pub mod block;
pub mod botocore;
pub mod files;
pub mod inputs;
pub mod interrupt;
pub mod manifest;
pub mod outcome;
pub mod output;
pub mod progress;
pub mod repository;
