//! The methods that builders have of their own: a member of the same name gets a setter with an underscore.

/// Of the builder of a call.
pub(super) const CALL_METHODS: &[&str] = &["clone", "into_paginator", "into_request", "send", "with"];

/// Of the builder of a structure.
pub(super) const BUILDER_METHODS: &[&str] = &["build", "clone"];

/// Of the client. Its private methods count: an inherent method cannot be defined twice, whoever sees it.
pub(super) const CLIENT_METHODS: &[&str] =
    &["clone", "config", "core", "decode", "from_env", "make", "new", "prepare", "send", "shared_core", "with"];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{BUILDER_METHODS, CALL_METHODS, CLIENT_METHODS};

    /// The names of the functions that a text of the runtime defines.
    fn defined(text: &'static str) -> impl Iterator<Item = &'static str> {
        let names = text.split("fn ").skip(1).filter_map(|rest| rest.split(['(', '<']).next());
        names.filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
    }

    #[test]
    fn every_method_of_the_client_is_listed() {
        let client = include_str!("../../../templates/src/runtime/call/client.rs");
        let client = client.split("\nimpl").filter(|block| block.starts_with("<S: Service> Client<S>"));
        let methods: BTreeSet<&str> = client.flat_map(defined).collect();
        assert!(methods.contains("new") && methods.contains("send"), "{methods:?}");
        // From the trait `Clone`, which a method of the same name would hide.
        let listed: BTreeSet<&str> = CLIENT_METHODS.iter().copied().filter(|name| *name != "clone").collect();
        assert_eq!(methods, listed);
    }

    #[test]
    fn every_method_of_the_builders_is_listed() {
        let of = |text: &'static str, head: &str| -> BTreeSet<&str> {
            // From the trait `Clone`, which a method of the same name would hide.
            let blocks = text.split("\nimpl").filter(|block| block.starts_with(head));
            let own = blocks.flat_map(|block| defined(block.split("\n}\n").next().unwrap_or_default()));
            own.chain(["clone"]).collect()
        };
        let call = of(
            include_str!("../../../templates/src/runtime/call/builder.rs"),
            "<'c, R: Operation, S> Call<'c, R, S> {",
        );
        assert_eq!(call, CALL_METHODS.iter().copied().collect());
        let builder = of(include_str!("../../../templates/src/runtime/shape/builder.rs"), "<T, S> Builder<T, S> {");
        assert_eq!(builder, BUILDER_METHODS.iter().copied().collect());
    }
}
