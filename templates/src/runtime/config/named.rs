//! The settings that code named, and the identity of what a client looks up by them.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Flags of the settings that always have a value: whether each was set in code.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Named {
    pub(super) connect_timeout: bool,
    pub(super) attempt_timeout: bool,
    pub(super) call_timeout: bool,
    pub(super) body_limit: bool,
    pub(super) strict: bool,
    pub(super) rate_limit: bool,
}

/// The identity of what a client looks up: region, endpoint and whatever else decides about its [`Settings`]. Configurations of
/// equal lookups find the same, so that their clients share what was found.
///
/// [`Settings`]: crate::runtime::config::settings::Settings
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LookupId(usize);

impl LookupId {
    /// One that no configuration has yet.
    pub(super) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}
