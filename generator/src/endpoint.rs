//! Endpoints: the compiler from an endpoint rule set and the partition table, as JSON, to the Rust items that compute the
//! endpoint of a call.
//!
//! A rule set is a decision tree in the language of Smithy's rules engine. It is not interpreted at run time: each rule
//! becomes an `if`, each variable a `let`, each template a concatenation, and each result a `return`, so that the emitted
//! `resolve` reads as the rules do. The stages are the generator's own in small: `read` mirrors the JSON and refuses what
//! it does not know, `plan` gives every name a type and every rule its place, `emit` prints. The functions that rules call
//! are in the runtime, `templates/src/runtime/endpoint/`.
//!
//! Where Smithy's reference and botocore differ, botocore's behaviour is compiled: after a tree none of whose rules applies, the
//! next rules apply (Smithy would stop there), and an unknown region belongs to the first partition. One check is stricter than
//! both: a region that is not a host label is refused before any rule applies.
//!
//! The emitted function takes plain data, so a test can run botocore's `endpoint-tests-1.json` without a client:
//! `templates/tests/endpoint/rules.rs` does so, on rule sets and cases of the same form.

mod call;
mod emit;
mod ir;
mod model;
mod partitions;
mod plan;
mod read;
mod scope;
mod standard;
mod template;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;

use crate::ServiceInputs;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::{self, Json};
use crate::model::ServiceModel;
use crate::sources::{MODEL, RULE_SET};

pub use model::Kind;
pub use partitions::Partitions;

/// A compiled rule set.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The file of the model that the rules stand in, or that they stand for.
    pub file: String,
    plan: ir::Plan,
}

impl Rules {
    /// Compiles the text of an `endpoint-rule-set-1.json`.
    ///
    /// # Errors
    /// Everything in the rule set that is malformed, ill-typed or unsupported, each with its JSON path.
    pub fn compile(file: &str, rule_set: &str) -> Result<Self, Diagnostics> {
        Self::of_json(file, &json::parse_file(file, rule_set)?)
    }

    /// Compiles the rule set that nearly every regional service has, for a model without an `endpoint-rule-set-1.json`:
    /// `https://{endpoint_prefix}.{Region}.{suffix of the partition}`. `file` is the model that the prefix stands in.
    ///
    /// # Errors
    /// A prefix that cannot stand in a host name.
    pub fn standard(file: &str, endpoint_prefix: &str) -> Result<Self, Diagnostics> {
        if partitions::is_host(endpoint_prefix) {
            Self::of_json(file, &standard::rule_set(endpoint_prefix))
        } else {
            let message = format!("{endpoint_prefix:?} cannot be a part of a host name");
            Err(Diagnostic::new(file, "metadata.endpointPrefix", message).into())
        }
    }

    /// Compiles the rules of a service: its own, or the usual ones where it comes without.
    pub(crate) fn of_service(
        inputs: &ServiceInputs,
        model: &ServiceModel,
        rule_set: Option<&Json>,
    ) -> Result<Self, Diagnostics> {
        match rule_set {
            Some(json) => Self::of_json(&inputs.file(RULE_SET), json),
            None => Self::standard(&inputs.file(MODEL), &model.metadata.endpoint_prefix),
        }
    }

    fn of_json(file: &str, json: &Json) -> Result<Self, Diagnostics> {
        let rule_set = read::rule_set(file, json)?;
        Ok(Self { file: file.to_owned(), plan: plan::plan(file, &rule_set)? })
    }

    /// The parameters that an operation or its members may be bound to, with the type of value each takes. They reach
    /// `resolve` in `Params::others`, under these names.
    #[must_use]
    pub fn parameters(&self) -> &BTreeMap<String, Kind> {
        &self.plan.open_parameters
    }

    /// Whether the items ask for a region's partition, and so import the table.
    #[must_use]
    pub fn use_partitions(&self) -> bool {
        self.plan.steps.iter().any(|step| step.any(&|value| matches!(value, ir::Expr::Partition(_))))
    }

    /// The items of the service's `endpoint.rs`: imports and `pub fn resolve`.
    ///
    /// The items import from `crate::runtime::__private::endpoint`, and `crate::partitions::PARTITIONS` where the rules ask for a
    /// region's partition.
    #[must_use]
    pub fn items(&self) -> TokenStream {
        emit::items(&self.plan)
    }
}
