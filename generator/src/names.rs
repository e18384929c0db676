//! Names: those of the model and of the wire, the Rust names made of them, and the rules that lead from one to the other.
//!
//! Each kind is a type of its own, so that a name of the model cannot be printed as Rust by mistake. A Rust name can only be
//! made here: what this module gives is valid, and unique in its scope. `case` is the only user of heck.
//!
//! Case follows aws-sdk-connect, so that a program written for it reads the same: fields, methods and modules in snake
//! case, variants and types in upper camel case.

mod case;
mod kind;
mod package;
mod record;
mod reserved;
mod scope;
mod spelling;

pub(crate) use case::{
    field_name, is_service_module, module_name, operation_name, sdk_name, service_name, type_name, variable_name,
    variant_methods, variant_name,
};
pub(crate) use kind::{Ident, MemberName, ModuleName, OperationName, ShapeName, WaiterName, WireName};
pub(crate) use package::validate_package;
pub use record::record_path;
pub(crate) use record::{Record, Table, UsualSpelling, kept, remembered, to_remember};
pub(crate) use reserved::{LONGEST, MOST_STATES, is_feature, is_keyword, type_parameter, validate};
pub(crate) use scope::{WantedName, allocate, unique};
pub(crate) use spelling::Spelling;
