//! The account of a generation: what became of each shape, operation and paginator of the models.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::inputs::Inputs;
use crate::pipeline;
use crate::plan::{Service, ShapeStatus};

/// The fate of each shape, operation and paginator of the services, by `folder: path`.
pub(crate) fn account(inputs: &Inputs) -> Result<BTreeMap<String, ShapeStatus>, Diagnostics> {
    let planned = pipeline::plan(inputs)?;
    Ok(planned.services.iter().flat_map(|planned| entries(&planned.service)).collect())
}

fn entries(service: &Service) -> BTreeMap<String, ShapeStatus> {
    let place = |kind: &str, name: &str| format!("{}: {kind}.{name}", service.folder);
    let item = |path: &str| {
        ShapeStatus::Item(service.module.as_ref().map_or(path.to_owned(), |module| format!("{module}/{path}")))
    };
    let mut entries = BTreeMap::new();
    for operation in &service.operations {
        entries.insert(place("operations", &operation.name), item(&format!("operation/{}.rs", operation.module)));
    }
    for operation in &service.unchosen {
        entries.insert(place("operations", operation), ShapeStatus::Omitted("it was not chosen".to_owned()));
    }
    for operation in &service.streamed {
        entries.insert(
            place("operations", operation),
            ShapeStatus::Omitted("its request is a stream of events".to_owned()),
        );
    }
    for (operation, reason) in &service.unpaged {
        entries.insert(place("pagination", operation), ShapeStatus::Omitted(reason.clone()));
    }
    for waiter in &service.waiters {
        entries.insert(place("waiters", &waiter.name), item("waiters.rs"));
    }
    for (waiter, left_out) in &service.unwaited {
        entries.insert(place("waiters", waiter), ShapeStatus::Omitted(left_out.reason.clone()));
    }
    for (shape, fate) in &service.fates {
        let fate = match fate {
            ShapeStatus::Item(path) => item(path),
            other => other.clone(),
        };
        entries.insert(place("shapes", shape), fate);
    }
    entries
}
