//! Tools beside the pipeline: what they tell is about models and plans, and nothing that is emitted depends on them.

pub(crate) mod account;
pub mod areas;
pub mod diff;
pub mod inventory;
pub mod lint;
pub(crate) mod notes;
