//! Waiters: `waiters.rs` has for each a type with what the model says of it, and the method of the call.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Number, Value};

use super::tokens::{Scope, docs, gate, ident};
use crate::diagnostic::Origin;
use crate::model::State;
use crate::plan::waiters::{Access, Order, Path, Scalar, Test};
use crate::plan::{Operation, Waiter};
use crate::render::SourceFile;
use crate::sources::WAITERS;

/// `waiters.rs`.
pub(super) fn file(scope: &Scope<'_>) -> SourceFile {
    let waiters = &scope.service.waiters;
    let of = |waiter: &Waiter| scope.service.operations.iter().find(|operation| operation.name == waiter.operation);
    let items = waiters.iter().filter_map(|waiter| Some(items(scope, waiter, of(waiter)?))).flatten();
    SourceFile {
        path: scope.path("waiters.rs"),
        source: Origin::new(format!("{}/{WAITERS}", scope.service.folder), "waiters"),
        docs: vec!["The waiters of the model. A call that has one has a method `wait_until_…`.".to_owned()],
        attributes: Vec::new(),
        uses: quote!(
            use crate::runtime::__private as runtime;
            use crate::waiter;
        ),
        items: items.map(Into::into).collect(),
    }
}

fn items(scope: &Scope<'_>, waiter: &Waiter, operation: &Operation) -> [TokenStream; 3] {
    let root = scope.root();
    let (name, method) = (ident(&waiter.ident), ident(&waiter.method));
    let (module, request) = (ident(&operation.module), ident(&operation.request.ident));
    let request = quote!(#root::operation::#module::#request);
    let gate = gate(&operation.gate);
    let about = crate::text::code(&waiter.name);
    let about = format!(" The waiter {about} of `{}`: see its call's `{}`.", operation.method_name, waiter.method);
    let docs = docs(&waiter.docs);
    let text = &*waiter.name;
    let (delay, attempts) = (Literal::u32_unsuffixed(waiter.delay), Literal::u32_unsuffixed(waiter.max_attempts));
    let acceptors = waiter.acceptors.iter().map(|(state, test)| acceptor(*state, test));
    [
        quote! {
            #[doc = #about]
            #gate
            #[derive(Clone, Copy, Debug)]
            pub enum #name {}
        },
        quote! {
            #gate
            impl waiter::Waiter for #name {
                type Request = #request;
                const NAME: &'static str = #text;
                const MIN_DELAY: std::time::Duration = std::time::Duration::from_secs(#delay);
                const MAX_ATTEMPTS: u32 = #attempts;
                const ACCEPTORS: &'static [waiter::Acceptor<<#request as runtime::Operation>::Output>] =
                    &[#(#acceptors),*];
            }
        },
        quote! {
            #gate
            impl<S: runtime::Complete + Send + Sync + 'static> runtime::Call<#request, S> {
                #docs
                pub fn #method(self) -> waiter::Waiting<#name> {
                    waiter::start(self)
                }
            }
        },
    ]
}

