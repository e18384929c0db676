//! Sources of a service: its files as JSON, before the overrides and after them.

use serde_json::{Value, json};

use crate::ServiceInputs;
use crate::diagnostic::{Diagnostics, both};
use crate::model::{self, Paginators, ServiceModel};
use crate::overrides;

pub(crate) const MODEL: &str = "service-2.json";
pub(crate) const PAGINATORS: &str = "paginators-1.json";
pub(crate) const RULE_SET: &str = "endpoint-rule-set-1.json";

/// The files of a model as JSON, in which every key counts.
#[derive(Debug, Clone)]
pub(crate) struct Sources<'a> {
    inputs: &'a ServiceInputs,
    pub model: Value,
    pub paginators: Value,
    pub rule_set: Option<Value>,
}

impl<'a> Sources<'a> {
    /// Parses the files.
    ///
    /// # Errors
    /// Every file that is no JSON of unique keys.
    pub fn parse(inputs: &'a ServiceInputs) -> Result<Self, Diagnostics> {
        let parse = |name: &str, text: &str| model::parse(&inputs.file(name), text);
        let paginators = match &inputs.paginators {
            Some(text) => parse(PAGINATORS, text),
            None => Ok(json!({"pagination": {}})),
        };
        let rule_set = inputs.rule_set.as_deref().map(|text| parse(RULE_SET, text)).transpose();
        let ((model, paginators), rule_set) = both(both(parse(MODEL, &inputs.model), paginators), rule_set)?;
        Ok(Self { inputs, model, paginators, rule_set })
    }

    /// Applies the overrides.
    ///
    /// # Errors
    /// An override that does not apply.
    pub fn apply(mut self) -> Result<Self, Diagnostics> {
        if let Some((name, text)) = &self.inputs.overrides {
            overrides::apply(name, text, &mut self.model, &mut self.paginators)?;
        }
        Ok(self)
    }

    /// Reads model and paginators.
    ///
    /// # Errors
    /// Keys and values that are not known, and paginators of no operation.
    pub fn read(self) -> Result<(ServiceModel, Paginators), Diagnostics> {
        let model = model::read_service(&self.inputs.file(MODEL), self.model);
        let paginators = model::read_paginators(&self.inputs.file(PAGINATORS), self.paginators);
        let (model, paginators) = both(model, paginators)?;
        let mut problems = Diagnostics::default();
        for name in paginators.keys().filter(|name| !model.operations.contains_key(*name)) {
            problems.push(&self.inputs.file(PAGINATORS), format!("pagination.{name}"), "there is no such operation");
        }
        problems.into_result((model, paginators))
    }
}
