//! Scopes: the Rust names of a rule set's names, and what each is bound to where a rule stands.

use std::collections::BTreeMap;

use super::ir::{Expr, Type, Variable};
use super::model::{Body, Rule, RuleSet};
use crate::names::{self, Ident};

/// A value and its type.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub expr: Expr,
    pub kind: Type,
    /// Whether it is an `Option`.
    pub optional: bool,
    /// Whether it is a `String` rather than a `&str`.
    pub owned: bool,
    /// Whether it borrows from a `String` that lives no longer than the expression.
    pub fleeting: bool,
}

impl Typed {
    /// A value that has none of the flags.
    pub fn new(expr: Expr, kind: Type) -> Self {
        Self { expr, kind, optional: false, owned: false, fleeting: false }
    }

    /// The value, as a variable that it was assigned to because it is there.
    pub fn bound_to(&self, variable: &Variable) -> Self {
        Self {
            expr: Expr::Variable(variable.clone()),
            kind: self.kind,
            optional: false,
            owned: self.owned,
            fleeting: false,
        }
    }
}

/// The bindings of a rule's names.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    bound: BTreeMap<String, Typed>,
}

impl Scope {
    /// The binding of a name.
    pub fn get(&self, name: &str) -> Option<&Typed> {
        self.bound.get(name)
    }

    /// Binds a name, perhaps anew.
    pub fn bind(&mut self, name: &str, value: Typed) {
        self.bound.insert(name.to_owned(), value);
    }
}

/// The Rust names of a rule set.
#[derive(Debug)]
pub(super) struct Names {
    rust: BTreeMap<String, Ident>,
    next: usize,
}

impl Names {
    /// Names every parameter and every variable.
    pub fn new(rule_set: &RuleSet) -> Self {
        let mut all: Vec<String> = rule_set.parameters.keys().cloned().collect();
        assigned(&rule_set.rules, &mut all);
        // Every emitted function has an argument `params`; closures call theirs `it`.
        let rust = names::unique(all.iter(), |name| names::variable_name(name, &["params", "it"]));
        Self { rust, next: 0 }
    }

    /// A new binding of a name.
    pub fn variable(&mut self, name: &str) -> Variable {
        self.next += 1;
        Variable { id: self.next, name: self.rust.get(name).map(ToString::to_string).unwrap_or_default() }
    }
}

fn assigned(rules: &[Rule], all: &mut Vec<String>) {
    for rule in rules {
        all.extend(rule.conditions.iter().filter_map(|condition| condition.assign.clone()));
        if let Body::Tree(rules) = &rule.body {
            assigned(rules, all);
        }
    }
}
