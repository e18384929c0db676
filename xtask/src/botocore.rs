//! Wheels of botocore, from earlier downloads or through pip, and the models in them.
//!
//! AWS publishes the models of its services in several places. botocore's wheel is the one that a package registry serves
//! under a version and with a hash.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use flate2::read::GzDecoder;
use generator::json::Json;
use sha2::{Digest, Sha256};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::manifest::Manifest;
use crate::progress;

/// The model of a service. The others need not be there.
pub const SERVICE: &str = "service-2.json";
/// Its paginators.
pub const PAGINATORS: &str = "paginators-1.json";
/// For which states of its resources a program can wait.
pub const WAITERS: &str = "waiters-2.json";
/// The resolution of its endpoint.
pub const RULE_SET: &str = "endpoint-rule-set-1.json";
/// The regions, and what they have in common.
pub const PARTITIONS: &str = "partitions.json";

/// The most that one file of a wheel may unpack to; the largest model of botocore 1.44.5 has 4 MB.
const LARGEST: u64 = 64 << 20;

/// A wheel of botocore.
pub struct Wheel {
    /// Its version.
    pub version: String,
    /// Its SHA-256, in lower-case hexadecimal digits.
    pub sha256: String,
    archive: ZipArchive<Cursor<Vec<u8>>>,
}

/// Returns the wheel of a version, or of the newest one where none is named.
///
/// # Errors
/// Above all where the wheel of the manifest's own version does not have the manifest's hash. A wheel is kept in
/// `downloads` only after that check.
pub fn fetch(downloads: &Path, manifest: &Manifest, version: Option<&str>) -> Result<Wheel> {
    if let Some(version) = version {
        let kept = kept(downloads, manifest, version);
        if kept.is_file() {
            match open(&kept).and_then(|wheel| verify(wheel, manifest)) {
                Ok(wheel) => return Ok(wheel),
                Err(error) => progress::note(format!("fetching again: {error:#}")),
            }
        }
    }
    fs::create_dir_all(downloads).with_context(|| downloads.display().to_string())?;
    let folder = tempfile::tempdir_in(downloads).with_context(|| downloads.display().to_string())?;
    let path = download(folder.path(), &manifest.package, version)?;
    let wheel = verify(open(&path)?, manifest)?;
    let kept = downloads.join(path.file_name().context("a file has a name")?);
    fs::rename(&path, &kept).with_context(|| kept.display().to_string())?;
    Ok(wheel)
}

/// Where the wheel of a version is kept.
pub fn kept(downloads: &Path, manifest: &Manifest, version: &str) -> PathBuf {
    downloads.join(format!("{}-{version}-py3-none-any.whl", manifest.package))
}

/// Has pip put a wheel into a folder; gives its path.
fn download(folder: &Path, package: &str, version: Option<&str>) -> Result<PathBuf> {
    let requirement = version.map_or_else(|| package.to_owned(), |version| format!("{package}=={version}"));
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check"]);
    let output =
        progress::run(pip.arg("--dest").arg(folder).arg(&requirement), "python3 -m pip, which fetches the package,")?;
    ensure!(
        output.status.success(),
        "python3 -m pip download {requirement}: {}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    let mut wheels = Vec::new();
    for entry in fs::read_dir(folder)? {
        wheels.push(entry?.path());
    }
    match <[PathBuf; 1]>::try_from(wheels) {
        Ok([wheel]) => Ok(wheel),
        Err(files) => bail!("pip must fetch one file for {requirement}, not {}", files.len()),
    }
}

/// Reads a wheel, whose file name has its version as the second part.
fn open(path: &Path) -> Result<Wheel> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let version = match name.split('-').collect::<Vec<_>>()[..] {
        [_, version, .., last] if last.ends_with(".whl") => version.to_owned(),
        _ => bail!("{name:?} is not the name of a wheel"),
    };
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let archive = ZipArchive::new(Cursor::new(bytes)).with_context(|| path.display().to_string())?;
    Ok(Wheel { version, sha256, archive })
}

