//! Figures of BENCHMARKS.md, in their order there, with their goals.

use crate::section::Section;

/// The unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unit {
    Seconds,
    Micros,
    Bytes,
    Count,
}

/// The goal of a figure.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// A factor below the peer: the goal and the aim.
    Times(f64, f64),
    /// An upper bound in the figure's unit: the goal and the aim.
    AtMost(f64, f64),
    /// No goal.
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
    /// The name of the peer where it is not aws-sdk-connect.
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
    row("plain.check", Compile, "… without serde's traits, like the peer: `cargo check`", Seconds, Shown),
    row("plain.debug", Compile, "… without serde's traits, debug", Seconds, Shown),
    row("plain.release", Compile, "… without serde's traits, release", Seconds, Shown),
    row("alone.check.memory", Compile, "the crate alone, check: peak memory of rustc", Bytes, Times(4.0, 6.0)),
    row("alone.debug.memory", Compile, "the crate alone, debug: peak memory of rustc", Bytes, Times(4.0, 6.0)),
    row("alone.release.memory", Compile, "the crate alone, release: peak memory of rustc", Bytes, Times(4.0, 6.0)),
    row("plain.check.memory", Compile, "… without serde's traits, check: peak memory of rustc", Bytes, Shown),
    row("plain.debug.memory", Compile, "… without serde's traits, debug: peak memory of rustc", Bytes, Shown),
    row("plain.release.memory", Compile, "… without serde's traits, release: peak memory of rustc", Bytes, Shown),
    row(
        "area.check",
        Compile,
        "the crate alone with one area, `cargo check`: median of the areas",
        Seconds,
        Times(20.0, 20.0),
    ),
    row("area.check.worst", Compile, "… the largest area", Seconds, Shown),
    row("area.debug", Compile, "the crate alone with one area, debug: median of the areas", Seconds, Times(35.0, 35.0)),
    row("area.debug.worst", Compile, "… the largest area", Seconds, Shown),
    row(
        "area.release",
        Compile,
        "the crate alone with one area, release: median of the areas",
        Seconds,
        Times(45.0, 45.0),
    ),
    row("area.release.worst", Compile, "… the largest area", Seconds, Shown),
    row(
        "area.check.memory",
        Compile,
        "the crate alone with one area, check: peak memory of rustc",
        Bytes,
        Times(10.0, 10.0),
    ),
    row(
        "area.debug.memory",
        Compile,
        "the crate alone with one area, debug: peak memory of rustc",
        Bytes,
        Times(10.0, 10.0),
    ),
    row(
        "area.release.memory",
        Compile,
        "the crate alone with one area, release: peak memory of rustc",
        Bytes,
        Times(10.0, 10.0),
    ),
    row("typical.check", Compile, "a typical program's 15 operations alone, `cargo check`", Seconds, Times(20.0, 20.0)),
    row("typical.debug", Compile, "a typical program's 15 operations alone, debug", Seconds, Shown),
    row("typical.release", Compile, "a typical program's 15 operations alone, release", Seconds, Shown),
    row("typical.check.memory", Compile, "… check: peak memory of rustc", Bytes, Shown),
    row("typical.debug.memory", Compile, "… debug: peak memory of rustc", Bytes, Shown),
    row("typical.release.memory", Compile, "… release: peak memory of rustc", Bytes, Shown),
    row("area.clean.debug", Compile, "a program with one area, clean, debug", Seconds, Times(8.0, 8.0)),
    row("clean.debug", Compile, "the whole program, clean, debug", Seconds, Times(5.0, 7.0)),
    row("clean.release", Compile, "the whole program, clean, release", Seconds, Times(7.0, 10.0)),
    row("client.debug", Compile, "clean debug build, all crates of the client: processor", Seconds, Shown),
    row("client.release", Compile, "clean release build, all crates of the client: processor", Seconds, Shown),
    row("rebuild.debug", Compile, "one line of the program changed, debug", Seconds, Times(2.0, 4.0)),
    row("hint.release", Compile, "the whole program, clean, release, on nightly", Seconds, Shown),
    row("hint.crate", Compile, "… the crate's own rustc, beside others", Seconds, Shown),
    row("packages", Size, "packages in the tree", Count, Times(2.0, 3.0)),
    row("duplicates", Size, "packages in two versions", Count, AtMost(0.0, 0.0)),
    row("binary", Size, "the program, release, stripped", Bytes, Times(5.0, 8.0)),
    row("disk", Size, "target/debug of the program on disk", Bytes, Times(5.0, 10.0)),
    row("functions", Size, "functions of operations and types compiled into the library", Count, AtMost(0.0, 0.0)),
    row("loopback.cpu", Request, "a call over loopback, signed and decoded: processor", Micros, Times(2.5, 4.0)),
    row("loopback.wall", Request, "a call over loopback: from call to response", Micros, Shown),
    row("loopback.allocations", Request, "a call over loopback: allocations", Count, Times(3.0, 6.0)),
    row("loopback.bytes", Request, "a call over loopback: bytes allocated", Bytes, Shown),
    row("describe.prepare", Request, "serialize and sign a request without a body", Micros, Times(3.0, 6.0)),
    row("search.prepare", Request, "serialize and sign a request with a body", Micros, Times(3.0, 6.0)),
    row("search.prepare_allocations", Request, "… allocations", Count, Shown),
    row("first.construct", Request, "creation of a client", Micros, Times(20.0, 100.0)),
    row("first.call", Request, "the first call of a client", Micros, Times(2.0, 4.0)),
    row("describe.decode", Decode, "decode a response of 2 kB", Micros, Times(3.0, 6.0)),
    row("describe.decode_allocations", Decode, "… allocations", Count, Shown),
    row("search.decode", Decode, "decode a response of 1 MB", Micros, Times(3.0, 6.0)),
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
    /// The value with its unit, to three digits.
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
