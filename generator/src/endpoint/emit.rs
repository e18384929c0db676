//! Items of `endpoint.rs`, printed from a compiled rule set. Nothing is decided here.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::ir::{Absent, Attribute, AuthScheme, Endpoint, Expr, Parameter, Plan, Source, Step, Variable};
use super::model::{Default, Kind, Scheme};
use crate::names;

/// The imports and `pub fn resolve`.
pub(super) fn items(plan: &Plan) -> TokenStream {
    let mut emitter = Emitter::default();
    let parameters: TokenStream = plan.parameters.iter().map(|parameter| emitter.parameter(parameter)).collect();
    let steps = emitter.body(&plan.steps);
    let uses = emitter.uses();
    let params = if emitter.params { ident("params") } else { ident("_params") };
    quote! {
        #uses

        /// The endpoint that the service's rule set has for `params`.
        ///
        /// # Errors
        /// What the rule set says where it has none.
        #[inline]
        pub fn resolve(#params: &Params<'_>) -> Result<Endpoint, EndpointError> {
            #parameters
            #steps
        }
    }
}

/// Prints, and keeps in mind what has to be imported.
#[derive(Default)]
struct Emitter {
    params: bool,
    functions: bool,
    partitions: bool,
    auth_schemes: bool,
}

impl Emitter {
    fn uses(&self) -> TokenStream {
        let partitions = self.partitions.then(|| {
            quote!(
                use crate::partitions::PARTITIONS;
            )
        });
        let functions = self.functions.then(|| quote!(self,));
        let (auth_scheme, scheme) =
            if self.auth_schemes { (Some(quote!(AuthScheme,)), Some(quote!(, Scheme))) } else { (None, None) };
        quote! {
            #partitions
            use crate::runtime::__private::endpoint::{#functions #auth_scheme Endpoint, EndpointError, Params #scheme};
        }
    }

    fn parameter(&mut self, parameter: &Parameter) -> TokenStream {
        let value = match &parameter.source {
            Source::Region => quote!(params.region()?),
            Source::UseFips => quote!(params.use_fips),
            Source::UseDualStack => quote!(params.use_dual_stack),
            Source::Endpoint => quote!(params.endpoint),
            Source::Other(name, Kind::String) => quote!(params.string(#name)),
            Source::Other(name, Kind::Boolean) => quote!(params.boolean(#name)),
            Source::Other(name, Kind::Strings) => quote!(params.strings(#name)),
        };
        let value = match &parameter.absent {
            Absent::None => value,
            Absent::Error(name) => quote!(params.required(#name, #value)?),
            Absent::Default(Default::String(default)) => quote!(#value.unwrap_or(#default)),
            Absent::Default(Default::Boolean(default)) => quote!(#value.unwrap_or(#default)),
            Absent::Default(Default::Strings(default)) => quote!(#value.unwrap_or(&[#(#default),*])),
        };
        let variable = name(&parameter.variable);
        // A required parameter is asked for even where no rule reads it.
        let statement = match (parameter.used, &parameter.absent) {
            (true, _) => quote!(let #variable = #value;),
            (false, Absent::Error(_)) => quote!(#value;),
            (false, _) => return TokenStream::new(),
        };
        self.params = true;
        statement
    }

    /// The statements of the function itself, whose last is an expression.
    fn body(&mut self, steps: &[Step]) -> TokenStream {
        let (last, before) = match steps.split_last() {
            Some((last @ (Step::Endpoint(_) | Step::Error(_)), before)) => (self.result(last), before),
            _ => {
                self.params = true;
                self.functions = true;
                (quote!(endpoint::refuse(params, "no rule applies")), steps)
            }
        };
        let before = self.steps(before);
        quote!(#before #last)
    }

    fn steps(&mut self, steps: &[Step]) -> TokenStream {
        steps.iter().map(|step| self.step(step)).collect()
    }

    fn step(&mut self, step: &Step) -> TokenStream {
        match step {
            Step::Let(variable, value) => {
                let (variable, value) = (name(variable), self.expr(value));
                quote!(let #variable = #value;)
            }
            Step::If(conditions, then) => {
                let conditions: Vec<_> = conditions.iter().map(|condition| self.expr(condition)).collect();
                let then = self.steps(then);
                quote!(if #(#conditions)&&* { #then })
            }
            Step::IfLet(variable, value, then) => {
                let (variable, value, then) = (name(variable), self.expr(value), self.steps(then));
                quote!(if let Some(#variable) = #value { #then })
            }
            Step::Endpoint(_) | Step::Error(_) => {
                let result = self.result(step);
                quote!(return #result;)
            }
        }
    }

    fn result(&mut self, step: &Step) -> TokenStream {
        match step {
            Step::Endpoint(endpoint) => {
                let endpoint = self.endpoint(endpoint);
                quote!(Ok(#endpoint))
            }
            Step::Error(message) => {
                self.params = true;
                let message = self.expr(message);
                self.functions = true;
                quote!(endpoint::refuse(params, #message))
            }
            Step::Let(..) | Step::If(..) | Step::IfLet(..) => TokenStream::new(),
        }
    }

    fn endpoint(&mut self, endpoint: &Endpoint) -> TokenStream {
        let url = match &endpoint.url {
            Expr::Concat(parts) => {
                let parts = self.exprs(parts);
                quote!(Endpoint::at([#(#parts),*]))
            }
            url => {
                let url = self.expr(url);
                quote!(Endpoint::new(#url))
            }
        };
        let headers = endpoint.headers.iter().map(|(name, value)| {
            let value = self.expr(value);
            quote!(.header(#name, #value))
        });
        let headers: TokenStream = headers.collect();
        let schemes = endpoint.auth_schemes.iter().map(|scheme| {
            let scheme = self.auth_scheme(scheme);
            quote!(.auth_scheme(#scheme))
        });
        let schemes: TokenStream = schemes.collect();
        quote!(#url #headers #schemes)
    }

    fn auth_scheme(&mut self, auth: &AuthScheme) -> TokenStream {
        self.auth_schemes = true;
        let scheme = match auth.scheme {
            Scheme::SigV4 => quote!(Scheme::SigV4),
            Scheme::SigV4A => quote!(Scheme::SigV4A),
        };
        let name = auth.signing_name.iter().map(|name| quote!(.signing_name(#name)));
        let region = auth.signing_region.iter().map(|region| {
            let region = self.expr(region);
            quote!(.signing_region(#region))
        });
        let region: TokenStream = region.collect();
        let set = &auth.signing_region_set;
        let set = (!set.is_empty()).then(|| quote!(.signing_region_set(&[#(#set),*])));
        let once = auth.disable_double_encoding.then(|| quote!(.disable_double_encoding(true)));
        quote!(AuthScheme::new(#scheme) #(#name)* #region #set #once)
    }

    fn expr(&mut self, expr: &Expr) -> TokenStream {
        match expr {
            Expr::Variable(variable) => {
                let variable = name(variable);
                quote!(#variable)
            }
            Expr::String(text) => quote!(#text),
            Expr::Boolean(value) => quote!(#value),
            Expr::Integer(value) => {
                let value = Literal::u64_unsuffixed(*value);
                quote!(#value)
            }
            Expr::Concat(parts) => {
                let parts = self.exprs(parts);
                quote!([#(#parts),*].concat())
            }
            Expr::Equal(text, empty) if is_empty(empty) => self.method(text.whole(), &quote!(is_empty())),
            Expr::Equal(a, b) => {
                let (a, b) = (self.expr(a), self.expr(b));
                quote!(#a == #b)
            }
            Expr::NotEqual(text, empty) if is_empty(empty) => {
                let text = self.method(text.whole(), &quote!(is_empty()));
                quote!(!#text)
            }
            Expr::NotEqual(a, b) => {
                let (a, b) = (self.expr(a), self.expr(b));
                quote!(#a != #b)
            }
            Expr::Not(value) => {
                let value = self.expr(value);
                quote!(!#value)
            }
            Expr::IsSome(value) => self.method(value, &quote!(is_some())),
            Expr::IsNone(value) => self.method(value, &quote!(is_none())),
            Expr::AsStr(value) => self.method(value, &quote!(as_str())),
            Expr::ToOwned(value) => self.method(value, &quote!(to_owned())),
            Expr::MapToOwned(value) => self.method(value, &quote!(map(str::to_owned))),
            Expr::Call(function, arguments) => {
                self.functions = true;
                let (function, arguments) = (ident(function), self.exprs(arguments));
                quote!(endpoint::#function(#(#arguments),*))
            }
            Expr::Partition(region) => {
                self.partitions = true;
                let region = self.expr(region);
                quote!(PARTITIONS.of(#region))
            }
            Expr::Attribute(of, attribute) => self.method(of, &access(*attribute)),
            Expr::MapAttribute(of, attribute) => {
                let access = access(*attribute);
                let map = if attribute.is_optional() { quote!(and_then) } else { quote!(map) };
                self.method(of, &quote!(#map(|it| it.#access)))
            }
            Expr::Coalesce { optional, last } => {
                let last = last.as_deref().map(|last| self.expr(last));
                let optional = self.exprs(optional);
                let Some((first, others)) = optional.split_first() else {
                    // The first value is always there.
                    return last.unwrap_or_default();
                };
                let last = last.map(|last| quote!(.unwrap_or(#last)));
                quote!(#first #(.or(#others))* #last)
            }
        }
    }

    fn exprs(&mut self, exprs: &[Expr]) -> Vec<TokenStream> {
        exprs.iter().map(|expr| self.expr(expr)).collect()
    }

    fn method(&mut self, of: &Expr, method: &TokenStream) -> TokenStream {
        let of = self.expr(of);
        quote!(#of.#method)
    }
}

fn is_empty(text: &Expr) -> bool {
    matches!(text, Expr::String(text) if text.is_empty())
}

fn access(attribute: Attribute) -> TokenStream {
    match attribute {
        Attribute::Field(field) => {
            let field = ident(field);
            quote!(#field)
        }
        Attribute::Method(method) => {
            let method = ident(method);
            quote!(#method())
        }
        Attribute::ResourceId(index) => {
            let index = Literal::usize_unsuffixed(index);
            quote!(resource_id(#index))
        }
        Attribute::Element(0) => quote!(first().copied()),
        Attribute::Element(index) => {
            let index = Literal::usize_unsuffixed(index);
            quote!(get(#index).copied())
        }
    }
}

fn name(variable: &Variable) -> Ident {
    let name = variable.name.as_str();
    if names::is_keyword(name) { Ident::new_raw(name, Span::call_site()) } else { ident(name) }
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
