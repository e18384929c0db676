//! Which figures there are, in the order in which they are shown, and what each is to reach.

use crate::section::Section;

/// What a row is counted in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unit {
    Seconds,
    Micros,
    Bytes,
    Count,
}

/// What a row is to reach.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// So many times less than the peer: at least, and the aim.
    Times(f64, f64),
    /// No more than this, in the row's own unit: at least, and the aim.
    AtMost(f64, f64),
    /// It is shown for what it says.
    None,
}

/// One figure.
#[derive(Debug)]
pub struct Row {
    pub id: &'static str,
    pub section: Section,
    pub what: &'static str,
    pub unit: Unit,
    pub target: Target,
    /// What it is compared with, where that is not aws-sdk-connect.
    pub peer: Option<&'static str>,
}

const fn row(id: &'static str, section: Section, what: &'static str, unit: Unit, target: Target) -> Row {
    Row { id, section, what, unit, target, peer: None }
}

const fn against(peer: &'static str, row: Row) -> Row {
    Row { peer: Some(peer), ..row }
}

use Section::{Codegen, Compile, Decode, Request, Size};
use Target::{AtMost, None as Shown, Times};
use Unit::{Bytes, Count, Micros, Seconds};

/// All figures.
pub static ROWS: &[Row] = &[
    row("alone.check", Compile, "the crate alone, `cargo check`", Seconds, Times(6.0, 8.0)),
    row("alone.debug", Compile, "the crate alone, debug", Seconds, Times(10.0, 13.0)),
    row("alone.release", Compile, "the crate alone, release", Seconds, Times(16.0, 24.0)),
    row("plain.check", Compile, "… without serde's traits, as the peer is: `cargo check`", Seconds, Shown),
    row("plain.debug", Compile, "… without serde's traits, debug", Seconds, Shown),
    row("plain.release", Compile, "… without serde's traits, release", Seconds, Shown),
    row("alone.check.memory", Compile, "the crate alone, check: peak memory of rustc", Bytes, Times(4.0, 6.0)),
    row("alone.debug.memory", Compile, "the crate alone, debug: peak memory of rustc", Bytes, Times(4.0, 6.0)),
    row("alone.release.memory", Compile, "the crate alone, release: peak memory of rustc", Bytes, Times(4.0, 6.0)),
    row("plain.check.memory", Compile, "… without serde's traits, check: peak memory of rustc", Bytes, Shown),
    row("plain.debug.memory", Compile, "… without serde's traits, debug: peak memory of rustc", Bytes, Shown),
    row("plain.release.memory", Compile, "… without serde's traits, release: peak memory of rustc", Bytes, Shown),
    row("clean.debug", Compile, "the whole program, clean, debug", Seconds, Times(5.0, 7.0)),
    row("clean.release", Compile, "the whole program, clean, release", Seconds, Times(7.0, 10.0)),
    row("client.debug", Compile, "of the clean debug build, all crates of the client: processor", Seconds, Shown),
    row("client.release", Compile, "of the clean release build, all crates of the client: processor", Seconds, Shown),
    row("rebuild.debug", Compile, "one line of the program changed, debug", Seconds, Times(2.0, 4.0)),
    row("hint.release", Compile, "the whole program, clean, release, on nightly", Seconds, Shown),
    row("hint.crate", Compile, "of it, the crate's own rustc (with others beside it)", Seconds, Shown),
    row("packages", Size, "packages in the tree", Count, Times(2.0, 3.0)),
    row("duplicates", Size, "packages there in two versions", Count, AtMost(0.0, 0.0)),
    row("binary", Size, "the program, release, stripped", Bytes, Times(5.0, 8.0)),
    row("disk", Size, "target/debug of the program on disk", Bytes, Times(5.0, 10.0)),
    row("functions", Size, "functions of operations and types compiled into the library", Count, AtMost(0.0, 0.0)),
    row("loopback.cpu", Request, "a call over loopback, signed and decoded: processor", Micros, Times(2.5, 4.0)),
    row("loopback.wall", Request, "a call over loopback: from call to answer", Micros, Shown),
    row("loopback.allocations", Request, "a call over loopback: allocations", Count, Times(3.0, 6.0)),
    row("loopback.bytes", Request, "a call over loopback: bytes allocated", Bytes, Shown),
    row("describe.prepare", Request, "serialize and sign a request without a body", Micros, Times(3.0, 6.0)),
    row("search.prepare", Request, "serialize and sign a request with a body", Micros, Times(3.0, 6.0)),
    row("search.prepare_allocations", Request, "… allocations", Count, Shown),
    row("first.construct", Request, "a client, as a program makes it", Micros, Times(20.0, 100.0)),
    row("first.call", Request, "the first call after that", Micros, Times(2.0, 4.0)),
    row("describe.decode", Decode, "decode an answer of 2 kB", Micros, Times(3.0, 6.0)),
    row("describe.decode_allocations", Decode, "… allocations", Count, Shown),
    row("search.decode", Decode, "decode an answer of 1 MB", Micros, Times(3.0, 6.0)),
    row("search.decode_allocations", Decode, "… allocations", Count, Shown),
    row("generate.wall", Codegen, "generate the whole crate, release", Seconds, AtMost(1.0, 0.4)),
    row("generate.memory", Codegen, "… peak memory", Bytes, AtMost(400e6, 400e6)),
    against("cargo-progenitor", row("generate.line", Codegen, "… for each emitted line", Micros, Times(2.0, 2.0))),
    against(
        "the whole crate",
        row("subset.check", Codegen, "check a crate of three operations", Seconds, Times(10.0, 10.0)),
    ),
];

/// The row of an id.
pub fn find(id: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.id == id)
}

impl Unit {
    /// A value as a person reads it.
    pub fn show(self, value: f64) -> String {
        let digits = |value: f64| match value {
            value if value >= 100.0 => format!("{value:.0}"),
            value if value >= 10.0 => format!("{value:.1}"),
            value => format!("{value:.2}"),
        };
        match self {
            Self::Seconds => format!("{} s", digits(value)),
            Self::Micros if value >= 1000.0 => format!("{} ms", digits(value / 1000.0)),
            Self::Micros => format!("{} µs", digits(value)),
            Self::Bytes if value >= 1e6 => format!("{} MB", digits(value / 1e6)),
            Self::Bytes => format!("{} kB", digits(value / 1e3)),
            Self::Count => format!("{value:.0}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ROWS, Unit, find};

    #[test]
    fn a_row_is_found_by_its_id_alone() {
        for row in ROWS {
            assert!(std::ptr::eq(find(row.id).unwrap(), row), "{}", row.id);
        }
    }

    #[test]
    fn values_keep_three_digits() {
        assert_eq!(Unit::Seconds.show(7.426), "7.43 s");
        assert_eq!(Unit::Micros.show(12_345.0), "12.3 ms");
        assert_eq!(Unit::Bytes.show(4.8e9), "4800 MB");
        assert_eq!(Unit::Count.show(217.0), "217");
    }
}
