//! Takes a planned operation; gives its file: request, response, what goes over the wire, and the call.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::builder::{self, Given};
use super::tokens::{Scope, deprecated, docs, ident, imports, wrapped};
use super::{structure, types};
use crate::plan::{Auth, Checksum, ContextValue, Operation, Paginator, Repeat, Response, Step, Type};
use crate::render::{Item, SourceFile};

/// The file of an operation.
pub(super) fn file(scope: &Scope<'_>, operation: &Operation) -> SourceFile {
    let mut names: BTreeSet<&str> = structure::references(&operation.request);
    let mut items: Vec<Item> = structure::request(&operation.request);
    items.push(binding(scope, operation));
    match &operation.response {
        Response::None => {}
        Response::Own(response) => {
            names.extend(structure::references(response));
            items.extend(structure::items(response));
        }
        Response::Shared { ident, .. } => drop(names.insert(ident)),
    }
    items.extend(call(scope, operation));
    if let Some(paginator) = &operation.paginator {
        if let Some((_, ty)) = &paginator.items {
            ty.names(&mut names);
        }
        items.push(paginated(operation, paginator).into());
    }
    SourceFile {
        path: scope.path(&format!("operation/{}.rs", operation.module)),
        source: scope.source(&format!("operations.{}", operation.name)),
        docs: vec![operation.docs.summary.clone()],
        uses: imports(scope, &names, operation.request.required().next().is_some()),
        items,
    }
}

/// The implementation of `runtime::Operation`: what the model says of the operation, a line for each trait.
fn binding(scope: &Scope<'_>, operation: &Operation) -> Item {
    let mut text = format!(
        "impl runtime::Operation for {} {{\n    type Service = {}::{};\n    type Output = {};\n    const INFO: runtime::OperationInfo = runtime::OperationInfo::new({})",
        operation.request.ident,
        scope.root().to_string().replace(' ', ""),
        scope.service.ident,
        output(operation),
        Literal::string(&operation.name),
    );
    for line in info(operation) {
        text.push_str(&format!("\n        {line}"));
    }
    text.push_str(";\n");
    if let Some(token) = operation.request.fields.iter().find(|field| field.idempotency_token) {
        let name = ident(&token.ident);
        text.push_str(&format!(
            "\n    #[inline]\n    fn idempotency_token(&mut self) -> Option<&mut Option<String>> {{\n        Some(&mut self.{name})\n    }}\n"
        ));
    }
    text.push_str(&endpoint_params(operation).unwrap_or_default());
    text.push_str("}\n");
    Item::Table(text)
}

/// The function that gathers what the operation and its members say to the endpoint rule set, where they do.
fn endpoint_params(operation: &Operation) -> Option<String> {
    let param = |kind: &str, name: &str, value: &str| {
        format!("runtime::endpoint::EndpointParam::{kind}({}, {value})", Literal::string(name))
    };
    let mut always: Vec<String> = operation
        .static_context
        .iter()
        .map(|(name, value)| match value {
            ContextValue::Text(text) => param("String", name, &format!("{}.to_owned()", Literal::string(text))),
            ContextValue::Boolean(on) => param("Boolean", name, &on.to_string()),
        })
        .collect();
    let mut sometimes = String::new();
    for field in &operation.request.fields {
        let Some(name) = &field.context_param else { continue };
        let (kind, clone) = if field.ty == Type::Boolean { ("Boolean", "") } else { ("String", ".clone()") };
        let place = ident(&field.ident);
        if field.is_required() {
            always.push(param(kind, name, &format!("self.{place}{clone}")));
        } else {
            let value = param(kind, name, "value");
            sometimes.push_str(&format!("        params.extend(self.{place}{clone}.map(|value| {value}));\n"));
        }
    }
    if always.is_empty() && sometimes.is_empty() {
        return None;
    }
    let always = format!("vec![{}]", always.join(", "));
    let body = if sometimes.is_empty() {
        format!("        {always}\n")
    } else {
        format!("        let mut params = {always};\n{sometimes}        params\n")
    };
    let head = "\n    #[inline]\n    fn endpoint_params(&self) -> Vec<runtime::endpoint::EndpointParam> {\n";
    Some(format!("{head}{body}    }}\n"))
}

