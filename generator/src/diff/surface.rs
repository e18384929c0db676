//! Takes emitted files; gives their public API: each item by its path, and how it is declared. What a program cannot name
//! (bodies, tables, private items, documentation) is not in it.

use std::collections::BTreeMap;

use quote::{ToTokens, quote};
use syn::{Attribute, Fields, ImplItem, Item, Meta, Visibility};

/// Public items by their paths from the crate's root, a parent's path being the start of its children's.
pub(super) type Surface = BTreeMap<String, Declared>;

/// How an item is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Declared {
    /// Its type, signature or attributes.
    pub text: String,
    pub deprecated: bool,
    /// Whether it is a builder: its parameters say which inputs it demands.
    pub builder: bool,
}

/// The API of the files of a service, by their paths from the crate's root.
pub(super) fn of(files: &BTreeMap<String, String>) -> Surface {
    let mut surface = Surface::new();
    for (path, text) in files {
        // The emitter has parsed all of it before, or it would not have been laid out.
        if let Ok(file) = syn::parse_file(text) {
            let mut collector = Collector { module: module(path), surface: &mut surface };
            file.items.iter().for_each(|item| collector.item(item));
        }
    }
    surface
}

/// The module by which users name what is in a file: shared shapes are exported from `types`.
fn module(path: &str) -> String {
    let path = path.strip_prefix("src/").unwrap_or(path).strip_suffix(".rs").unwrap_or(path);
    let module = path.replace('/', "::");
    match module.find("types::") {
        Some(at) if at == 0 || module[..at].ends_with("::") => module[..at + "types".len()].to_owned(),
        _ => module,
    }
}

struct Collector<'a> {
    module: String,
    surface: &'a mut Surface,
}

