//! Questions to rules, and their replies.

use serde_json::Value;

use super::fault::Fault;
use crate::runtime::base::threads::{BoxFuture, shareable};
use crate::runtime::testing::service::{OperationModel, ServiceModel};

/// A call as it is asked of a rule.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) model: &'static ServiceModel,
    pub(super) operation: &'static OperationModel,
    pub(super) input: Value,
}

/// The response of a rule.
#[derive(Debug)]
pub(super) enum Reply {
    /// An output, by member names.
    Output(Value),
    Fault(Fault),
    /// The rule is wrong, and why.
    Wrong(String),
}

pub(super) type ReplyFuture = BoxFuture<'static, Reply>;
pub(super) type Responder = Box<shareable!(dyn Fn(Question) -> ReplyFuture)>;
