//! Takes the inputs; gives the files, stage by stage: parse, apply, resolve, plan, select, emit.

use std::collections::BTreeMap;

use quote::quote;
use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{self, Paginators, ServiceModel};
use crate::plan::{self, Fate, Service};
use crate::render::{SourceFile, banner, render};
use crate::{Files, Inputs, ServiceInputs, emit, endpoint, overrides, resolve, select, standalone};

/// Generates a crate.
pub(crate) fn generate(inputs: &Inputs) -> Result<Files, Diagnostics> {
    let mut files = Files::new();
    let mut problems = Diagnostics::default();
    let mut services = Vec::new();
    for service in &inputs.services {
        match prepare(inputs, service) {
            Ok((plan, resolver)) => {
                match emit::service(&plan).and_then(|own| Ok((own, render(&resolver)?))) {
                    Ok((own, resolver_text)) => {
                        files.extend(own);
                        files.insert(resolver.path, resolver_text);
                    }
                    Err(some) => problems.extend(some),
                }
                services.push(plan);
            }
            Err(some) => problems.extend(some),
        }
    }
    problems.or(())?;
    if let Some(first) = services.first() {
        files.extend(emit::library(&services, &standalone::head(inputs, first))?);
        files.extend(standalone::files(inputs, first));
    }
    let partitions = partitions(inputs)?;
    files.insert(partitions.path.clone(), render(&partitions)?);
    files.extend(templates(inputs));
    Ok(files)
}

/// What became of each shape and operation of the services.
pub(crate) fn account(inputs: &Inputs) -> Result<BTreeMap<String, Fate>, Diagnostics> {
    let mut account = BTreeMap::new();
    for service in &inputs.services {
        let (plan, _) = prepare(inputs, service)?;
        let in_module = |path: &str| plan.module.as_ref().map_or(path.to_owned(), |module| format!("{module}/{path}"));
        for operation in &plan.operations {
            let place = in_module(&format!("operation/{}.rs", operation.module));
            account.insert(format!("{}: operations.{}", service.folder, operation.name), Fate::Item(place));
        }
        for (operation, reason) in &plan.unpaged {
            account.insert(format!("{}: pagination.{operation}", service.folder), Fate::Omitted(reason.clone()));
        }
        for (shape, fate) in plan.fates {
            account.insert(format!("{}: shapes.{shape}", service.folder), fate);
        }
    }
    Ok(account)
}

/// Everything about one service short of printing.
fn prepare(inputs: &Inputs, service: &ServiceInputs) -> Result<(Service, SourceFile), Diagnostics> {
    let (model, paginators) = read(service)?;
    let file = format!("{}/service-2.json", service.folder);
    let resolved = resolve::resolve(&file, &model)?;
    let resolver = resolver(service, &model)?;
    let mut plan = plan::plan(service.module.as_deref(), &service.folder, &model, &paginators, &resolved);
    // The others of several services are taken whole: operations are chosen by name from the first.
    if !inputs.operations.is_empty() && service.module.is_none() {
        select::select(&mut plan, &model, &inputs.operations)?;
    }
    let path = plan.module.as_ref().map_or("src/endpoint.rs".to_owned(), |module| format!("src/{module}/endpoint.rs"));
    Ok((plan, SourceFile { path, ..resolver }))
}

/// Reads a model and its paginators, with the overrides applied.
fn read(service: &ServiceInputs) -> Result<(ServiceModel, Paginators), Diagnostics> {
    let file = |name: &str| format!("{}/{name}", service.folder);
    let (model_file, paginators_file) = (file("service-2.json"), file("paginators-1.json"));
    let mut model = model::parse(&model_file, &service.model)?;
    let mut paginators = match &service.paginators {
        Some(text) => model::parse(&paginators_file, text)?,
        None => json!({"pagination": {}}),
    };
    if let Some((name, text)) = &service.overrides {
        overrides::apply(name, text, &mut model, &mut paginators)?;
    }
    read_both(&model_file, model, &paginators_file, paginators)
}

fn read_both(
    model_file: &str,
    model: Value,
    paginators_file: &str,
    paginators: Value,
) -> Result<(ServiceModel, Paginators), Diagnostics> {
    match (model::read_service(model_file, model), model::read_paginators(paginators_file, paginators)) {
        (Ok(model), Ok(paginators)) => Ok((model, paginators)),
        (model, paginators) => {
            let mut problems = Diagnostics::default();
            model.err().into_iter().chain(paginators.err()).for_each(|some| problems.extend(some));
            Err(problems)
        }
    }
}

/// The compiled rule set of a service; the usual host name, where a model comes without one.
fn resolver(service: &ServiceInputs, model: &ServiceModel) -> Result<SourceFile, Diagnostics> {
    let rule_set = format!("{}/endpoint-rule-set-1.json", service.folder);
    let (file, resolver) = match &service.rule_set {
        Some(text) => (rule_set.clone(), endpoint::emit(&rule_set, text)?),
        None => {
            let file = format!("{}/service-2.json", service.folder);
            let resolver = endpoint::emit_standard(&file, &model.metadata.endpoint_prefix)?;
            (file, resolver)
        }
    };
    Ok(SourceFile {
        path: String::new(),
        source: (file, String::new()),
        docs: vec!["Where calls go: the service's endpoint rule set, compiled.".to_owned()],
        uses: quote!(),
        items: vec![resolver.items.into()],
    })
}

fn partitions(inputs: &Inputs) -> Result<SourceFile, Diagnostics> {
    let file = "models/partitions.json".to_owned();
    let items = endpoint::emit_partitions(&file, &inputs.partitions)?;
    Ok(SourceFile {
        path: "src/partitions.rs".to_owned(),
        source: (file, String::new()),
        docs: vec!["The partitions of AWS: which regions there are, and what their host names end in.".to_owned()],
        uses: quote!(),
        items: vec![items.into()],
    })
}

/// The runtime, byte for byte under a banner, and the files that complete a standalone crate.
fn templates(inputs: &Inputs) -> Files {
    let mut files = Files::new();
    for (path, text) in &inputs.templates {
        if let Some(runtime) = path.strip_prefix("src/runtime") {
            let banner = banner(&format!("templates/{path}"), "");
            files.insert(format!("src/runtime{runtime}"), format!("{banner}{text}"));
        }
    }
    files
}
