//! The table of a shape's members, and the walk that it expands to: the field, name and binding of each member.
//!
//! A row is `field: binding("Key").trait()…`. The binding is a function of [`member`](crate::runtime::shape::member). The key is the name of the
//! member, on the wire for `body` and in the model otherwise. The traits are methods of [`Member`](crate::runtime::shape::member::Member). A table is a
//! macro and not emitted functions, because readers of an emitted file want the rows, and both functions behind them say the same.
//!
//! Both functions know the members by their order only. Their callers look up everything else in the table, because whatever the functions
//! spelled out would be in the metadata of this crate for every member.

/// Implements [`Structure`](crate::runtime::shape::traits::Structure) and what follows from it for a structure whose type is written by
/// hand. [`structure!`](crate::runtime::shape::declare) declares both from one table.
///
/// `members! { sensitive Shape { … } }` is for a shape that the model calls sensitive: its `Debug` shows nothing of it.
#[doc(hidden)]
#[macro_export]
macro_rules! __members {
    (sensitive $shape:ident { $($table:tt)* }) => {
        $crate::__members!(@ $shape { $($table)* });
        $crate::__traits!($shape sensitive);
    };
    ($shape:ident { $($table:tt)* }) => {
        $crate::__members!(@ $shape { $($table)* });
        $crate::__traits!($shape);
    };
    (@ $shape:ident { $($field:ident: $binding:ident($key:literal) $(. $trait:ident($($argument:literal)?))*,)* }) => {
        impl $crate::runtime::__private::Structure for $shape {
            const SHAPE: $crate::runtime::__private::Shape = $crate::runtime::__private::Shape {
                name: ::core::stringify!($shape),
                union: false,
                request: false,
                members: &[$($crate::runtime::__private::$binding($key)$(.$trait($($argument)?))*),*],
            };

            fn fields<F: $crate::runtime::__private::Fields>(&self, _to: &mut F) {
                $(_to.$binding(&self.$field);)*
            }

            #[inline]
            fn fields_mut<F: $crate::runtime::__private::FieldsMut>(&mut self, _from: &mut F) {
                $(_from.field(&mut self.$field);)*
            }
        }
    };
}

/// Implements the methods that ask a union for its member: `choices! { Shape { Circle(f64): is_circle as_circle, } }`.
#[doc(hidden)]
#[macro_export]
macro_rules! __choices {
    ($shape:ident { $($(#[$about:meta])* $variant:ident($ty:ty): $is:ident $as:ident,)* }) => {
        impl $shape {
            $(
                #[doc = ::core::concat!("Whether it is [`", ::core::stringify!($variant), "`](Self::", ::core::stringify!($variant), ").")]
                $(#[$about])*
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant(_))
                }

                #[doc = ::core::concat!("The value of [`", ::core::stringify!($variant), "`](Self::", ::core::stringify!($variant), ").")]
                ///
                /// # Errors
                /// The union itself, where it is another variant.
                $(#[$about])*
                #[inline]
                pub fn $as(&self) -> Result<&$ty, &Self> {
                    match self {
                        Self::$variant(value) => Ok(value),
                        _ => Err(self),
                    }
                }
            )*

            /// Whether it is a member that this version of the crate does not know.
            #[inline]
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown(..))
            }
        }
    };
}

/// Implements [`Structure`](crate::runtime::shape::traits::Structure) and what follows from it for a union: a row is a variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __variants {
    (sensitive $shape:ident { $($table:tt)* }) => {
        $crate::__variants!(@ $shape { $($table)* });
        $crate::__traits!($shape sensitive);
    };
    ($shape:ident { $($table:tt)* }) => {
        $crate::__variants!(@ $shape { $($table)* });
        $crate::__traits!($shape);
    };
    (@ $shape:ident { $($variant:ident: $binding:ident($key:literal) $(. $trait:ident($($argument:literal)?))*,)* }) => {
        impl Default for $shape {
            #[inline]
            fn default() -> Self {
                Self::Unknown(String::new(), $crate::runtime::__private::Document::Null)
            }
        }

        impl $crate::runtime::__private::Structure for $shape {
            const SHAPE: $crate::runtime::__private::Shape = $crate::runtime::__private::Shape {
                name: ::core::stringify!($shape),
                union: true,
                request: false,
                members: &[$($crate::runtime::__private::$binding($key)$(.$trait($($argument)?))*),*],
            };

            fn fields<F: $crate::runtime::__private::Fields>(&self, to: &mut F) {
                match self {
                    $(Self::$variant(value) => {
                        to.part(const { &$crate::runtime::__private::$binding($key)$(.$trait($($argument)?))* }, value);
                    })*
                    Self::Unknown(name, value) => to.unknown(name, value),
                }
            }

            #[inline]
            fn fields_mut<F: $crate::runtime::__private::FieldsMut>(&mut self, from: &mut F) {
                $(if let Some(value) = from.variant() {
                    *self = Self::$variant(value);
                })*
                if let Some((name, value)) = from.unknown() {
                    *self = Self::Unknown(name, value);
                }
            }
        }
    };
}

/// Lets a shape that contains itself be held in a box.
///
/// `Box` is a fundamental type: a trait that all structures have cannot be implemented for all boxes of them as well.
#[doc(hidden)]
#[macro_export]
macro_rules! __recursive {
    ($shape:ident) => {
        impl $crate::runtime::__private::Write for Box<$shape> {
            #[inline]
            fn write<S: $crate::runtime::__private::derive::Serializer>(
                &self,
                to: S,
                context: $crate::runtime::__private::WriteContext,
            ) -> Result<S::Ok, S::Error> {
                $crate::runtime::__private::Write::write(&**self, to, context)
            }
        }

        impl $crate::runtime::__private::Read for Box<$shape> {
            #[inline]
            fn read<'de, D: $crate::runtime::__private::Deserializer<'de>>(
                from: D,
                context: &$crate::runtime::__private::ReadContext<'_>,
            ) -> Result<Option<Self>, D::Error> {
                let value: Option<$shape> = $crate::runtime::__private::Read::read(from, context)?;
                Ok(value.map(Box::new))
            }
        }
    };
}

/// Lists the shared shapes of a service, each in a module of its own: `types! { #[cfg(feature = "tags")] { tag: Tag TagBuilder, } }`.
///
/// The attribute of a group says where its shapes are compiled; a table without groups is compiled everywhere. One `use` names all
/// shapes of a group, so that the compiler says which feature a shape needs, and the modules are handed to a macro of their own, because the
/// compiler does not read the arguments of one that is off: as items of each row, the types of 34 areas took a fifteenth of a check of the
/// other.
#[doc(hidden)]
#[macro_export]
macro_rules! __types {
    ($(#[$gate:meta] { $($module:ident: $($name:ident)+,)* })*) => {
        $(
            #[$gate]
            pub use self::{$($module::{$($name),+}),*};
            #[$gate]
            $crate::__type_modules!($($module)*);
        )*
    };
    ($($rows:tt)*) => {
        $crate::__types! { #[cfg(all())] { $($rows)* } }
    };
}

/// The modules of a group of shapes.
#[doc(hidden)]
#[macro_export]
macro_rules! __type_modules {
    ($($module:ident)*) => {
        $(mod $module;)*
    };
}

pub use crate::{
    __choices as choices, __members as members, __recursive as recursive, __types as types, __variants as variants,
};
