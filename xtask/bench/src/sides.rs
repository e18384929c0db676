//! The sides of a comparison: this crate, its peer, and the least that the work takes.

use serde::{Deserialize, Serialize};

/// The peer, pinned: figures of another version are other figures.
pub const PEER: (&str, &str) = ("aws-sdk-connect", "1.220.0");
/// What finds the peer's credentials and settings, of the same release.
pub const PEER_CONFIG: &str = "1.13.0";
/// The crate of bare structures.
pub const SHAPES: &str = "bare-shapes";

/// Who is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The crate in `generated/`.
    Ours,
    /// aws-sdk-connect.
    Peer,
    /// The least that the work takes: bare structures, or hyper and serde by hand.
    Floor,
}

impl Side {
    /// The folder of its programs.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Peer => "peer",
            Self::Floor => "floor",
        }
    }

    /// The package that is compared.
    pub fn package(self) -> &'static str {
        match self {
            Self::Ours => "amazon-connect",
            Self::Peer => PEER.0,
            Self::Floor => SHAPES,
        }
    }

    /// How the names of the client's crates begin: those that nothing but a client of AWS needs.
    pub fn client(self) -> Option<&'static str> {
        match self {
            Self::Ours => Some("amazon_connect"),
            Self::Peer => Some("aws_"),
            Self::Floor => None,
        }
    }
}
