mod areas;
pub(crate) mod cases;
pub(crate) mod compile;
mod connect;
mod documented;
pub(crate) mod injection;
mod package;
mod partitions;
mod resources;
