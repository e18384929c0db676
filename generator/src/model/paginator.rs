//! One entry of `paginators-1.json`.

use std::collections::BTreeMap;

use crate::json::{Json, Node, Reader};

/// The entries of `paginators-1.json`, by operation.
pub(crate) type Paginators = BTreeMap<String, Paginator>;

/// One entry of `pagination`. Tokens and results are JMESPath expressions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Paginator {
    pub input_token: OneOrMany,
    pub output_token: OneOrMany,
    pub result_key: Option<OneOrMany>,
    pub limit_key: Option<String>,
    pub more_results: Option<String>,
    pub non_aggregate_keys: Vec<String>,
}

impl Paginator {
    pub(super) fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            fields.unused("py_input_token", OneOrMany::read, "it is botocore's own name of the token");
            Self {
                input_token: fields.required("input_token", OneOrMany::read),
                output_token: fields.required("output_token", OneOrMany::read),
                result_key: fields.optional("result_key", OneOrMany::read),
                limit_key: fields.optional_text("limit_key"),
                more_results: fields.optional_text("more_results"),
                non_aggregate_keys: fields.optional_texts("non_aggregate_keys").unwrap_or_default(),
            }
        })
    }
}

/// A key that upstream writes as one string or as a list of them.
#[derive(Debug, Clone)]
pub(crate) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl Default for OneOrMany {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl OneOrMany {
    /// All of them; several tokens mean that paging needs all at once.
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }

    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        match node.value {
            Json::String(one) => Self::One(one.clone()),
            Json::Array(_) => Self::Many(reader.texts(node)),
            other => {
                reader.problem(node.path, format!("expected a string or a list of strings, found {}", other.kind()));
                Self::default()
            }
        }
    }
}
