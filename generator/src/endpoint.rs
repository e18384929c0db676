//! Takes an endpoint rule set and the partition table as JSON text; gives the Rust items that answer where a call goes.
//!
//! A rule set is a decision tree in the language of Smithy's rules engine. It is not interpreted at run time: each rule
//! becomes an `if`, each variable a `let`, each template a concatenation, and each result a `return`, so that the emitted
//! `resolve` reads as the rules do. The stages are the generator's own in small: `read` mirrors the JSON and refuses what
//! it does not know, `plan` gives every name a type and every rule its place, `emit` prints. The functions that rules call
//! are in the runtime, `templates/src/runtime/endpoint/`.
//!
//! Where Smithy's reference and botocore differ, botocore's behaviour is compiled: a tree none of whose rules applies
//! lets the rules after it have their turn (Smithy would stop there), and an unknown region belongs to the first
//! partition. One thing is stricter than both: a region that is not a host label is refused before any rule is asked.
//!
//! What is emitted is a function of plain data, so botocore's `endpoint-tests-1.json` can be asked without a client:
//! `templates/tests/endpoint/rules.rs` shows how, on rule sets and cases of the same form.

mod call;
mod emit;
mod ir;
mod model;
mod node;
mod partitions;
mod plan;
mod read;
mod scope;
mod standard;
mod template;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics};

pub use model::Kind;

/// A compiled rule set.
#[derive(Debug, Clone)]
pub struct Resolver {
    /// The items of the service's `endpoint.rs`: imports and `pub fn resolve`.
    pub items: TokenStream,
    /// The parameters that an operation or its members may be bound to, with the type of value each takes. They reach
    /// `resolve` in `Params::others`, under these names.
    pub parameters: BTreeMap<String, Kind>,
}

/// Compiles the text of an `endpoint-rule-set-1.json`.
///
/// The items import from `crate::runtime::endpoint`, and `crate::partitions::PARTITIONS` where the rules ask for a
/// region's partition.
///
/// # Errors
/// Everything in the rule set that is malformed, ill-typed or unsupported, each with its JSON path.
pub fn emit(file: &str, rule_set: &str) -> Result<Resolver, Diagnostics> {
    compile(file, &crate::model::parse(file, rule_set)?)
}

/// Compiles the rule set that nearly every regional service has, for a model without an `endpoint-rule-set-1.json`:
/// `https://{endpoint_prefix}.{Region}.{suffix of the partition}`. `file` is the model that the prefix stands in.
///
/// # Errors
/// A prefix that cannot stand in a host name.
pub fn emit_standard(file: &str, endpoint_prefix: &str) -> Result<Resolver, Diagnostics> {
    if partitions::is_host(endpoint_prefix) {
        compile(file, &standard::rule_set(endpoint_prefix))
    } else {
        let message = format!("{endpoint_prefix:?} cannot be a part of a host name");
        Err(Diagnostic::new(file, "metadata.endpointPrefix", message).into())
    }
}

fn compile(file: &str, json: &Value) -> Result<Resolver, Diagnostics> {
    let rule_set = read::rule_set(file, json)?;
    let plan = plan::plan(file, &rule_set)?;
    Ok(Resolver { items: emit::items(&plan), parameters: plan.open_parameters })
}

/// Compiles the text of `partitions.json` to the items of `src/partitions.rs`: imports and `pub const PARTITIONS`.
///
/// # Errors
/// Everything in the file that is malformed or unsupported, each with its JSON path.
pub fn emit_partitions(file: &str, partitions: &str) -> Result<TokenStream, Diagnostics> {
    let json = crate::model::parse(file, partitions)?;
    partitions::read(file, &json).map(|partitions| partitions::items(&partitions))
}
