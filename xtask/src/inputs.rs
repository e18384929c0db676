//! Reads everything that a generation takes: models, overrides, partitions, templates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use anyhow::{Context, Result};
use generator::{Inputs, ServiceInputs, record_path};

use crate::botocore::{PAGINATORS, PARTITIONS, RULE_SET, SERVICE, WAITERS};
use crate::files::{self, read_optional, read_text, read_tree};
use crate::manifest::{Manifest, Service};
use crate::output;
use crate::repository::Repository;

/// The file of a service's edits.
pub const OVERRIDES: &str = "overrides.toml";
/// The file of what a stand-in has to know of a service's resources.
pub const RESOURCES: &str = "resources.toml";
/// The file of a service's areas.
pub const AREAS: &str = "areas.toml";
/// The file of the Rust names that a service's earlier models got.
pub const NAMES: &str = "names.toml";

/// The texts of the licenses, at the top of the repository.
const LICENSES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// The inputs of a crate of every service in `models.toml`.
pub fn of_repository(repository: &Repository, crate_name: &str) -> Result<Inputs> {
    of_manifest(repository, crate_name, Manifest::read(repository)?)
}

/// The inputs of a crate of the services of a manifest.
///
/// # Errors
/// A file cannot be read.
pub fn of_manifest(repository: &Repository, crate_name: &str, manifest: Manifest) -> Result<Inputs> {
    let models = repository.models();
    let services = manifest.services.into_iter().map(|service| {
        let optional = |name: &str| {
            let file = format!("models/{}/{name}", service.name);
            Ok::<_, anyhow::Error>(read_optional(&repository.root().join(&file))?.map(|text| (file, text)))
        };
        let folder = models.join(service.folder());
        let mut inputs = read_service(&folder, format!("models/{}", service.folder()))?;
        inputs.overrides = optional(OVERRIDES)?;
        inputs.resources = optional(RESOURCES)?;
        inputs.areas = optional(AREAS)?;
        inputs.names = optional(NAMES)?;
        inputs.module = service.module;
        Ok(inputs)
    });
    of_services(repository, crate_name, services.collect::<Result<_>>()?)
}

/// The inputs of a crate of the first service alone, which is the root of the checked-in one.
pub fn of_root(repository: &Repository, crate_name: &str) -> Result<Inputs> {
    let mut inputs = of_repository(repository, crate_name)?;
    inputs.services.truncate(1);
    Ok(inputs)
}

/// The inputs of a crate of the one service whose model is in a folder.
pub fn of_folder(repository: &Repository, crate_name: &str, folder: &Path) -> Result<Inputs> {
    let name = folder_name(repository.root(), folder)?;
    if let Some(service) = kept(repository, &name)? {
        // The edits belong to the service, whichever way its model is named.
        let mut inputs = of_repository(repository, crate_name)?;
        inputs.services.retain(|inputs| inputs.folder == format!("models/{}", service.folder()));
        inputs.services.iter_mut().for_each(|inputs| inputs.module = None);
        return Ok(inputs);
    }
    let optional = |file: &str| {
        Ok::<_, anyhow::Error>(read_optional(&folder.join(file))?.map(|text| (format!("{name}/{file}"), text)))
    };
    let (overrides, resources) = (optional(OVERRIDES)?, optional(RESOURCES)?);
    let (areas, names) = (optional(AREAS)?, optional(NAMES)?);
    let service = ServiceInputs { overrides, resources, areas, names, ..read_service(folder, name)? };
    of_services(repository, crate_name, vec![service])
}

/// The service of `models.toml` whose folder has this name.
fn kept(repository: &Repository, folder: &str) -> Result<Option<Service>> {
    let Some(folder) = folder.strip_prefix("models/") else { return Ok(None) };
    let manifest = Manifest::read(repository)?;
    Ok(manifest.services.into_iter().find(|service| service.folder() == folder))
}

