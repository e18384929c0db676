//! A revision of the models: those of a folder, of a version of botocore, of the work tree, or of a commit.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use generator::ServiceInputs;
use generator::json::Json;
use xtask::botocore::{self, PAGINATORS, RULE_SET, SERVICE, WAITERS, Wheel};
use xtask::files::{read_optional, read_text};
use xtask::inputs::{AREAS, NAMES, OVERRIDES};
use xtask::manifest::{self, Manifest, Service};
use xtask::repository::Repository;

/// The models of one revision.
pub struct Revision {
    /// The name of the revision in reports.
    pub name: String,
    /// The services, each by the name that it is compared under.
    pub services: Vec<(String, ServiceInputs)>,
}

/// The models that a word of the command line names: a folder with a `service-2.json`, else a version.
pub fn named(repository: &Repository, manifest: &Manifest, word: &str) -> Result<Revision> {
    let folder = Path::new(word);
    if folder.is_dir() {
        return of_folder(folder);
    }
    ensure!(manifest::is_version(word), "{word:?} is neither a folder nor a version");
    let mut wheel = botocore::fetch(&repository.downloads(), manifest, Some(word))?;
    let mut services = Vec::new();
    for service in &manifest.services {
        if let Some(inputs) = of_wheel(&mut wheel, &service.folder())? {
            services.push((service.name.clone(), inputs));
        }
    }
    Ok(Revision { name: format!("{} {}", manifest.package, wheel.version), services })
}

/// A service's model in a wheel, without prose and without our edits, which are for one version only.
pub fn of_wheel(wheel: &mut Wheel, folder: &str) -> Result<Option<ServiceInputs>> {
    let text = |json: Option<Json>| json.map(|json| json.without_documentation().pretty()).transpose();
    let Some(model) = text(wheel.read(&format!("{folder}/{SERVICE}"))?)? else { return Ok(None) };
    Ok(Some(ServiceInputs {
        folder: format!("{}/{folder}", wheel.version),
        model,
        paginators: text(wheel.read(&format!("{folder}/{PAGINATORS}"))?)?,
        waiters: text(wheel.waiters(folder)?)?,
        rule_set: text(wheel.read(&format!("{folder}/{RULE_SET}"))?)?,
        ..ServiceInputs::default()
    }))
}

/// A folder has one service, whatever its name: two folders are two versions of it.
fn of_folder(folder: &Path) -> Result<Revision> {
    let name = folder.display().to_string();
    let optional = |file: &str| {
        Ok::<_, anyhow::Error>(read_optional(&folder.join(file))?.map(|text| (format!("{name}/{file}"), text)))
    };
    let service = ServiceInputs {
        folder: name.clone(),
        model: read_text(&folder.join(SERVICE))?,
        paginators: read_optional(&folder.join(PAGINATORS))?,
        waiters: read_optional(&folder.join(WAITERS))?,
        rule_set: read_optional(&folder.join(RULE_SET))?,
        overrides: optional(OVERRIDES)?,
        areas: optional(AREAS)?,
        names: optional(NAMES)?,
        ..ServiceInputs::default()
    };
    Ok(Revision { name, services: vec![("the model".to_owned(), service)] })
}

/// The checked-in models as they are in the work tree.
pub fn of_work_tree(repository: &Repository) -> Result<Revision> {
    of_checkout("the work tree", &Manifest::read(repository)?, |path| read_optional(&repository.root().join(path)))
}

/// The checked-in models as they are in a commit.
pub fn of_commit(repository: &Repository, commit: &str) -> Result<Revision> {
    let read = |path: &str| show(repository, commit, path);
    let text = read("models/models.toml")?.with_context(|| format!("{commit} has no models/models.toml"))?;
    of_checkout(commit, &Manifest::parse(&text).with_context(|| format!("{commit}:models/models.toml"))?, read)
}

fn of_checkout(name: &str, manifest: &Manifest, read: impl Fn(&str) -> Result<Option<String>>) -> Result<Revision> {
    let service = |service: &Service| {
        let folder = format!("models/{}", service.folder());
        let file = |name: &str| read(&format!("{folder}/{name}"));
        let optional = |file: &str| {
            let path = format!("models/{}/{file}", service.name);
            Ok::<_, anyhow::Error>(read(&path)?.map(|text| (path, text)))
        };
        let inputs = ServiceInputs {
            module: service.module.clone(),
            model: file(SERVICE)?.with_context(|| format!("{folder}/{SERVICE} is not in {name}"))?,
            paginators: file(PAGINATORS)?,
            waiters: file(WAITERS)?,
            rule_set: file(RULE_SET)?,
            overrides: optional(OVERRIDES)?,
            // What a stand-in knows is no part of what a crate promises.
            resources: None,
            areas: optional(AREAS)?,
            names: optional(NAMES)?,
            folder,
        };
        Ok((service.name.clone(), inputs))
    };
    let services = manifest.services.iter().map(service).collect::<Result<_>>()?;
    Ok(Revision { name: format!("{} {} ({name})", manifest.package, manifest.version), services })
}

/// A file of a commit; `None` where the commit is without it.
fn show(repository: &Repository, commit: &str, path: &str) -> Result<Option<String>> {
    let git = |args: &[&str]| {
        Command::new("git").arg("-C").arg(repository.root()).args(args).output().context("git could not be started")
    };
    let commit = format!("{commit}^{{commit}}");
    let known = git(&["rev-parse", "--verify", "--quiet", &commit])?;
    if !known.status.success() {
        bail!("git knows no commit {commit:?}");
    }
    let object = format!("{commit}:{path}").replace("^{commit}", "");
    if !git(&["cat-file", "-e", &object])?.status.success() {
        return Ok(None);
    }
    let output = git(&["cat-file", "blob", &object])?;
    ensure!(output.status.success(), "git cat-file {object}: {}", String::from_utf8_lossy(&output.stderr).trim());
    String::from_utf8(output.stdout).map(Some).context(object)
}
