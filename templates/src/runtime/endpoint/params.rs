//! Parameters of a rule set: the settings of a client and a call, by name and type.

use super::error::EndpointError;
use super::host::is_valid_host_label;

/// The parameters of an endpoint rule set.
#[derive(Debug, Clone, Copy, Default)]
pub struct Params<'a> {
    /// The region.
    pub region: Option<&'a str>,
    /// Whether the endpoint has to be FIPS 140 validated.
    pub use_fips: bool,
    /// Whether the endpoint has to answer over IPv6 as well.
    pub use_dual_stack: bool,
    /// A custom endpoint.
    pub endpoint: Option<&'a str>,
    /// The parameters that few rule sets have. A parameter that the operation or one of its members is bound to (Smithy
    /// traits `staticContextParams` and `contextParam`) goes by its own name, `ApiType`; one that the client fills goes
    /// by the name of the built-in, `AWS::Auth::AccountId`.
    pub others: &'a [(&'a str, Param<'a>)],
}

/// The value of a parameter that few rule sets have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Param<'a> {
    /// A string.
    String(&'a str),
    /// A boolean.
    Boolean(bool),
    /// A list of strings.
    Strings(&'a [&'a str]),
}

/// A parameter that an operation or one of its members is bound to, and the value of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointParam {
    /// A string.
    String(&'static str, String),
    /// A boolean.
    Boolean(&'static str, bool),
}

impl EndpointParam {
    /// The parameter as a rule set is asked with it.
    #[must_use]
    pub fn as_param(&self) -> (&str, Param<'_>) {
        match self {
            Self::String(name, value) => (name, Param::String(value)),
            Self::Boolean(name, value) => (name, Param::Boolean(*value)),
        }
    }
}

impl<'a> Params<'a> {
    /// The region, which becomes a part of host names.
    ///
    /// # Errors
    /// A region that is not a host label: with it, a request could leave for another host than the service's.
    pub fn region(&self) -> Result<Option<&'a str>, EndpointError> {
        match self.region {
            Some(region) if !is_valid_host_label(region, false) => {
                Err(self.error("the region is not a host label (letters, digits and inner hyphens, at most 63)"))
            }
            region => Ok(region),
        }
    }

    /// A string.
    #[must_use]
    pub fn string(&self, name: &str) -> Option<&'a str> {
        match self.other(name)? {
            Param::String(value) => Some(value),
            _ => None,
        }
    }

    /// A boolean.
    #[must_use]
    pub fn boolean(&self, name: &str) -> Option<bool> {
        match self.other(name)? {
            Param::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// A list of strings.
    #[must_use]
    pub fn strings(&self, name: &str) -> Option<&'a [&'a str]> {
        match self.other(name)? {
            Param::Strings(value) => Some(value),
            _ => None,
        }
    }

    fn other(&self, name: &str) -> Option<Param<'a>> {
        self.others.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
    }

    /// The value of a parameter that the rule set requires.
    ///
    /// # Errors
    /// There is none.
    pub fn required<T>(&self, name: &str, value: Option<T>) -> Result<T, EndpointError> {
        value.ok_or_else(|| self.error(format!("the parameter {name} is required and has no value")))
    }

    /// The rule set's message where it has no endpoint, with its parameters.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> EndpointError {
        EndpointError {
            message: message.into(),
            region: self.region.map(str::to_owned),
            use_fips: self.use_fips,
            use_dual_stack: self.use_dual_stack,
            custom: self.endpoint.is_some(),
        }
    }
}

/// A value that an operation or a member gives to the endpoint rule set (Smithy traits `staticContextParams` and
/// `contextParam`).
pub trait ContextValue {
    /// The parameter of that name; `None` where a member is absent.
    fn param(&self, name: &'static str) -> Option<EndpointParam>;
}

impl ContextValue for bool {
    fn param(&self, name: &'static str) -> Option<EndpointParam> {
        Some(EndpointParam::Boolean(name, *self))
    }
}

impl ContextValue for &str {
    fn param(&self, name: &'static str) -> Option<EndpointParam> {
        Some(EndpointParam::String(name, (*self).to_owned()))
    }
}

impl ContextValue for String {
    fn param(&self, name: &'static str) -> Option<EndpointParam> {
        self.as_str().param(name)
    }
}

impl<T: ContextValue> ContextValue for Option<T> {
    fn param(&self, name: &'static str) -> Option<EndpointParam> {
        self.as_ref()?.param(name)
    }
}
