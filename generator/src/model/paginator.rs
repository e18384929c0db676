//! One entry of `paginators-1.json`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The entries of `paginators-1.json`, by operation.
pub(crate) type Paginators = BTreeMap<String, Paginator>;

/// One entry of `pagination`. Tokens and results are JMESPath expressions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "botocore keeps non-aggregate keys of the first page; here every page is given whole")]
pub(crate) struct Paginator {
    pub input_token: OneOrMany,
    pub output_token: OneOrMany,
    pub result_key: Option<OneOrMany>,
    pub limit_key: Option<String>,
    pub more_results: Option<String>,
    pub non_aggregate_keys: Option<Vec<String>>,
    #[serde(default)]
    pub py_input_token: Option<OneOrMany>,
}

/// A key that upstream writes as one string or as a list of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    /// The first of them; several mean that paging needs all at once.
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}
