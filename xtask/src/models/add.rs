//! `cargo xtask models add`: a further service of the crate, from its entry in `models.toml` to the emitted module.

use anyhow::{Context, Result, ensure};
use clap::Args as Arguments;
use generator::ServiceInputs;
use generator::tools::lint;
use xtask::botocore::{self, PAGINATORS, RULE_SET, SERVICE, WAITERS};
use xtask::files::{Changes, read_optional, read_text};
use xtask::inputs;
use xtask::manifest::{self, Manifest, Service};
use xtask::outcome::Outcome;
use xtask::repository::Repository;

use super::{lint as baseline, upstream};
use crate::codegen;

/// Add a service to the crate as a module: its entry in models.toml, its model from the version that models.toml has, the
/// baseline of its lint, and the generated source.
#[derive(Arguments)]
pub struct Args {
    /// The service, by its folder in botocore.
    #[arg(value_name = "SERVICE")]
    name: String,
    /// The version of its API [default: the newest].
    #[arg(long, value_name = "API")]
    api: Option<String>,
    /// The module and its feature [default: the name in snake case].
    #[arg(long, value_name = "MODULE")]
    module: Option<String>,
}

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let path = repository.manifest();
    let mut text = read_text(&path)?;
    let mut manifest = Manifest::parse(&text).with_context(|| path.display().to_string())?;
    let mut wheel = botocore::fetch(&repository.downloads(), &manifest, Some(&manifest.version))?;
    let service = match manifest.services.iter().position(|service| service.name == args.name) {
        // An entry that was written by hand.
        Some(place) => manifest.services.remove(place),
        None => {
            let api = args.api.clone().or_else(|| wheel.apis(&args.name).last().map(|api| (*api).to_owned()));
            let api =
                api.with_context(|| format!("{} {} has no service {}", manifest.package, wheel.version, args.name))?;
            let module = args.module.clone().unwrap_or_else(|| args.name.replace(['-', '.'], "_"));
            let service = Service { name: args.name.clone(), api, module: Some(module) };
            text = manifest::with_service(&text, &service).with_context(|| path.display().to_string())?;
            service
        }
    };
    let folder = repository.models().join(service.folder());
    ensure!(!folder.join(SERVICE).exists(), "{} is there already", folder.join(SERVICE).display());

    let mut changes = Changes::default();
    let beside = |file: &str| {
        let path = format!("models/{}/{file}", service.name);
        anyhow::Ok(read_optional(&repository.root().join(&path))?.map(|text| (path, text)))
    };
    let mut inputs = ServiceInputs {
        module: service.module.clone(),
        folder: format!("models/{}", service.folder()),
        overrides: beside(inputs::OVERRIDES)?,
        areas: beside(inputs::AREAS)?,
        names: beside(inputs::NAMES)?,
        ..ServiceInputs::default()
    };
    for (file, text) in upstream::of_service(&mut wheel, &service)? {
        let Some(text) = text else { continue };
        changes.write(folder.join(file), text.clone())?;
        match file {
            PAGINATORS => inputs.paginators = Some(text),
            WAITERS => inputs.waiters = Some(text),
            RULE_SET => inputs.rule_set = Some(text),
            _ => inputs.model = text,
        }
    }
    changes.write(path, text)?;
    baseline::write_baseline(repository, &inputs.folder, &lint::lint(&inputs)?, &mut changes)?;

    // Nothing is written for a service that cannot be generated.
    let mut all = inputs::of_manifest(repository, codegen::CRATE, manifest)?;
    all.services.push(inputs);
    generator::generate(&all)?;
    changes.apply()?;
    codegen::regenerate(repository)
}
