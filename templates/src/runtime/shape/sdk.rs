//! The table of what builders set and what the methods of the AWS SDK for Rust read and set, which features compile.
//!
//! A row is a structure: `role path: renamed(members) [members]`. The role `request` is for the input of an operation, whose calls have the SDK's
//! setters as well; `built` for a structure with a builder of its own, which has only the SDK's methods from here; `response` for any
//! other. A member is `field set presence kind(types)[index]`: the field, the setter that takes an `Option`, whether the field is an `Option`
//! (`optional`; `held` and `required` are not, and the SDK's method of a `held` one gives an `Option` all the same), the
//! [kind](crate::runtime::shape::declare) of its value, and the index of a required input of a call. The method that a builder has for it and that
//! reads it with `sdk_compat` has the name of the field; one with another name is among `renamed`, with the name after that of the field.

/// Declares the builders of structures, and with `sdk_compat` the SDK's methods: `builders! { response crate::types::User: [name set_name
/// optional text], }`.
#[doc(hidden)]
#[macro_export]
macro_rules! __builders {
    ($(
        $(#[$gate:meta])*
        $role:ident $structure:path: $(renamed($($renamed:tt)*))?
        $([$($field:ident $set:ident $presence:ident $kind:ident $(($($ty:tt)*))? $([$index:literal])?),* $(,)?])?,
    )*) => {
        $(
            $(#[$gate])*
            $crate::__builders_of! { $role $structure {
                $($($renamed)*)?
                $($($field $field $set $presence $kind $(($($ty)*))? $([$index])?,)*)?
            } }
        )*
    };
}

/// The builder of one structure, and the SDK's methods.
#[doc(hidden)]
#[macro_export]
macro_rules! __builders_of {
    (request $structure:path { $($rows:tt)* }) => {
        $crate::__built! { $structure { $($rows)* } }
        #[cfg(feature = "sdk_compat")]
        $crate::__lent! { $structure { $($rows)* } }
        #[cfg(feature = "sdk_compat")]
        $crate::__set_of_call! { $structure { $($rows)* } }
    };
    (built $structure:path { $($rows:tt)* }) => {
        #[cfg(feature = "sdk_compat")]
        $crate::__lent! { $structure { $($rows)* } }
    };
    (response $structure:path { $($rows:tt)* }) => {
        $crate::__built! { $structure { $($rows)* } }
        #[cfg(feature = "sdk_compat")]
        $crate::__lent! { $structure { $($rows)* } }
    };
}

/// The builder of a structure.
#[doc(hidden)]
#[macro_export]
macro_rules! __built {
    ($structure:path { $($field:ident $method:ident $set:ident $presence:ident $kind:ident $(($($ty:tt)*))? $([$index:literal])?,)* }) => {
        impl $structure {
            /// Starts a builder, which checks nothing: a member that was not set has its default value.
            #[inline]
            pub fn builder() -> $crate::runtime::__private::Builder<Self> {
                $crate::runtime::__private::builder::start()
            }
        }

        impl $crate::runtime::__private::Builder<$structure> {
            $($crate::__setter! { $presence $kind $(($($ty)*))? $method $field })*
        }
    };
}

/// A method of such a builder. An optional member has the setter of a call; a required one changes no type here.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    (optional $kind:ident $(($($ty:tt)*))? $method:ident $field:ident) => {
        $crate::__set! {
            optional $kind $(($($ty)*))?; $method $field;
            builder Self (#[doc = $crate::__setter!(@ $kind $field)]) ()
        }
    };
    ($presence:ident list($ty:ty) $method:ident $field:ident) => {
        #[doc = $crate::__setter!(@ list $field)]
        pub fn $method<H>(mut self, values: impl $crate::runtime::__private::IntoItems<$ty, H>) -> Self {
            $crate::runtime::__private::extend(&mut self.input.$field, values);
            self
        }
    };
    ($presence:ident sparse_list($ty:ty) $method:ident $field:ident) => {
        #[doc = $crate::__setter!(@ sparse_list $field)]
        pub fn $method(mut self, values: impl IntoIterator<Item = $ty>) -> Self {
            $crate::runtime::__private::extend::<_, $crate::runtime::__private::Many>(&mut self.input.$field, values);
            self
        }
    };
    ($presence:ident value_map($($entry:tt)*) $method:ident $field:ident) => {
        $crate::__setter! { $presence map($($entry)*) $method $field }
    };
    ($presence:ident map($several:ident: $key:ty => $value:ty) $method:ident $field:ident) => {
        #[doc = $crate::__setter!(@ map $field)]
        pub fn $method(mut self, key: impl Into<$key>, value: impl Into<$value>) -> Self {
            $crate::runtime::__private::insert(&mut self.input.$field, key, value);
            self
        }

        #[doc = ::core::concat!("Adds several entries to `", ::core::stringify!($field), "`.")]
        pub fn $several<H>(mut self, entries: impl $crate::runtime::__private::IntoEntries<$key, $value, H>) -> Self {
            $crate::runtime::__private::extend_map(&mut self.input.$field, entries);
            self
        }
    };
    ($presence:ident text $method:ident $field:ident) => {
        $crate::__setter! { $presence into(String) $method $field }
    };
    ($presence:ident $kind:ident($ty:ty) $method:ident $field:ident) => {
        #[doc = $crate::__setter!(@ $kind $field)]
        pub fn $method(mut self, value: impl Into<$ty>) -> Self {
            self.input.$field = value.into();
            self
        }
    };
    (@ list $field:ident) => { ::core::concat!("Adds one element or several to `", ::core::stringify!($field), "`.") };
    (@ sparse_list $field:ident) => { ::core::concat!("Adds elements to `", ::core::stringify!($field), "`.") };
    (@ map $field:ident) => { ::core::concat!("Adds an entry to `", ::core::stringify!($field), "`.") };
    (@ value_map $field:ident) => { $crate::__setter!(@ map $field) };
    (@ $kind:ident $field:ident) => { ::core::concat!("Sets `", ::core::stringify!($field), "`.") };
}

/// The type of a value.
#[doc(hidden)]
#[macro_export]
macro_rules! __value {
    (value_map($($entry:tt)*)) => { $crate::__value!(map($($entry)*)) };
    (text) => { String };
    (list($ty:ty)) => { Vec<$ty> };
    (sparse_list($ty:ty)) => { Vec<$ty> };
    (map($several:ident: $key:ty => $value:ty)) => { ::std::collections::HashMap<$key, $value> };
    ($kind:ident($ty:ty)) => { $ty };
}

/// The methods of a structure that lend what it holds, and the setters of its builder that take an `Option`.
#[doc(hidden)]
#[macro_export]
macro_rules! __lent {
    ($structure:path { $($field:ident $method:ident $set:ident $presence:ident $kind:ident $(($($ty:tt)*))? $([$index:literal])?,)* }) => {
        impl $structure {
            $($crate::__accessor! { $presence $kind $(($($ty)*))? $method $field })*
        }

        impl<S> $crate::runtime::__private::Builder<$structure, S> {
            $(
                #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`, or leaves it unset.")]
                pub fn $set(mut self, value: Option<$crate::__value!($kind $(($($ty)*))?)>) -> Self {
                    $crate::__put! { $presence $kind self.input.$field = value }
                    self
                }
            )*
        }
    };
}

/// The setters of a call that take an `Option`. One of a required input leaves the rest to the check when the call is sent.
#[doc(hidden)]
#[macro_export]
macro_rules! __set_of_call {
    ($structure:path { $($field:ident $method:ident $set:ident $presence:ident $kind:ident $(($($ty:tt)*))? $([$index:literal])?,)* }) => {
        impl<S: $crate::runtime::__private::States> $crate::runtime::__private::Call<$structure, S> {
            $($crate::__set_of_call! { @ $structure; $field $set: $presence $kind $(($($ty)*))? $([$index])? })*
        }
    };
    (@ $structure:path; $field:ident $set:ident: $presence:ident $kind:ident $(($($ty:tt)*))?) => {
        #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`, or leaves it unset.")]
        pub fn $set(mut self, value: Option<$crate::__value!($kind $(($($ty)*))?)>) -> Self {
            $crate::__put! { $presence $kind self.input.$field = value }
            self
        }
    };
    (@ $structure:path; $field:ident $set:ident: $presence:ident $kind:ident $(($($ty:tt)*))? [$index:literal]) => {
        #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`, or leaves it unset. Required inputs are then checked when the call is sent.")]
        pub fn $set(
            mut self,
            value: Option<$crate::__value!($kind $(($($ty)*))?)>,
        ) -> $crate::runtime::__private::Call<$structure, S::Settled> {
            if value.is_some() {
                self = $crate::runtime::__private::call::given(self, $index);
            }
            $crate::__put! { $presence $kind self.input.$field = value }
            self.check_at_send()
        }
    };
}

/// Puts an `Option` into a field.
#[doc(hidden)]
#[macro_export]
macro_rules! __put {
    (optional boxed $to:ident.input.$field:ident = $value:ident) => {
        $to.input.$field = $value.map(Box::new);
    };
    (optional $kind:ident $to:ident.input.$field:ident = $value:ident) => {
        $to.input.$field = $value;
    };
    ($presence:ident $kind:ident $to:ident.input.$field:ident = $value:ident) => {
        if let Some(value) = $value {
            $to.input.$field = value;
        }
    };
}

/// A method that lends what a field holds.
#[doc(hidden)]
#[macro_export]
macro_rules! __accessor {
    ($presence:ident $kind:ident $(($($ty:tt)*))? $method:ident $field:ident) => {
        #[doc = ::core::concat!("What `", ::core::stringify!($field), "` holds.")]
        #[inline]
        pub fn $method(&self) -> $crate::__loan!($presence $kind $(($($ty)*))?) {
            $crate::__lend!($presence $kind self.$field)
        }
    };
}

/// The type of what such a method lends.
#[doc(hidden)]
#[macro_export]
macro_rules! __loan {
    (required text) => { &str };
    ($presence:ident text) => { Option<&str> };
    (required copy($ty:ty)) => { $ty };
    ($presence:ident copy($ty:ty)) => { Option<$ty> };
    ($presence:ident list($ty:ty)) => { &[$ty] };
    ($presence:ident sparse_list($ty:ty)) => { &[$ty] };
    (required $kind:ident $(($($ty:tt)*))?) => { &$crate::__value!($kind $(($($ty)*))?) };
    ($presence:ident $kind:ident $(($($ty:tt)*))?) => { Option<&$crate::__value!($kind $(($($ty)*))?)> };
}

/// What such a method lends.
#[doc(hidden)]
#[macro_export]
macro_rules! __lend {
    (optional text $of:ident.$field:ident) => { $of.$field.as_deref() };
    (held copy $of:ident.$field:ident) => { Some($of.$field) };
    ($presence:ident copy $of:ident.$field:ident) => { $of.$field };
    (optional list $of:ident.$field:ident) => { $of.$field.as_deref().unwrap_or_default() };
    ($presence:ident list $of:ident.$field:ident) => { &$of.$field };
    ($presence:ident sparse_list $of:ident.$field:ident) => { $crate::__lend!($presence list $of.$field) };
    (optional boxed $of:ident.$field:ident) => { $of.$field.as_deref() };
    (optional $kind:ident $of:ident.$field:ident) => { $of.$field.as_ref() };
    (held $kind:ident $of:ident.$field:ident) => { Some(&$of.$field) };
    (required $kind:ident $of:ident.$field:ident) => { &$of.$field };
}

pub use crate::__builders as builders;