/// The name of a folder in messages and banners: its path from the checkout, else its own name. An absolute path would make
/// what is emitted differ between machines.
fn folder_name(root: &Path, folder: &Path) -> Result<String> {
    let absolute = |path: &Path| path.canonicalize().with_context(|| path.display().to_string());
    let (root, folder) = (absolute(root)?, absolute(folder)?);
    let shown = match folder.strip_prefix(&root) {
        Ok(within) => within,
        Err(_) => Path::new(folder.file_name().unwrap_or(folder.as_os_str())),
    };
    let parts = shown.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy()),
        _ => None,
    });
    Ok(parts.collect::<Vec<_>>().join("/"))
}

fn read_service(folder: &Path, name: String) -> Result<ServiceInputs> {
    Ok(ServiceInputs {
        module: None,
        folder: name,
        model: read_text(&folder.join(SERVICE))?,
        paginators: read_optional(&folder.join(PAGINATORS))?,
        waiters: read_optional(&folder.join(WAITERS))?,
        rule_set: read_optional(&folder.join(RULE_SET))?,
        overrides: None,
        resources: None,
        areas: None,
        names: None,
    })
}

/// The record of each service of `models.toml`: its path from the top of the repository, by its path in the crate.
pub fn records(inputs: &Inputs) -> BTreeMap<String, String> {
    let record = |service: &ServiceInputs| {
        // Beside the folder of the API's version, as the overrides are: names outlive a version.
        let folder = Path::new(&service.folder).parent().unwrap_or(Path::new("")).join(NAMES);
        (record_path(service.module.as_deref()), folder.to_string_lossy().replace('\\', "/"))
    };
    inputs.services.iter().map(record).collect()
}

/// Has a crate keep the names that an earlier one in the same folder has. They are promises to its users, whatever the record
/// beside the model says.
pub fn remember(inputs: &mut Inputs, folder: &Path) -> Result<()> {
    if !output::is_emitted(folder) {
        return Ok(());
    }
    for service in &mut inputs.services {
        let path = record_path(service.module.as_deref());
        if let Some(text) = read_optional(&folder.join(&path))? {
            service.names = Some((path, text));
        }
    }
    Ok(())
}

/// The inputs of a crate of services that were read already, the first of which is its root.
pub fn of_services(repository: &Repository, crate_name: &str, services: Vec<ServiceInputs>) -> Result<Inputs> {
    Ok(Inputs {
        crate_name: crate_name.to_owned(),
        services,
        partitions: read_text(&repository.models().join(PARTITIONS))?,
        templates: templates(repository)?,
        operations: BTreeSet::new(),
    })
}

/// The texts that are copied or filled in: of `templates/`, without its own manifest, tests and crate root, and the licenses, which
/// every emitted crate carries.
fn templates(repository: &Repository) -> Result<BTreeMap<String, String>> {
    let folder = &repository.templates();
    let mut templates = files::Tree::new();
    for part in ["src", "crate"] {
        let tree = read_tree(&folder.join(part))?;
        templates.extend(tree.into_iter().map(|(path, bytes)| (format!("{part}/{path}"), bytes)));
    }
    for license in LICENSES {
        if let Some(text) = read_optional(&repository.root().join(license))? {
            templates.insert(format!("crate/{license}"), text.into_bytes());
        }
    }
    templates.remove("src/lib.rs");
    let text = |(path, bytes)| {
        let text = String::from_utf8(bytes).with_context(|| folder.join(&path).display().to_string())?;
        Ok((path, text))
    };
    templates.into_iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::tempdir;

    use super::folder_name;

    #[test]
    fn a_folder_is_named_without_where_the_machine_keeps_it() {
        let (root, other) = (tempdir().unwrap(), tempdir().unwrap());
        let inside = root.path().join("models/connect/2017-08-08");
        let outside = other.path().join("service");
        fs::create_dir_all(&inside).unwrap();
        fs::create_dir_all(&outside).unwrap();
        assert_eq!(folder_name(root.path(), &inside).unwrap(), "models/connect/2017-08-08");
        assert_eq!(folder_name(root.path(), &inside.join("../2017-08-08")).unwrap(), "models/connect/2017-08-08");
        assert_eq!(folder_name(root.path(), &outside).unwrap(), "service");
        assert!(folder_name(root.path(), &outside.join("none")).is_err());
    }
}
