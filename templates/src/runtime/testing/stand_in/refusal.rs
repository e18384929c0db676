//! Refusals: exceptions that operations declare, by what is wrong.

use serde_json::{Map, Value};

use super::super::service::{OperationModel, ServiceModel};

/// A call that is refused: the code of the exception, and what it says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refusal {
    pub code: String,
    pub message: String,
    pub members: Map<String, Value>,
}

/// The reason of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A value that the operation does not accept.
    Invalid,
    /// A resource that there is not.
    NotFound,
    /// A name that another resource has.
    Duplicate,
    /// A resource that others refer to.
    InUse,
    /// A step that the state of a resource does not allow.
    State,
    /// More resources than a quota allows.
    Limit,
}

impl Fault {
    /// The exceptions that say so, in the order of preference; the last is what any AWS service may answer.
    fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Invalid => &["InvalidParameterException", "InvalidRequestException", "ValidationException"],
            Self::NotFound => &[
                "ResourceNotFoundException",
                "ContactNotFoundException",
                "InvalidParameterException",
                "InvalidRequestException",
            ],
            Self::Duplicate => &[
                "DuplicateResourceException",
                "ResourceConflictException",
                "ConflictException",
                "InvalidParameterException",
                "InvalidRequestException",
            ],
            Self::InUse => &["ResourceInUseException", "ResourceConflictException", "InvalidRequestException"],
            Self::State => &[
                "InvalidContactStateException",
                "InvalidRequestException",
                "ResourceNotReadyException",
                "InvalidParameterException",
            ],
            Self::Limit => &["LimitExceededException", "ServiceQuotaExceededException", "InvalidRequestException"],
        }
    }

    /// The refusal of a call of an operation, by the exception that it declares for the fault.
    pub fn refuse(self, model: &ServiceModel, operation: &OperationModel, message: impl Into<String>) -> Refusal {
        let declared = || operation.errors().iter().map(|id| model.shape(*id).code());
        let code = self.codes().iter().find(|code| declared().any(|declared| declared == **code));
        let code = code.or(self.codes().first()).copied().unwrap_or("ValidationException");
        Refusal { code: code.to_owned(), message: message.into(), members: Map::new() }
    }

    /// Whether the operation declares the exception that first says so.
    pub fn is_declared(self, model: &ServiceModel, operation: &OperationModel) -> bool {
        let first = self.codes().first().copied();
        operation.errors().iter().any(|id| Some(model.shape(*id).code()) == first)
    }
}
