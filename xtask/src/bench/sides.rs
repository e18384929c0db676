//! Who is measured, and the small programs that do the same work with each: written out from `xtask/bench/`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::files::read_tree;

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

/// Writes the programs to a folder, with the crate of ours that they are to stand on. What is as it ought to be keeps
/// its time stamp, and is not built again.
pub fn write(texts: &Path, folder: &Path, ours: &Path) -> Result<()> {
    let values = [
        ("{{crate}}", ours.to_string_lossy().replace('\\', "/")),
        ("{{aws-sdk-connect}}", PEER.1.to_owned()),
        ("{{aws-config}}", PEER_CONFIG.to_owned()),
    ];
    for (path, bytes) in read_tree(texts)? {
        let mut text = String::from_utf8(bytes).with_context(|| path.clone())?;
        for (name, value) in &values {
            text = text.replace(name, value);
        }
        put(&folder.join(path), &text)?;
    }
    Ok(())
}

/// Writes a text, where it is not there yet.
pub fn put(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().unwrap_or(path)).with_context(|| path.display().to_string())?;
    fs::write(path, text).with_context(|| path.display().to_string())
}

/// The program whose one line changes.
pub fn main_of(project: &Path) -> PathBuf {
    project.join("program/src/main.rs")
}
