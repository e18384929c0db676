//! Values of a rule set with their types, in Rust: references, templates, attributes and calls of functions.

use super::ir::{Attribute, Expr, Type};
use super::model::{Call, Expression, ExpressionKind};
use super::plan::Planner;
use super::scope::{Scope, Typed};
use super::template::{self, Fragment};

/// The longest list whose elements are looked at, and the most values that are chosen from; nothing real comes near.
const MOST: usize = 100;

impl Planner<'_> {
    /// A value, or `None` where it is wrong, which is then noted.
    pub fn value(&mut self, scope: &Scope, expression: &Expression) -> Option<Typed> {
        match &expression.kind {
            ExpressionKind::Reference(name) => self.reference(scope, &expression.path, name),
            ExpressionKind::Boolean(value) => Some(Typed::new(Expr::Boolean(*value), Type::Boolean)),
            ExpressionKind::String(template) => self.template(scope, &expression.path, template),
            ExpressionKind::Call(call) => self.call(scope, &expression.path, call),
            ExpressionKind::Integer(_) => {
                self.problem(&expression.path, "expected no number");
                None
            }
        }
    }

    fn reference(&mut self, scope: &Scope, path: &str, name: &str) -> Option<Typed> {
        let value = scope.get(name);
        if value.is_none() {
            self.problem(path, format!("nothing in scope has the name {name:?}"));
        }
        value.cloned()
    }

    fn template(&mut self, scope: &Scope, path: &str, template: &str) -> Option<Typed> {
        let fragments = match template::parse(template) {
            Ok(fragments) => fragments,
            Err(problem) => {
                self.problem(path, problem);
                return None;
            }
        };
        let mut parts = Vec::new();
        for fragment in &fragments {
            parts.push(match fragment {
                Fragment::Text(text) => Typed::new(Expr::String(text.clone()), Type::String),
                Fragment::Reference { name, path: None } => {
                    let value = self.reference(scope, path, name)?;
                    self.of_type(path, value, Type::String)?
                }
                Fragment::Reference { name, path: Some(attribute) } => {
                    let value = self.reference(scope, path, name)?;
                    let value = self.attribute(path, value, attribute)?;
                    self.of_type(path, value, Type::String)?
                }
            });
        }
        match parts.len() {
            0 => Some(Typed::new(Expr::String(String::new()), Type::String)),
            1 => parts.pop(),
            _ => {
                let concat = Expr::Concat(parts.into_iter().map(borrowed).map(|part| part.expr).collect());
                Some(Typed { owned: true, ..Typed::new(concat, Type::String) })
            }
        }
    }

    /// A value that must be of a type, and there.
    pub fn of_type(&mut self, path: &str, value: Typed, kind: Type) -> Option<Typed> {
        if value.kind != kind {
            self.problem(path, format!("expected {}, found {}", kind.name(), value.kind.name()));
            return None;
        }
        if value.optional {
            self.problem(path, "this may have no value; `isSet` has to be asked first");
            return None;
        }
        Some(value)
    }

    /// A string that must be there, as a `&str`.
    fn text(&mut self, scope: &Scope, expression: &Expression) -> Option<Typed> {
        let value = self.value(scope, expression)?;
        self.of_type(&expression.path, value, Type::String).map(borrowed)
    }

    fn boolean(&mut self, scope: &Scope, expression: &Expression) -> Option<Expr> {
        let value = self.value(scope, expression)?;
        self.of_type(&expression.path, value, Type::Boolean).map(|value| value.expr)
    }

    fn integer(&mut self, expression: &Expression) -> Option<Expr> {
        match expression.kind {
            // More would not fit the `usize` of every target, and no host name is longer.
            ExpressionKind::Integer(value) if value <= u64::from(u16::MAX) => Some(Expr::Integer(value)),
            _ => {
                self.problem(&expression.path, "expected a whole number up to 65535");
                None
            }
        }
    }

    fn literal_boolean(&mut self, expression: &Expression) -> Option<Expr> {
        match expression.kind {
            ExpressionKind::Boolean(value) => Some(Expr::Boolean(value)),
            _ => {
                self.problem(&expression.path, "expected `true` or `false`");
                None
            }
        }
    }

    /// A part of a value, as `getAttr` and the shorthand `{name#path}` name it.
    fn attribute(&mut self, path: &str, of: Typed, attribute: &str) -> Option<Typed> {
        use Attribute::{Element, Field, Method, ResourceId};

        let (key, index) = match attribute.split_once('[') {
            None => (attribute, None),
            Some((key, index)) => {
                let index = index.strip_suffix(']').and_then(|index| index.parse::<usize>().ok());
                let Some(index) = index.filter(|index| *index < MOST) else {
                    self.problem(path, format!("the index of {attribute:?} is not supported"));
                    return None;
                };
                (key, Some(index))
            }
        };
        let (attribute, kind, owned) = match (of.kind, key, index) {
            (Type::Partition, "name", None) => (Field("name"), Type::String, false),
            (Type::Partition, "dnsSuffix", None) => (Field("dns_suffix"), Type::String, false),
            (Type::Partition, "dualStackDnsSuffix", None) => (Field("dual_stack_dns_suffix"), Type::String, false),
            (Type::Partition, "implicitGlobalRegion", None) => (Field("implicit_global_region"), Type::String, false),
            (Type::Partition, "supportsFIPS", None) => (Field("supports_fips"), Type::Boolean, false),
            (Type::Partition, "supportsDualStack", None) => (Field("supports_dual_stack"), Type::Boolean, false),
            (Type::Arn, "partition", None) => (Field("partition"), Type::String, false),
            (Type::Arn, "service", None) => (Field("service"), Type::String, false),
            (Type::Arn, "region", None) => (Field("region"), Type::String, false),
            (Type::Arn, "accountId", None) => (Field("account_id"), Type::String, false),
            (Type::Arn, "resourceId", Some(index)) => (ResourceId(index), Type::String, false),
            (Type::Url, "scheme", None) => (Field("scheme"), Type::String, false),
            (Type::Url, "authority", None) => (Field("authority"), Type::String, false),
            (Type::Url, "path", None) => (Field("path"), Type::String, false),
            (Type::Url, "normalizedPath", None) => (Method("normalized_path"), Type::String, true),
            (Type::Url, "isIp", None) => (Field("is_ip"), Type::Boolean, false),
            (Type::Strings, "", Some(index)) => (Element(index), Type::String, false),
            _ => {
                self.problem(path, format!("{} has no {attribute:?} that is supported", of.kind.name()));
                return None;
            }
        };
        let optional = of.optional || attribute.is_optional();
        let expr = Box::new(of.expr);
        let expr = if of.optional { Expr::MapAttribute(expr, attribute) } else { Expr::Attribute(expr, attribute) };
        Some(Typed { expr, kind, optional, owned, fleeting: of.fleeting })
    }

    /// A call of a function.
    pub fn call(&mut self, scope: &Scope, path: &str, call: &Call) -> Option<Typed> {
        let found = call.arguments.as_slice();
        match (call.function.as_str(), found) {
            ("isSet", [value]) => {
                let value = self.value(scope, value)?;
                let set = if value.optional { Expr::IsSome(Box::new(value.expr)) } else { Expr::Boolean(true) };
                Some(Typed::new(set, Type::Boolean))
            }
            ("not", [value]) => Some(Typed::new(self.boolean(scope, value)?.negate(), Type::Boolean)),
            ("booleanEquals", [a, b]) => {
                let (a, b) = (self.boolean(scope, a), self.boolean(scope, b));
                Some(Typed::new(Expr::equal(a?, b?), Type::Boolean))
            }
            ("stringEquals", [a, b]) => {
                let (a, b) = (self.text(scope, a), self.text(scope, b));
                Some(Typed::new(Expr::equal(a?.expr, b?.expr), Type::Boolean))
            }
            ("getAttr", [value, attribute]) => {
                let value = self.value(scope, value)?;
                let ExpressionKind::String(name) = &attribute.kind else {
                    self.problem(&attribute.path, "expected the name of an attribute");
                    return None;
                };
                self.attribute(&attribute.path, value, name)
            }
            ("isValidHostLabel", [value, subdomains]) => self.host(scope, "is_valid_host_label", value, subdomains),
            ("aws.isVirtualHostableS3Bucket", [value, subdomains]) => {
                self.host(scope, "is_virtual_hostable_s3_bucket", value, subdomains)
            }
            ("parseURL", [value]) => self.parse(scope, "parse_url", Type::Url, value),
            ("aws.parseArn", [value]) => self.parse(scope, "parse_arn", Type::Arn, value),
            ("aws.partition", [region]) => {
                let region = self.text(scope, region)?;
                Some(Typed::new(Expr::Partition(Box::new(region.expr)), Type::Partition))
            }
            ("uriEncode", [value]) => {
                let value = self.text(scope, value)?;
                let encoded = Expr::Call("uri_encode", vec![value.expr]);
                Some(Typed { owned: true, ..Typed::new(encoded, Type::String) })
            }
            ("substring", [value, start, end, reverse]) => {
                let value = self.text(scope, value);
                let (start, end) = (self.integer(start), self.integer(end));
                let (reverse, value) = (self.literal_boolean(reverse), value?);
                let part = Expr::Call("substring", vec![value.expr, start?, end?, reverse?]);
                Some(Typed { optional: true, fleeting: value.fleeting, ..Typed::new(part, Type::String) })
            }
            ("split", [value, delimiter, limit]) => {
                let (value, delimiter) = (self.text(scope, value), self.text(scope, delimiter));
                let (limit, value) = (self.integer(limit), value?);
                let parts = Expr::Call("split", vec![value.expr, delimiter?.expr, limit?]);
                Some(Typed { fleeting: value.fleeting, ..Typed::new(parts, Type::Strings) })
            }
            ("ite", [condition, then, otherwise]) => {
                let condition = self.boolean(scope, condition);
                let choices = self.choices(scope, &[then, otherwise])?;
                let optional = choices.iter().any(|choice| choice.optional);
                if optional {
                    self.problem(path, "`ite` of a value that may not be there is not supported");
                    return None;
                }
                let all = condition.into_iter().chain(choices.iter().map(|choice| choice.expr.clone())).collect();
                let fleeting = choices.iter().any(|choice| choice.fleeting);
                let first = choices.first()?;
                Some(Typed { expr: Expr::Call("ite", all), fleeting, ..first.clone() })
            }
            ("coalesce", [_, _, ..]) if found.len() <= MOST => {
                self.coalesce(scope, &call.arguments.iter().collect::<Vec<_>>())
            }
            (name, _) => {
                let known = [
                    "isSet",
                    "not",
                    "booleanEquals",
                    "stringEquals",
                    "getAttr",
                    "isValidHostLabel",
                    "parseURL",
                    "uriEncode",
                    "substring",
                    "split",
                    "ite",
                    "coalesce",
                    "aws.partition",
                    "aws.parseArn",
                    "aws.isVirtualHostableS3Bucket",
                ];
                self.problem(
                    path,
                    if known.contains(&name) {
                        format!("the function `{name}` does not take {} arguments", found.len())
                    } else {
                        format!("the function {name:?} is not supported")
                    },
                );
                None
            }
        }
    }

    /// A function that says whether a value can be a part of a host name.
    fn host(
        &mut self,
        scope: &Scope,
        function: &'static str,
        value: &Expression,
        subdomains: &Expression,
    ) -> Option<Typed> {
        let (value, subdomains) = (self.text(scope, value), self.boolean(scope, subdomains));
        Some(Typed::new(Expr::Call(function, vec![value?.expr, subdomains?]), Type::Boolean))
    }

    /// A function that takes a string apart.
    fn parse(&mut self, scope: &Scope, function: &'static str, kind: Type, value: &Expression) -> Option<Typed> {
        let value = self.text(scope, value)?;
        let parsed = Expr::Call(function, vec![value.expr]);
        Some(Typed { optional: true, fleeting: value.fleeting, ..Typed::new(parsed, kind) })
    }

    fn coalesce(&mut self, scope: &Scope, arguments: &[&Expression]) -> Option<Typed> {
        let choices = self.choices(scope, arguments)?;
        let fleeting = choices.iter().any(|choice| choice.fleeting);
        let first = choices.first()?.clone();
        // What follows a value that is always there is never asked for.
        let total = choices.iter().position(|choice| !choice.optional);
        let optional = choices.iter().take_while(|choice| choice.optional).map(|choice| choice.expr.clone()).collect();
        let last = total.and_then(|index| choices.get(index)).map(|choice| Box::new(choice.expr.clone()));
        let is_optional = last.is_none();
        Some(Typed { expr: Expr::Coalesce { optional, last }, optional: is_optional, fleeting, ..first })
    }

    /// Values one of which is taken: of one type, and all owned where one is.
    fn choices(&mut self, scope: &Scope, arguments: &[&Expression]) -> Option<Vec<Typed>> {
        let values: Vec<_> = arguments.iter().map(|argument| self.value(scope, argument)).collect();
        let values = values.into_iter().collect::<Option<Vec<_>>>()?;
        let kind = values.first()?.kind;
        if kind == Type::Strings {
            self.problem(&arguments.first()?.path, "a choice between lists is not supported");
            return None;
        }
        if let Some((value, argument)) = values.iter().zip(arguments).find(|(value, _)| value.kind != kind) {
            self.problem(&argument.path, format!("expected {}, found {}", kind.name(), value.kind.name()));
            return None;
        }
        let owned = values.iter().any(|value| value.owned);
        Some(if owned { values.into_iter().map(into_owned).collect() } else { values })
    }
}

/// A string as a `&str`.
fn borrowed(value: Typed) -> Typed {
    if !value.owned {
        return value;
    }
    let fleeting = !matches!(value.expr, Expr::Variable(_));
    Typed { expr: Expr::AsStr(Box::new(value.expr)), owned: false, fleeting, ..value }
}

/// A string as a `String`.
fn into_owned(value: Typed) -> Typed {
    let expr = match value.expr {
        // A variable may be read again.
        expr if value.owned && !matches!(expr, Expr::Variable(_)) => expr,
        expr if value.optional => Expr::MapToOwned(Box::new(expr)),
        expr => Expr::ToOwned(Box::new(expr)),
    };
    Typed { expr, owned: true, fleeting: false, ..value }
}
