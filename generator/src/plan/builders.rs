//! The methods that builders have of their own: a member of the same name gets a setter with an underscore.

/// Of the builder of a call.
pub(super) const CALL_METHODS: &[&str] = &["clone", "into_paginator", "into_request", "send", "with"];

/// Of the builder of a structure.
pub(super) const BUILDER_METHODS: &[&str] = &["build", "clone", "with"];

/// Of the client.
pub(super) const CLIENT_METHODS: &[&str] = &["clone", "config", "decode", "from_env", "new", "prepare", "send", "with"];