impl Collector<'_> {
    fn add(&mut self, path: String, text: impl ToTokens, attributes: &[Attribute]) {
        let deprecated = attributes.iter().any(|attribute| attribute.path().is_ident("deprecated"));
        let text = tight(&text.into_token_stream().to_string());
        self.surface.insert(path, Declared { text, deprecated, builder: false });
    }

    fn add_builder(&mut self, name: &str, tokens: &str) {
        let declared = Declared { text: tokens.to_owned(), deprecated: false, builder: true };
        self.surface.insert(self.path(name), declared);
    }

    fn path(&self, name: impl ToString) -> String {
        format!("{}::{}", self.module, name.to_string())
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let (path, generics, traits) = (self.path(&item.ident), &item.generics, traits(&item.attrs));
                self.add(path.clone(), quote!(#(#traits)* struct #generics), &item.attrs);
                for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                    self.add(format!("{path}.{name}"), &field.ty, &field.attrs);
                }
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let (path, generics, traits) = (self.path(&item.ident), &item.generics, traits(&item.attrs));
                self.add(path.clone(), quote!(#(#traits)* enum #generics), &item.attrs);
                for variant in &item.variants {
                    let fields = match &variant.fields {
                        Fields::Unit => quote!(),
                        fields => quote!(#fields),
                    };
                    self.add(format!("{path}::{}", variant.ident), fields, &variant.attrs);
                }
            }
            Item::Fn(item) if is_public(&item.vis) => self.add(self.path(&item.sig.ident), &item.sig, &item.attrs),
            Item::Const(item) if is_public(&item.vis) => self.add(self.path(&item.ident), &item.ty, &item.attrs),
            Item::Type(item) if is_public(&item.vis) => self.add(self.path(&item.ident), &item.ty, &item.attrs),
            Item::Mod(item) if is_public(&item.vis) => self.add(self.path(&item.ident), quote!(mod), &item.attrs),
            Item::Impl(item) => self.implementation(item),
            Item::Macro(item) => self.invocation(item),
            _ => {}
        }
    }

    /// Public methods, or the implementation of a trait with the types that it chooses.
    fn implementation(&mut self, item: &syn::ItemImpl) {
        let of = self.type_path(&item.self_ty);
        if let Some((path, _)) = &item.trait_ {
            let types = item.items.iter().filter_map(|item| match item {
                ImplItem::Type(item) => Some(item),
                _ => None,
            });
            let text = quote!(#(#types)*);
            return self.add(format!("{of} impl {}", tight(&path.to_token_stream().to_string())), text, &item.attrs);
        }
        for item in &item.items {
            match item {
                ImplItem::Fn(method) if is_public(&method.vis) => {
                    let (inputs, output) = (&method.sig.inputs, output(&method.sig, &of));
                    let (generics, clause) = (&method.sig.generics, &method.sig.generics.where_clause);
                    self.add(
                        format!("{of}::{}", method.sig.ident),
                        quote!(fn #generics (#inputs) #output #clause),
                        &method.attrs,
                    );
                }
                _ => {}
            }
        }
    }

    /// The path of the type that an implementation is for, without its parameters.
    fn type_path(&self, of: &syn::Type) -> String {
        let syn::Type::Path(path) = of else { return tight(&of.to_token_stream().to_string()) };
        let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        match names.split_first() {
            Some((first, rest)) if first == "crate" => rest.join("::"),
            _ => self.path(names.join("::")),
        }
    }

    /// What the runtime's macros declare on behalf of an item.
    fn invocation(&mut self, item: &syn::ItemMacro) {
        let name = item.mac.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        let tokens = tight(&item.mac.tokens.to_string());
        // `Name<A: input, B: other>(Target)`: the parameters are what the builder demands.
        let builder = tokens.split(['<', '(']).next().unwrap_or_default().to_owned();
        let target = || tokens.rsplit('(').next().unwrap_or_default().trim_end_matches(')').to_owned();
        match name.as_str() {
            // These implement traits for an item that is declared beside them.
            "members" | "variants" | "enumeration" | "recursive" => {}
            "inputs" => {
                for input in tokens.split(',').map(str::trim).filter(|input| !input.is_empty()) {
                    self.add(self.path(input), quote!(enum), &item.attrs);
                }
            }
            "call" => self.add_builder(&builder, &tokens),
            "builder" => {
                self.add_builder(&builder, &tokens);
                self.add(format!("{}::builder", self.path(target())), quote!(fn), &item.attrs);
            }
            // One that this does not know may declare anything: any change of it counts.
            _ => self.add(self.path(format!("{name}!({tokens})")), quote!(), &item.attrs),
        }
    }
}

/// What a method gives. Of a builder that remembers one input more only the name counts: how many it remembers in all is
/// said once, where it is declared.
fn output(signature: &syn::Signature, of: &str) -> proc_macro2::TokenStream {
    if let syn::ReturnType::Type(_, ty) = &signature.output {
        if let syn::Type::Path(path) = &**ty {
            if let Some(last) =
                path.path.segments.last().filter(|last| of.rsplit("::").next() == Some(&last.ident.to_string()))
            {
                let name = &last.ident;
                return quote!(-> #name);
            }
        }
    }
    signature.output.to_token_stream()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The attributes that other crates can tell: derived traits, and what keeps them from naming all fields.
fn traits(attributes: &[Attribute]) -> impl Iterator<Item = &Meta> {
    let told = |attribute: &&Attribute| {
        ["derive", "non_exhaustive", "must_use"].iter().any(|name| attribute.path().is_ident(name))
    };
    attributes.iter().filter(told).map(|attribute| &attribute.meta)
}

/// Tokens as people write them, near enough: proc_macro2 puts a space between any two.
fn tight(tokens: &str) -> String {
    const CLOSER: &[(&str, &str)] = &[
        (" ::", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (",)", ")"),
        (" :", ":"),
        (" ;", ";"),
        ("& ", "&"),
        ("=(", "= ("),
    ];
    CLOSER.iter().fold(tokens.trim().to_owned(), |text, (loose, close)| text.replace(loose, close))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{module, of};

    #[test]
    fn items_stand_where_users_find_them() {
        assert_eq!(module("src/operation/list_foos.rs"), "operation::list_foos");
        assert_eq!(module("src/types/foo.rs"), "types");
        assert_eq!(module("src/types.rs"), "types");
        assert_eq!(module("src/cases/types/foo.rs"), "cases::types");
        assert_eq!(module("src/operation/get_types.rs"), "operation::get_types");
    }

    #[test]
    fn what_a_program_can_name_is_there_and_nothing_else() {
        let text = r#"
            use crate::runtime::__private as runtime;
            /// Documentation.
            #[derive(Clone)] #[non_exhaustive] #[deprecated(note = "x")]
            pub struct Foo { /** D. */ pub a: Option<String>, b: i32 }
            pub enum Bar { One, #[deprecated] Two(Vec<Foo>), }
            struct Hidden { pub a: i32 }
            impl Foo { pub fn set(mut self, a: impl Into<String>) -> Self where Self: Sized { loop {} } fn hide(&self) {} }
            impl<'c, A> FooCall<'c, A> { pub fn a(self) -> FooCall<'c, runtime::Set> { loop {} } }
            impl crate::Client { pub fn list_foos(&self) -> FooCall<'_> { loop {} } }
            impl runtime::Paginated for Foo { type Item = String; fn items(self) {} }
            runtime::members! { Foo { a: body("A") } }
            runtime::call!(FooCall<A: a, B: b>(Foo));
            runtime::builder!(FooBuilder<A: a>(Foo));
            runtime::other!(Foo);
            runtime::inputs! { a, b, }
        "#;
        let surface = of(&BTreeMap::from([("src/operation/foo.rs".to_owned(), text.to_owned())]));
        let lines: Vec<String> = surface
            .iter()
            .map(|(path, declared)| {
                format!("{path} = {}{}", declared.text, if declared.deprecated { " (deprecated)" } else { "" })
            })
            .collect();
        assert_eq!(
            lines,
            [
                "Client::list_foos = fn(&self) -> FooCall<'_>",
                "operation::foo::Bar = enum",
                "operation::foo::Bar::One = ",
                "operation::foo::Bar::Two = (Vec<Foo>) (deprecated)",
                "operation::foo::Foo = derive(Clone) non_exhaustive struct (deprecated)",
                "operation::foo::Foo impl runtime::Paginated = type Item = String;",
                "operation::foo::Foo.a = Option<String>",
                "operation::foo::Foo::builder = fn",
                "operation::foo::Foo::set = fn(mut self, a: impl Into<String>) -> Self where Self: Sized",
                "operation::foo::FooBuilder = FooBuilder<A: a>(Foo)",
                "operation::foo::FooCall = FooCall<A: a, B: b>(Foo)",
                "operation::foo::FooCall::a = fn(self) -> FooCall",
                "operation::foo::a = enum",
                "operation::foo::b = enum",
                "operation::foo::other!(Foo) = ",
            ]
        );
    }
}
