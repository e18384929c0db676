//! Operations: the file of each has the client's method, what the model says of the operation, its pages, the tables of its input and its
//! output, and the SDK's names for them, in that order. The setters of its call come from the table of its input.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{Imports, Scope, deprecated, docs, ident};
use super::{areas, example, structure, types};
use crate::names;
use crate::plan;
use crate::plan::{Auth, Checksum, ContextValue, Operation, Paginator, Repeat, Response, Step, Type};
use crate::render::{Item, Row, SourceFile, Table};

/// The file of an operation.
pub(super) fn file(scope: &Scope<'_>, operation: &Operation) -> SourceFile {
    let mut items = vec![method(scope, operation).into(), traits(scope, operation)];
    items.extend(operation.paginator.as_ref().map(|paginator| pages(operation, paginator)));
    items.extend(structure::request(operation, &output(operation)));
    if let Response::Own(response) = &operation.response {
        items.extend(structure::items(response));
    }
    items.extend(sdk_names(scope, operation));
    SourceFile {
        path: scope.path(&format!("operation/{}.rs", operation.module)),
        source: scope.source(&format!("operations.{}", operation.name)),
        docs: vec![operation.docs.summary.clone()],
        attributes: vec![example::attribute(scope, operation)],
        uses: imports(operation).print(scope),
        items,
    }
}

fn imports(operation: &Operation) -> Imports<'_> {
    let mut imports = Imports::default();
    structure::imports(&operation.request, &mut imports);
    imports.inputs = operation.request.required().next().is_some();
    match &operation.response {
        Response::None => {}
        Response::Own(response) => structure::imports(response, &mut imports),
        Response::Shared { ident, .. } => drop(imports.types.insert(ident)),
    }
    match operation.paginator.as_ref().and_then(|paginator| paginator.items.as_ref()) {
        Some((_, Type::List(inner) | Type::Sparse(inner))) => imports.add(inner),
        Some((_, Type::Map(key, value))) => [key, value].into_iter().for_each(|ty| imports.add(ty)),
        _ => {}
    }
    imports
}