/// Checks the hash of a wheel where the manifest knows it.
fn verify(wheel: Wheel, manifest: &Manifest) -> Result<Wheel> {
    ensure!(
        wheel.version != manifest.version || wheel.sha256 == manifest.sha256,
        "the sha256 of {} {} is {}, expected {}: nothing is changed",
        manifest.package,
        wheel.version,
        wheel.sha256,
        manifest.sha256
    );
    Ok(wheel)
}

impl Wheel {
    /// A file of the data folder, prose and all, with what botocore's own authors add to it; `None` where there is none.
    pub fn read(&mut self, path: &str) -> Result<Option<Json>> {
        let Some(mut json) = self.json(path)? else { return Ok(None) };
        let stem = path.strip_suffix(".json").unwrap_or(path);
        if let Some(extras) = self.json(&format!("{stem}.sdk-extras.json"))?.and_then(|extras| extras.take("merge")) {
            json.merge(extras);
        }
        Ok(Some(json))
    }

    /// The waiters of a service, without their prose; `None` where the file is not there or has none.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn waiters(&mut self, folder: &str) -> Result<Option<Json>> {
        let waiters = self.read(&format!("{folder}/{WAITERS}"))?.map(Json::without_descriptions);
        Ok(waiters
            .filter(|json| json.get("waiters").and_then(Json::as_object).is_some_and(|waiters| !waiters.is_empty())))
    }

    /// As [`read`](Self::read), for a file that has to be there.
    pub fn require(&mut self, path: &str) -> Result<Json> {
        self.read(path)?.with_context(|| {
            let service = path.split('/').next().unwrap_or_default();
            let apis = self.apis(service);
            format!("{path} is not in version {}, which has these APIs of {service}: {apis:?}", self.version)
        })
    }

    /// The folders of all models, sorted.
    pub fn models(&self) -> Vec<String> {
        let names = self.archive.file_names().filter_map(|name| name.strip_prefix("botocore/data/"));
        let folders = names.filter_map(|name| name.rsplit_once('/'));
        let folders = folders.filter(|(_, file)| *file == SERVICE || file.strip_suffix(".gz") == Some(SERVICE));
        let mut folders: Vec<_> = folders.map(|(folder, _)| folder.to_owned()).collect();
        folders.sort_unstable();
        folders
    }

    /// The versions of a service's API.
    #[must_use]
    pub fn apis(&self, service: &str) -> Vec<&str> {
        let folder = format!("botocore/data/{service}/");
        let names = self.archive.file_names().filter_map(|name| name.strip_prefix(&folder)?.split_once('/'));
        let mut apis: Vec<_> = names.filter(|(_, file)| file.starts_with(SERVICE)).map(|(api, _)| api).collect();
        apis.sort_unstable();
        apis
    }

    /// One file of the data folder, which may be compressed once more within the wheel.
    fn json(&mut self, path: &str) -> Result<Option<Json>> {
        let bytes = match self.bytes(path)? {
            Some(bytes) => bytes,
            None => match self.bytes(&format!("{path}.gz"))? {
                Some(bytes) => bounded(GzDecoder::new(&bytes[..]), path)?,
                None => return Ok(None),
            },
        };
        let text = String::from_utf8(bytes).with_context(|| path.to_owned())?;
        Json::parse(&text).map(Some).with_context(|| path.to_owned())
    }

    /// The text of a file of botocore's own code.
    pub fn code(&mut self, path: &str) -> Result<String> {
        let path = format!("botocore/{path}");
        let file = self.archive.by_name(&path).with_context(|| path.clone())?;
        String::from_utf8(bounded(file, &path)?).with_context(|| path.clone())
    }

    fn bytes(&mut self, path: &str) -> Result<Option<Vec<u8>>> {
        match self.archive.by_name(&format!("botocore/data/{path}")) {
            Ok(file) => bounded(file, path).map(Some),
            Err(ZipError::FileNotFound) => Ok(None),
            Err(error) => Err(error).with_context(|| path.to_owned()),
        }
    }
}

/// Unpacks a file, and gives up on one that would never end.
fn bounded(file: impl Read, path: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).with_context(|| path.to_owned())?;
    ensure!(bytes.len() as u64 <= LARGEST, "{path} is larger than {LARGEST} bytes");
    Ok(bytes)
}
