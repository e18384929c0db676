mod add;
mod diff;
mod lint;
pub(crate) mod update;