fn output(operation: &Operation) -> TokenStream {
    let ident = match &operation.response {
        Response::None => return quote!(()),
        Response::Own(response) => ident(&response.ident),
        Response::Shared { ident: name, .. } => ident(name),
    };
    quote!(#ident)
}

/// The traits of an operation, as the runtime's methods say them.
fn info(operation: &Operation) -> Vec<String> {
    let text = |text: &str| Literal::string(text).to_string();
    let mut lines = vec![format!(".http({}, {})", text(&operation.http_method), text(&operation.uri))];
    lines.extend(operation.request.shape.as_ref().map(|input| format!(".input({})", text(input))));
    let output = match &operation.response {
        Response::None => None,
        Response::Own(response) => response.shape.as_ref(),
        Response::Shared { shape, .. } => Some(shape),
    };
    lines.extend(output.map(|output| format!(".output({})", text(output))));
    if !operation.errors.is_empty() {
        let errors: Vec<String> = operation.errors.iter().map(|error| text(error)).collect();
        lines.push(format!(".errors(&[\n            {}\n        ])", wrapped(&errors, "            ")));
    }
    if operation.paginator.is_some() {
        lines.push(".paginated()".to_owned());
    }
    if operation.repeat != Repeat::Never {
        lines.push(format!(".repeat(runtime::Repeat::{:?})", operation.repeat));
    }
    if operation.auth != Auth::SigV4 {
        lines.push(format!(".auth(runtime::Auth::{:?})", operation.auth));
    }
    lines.extend(operation.host_prefix.as_ref().map(|prefix| format!(".host_prefix({})", text(prefix))));
    lines.extend(operation.checksum.as_ref().map(|checksum| match checksum {
        Checksum::Required => ".checksum(runtime::Checksum::Required)".to_owned(),
        Checksum::Chosen(member) => format!(".checksum(runtime::Checksum::Chosen({}))", text(member)),
        Checksum::TreeHash => ".checksum(runtime::Checksum::TreeHash)".to_owned(),
    }));
    if operation.compressed {
        lines.push(".compressed()".to_owned());
    }
    if !operation.headers.is_empty() {
        let header = |(name, value): &(String, String)| format!("({}, {})", text(name), text(value));
        let headers: Vec<String> = operation.headers.iter().map(header).collect();
        lines.push(format!(".headers(&[{}])", headers.join(", ")));
    }
    if operation.form {
        lines.push(".form()".to_owned());
    }
    lines
}

/// The client's method and the builder of the call.
fn call(scope: &Scope<'_>, operation: &Operation) -> Vec<Item> {
    let root = scope.root();
    let (method, call) = (ident(&operation.method_name), ident(&operation.call));
    let (docs, deprecated) = (docs(&operation.docs), deprecated(operation.deprecated.as_ref()));
    let given = Given::of(&operation.request);
    let client = quote! {
        impl #root::Client {
            #docs
            #deprecated
            #[inline]
            pub fn #method(&self) -> #call<'_> {
                runtime::call::start(self)
            }
        }
    };
    let head = format!("runtime::call!({});\n", given.head(&operation.call, &operation.request.ident));
    let mut items = vec![client.into(), Item::Table(head)];
    if !operation.request.fields.is_empty() {
        let lifetime = quote!('c,);
        items.push(builder::impl_setters(&operation.request, &given, &operation.call, Some(&lifetime), &quote!(call)));
    }
    items
}

/// The implementation of `runtime::Paginated`.
fn paginated(operation: &Operation, paginator: &Paginator) -> TokenStream {
    let request = ident(&operation.request.ident);
    let input_token = ident(&paginator.input_token);
    let (start, token) = if paginator.input_required {
        // A builder asks for it, so there always is one.
        (quote!(Some(&self.#input_token)), quote!(token))
    } else {
        (quote!(self.#input_token.as_deref()), quote!(Some(token)))
    };
    let output = output(operation);
    let next_token = borrowed(&paginator.output_token);
    let (item, items) = match &paginator.items {
        Some((steps, Type::List(item))) => (types::ty(item), owned(steps)),
        Some((steps, Type::Map(key, value))) => {
            let (key, value, map) = (types::ty(key), types::ty(value), owned(steps));
            (quote!((#key, #value)), quote!(#map.into_iter().collect()))
        }
        _ => (output.clone(), quote!(vec![output])),
    };
    quote! {
        impl runtime::Paginated for #request {
            type Item = #item;

            #[inline]
            fn token(&self) -> Option<&str> {
                #start
            }

            #[inline]
            fn set_token(&mut self, token: String) {
                self.#input_token = #token;
            }

            #[inline]
            fn next_token(output: &#output) -> Option<&str> {
                #next_token
            }

            #[inline]
            fn items(output: #output) -> Vec<#item> {
                #items
            }
        }
    }
}

/// The string at the end of the steps, borrowed.
fn borrowed(steps: &[Step]) -> TokenStream {
    let Some((last, before)) = steps.split_last() else { return quote!(None) };
    let start = before.iter().fold(quote!(output), |path, step| {
        let field = ident(&step.field);
        if step.required { quote!(#path.#field) } else { quote!(#path.#field.as_ref()?) }
    });
    let field = ident(&last.field);
    if last.required { quote!(Some(#start.#field.as_str())) } else { quote!(#start.#field.as_deref()) }
}

/// The collection at the end of the steps, or an empty one.
fn owned(steps: &[Step]) -> TokenStream {
    let mut optional = false;
    let path = steps.iter().fold(quote!(output), |path, step| {
        let field = ident(&step.field);
        let inner = match (optional, step.required) {
            (false, _) => quote!(#path.#field),
            (true, true) => quote!(#path.map(|inner| inner.#field)),
            (true, false) => quote!(#path.and_then(|inner| inner.#field)),
        };
        optional |= !step.required;
        inner
    });
    if optional { quote!(#path.unwrap_or_default()) } else { path }
}
