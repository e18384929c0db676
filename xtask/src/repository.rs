//! The folders of a checkout.

use std::env;
use std::path::{Path, PathBuf};

/// A checkout of this repository.
pub struct Repository {
    root: PathBuf,
}

impl Repository {
    /// The checkout at `root`; else the one whose `cargo xtask` is running.
    pub fn new(root: Option<PathBuf>) -> Self {
        // Cargo tells a program that it runs where its package is now. The place at build time is the second choice: a
        // target folder can be shared by several checkouts, and a checkout can be moved.
        let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let is_root = |folder: &&Path| folder.join("models/models.toml").is_file();
        let above = || Path::new(&package).ancestors().skip(1).find(is_root).unwrap_or(Path::new(".")).to_owned();
        let root = root.unwrap_or_else(above);
        Self { root }
    }

    /// The checkout itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files that AWS publishes, and the edits to them.
    pub fn models(&self) -> PathBuf {
        self.root.join("models")
    }

    /// The models.
    pub fn manifest(&self) -> PathBuf {
        self.models().join("models.toml")
    }

    /// The half of an emitted crate that no model changes.
    pub fn templates(&self) -> PathBuf {
        self.root.join("templates")
    }

    /// The crate that people use.
    pub fn generated(&self) -> PathBuf {
        self.root.join("generated")
    }

    /// Where downloads are kept; git does not track it.
    pub fn downloads(&self) -> PathBuf {
        self.target().join("botocore")
    }

    /// Where the bench builds, and keeps what it measured; git does not track it.
    pub fn bench(&self) -> PathBuf {
        self.target().join("bench")
    }

    /// The measured values that BENCHMARKS.md, the charts and the table of areas are made from.
    pub fn bench_results(&self) -> PathBuf {
        self.root.join("xtask/bench/results")
    }

    /// Where conformance builds, and keeps what it is judged by; git does not track it.
    pub fn conformance(&self) -> PathBuf {
        self.target().join("conformance")
    }

    /// Where fuzz targets are built, and keep the inputs they found; git does not track it.
    pub fn fuzz(&self) -> PathBuf {
        self.target().join("fuzz")
    }

    /// The target folder of cargo.
    pub fn target(&self) -> PathBuf {
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.root.join("target"), PathBuf::from);
        // Others are run from other folders.
        std::path::absolute(&target).unwrap_or(target)
    }
}
