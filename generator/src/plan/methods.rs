//! Methods that clients and builders have of their own: an operation or a member of such a name gets one with an underscore.

/// Of the builder of a call.
pub(super) const CALL_METHODS: &[&str] =
    &["check_at_send", "clone", "customize", "into_paginator", "into_request", "send", "send_blocking", "with"];

/// Of the builder of a structure.
pub(super) const BUILDER_METHODS: &[&str] = &["build", "clone"];

/// Of the client. Its private methods count: an inherent method cannot be defined twice, whoever sees it.
pub(super) const CLIENT_METHODS: &[&str] = &[
    "clone",
    "config",
    "core",
    "decode",
    "from_conf",
    "from_env",
    "new",
    "of",
    "prepare",
    "send",
    "send_given",
    "with",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use syn::{ImplItem, Item, ItemImpl, Type};

    use super::{BUILDER_METHODS, CALL_METHODS, CLIENT_METHODS};

    /// The names of the functions in every inherent `impl` of a type of the runtime, in whichever file that stands. The room
    /// `testing` and the builder of configurations have types of the same names, which no emitted code adds methods to.
    fn methods(of: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/src/runtime");
        search(&runtime, of, &mut found);
        // From the trait `Clone`, which a method of the same name would hide.
        found.insert("clone".to_owned());
        found
    }

    fn search(folder: &Path, of: &str, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with("runtime/testing") || path.ends_with("runtime/sdk/builder.rs") {
                continue;
            }
            if path.is_dir() {
                search(&path, of, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
                for item in &file.items {
                    match item {
                        Item::Impl(item) if is_inherent(item, of) => found.extend(item.items.iter().filter_map(name)),
                        _ => {}
                    }
                }
            }
        }
    }

    fn is_inherent(item: &ItemImpl, of: &str) -> bool {
        let Type::Path(path) = &*item.self_ty else { return false };
        item.trait_.is_none() && path.path.segments.last().is_some_and(|last| last.ident == of)
    }

    fn name(item: &ImplItem) -> Option<String> {
        match item {
            ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
            _ => None,
        }
    }

    #[test]
    fn every_method_that_a_member_or_an_operation_could_hide_is_listed() {
        for (of, listed) in [("Client", CLIENT_METHODS), ("Call", CALL_METHODS), ("Builder", BUILDER_METHODS)] {
            assert_eq!(methods(of), listed.iter().map(|name| (*name).to_owned()).collect(), "{of}");
        }
    }
}
