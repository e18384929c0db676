//! The pipeline from the texts of models to the files of a crate: parse, apply, resolve, plan, document, select, emit, render.

use crate::areas::Areas;
use crate::diagnostic::{Diagnostics, all, both};
use crate::endpoint::{Partitions, Rules};
use crate::inputs::{Inputs, ServiceInputs};
use crate::names::Record;
use crate::plan;
use crate::planned::{Crate, Planned};
use crate::render::Files;
use crate::resources;
use crate::sources::{MODEL, Sources};
use crate::{docs, emit, render, resolve, select};

/// The stages after `plan`: the files of a crate.
pub(crate) fn print(planned: &Crate<'_>) -> Result<Files, Diagnostics> {
    let outputs = emit::outputs(planned);
    render::files(&outputs, |output| output.print())
}

/// The stages before `emit`, for all services.
pub(crate) fn plan(inputs: &Inputs) -> Result<Crate<'_>, Diagnostics> {
    inputs.check_names()?;
    let partitions = Partitions::read("models/partitions.json", &inputs.partitions);
    let services = all(inputs.services.iter().map(|service| select(inputs, plan_service(service)?)));
    let (partitions, services) = both(partitions, services)?;
    plan::check_features(services.iter().map(|planned| &planned.service))?;
    Ok(Crate { inputs, partitions, services })
}

/// One service from its texts to its documented plan.
pub(crate) fn plan_service(inputs: &ServiceInputs) -> Result<Planned, Diagnostics> {
    let parsed = Sources::parse(inputs)?;
    let applied = parsed.apply()?;
    let rule_set = applied.rule_set.clone();
    let (mut model, mut paginators, mut waiters) = applied.read()?;
    model.leave_out_streamed_requests();
    paginators.retain(|operation, _| !model.streamed.contains(operation));
    waiters.retain(|_, waiter| !model.streamed.contains(&waiter.operation));

    let resolved = resolve::resolve(&inputs.folder, &model, &paginators, &waiters);
    let (resolved, rules) = both(resolved, Rules::of_service(inputs, &model, rule_set.as_ref()))?;
    let earlier = inputs.names.as_ref().map(|(file, text)| Record::parse(file, text)).transpose()?.unwrap_or_default();
    let facts =
        inputs.resources.as_ref().map(|(file, text)| resources::read(file, text, &model, &paginators)).transpose()?;
    resolve::check_endpoint_params(&inputs.file(MODEL), &model, rules.parameters()).into_result(())?;
    let areas = Areas::of_service(inputs, &model)?;

    let module = inputs.module.as_deref();
    let mut service = plan::plan(module, &inputs.folder, &model, (&paginators, &waiters), &resolved, &earlier);
    plan::assign_gates(&mut service, &model, areas);
    docs::document(&mut service, &model);
    Ok(Planned { model, paginators, rules, service, resources: facts })
}

/// The chosen operations of the crate's root; other services are taken whole, since operations are chosen by name from the first.
fn select(inputs: &Inputs, mut planned: Planned) -> Result<Planned, Diagnostics> {
    if !inputs.operations.is_empty() && planned.service.module.is_none() {
        select::select(&mut planned.service, &planned.model, &inputs.operations)?;
    }
    Ok(planned)
}
