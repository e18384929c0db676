//! The checker of models: one walk over operations and shapes, which notes everything that is wrong with them.
//!
//! It has two passes. The first asks whether names, references and traits are what the format says; the second follows the
//! references, and asks whether what the model means can be emitted. No trait is ignored silently: one that means nothing
//! where it stands, or means what is not emitted, is refused.

mod binding;
mod checker;
mod endpoint;
mod events;
mod limits;
mod operation;
mod paginator;
mod service;
mod shape;
mod traits;
mod waiter;

use std::collections::{BTreeMap, BTreeSet};

use self::checker::{Checker, METADATA, OPERATIONS, SHAPES};
use super::usage::Usage;
use crate::diagnostic::Diagnostics;
use crate::endpoint::Kind;
use crate::json::Path;
use crate::model::{Paginators, ServiceModel, Waiters};

pub(crate) use service::is_spoken;

/// Checks names, references, and that traits stand where the format has them.
///
/// Returns everything that is not so, each with its JSON path.
pub(super) fn check_references(file: &str, model: &ServiceModel) -> Diagnostics {
    let mut checker = Checker::new(file, model);
    checker.check_metadata();
    for (name, operation) in &model.operations {
        checker.check_operation_references(OPERATIONS.key(name), name, operation);
    }
    for (name, shape) in &model.shapes {
        checker.check_shape(SHAPES.key(name), name, shape);
    }
    checker.check_lists();
    checker.problems
}

/// Checks that what the model means can be sent, read, and compiled. All references are known to lead somewhere.
///
/// Returns everything that is not so, each with its JSON path.
pub(super) fn check_support(
    file: &str,
    model: &ServiceModel,
    usage: &BTreeMap<String, Usage>,
    boxes: &BTreeSet<(String, String)>,
) -> Diagnostics {
    let mut checker = Checker::new(file, model);
    checker.check_auth(METADATA, model.metadata.auth.as_deref());
    for (name, operation) in &model.operations {
        checker.check_operation(OPERATIONS.key(name), operation);
        checker.check_uri(OPERATIONS.key(name), operation);
    }
    checker.check_bindings(usage);
    checker.check_traits(usage);
    checker.check_events(usage);
    checker.check_codes(usage);
    checker.check_structures(boxes);
    checker.problems
}

/// Checks that every paginator names an operation, and members of it that can be what it says they are.
///
/// Returns everything that is not so, each with its JSON path.
pub(super) fn check_paginators(file: &str, model: &ServiceModel, paginators: &Paginators) -> Diagnostics {
    let mut checker = Checker::new(file, model);
    for (name, paginator) in paginators {
        checker.check_paginator(Path::Root.key("pagination").key(name), name, paginator);
    }
    checker.problems
}

/// Checks that every waiter has a name that can become Rust, and names an operation.
///
/// Returns everything that is not so, each with its JSON path.
pub(super) fn check_waiters(file: &str, model: &ServiceModel, waiters: &Waiters) -> Diagnostics {
    let mut checker = Checker::new(file, model);
    for (name, waiter) in waiters {
        checker.check_waiter(Path::Root.key("waiters").key(name), name, waiter);
    }
    checker.problems
}

/// Checks what operations and members give to the endpoint rule set against the parameters that it leaves open (Smithy traits
/// `staticContextParams` and `contextParam`).
///
/// Returns everything that the rule set has no parameter for, or one of another type, each with its JSON path.
pub(crate) fn check_endpoint_params(file: &str, model: &ServiceModel, open: &BTreeMap<String, Kind>) -> Diagnostics {
    let mut checker = Checker::new(file, model);
    for (name, operation) in &model.operations {
        checker.check_params(OPERATIONS.key(name), operation, open);
    }
    checker.problems
}
