//! The models of the services that a process tests against, each read once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::service::{ParseError, ServiceModel};
use crate::runtime::protocol::operation::ServiceInfo;

/// The model of a service: `model_of(&Connect::INFO)`. It is read at the first call and kept for the life of the process.
///
/// # Errors
/// A service that has no model, because it was not written by codegen.
pub fn model_of(service: &'static ServiceInfo) -> Result<&'static ServiceModel, ParseError> {
    static MODELS: Mutex<Option<HashMap<&'static str, &'static ServiceModel>>> = Mutex::new(None);
    // A thread that panicked under this lock left the map whole.
    let mut models = MODELS.lock().unwrap_or_else(PoisonError::into_inner);
    let models = models.get_or_insert_default();
    if let Some(model) = models.get(service.model) {
        return Ok(model);
    }
    let model: &'static ServiceModel = Box::leak(Box::new(ServiceModel::parse(service.model)?));
    models.insert(service.model, model);
    Ok(model)
}