/// The names that the AWS SDK for Rust has for the request, the response and the exceptions, where the file has no other use
/// for them.
fn sdk_names(scope: &Scope<'_>, operation: &Operation) -> Vec<Item> {
    let imports = imports(operation);
    let output = match &operation.response {
        Response::None => None,
        Response::Own(response) => Some(&response.ident),
        Response::Shared { ident, .. } => Some(ident),
    };
    let mut taken = imports.types;
    taken.extend([&*operation.request.ident, &*operation.call].into_iter().chain(output.map(|ident| &**ident)));
    let name = |what: &str| {
        let name = names::sdk_name(&operation.name, what);
        (!taken.contains(&*name)).then(|| ident(&name))
    };
    let root = scope.root();
    let request = ident(&operation.request.ident);
    let mut here: Vec<_> = name("Input").map(|name| quote!(#request as #name)).into_iter().collect();
    let mut items = Vec::new();
    match (output, name("Output")) {
        (Some(output), Some(name)) => {
            let ident = ident(output);
            match scope.service.items.iter().find(|item| item.ident == *output) {
                // The import is private.
                Some(plan::Item { exception: true, .. }) => {
                    items.push(quote!(#[doc(no_inline)] pub use #root::types::error::#ident as #name;))
                }
                Some(_) => items.push(quote!(#[doc(no_inline)] pub use #root::types::#ident as #name;)),
                None => here.push(quote!(#ident as #name)),
            }
        }
        (None, Some(name)) => {
            let docs = format!(" Output of `{}`: there is none.", operation.name);
            items.push(quote!(#[doc = #docs] pub type #name = ();));
        }
        (_, None) => {}
    }
    // The error is an alias: see the runtime's macro.
    let error = name("Error").map(|name| quote!(; #name = #root::error::Exception));
    let table =
        (!here.is_empty() || error.is_some()).then(|| Table::new("sdk_names", quote!(#(#here),* #error)).into());
    let items = (!items.is_empty()).then(|| quote!(#(#items)*).into());
    table.into_iter().chain(items).collect()
}

/// The client's method.
fn method(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let root = scope.root();
    let (method, call) = (ident(&operation.method_name), ident(&operation.call));
    let (docs, deprecated) = (docs(&operation.docs), deprecated(operation.deprecated.as_ref()));
    let heading = areas::first_of_area(scope, operation).map(|area| {
        let heading = format!(" # {}", area.printable_title());
        quote!(#[doc = #heading])
    });
    quote! {
        #heading
        impl #root::Client {
            #docs
            #deprecated
            #[inline]
            pub fn #method(&self) -> #call {
                runtime::call::start(self)
            }
        }
    }
}

/// The model's facts about the operation.
fn traits(scope: &Scope<'_>, operation: &Operation) -> Item {
    let (request, output) = (ident(&operation.request.ident), output(operation));
    let (root, service) = (scope.root(), ident(&scope.service.ident));
    let (name, method, uri) = (&*operation.name, &operation.http_method, &operation.uri);
    let mut rows = vec![quote!(service: #root::#service), quote!(name: #name), quote!(http: #method #uri)];
    let traits = info(operation);
    if !traits.is_empty() {
        rows.push(quote!(traits: [#(#traits),*]));
    }
    let mut rows: Vec<Row> = rows.into_iter().map(Row::new).collect();
    if !operation.headers.is_empty() {
        let headers = operation.headers.iter().map(|(name, value)| quote!(#name = #value));
        rows.push(Row::new(quote!(headers: [#(#headers),*])));
    }
    if !operation.errors.is_empty() {
        let errors = operation.errors.iter().map(|error| {
            let error = &**error;
            quote!(#error)
        });
        rows.push(Row { list: errors.collect(), ..Row::new(quote!(errors:)) });
    }
    if let Some(token) = operation.request.fields.iter().find(|field| field.idempotency_token) {
        let token = ident(&token.ident);
        rows.push(Row::new(quote!(token: #token)));
    }
    let context = context(operation);
    if !context.is_empty() {
        rows.push(Row::new(quote!(context: [#(#context),*])));
    }
    Table::new("operation", quote!(#request => #output)).rows(rows).into()
}

/// The traits of an operation, as methods of the runtime's `OperationInfo`.
fn info(operation: &Operation) -> Vec<TokenStream> {
    let request = &operation.request;
    let response = match &operation.response {
        Response::None => None,
        Response::Own(response) => response.shape.as_ref().map(|shape| (shape, &response.ident)),
        Response::Shared { shape, ident } => Some((shape, ident)),
    };
    // The names of shapes are those of their types, unless they could not be.
    let input = match &request.shape {
        Some(shape) if **shape == *request.ident => None,
        Some(shape) => {
            let shape = &**shape;
            Some(quote!(input(#shape)))
        }
        None => Some(quote!(no_input)),
    };
    let output = response.filter(|(shape, ident)| ***shape != ***ident).map(|(shape, _)| {
        let shape = &**shape;
        quote!(output(#shape))
    });
    let paginated = operation.paginator.as_ref().map(|_| quote!(paginated));
    let repeat = match operation.repeat {
        Repeat::Safe => Some(quote!(safe)),
        Repeat::Idempotent => Some(quote!(idempotent)),
        Repeat::Token => Some(quote!(with_token)),
        Repeat::Never => None,
    };
    let auth = match operation.auth {
        Auth::SigV4 => None,
        Auth::SigV4UnsignedPayload => Some(quote!(unsigned_payload)),
        Auth::None => Some(quote!(unsigned)),
        Auth::Bearer => Some(quote!(bearer)),
    };
    let host_prefix = operation.host_prefix.as_ref().map(|prefix| quote!(host_prefix(#prefix)));
    let checksum = operation.checksum.as_ref().map(|checksum| match checksum {
        Checksum::Required => quote!(checksum_required),
        Checksum::Chosen(member) => {
            let member = &**member;
            quote!(checksum_of(#member))
        }
        Checksum::TreeHash => quote!(tree_hash),
    });
    let compressed = operation.compressed.then(|| quote!(compressed));
    let form = operation.form.then(|| quote!(form));
    [input, output, paginated, repeat, auth, host_prefix, checksum, compressed, form].into_iter().flatten().collect()
}

/// The parameters that the operation and its members set for the endpoint rule set.
fn context(operation: &Operation) -> Vec<TokenStream> {
    let constants = operation.static_context.iter().map(|(name, value)| match value {
        ContextValue::Text(text) => quote!(#name = #text),
        ContextValue::Boolean(on) => quote!(#name = #on),
    });
    let members = operation.request.fields.iter().filter_map(|field| {
        let (name, field) = (field.context_param.as_ref()?, ident(&field.ident));
        Some(quote!(#name = #field))
    });
    constants.chain(members).collect()
}

fn output(operation: &Operation) -> TokenStream {
    let ident = match &operation.response {
        Response::None => return quote!(()),
        Response::Own(response) => ident(&response.ident),
        Response::Shared { ident: name, .. } => ident(name),
    };
    quote!(#ident)
}

/// Where the tokens and the elements of pages are.
fn pages(operation: &Operation, paginator: &Paginator) -> Item {
    let (request, output) = (ident(&operation.request.ident), output(operation));
    let token = step(&Step { field: paginator.input_token.clone(), required: paginator.input_required });
    let next = paginator.output_token.iter().map(step);
    let limit = paginator.limit.as_ref().map(|limit| {
        let limit = step(limit);
        quote!(limit(#limit))
    });
    let mut rows = vec![quote!(token(#token))];
    rows.extend(limit);
    rows.push(quote!(next(#(#next).*)));
    if let Some((steps, ty)) = &paginator.items {
        let steps = steps.iter().map(step);
        rows.extend(match ty {
            Type::List(item) => {
                let item = types::ty(item);
                Some(quote!(items(#(#steps).*): #item))
            }
            Type::Map(key, value) => {
                let (key, value) = (types::ty(key), types::ty(value));
                Some(quote!(entries(#(#steps).*): (#key, #value)))
            }
            _ => None,
        });
    }
    Table::new("pages", quote!(#request => #output)).rows(rows.into_iter().map(Row::new)).into()
}

fn step(step: &Step) -> TokenStream {
    let (field, optional) = (ident(&step.field), (!step.required).then(|| quote!(?)));
    quote!(#field #optional)
}
