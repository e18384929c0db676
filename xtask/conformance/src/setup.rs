//! The setup that all suites share: the peers' Python, the folder for builds, the services and how many cases to try.

use std::path::PathBuf;

use xtask::manifest::Service;
use xtask::progress::Progress;
use xtask::repository::Repository;

use crate::python::Python;

/// The environment that every suite uses.
pub struct Setup<'a> {
    pub repository: &'a Repository,
    /// The Python with botocore and moto.
    pub python: Python,
    /// The folder of everything that conformance downloads and builds; git ignores it.
    pub folder: PathBuf,
    pub progress: Progress,
    pub cases: u32,
    pub seed: u64,
    /// The services of the checked-in crate.
    pub all_services: &'a [Service],
    /// The services that this run asks about.
    pub services: Vec<&'a Service>,
}
