//! Stand-in: a server of the service on this machine, which keeps state, for tests in any language.
//!
//! It answers every operation of the model. Most act on resources that it keeps, as names and shapes of the model tell; some have
//! code of their own; the rest answer what a test sets, else a valid empty answer ([`Class`] says which). It never stands for the
//! service in anything but tests: it checks no permissions, and knows no time but its own.

mod batches;
mod compare;
mod contacts;
mod control;
mod data_sets;
mod engine;
mod facts;
mod faults;
mod field;
mod files;
mod flows;
mod forms;
mod groups;
mod handle;
mod hierarchy;
mod instances;
mod io;
mod keys;
mod life;
mod list;
mod log;
mod options;
mod own;
mod page;
mod paging;
mod phones;
mod plain;
mod program;
mod quick_connects;
mod refusal;
mod routing;
mod search;
mod server;
mod service;
mod slots;
mod state;
mod store;
mod tags;
mod values;
mod view;

pub use facts::Class;
pub use faults::{Fault, FaultKind};
pub use handle::StandIn;
pub use log::LoggedCall;
pub use options::StandInOptions;
pub use program::program;
