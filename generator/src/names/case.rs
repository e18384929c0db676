//! The rules of case: the Rust name that a name of the model gets where nothing else in its scope has that name.

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::reserved::{
    ROOT_MODULES, is_feature, is_keyword, is_never_raw, is_reserved_module, is_reserved_root, is_reserved_type,
    validate,
};
use super::{Ident, ModuleName, unique};

/// The name of a type.
pub(crate) fn type_name(shape: &str) -> String {
    let name = shape.to_upper_camel_case();
    let name = if name.starts_with(|c: char| c.is_ascii_digit()) { format!("Shape{name}") } else { name };
    if is_reserved_type(&name) { format!("{name}Shape") } else { name }
}

/// The name of the type that stands for a service.
pub(crate) fn service_name(id: &str) -> Ident {
    let name = variant_name(id);
    Ident(if is_reserved_root(&name) { format!("{name}Service") } else { type_name(&name) })
}

/// The name of a field. `default` would hide the function of the trait `Default` where it is a builder's.
pub(crate) fn field_name(member: &str) -> String {
    match snake(member, "member") {
        name if name == "default" => "default_value".to_owned(),
        name => name,
    }
}

/// The ends of the methods that ask for a variant, such as `is_voice` and `as_voice`: one for each variant.
pub(crate) fn variant_methods<'a>(variants: impl Iterator<Item = &'a Ident>) -> Vec<Ident> {
    let variants: Vec<&Ident> = variants.collect();
    // A union has a variant of the runtime's beside those of the model.
    let given = unique(variants.iter().copied(), |variant| match variant.to_snake_case() {
        name if name == "unknown" => "unknown_value".to_owned(),
        name => name,
    });
    variants.into_iter().map(|variant| given[variant].clone()).collect()
}

/// The name that the AWS SDK for Rust has for the input, the output or the exceptions of an operation, as `what` says.
pub(crate) fn sdk_name(operation: &str, what: &str) -> Ident {
    Ident(format!("{}{what}", type_name(operation)))
}

/// The name of an operation's module, and of the client's method where no other method has it.
pub(crate) fn operation_name(operation: &str) -> String {
    snake(operation, "operation")
}

/// The name of the module that a type stands in.
pub(crate) fn module_name(of: &str) -> String {
    avoid(snake(of, "module"), is_reserved_module)
}

/// The name of a variable in the code of an endpoint rule set, which must not be one of `taken`.
pub(crate) fn variable_name(name: &str, taken: &[&str]) -> String {
    avoid(snake(name, "method"), |name| taken.contains(&name))
}

/// The name of a variant, for a value of an enumeration or a member of a union.
pub(crate) fn variant_name(value: &str) -> String {
    let cased: String = value.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let cased = cased.to_upper_camel_case();
    match cased.as_str() {
        "" => "Empty".to_owned(),
        "Self" => "SelfValue".to_owned(),
        "Unknown" => "UnknownValue".to_owned(),
        _ if cased.starts_with(|c: char| c.is_ascii_digit()) => format!("Value{cased}"),
        _ => cased,
    }
}

impl Ident {
    /// The name itself, or with an underscore where it is one of `taken`. No rule of case ends a name so, so names that
    /// differ stay different.
    pub fn avoiding_methods(&self, taken: &[&str]) -> Self {
        Self(avoid(self.0.clone(), |name| taken.contains(&name)))
    }

    /// The name of the method that adds several entries to the map of this name, which must not be one of `taken`.
    pub fn of_several(&self, taken: &[&str]) -> Self {
        Self(avoid(format!("{}_from", self.0), |name| taken.contains(&name)))
    }

    /// The module of this name, or with an underscore where no module can have it.
    pub fn module(&self) -> ModuleName {
        ModuleName(avoid(self.0.clone(), is_reserved_module))
    }
}

fn avoid(name: String, is_reserved: impl Fn(&str) -> bool) -> String {
    if is_reserved(&name) { format!("{name}_") } else { name }
}

/// Whether a service can be emitted as the module of this name.
pub(crate) fn is_service_module(name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let reserved = is_keyword(name) || is_reserved_module(name) || ROOT_MODULES.contains(&name) || is_feature(name);
    let in_snake_case = snake(name, "module") == name;
    plain && !reserved && validate(name).is_none() && in_snake_case
}

fn snake(name: &str, what: &str) -> String {
    let snake = name.to_snake_case();
    if snake.starts_with(|c: char| c.is_ascii_digit()) || snake.is_empty() {
        format!("{what}_{snake}")
    } else if is_never_raw(&snake) {
        format!("{snake}_")
    } else {
        snake
    }
}
