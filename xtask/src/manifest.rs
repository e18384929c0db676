//! The manifest `models/models.toml`: its content, and its text with another version. Does no I/O.

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use toml_edit::{DocumentMut, Item, Value};

use crate::files::read_text;
use crate::repository::Repository;

/// The models of this repository, and their source.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The Python package that holds the models.
    pub package: String,
    /// The package's version.
    pub version: String,
    /// The wheel's SHA-256, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Another version of the package, which CI takes through an update on trial.
    pub trial: Option<String>,
    /// The services of the generated crate; the crate's root comes first.
    pub services: Vec<Service>,
}

/// One service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The service's folder, under `models/` as in the package.
    pub name: String,
    /// The version of its API, which is the folder below.
    pub api: String,
    /// The module that the service is emitted under; the crate's root where there is none.
    pub module: Option<String>,
}

impl Service {
    /// The folder of the model, from `models/` and from the package's data folder alike.
    pub fn folder(&self) -> String {
        format!("{}/{}", self.name, self.api)
    }
}

impl Manifest {
    /// Reads `models/models.toml` of a checkout.
    ///
    /// # Errors
    /// There is no such file, or it is wrong.
    pub fn read(repository: &Repository) -> Result<Self> {
        let path = repository.manifest();
        Self::parse(&read_text(&path)?).with_context(|| path.display().to_string())
    }

    /// Reads the text.
    pub fn parse(text: &str) -> Result<Self> {
        let mut manifest: Self = toml::from_str(text)?;
        for part in manifest.services.iter().flat_map(|service| [&service.name, &service.api]) {
            ensure!(is_name(part), "{part:?} is not the name of one folder");
        }
        ensure!(is_name(&manifest.package), "{:?} is not the name of a package", manifest.package);
        for version in [&manifest.version].into_iter().chain(&manifest.trial) {
            ensure!(is_version(version), "{version:?} is not a version");
        }
        let roots = manifest.services.iter().filter(|service| service.module.is_none()).count();
        ensure!(roots == 1, "one of [[services]] must be without `module`, the crate's root; here {roots} are");
        manifest.services.sort_by_key(|service| service.module.is_some());
        Ok(manifest)
    }
}

/// Whether a text is one component of a path, on any system.
fn is_name(text: &str) -> bool {
    !text.starts_with('.') && is_version(text)
}

/// Whether a text may be a version: what pip would take for more than that (a URL, a marker, an option) is not.
pub fn is_version(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '!');
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(plain)
}

/// A version as an argument of a command.
///
/// # Errors
/// The text is no version.
pub fn version(text: &str) -> Result<String, String> {
    if is_version(text) { Ok(text.to_owned()) } else { Err("a version is like 1.44.5".to_owned()) }
}

/// The manifest's text with another version and hash; its comments, layout and everything else stay. A version that gives way to
/// another one becomes the one on trial.
///
/// # Errors
/// The text is no manifest.
pub fn with_version(text: &str, version: &str, sha256: &str) -> Result<String> {
    let mut document: DocumentMut = text.parse()?;
    let before = document.get("version").and_then(Item::as_str).unwrap_or_default().to_owned();
    let replaced = before != version && document.contains_key("trial");
    let trial = replaced.then_some(("trial", before.as_str()));
    for (key, new) in [("version", version), ("sha256", sha256)].into_iter().chain(trial) {
        let Some(value) = document.get_mut(key).context(key)?.as_value_mut() else { bail!("{key} is not a string") };
        let decor = value.decor().clone();
        *value = Value::from(new);
        *value.decor_mut() = decor;
    }
    Ok(document.to_string())
}

/// The manifest's text with a further service at its end.
///
/// # Errors
/// The text with the service is no manifest: a name that is no folder, or a second service that is the crate's root.
pub fn with_service(text: &str, service: &Service) -> Result<String> {
    let Service { name, api, module } = service;
    let module = module.as_ref().map(|module| format!("module = {module:?}\n")).unwrap_or_default();
    let text = format!("{}\n\n[[services]]\nname = {name:?}\napi = {api:?}\n{module}", text.trim_end());
    Manifest::parse(&text).map(|_| text)
}

#[cfg(test)]
mod tests {
    use super::{Manifest, with_service, with_version};

    const TEXT: &str = r#"# Where the models come from.
package = "botocore"
version = "1.0.0" # pinned

# Of the wheel.
sha256="00"
trial = "0.9.0"

[[services]]
name = "cases"
api = "2020-01-01"
module = "cases"   # a sibling

[[services]]
name = "connect"
api = "2017-08-08"
"#;

    #[test]
    fn the_root_comes_first() {
        let manifest = Manifest::parse(TEXT).unwrap();
        let folders: Vec<_> = manifest.services.iter().map(super::Service::folder).collect();
        assert_eq!(folders, ["connect/2017-08-08", "cases/2020-01-01"]);
    }

    #[test]
    fn a_new_version_takes_the_place_of_the_old_one_and_leaves_the_rest() {
        let expected = TEXT.replace("\"1.0.0\"", "\"1.2.3\"").replace("\"00\"", "\"ff\"").replace("0.9.0", "1.0.0");
        assert_eq!(with_version(TEXT, "1.2.3", "ff").unwrap(), expected);
        // The same version once more leaves the one on trial.
        assert_eq!(with_version(TEXT, "1.0.0", "00").unwrap(), TEXT);
    }

    #[test]
    fn a_service_goes_to_the_end() {
        let service = |name: &str| super::Service {
            name: name.to_owned(),
            api: "2021-01-01".to_owned(),
            module: Some("new_one".to_owned()),
        };
        let text = with_service(TEXT, &service("new-one")).unwrap();
        assert_eq!(
            text,
            format!("{TEXT}\n[[services]]\nname = \"new-one\"\napi = \"2021-01-01\"\nmodule = \"new_one\"\n")
        );
        assert!(with_service(TEXT, &service("../x")).is_err());
    }

    #[test]
    fn a_wrong_manifest_is_refused() {
        for (from, to, message) in [
            ("name = \"cases\"", "name = \"../cases\"", "not the name of one folder"),
            ("2020-01-01", "..", "not the name of one folder"),
            ("\"botocore\"", "\"-r x\"", "not the name of a package"),
            ("1.0.0", "1.0 ; x", "not a version"),
            ("module = \"cases\"", "", "here 2 are"),
            ("api = \"2017-08-08\"", "api = \"2017-08-08\"\nmodule = \"connect\"", "here 0 are"),
            ("package", "packages", "unknown field `packages`"),
        ] {
            let error = Manifest::parse(&TEXT.replace(from, to)).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }

    #[test]
    fn the_checked_in_manifest_is_right() {
        let manifest = Manifest::parse(include_str!("../../models/models.toml")).unwrap();
        assert_eq!(manifest.services[0].name, "connect");
    }
}
