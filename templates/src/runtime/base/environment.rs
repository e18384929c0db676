//! Environments: the variables of the process, or those of a test that needs no process.

use std::fmt;
use std::sync::Arc;

use super::threads::{MaybeSend, MaybeSync, shareable};

type Lookup = shareable!(dyn Fn(&str) -> Option<String>);

/// Where environment variables are looked up: the process, nowhere, or a function of your own.
///
/// A variable that is set to nothing counts as one that is not set, as for AWS's own tools.
#[derive(Clone, Default)]
pub struct Environment(VariableSource);

#[derive(Clone, Default)]
enum VariableSource {
    #[default]
    Nowhere,
    Process,
    Lookup(Arc<Lookup>),
}

impl Environment {
    /// No variable is set.
    #[must_use]
    pub const fn none() -> Self {
        Self(VariableSource::Nowhere)
    }

    /// The environment of this process, read when a value is asked for.
    #[must_use]
    pub const fn process() -> Self {
        Self(VariableSource::Process)
    }

    /// A function that answers for each variable.
    #[must_use]
    pub fn from_fn(lookup: impl Fn(&str) -> Option<String> + MaybeSend + MaybeSync + 'static) -> Self {
        Self(VariableSource::Lookup(Arc::new(lookup)))
    }

    /// The value of a variable; `None` where it is not set, empty or not Unicode.
    #[must_use]
    pub fn var(&self, name: &str) -> Option<String> {
        let value = match &self.0 {
            VariableSource::Nowhere => None,
            VariableSource::Process => std::env::var(name).ok(),
            VariableSource::Lookup(lookup) => lookup(name),
        };
        value.filter(|value| !value.is_empty())
    }

    /// The value of the first of these variables that has one.
    pub(crate) fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.var(name))
    }
}

impl fmt::Debug for Environment {
    /// Says where values come from, never a value: some are credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            VariableSource::Nowhere => "Environment::none",
            VariableSource::Process => "Environment::process",
            VariableSource::Lookup(_) => "Environment::from_fn",
        })
    }
}
