//! Sources of a service: its files as JSON, before the overrides and after them.

use crate::ServiceInputs;
use crate::diagnostic::{Diagnostics, both};
use crate::json::{self, Json};
use crate::model::{self, Paginators, ServiceModel, Waiters};
use crate::overrides::{self, Overrides};

pub(crate) const MODEL: &str = "service-2.json";
pub(crate) const PAGINATORS: &str = "paginators-1.json";
pub(crate) const WAITERS: &str = "waiters-2.json";
pub(crate) const RULE_SET: &str = "endpoint-rule-set-1.json";

/// The files of a model as JSON, in which every key counts.
#[derive(Debug)]
pub(crate) struct Sources<'a> {
    inputs: &'a ServiceInputs,
    pub model: Json,
    pub paginators: Json,
    pub waiters: Json,
    pub rule_set: Option<Json>,
    overrides: Option<Overrides>,
}

impl<'a> Sources<'a> {
    /// Parses the files.
    ///
    /// # Errors
    /// Every file that is no JSON of unique keys.
    pub fn parse(inputs: &'a ServiceInputs) -> Result<Self, Diagnostics> {
        let parse = |name: &str, text: &str| json::parse_file(&inputs.file(name), text);
        let paginators = match &inputs.paginators {
            Some(text) => parse(PAGINATORS, text),
            None => Ok([("pagination", Json::Object(Vec::new()))].into()),
        };
        let waiters = match &inputs.waiters {
            Some(text) => parse(WAITERS, text),
            None => Ok([("waiters", Json::Object(Vec::new()))].into()),
        };
        let rule_set = inputs.rule_set.as_deref().map(|text| parse(RULE_SET, text)).transpose();
        let calls = both(paginators, waiters);
        let ((model, (paginators, waiters)), rule_set) = both(both(parse(MODEL, &inputs.model), calls), rule_set)?;
        Ok(Self { inputs, model, paginators, waiters, rule_set, overrides: None })
    }

    /// Applies the overrides, but for what they add to a model that is read.
    ///
    /// # Errors
    /// An override that does not apply.
    pub fn apply(mut self) -> Result<Self, Diagnostics> {
        if let Some((name, text)) = &self.inputs.overrides {
            let overrides = Overrides::parse(name, text)?;
            overrides.edit(&mut self.model, &mut self.paginators)?;
            self.overrides = Some(overrides);
        }
        Ok(self)
    }

    /// Reads model, paginators and waiters, and adds what no model can say: what the overrides add, and what is known of the service.
    ///
    /// # Errors
    /// Keys and values that are not known, and additions that do not apply.
    pub fn read(self) -> Result<(ServiceModel, Paginators, Waiters), Diagnostics> {
        let model = model::read_service(&self.inputs.file(MODEL), &self.model);
        let paginators = model::read_paginators(&self.inputs.file(PAGINATORS), &self.paginators);
        let waiters = model::read_waiters(&self.inputs.file(WAITERS), &self.waiters);
        let (mut model, (paginators, waiters)) = both(model, both(paginators, waiters))?;
        for overrides in overrides::known_of(&model.metadata.service_id).iter().chain(&self.overrides) {
            overrides.add(&mut model)?;
        }
        Ok((model, paginators, waiters))
    }
}
