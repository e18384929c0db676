//! The sections of the bench, and the words of the command line that select them.

use clap::ValueEnum;

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Which {
    /// Build times and memory; about 50 minutes on two cores, most of them the peer's, and 30 with --once.
    Compile,
    /// Packages, the binary, the target folder; builds what is not built.
    Size,
    /// Calls over loopback, requests, the first call; builds what is not built.
    Request,
    /// Answers of 2 kB and 1 MB; builds what is not built.
    Decode,
    /// Calls under load: many tasks, a slow service, failures, an outage; about 15 minutes, and a chart.
    Load,
    /// Generation, and how it and the crate grow; about 5 minutes.
    Codegen,
    /// Prints the instructions of one call by part; needs valgrind, and is not part of `all`.
    Profile,
    /// Prints the instructions of a check of the crate: with no operation, with one area, with all; needs valgrind, takes about 7 minutes,
    /// and is not part of `all`.
    Check,
    /// Prints how fast the stand-in starts and answers, alone and with 100,000 resources; about 3 minutes, most of them its build.
    StandIn,
    /// Everything.
    All,
}

/// A part of the bench.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Compile,
    Size,
    Request,
    Decode,
    Load,
    Codegen,
    Profile,
    Check,
    StandIn,
}

impl Section {
    /// In the order in which each finds most of what it needs already built.
    pub const ALL: [Self; 9] = [
        Self::Compile,
        Self::Size,
        Self::Request,
        Self::Decode,
        Self::Load,
        Self::Codegen,
        Self::Profile,
        Self::Check,
        Self::StandIn,
    ];

    /// Its name on the command line, and of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compile => "compile",
            Self::Size => "size",
            Self::Request => "request",
            Self::Decode => "decode",
            Self::Load => "load",
            Self::Codegen => "codegen",
            Self::Profile => "profile",
            Self::Check => "check",
            Self::StandIn => "stand-in",
        }
    }

    /// Whether valgrind counts it: a busy machine does not change it, and it is no part of `all`.
    pub fn is_counted(self) -> bool {
        matches!(self, Self::Profile | Self::Check)
    }

    /// Whether its results are printed, and kept nowhere.
    pub fn is_printed(self) -> bool {
        self.is_counted() || self == Self::StandIn
    }

    pub fn is_in(self, which: &[Which]) -> bool {
        let own = match self {
            Self::Compile => Which::Compile,
            Self::Size => Which::Size,
            Self::Request => Which::Request,
            Self::Decode => Which::Decode,
            Self::Load => Which::Load,
            Self::Codegen => Which::Codegen,
            Self::Profile => Which::Profile,
            Self::Check => Which::Check,
            Self::StandIn => Which::StandIn,
        };
        which.iter().any(|which| *which == own || (*which == Which::All && !self.is_counted()))
    }
}