fn acceptor(state: State, test: &Test) -> TokenStream {
    let state = match state {
        State::Success => quote!(waiter::State::Success),
        State::Failure => quote!(waiter::State::Failure),
        State::Retry => quote!(waiter::State::Retry),
    };
    match test {
        Test::Is(path, expected) => {
            let (path, expected) = (closure(value(path)), self::expected(expected));
            quote!(waiter::Acceptor::is(#state, #path, #expected))
        }
        Test::All(path, expected) => {
            let (path, expected) = (closure(value(path)), self::expected(expected));
            quote!(waiter::Acceptor::all(#state, #path, #expected))
        }
        Test::Any(path, expected) => {
            let (path, expected) = (closure(value(path)), self::expected(expected));
            quote!(waiter::Acceptor::any(#state, #path, #expected))
        }
        Test::Status(status) => {
            let status = Literal::u16_unsuffixed(*status);
            quote!(waiter::Acceptor::status(#state, #status))
        }
        Test::Error(codes) => quote!(waiter::Acceptor::error(#state, &[#(#codes),*])),
        Test::NoError => quote!(waiter::Acceptor::no_error(#state)),
    }
}

fn expected(expected: &Value) -> TokenStream {
    match expected {
        Value::Bool(value) => quote!(waiter::Expected::Boolean(#value)),
        Value::Number(number) => match number.as_i64() {
            Some(number) => {
                let number = Literal::i64_unsuffixed(number);
                quote!(waiter::Expected::Integer(#number))
            }
            None => {
                let number = float(number);
                quote!(waiter::Expected::Float(#number))
            }
        },
        other => {
            let text = other.as_str().unwrap_or_default();
            quote!(waiter::Expected::Text(#text))
        }
    }
}

fn float(number: &Number) -> Literal {
    Literal::f64_unsuffixed(number.as_f64().unwrap_or_default())
}

/// A function of the place where a path starts.
fn closure(body: TokenStream) -> TokenStream {
    if names_it(body.clone()) { quote!(|it| #body) } else { quote!(|_| #body) }
}

fn names_it(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(ident) => ident == "it",
        proc_macro2::TokenTree::Group(group) => names_it(group.stream()),
        _ => false,
    })
}

/// A place that is always there; `None` for a path to one that may be missing.
fn sure(path: &Path) -> Option<TokenStream> {
    match path {
        Path::Here => Some(quote!(it)),
        Path::Field { of, field, access: Access::Required } => {
            let (of, field) = (sure(of)?, ident(field));
            Some(quote!(#of.#field))
        }
        _ => None,
    }
}

/// One place, as an `Option` of a reference.
fn one(path: &Path) -> TokenStream {
    if let Some(place) = sure(path) {
        return if matches!(path, Path::Here) { quote!(Some(#place)) } else { quote!(Some(&#place)) };
    }
    match path {
        Path::Field { of, field, access } => {
            let field = ident(field);
            let end = match access {
                Access::Required => None,
                Access::Optional => Some(quote!(.as_ref())),
                Access::Boxed => Some(quote!(.as_deref())),
            };
            match (sure(of), end) {
                (Some(of), end) => quote!(#of.#field #end),
                (None, Some(end)) => {
                    let of = one(of);
                    quote!(#of.and_then(|it| it.#field #end))
                }
                (None, None) => {
                    let of = one(of);
                    quote!(#of.map(|it| &it.#field))
                }
            }
        }
        Path::Entry { of, key } => match sure(of) {
            Some(of) => quote!(#of.get(#key)),
            None => {
                let of = one(of);
                quote!(#of.and_then(|it| it.get(#key)))
            }
        },
        Path::Index { of, index } => {
            let (of, index) = (many(of), Literal::i64_unsuffixed(*index));
            quote!(waiter::path::index(#of, #index))
        }
        other => many(other),
    }
}

/// Many places, as an `Option` of a list of references.
fn many(path: &Path) -> TokenStream {
    match path {
        Path::Elements { of, sparse: false } => call("elements", one(of)),
        Path::Elements { of, sparse: true } => call("present", one(of)),
        Path::MapValues { of } => call("values", one(of)),
        Path::Flatten { of } => call("flatten", many(of)),
        Path::Project { of, to } => {
            let (of, to) = (many(of), closure(one(to)));
            quote!(waiter::path::project(#of, #to))
        }
        Path::Filter { of, is } => {
            let (of, is) = (many(of), closure(value(is)));
            quote!(waiter::path::filter(#of, #is))
        }
        other => value(other),
    }
}

fn call(function: &str, argument: TokenStream) -> TokenStream {
    let function = ident(function);
    quote!(waiter::path::#function(#argument))
}

/// A value.
fn value(path: &Path) -> TokenStream {
    match path {
        Path::Scalar { of, scalar } => call(
            match scalar {
                Scalar::Text => "text",
                Scalar::Enumeration => "enumeration",
                Scalar::Boolean => "boolean",
                Scalar::Integer => "integer",
                Scalar::Float => "float",
                Scalar::Object => "object",
            },
            one(of),
        ),
        Path::Entries { of } => call("entries", one(of)),
        Path::List { of, value: each } => {
            let (of, each) = (many(of), closure(value(each)));
            quote!(waiter::path::list(#of, #each))
        }
        Path::Several(values) => {
            let values = values.iter().map(value);
            quote!(waiter::Value::List(vec![#(#values),*]))
        }
        Path::Literal(literal) => self::literal(literal),
        Path::IndexOf { of, index } => {
            let (of, index) = (value(of), Literal::i64_unsuffixed(*index));
            quote!(#of.index(#index))
        }
        Path::Function { of, function, argument } => {
            let (of, function) = (value(of), ident(function));
            let argument = argument.as_ref().map(|argument| value(argument));
            let argument = argument.map(|argument| quote!(&#argument));
            quote!(#of.#function(#argument))
        }
        Path::Same { one, other, not } => {
            let (one, other, not) = (value(one), value(other), not.then(|| quote!(!)));
            quote!(waiter::Value::Boolean(#not #one.same(&#other)))
        }
        Path::Order { one, other, order } => {
            let (one, other) = (value(one), value(other));
            let order = ident(match order {
                Order::Less => "is_lt",
                Order::LessOrEqual => "is_le",
                Order::Greater => "is_gt",
                Order::GreaterOrEqual => "is_ge",
            });
            quote!(#one.compare(&#other, std::cmp::Ordering::#order))
        }
        Path::And(one, other) => {
            let (one, other) = (value(one), value(other));
            quote!(#one.and(|| #other))
        }
        Path::Or(one, other) => {
            let (one, other) = (value(one), value(other));
            quote!(#one.or(|| #other))
        }
        // Planning makes a value of every place.
        _ => quote!(waiter::Value::Null),
    }
}

fn literal(literal: &Value) -> TokenStream {
    match literal {
        Value::Null | Value::Object(_) => quote!(waiter::Value::Null),
        Value::Bool(value) => quote!(waiter::Value::Boolean(#value)),
        Value::Number(number) => match number.as_i64() {
            Some(number) => {
                let number = Literal::i64_unsuffixed(number);
                quote!(waiter::Value::Integer(#number))
            }
            None => {
                let number = float(number);
                quote!(waiter::Value::Float(#number))
            }
        },
        Value::String(text) => quote!(waiter::path::literal(#text)),
        Value::Array(values) => {
            let values = values.iter().map(self::literal);
            quote!(waiter::Value::List(vec![#(#values),*]))
        }
    }
}
