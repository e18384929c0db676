//! Tables of builders and of the SDK's methods, which features compile: `builders!` has the setters of a structure, `sdk_compat!`
//! what its fields hold, and the setters that take an `Option`.

/// Declares the builder of a structure that has none of its own: `builders! { crate::types::User { name name: some_into(String), } }`.
/// A row is a field, the method, and what that takes.
#[doc(hidden)]
#[macro_export]
macro_rules! __builders {
    ($structure:ty { $($field:ident $method:ident: $kind:ident($($ty:tt)*),)* }) => {
        impl $structure {
            /// Starts a builder, which checks nothing: a member that was not set has its default value.
            #[inline]
            pub fn builder() -> $crate::runtime::__private::Builder<Self> {
                $crate::runtime::__private::builder::start()
            }
        }

        impl $crate::runtime::__private::Builder<$structure> {
            $($crate::__built! { $kind($($ty)*) $method $field })*
        }
    };
}

/// A method of such a builder.
#[doc(hidden)]
#[macro_export]
macro_rules! __built {
    (some_into($ty:ty) $method:ident $field:ident) => {
        #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`.")]
        pub fn $method<H>(mut self, value: impl $crate::runtime::__private::IntoValue<$ty, H>) -> Self {
            self.input.$field = value.into_value();
            self
        }
    };
    (some_value($ty:ty) $method:ident $field:ident) => {
        #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`.")]
        pub fn $method(mut self, value: impl Into<Option<$ty>>) -> Self {
            self.input.$field = value.into();
            self
        }
    };
    (some_boxed($ty:ty) $method:ident $field:ident) => {
        #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`.")]
        pub fn $method(mut self, value: impl Into<Option<$ty>>) -> Self {
            self.input.$field = value.into().map(Box::new);
            self
        }
    };
    (some_document($ty:ty) $method:ident $field:ident) => {
        #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`.")]
        pub fn $method(mut self, value: impl Into<$ty>) -> Self {
            self.input.$field = Some(value.into());
            self
        }
    };
    (value($ty:ty) $method:ident $field:ident) => {
        #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`.")]
        pub fn $method(mut self, value: impl Into<$ty>) -> Self {
            self.input.$field = value.into();
            self
        }
    };
    (some_list($ty:ty) $method:ident $field:ident) => {
        #[doc = ::core::concat!("Adds one element or several to `", ::core::stringify!($field), "`.")]
        pub fn $method<H>(mut self, values: impl $crate::runtime::__private::IntoItems<$ty, H>) -> Self {
            $crate::runtime::__private::extend_some(&mut self.input.$field, values);
            self
        }
    };
    (list($ty:ty) $method:ident $field:ident) => {
        #[doc = ::core::concat!("Adds one element or several to `", ::core::stringify!($field), "`.")]
        pub fn $method<H>(mut self, values: impl $crate::runtime::__private::IntoItems<$ty, H>) -> Self {
            $crate::runtime::__private::extend(&mut self.input.$field, values);
            self
        }
    };
    (some_sparse_list($ty:ty) $method:ident $field:ident) => {
        #[doc = ::core::concat!("Adds elements to `", ::core::stringify!($field), "`.")]
        pub fn $method(mut self, values: impl IntoIterator<Item = $ty>) -> Self {
            $crate::runtime::__private::extend_some::<_, $crate::runtime::__private::Many>(
                &mut self.input.$field,
                values,
            );
            self
        }
    };
    (sparse_list($ty:ty) $method:ident $field:ident) => {
        #[doc = ::core::concat!("Adds elements to `", ::core::stringify!($field), "`.")]
        pub fn $method(mut self, values: impl IntoIterator<Item = $ty>) -> Self {
            $crate::runtime::__private::extend::<_, $crate::runtime::__private::Many>(&mut self.input.$field, values);
            self
        }
    };
    (some_map($several:ident: $key:ty => $value:ty) $method:ident $field:ident) => {
        #[doc = ::core::concat!("Adds an entry to `", ::core::stringify!($field), "`.")]
        pub fn $method(mut self, key: impl Into<$key>, value: impl Into<$value>) -> Self {
            $crate::runtime::__private::insert_some(&mut self.input.$field, key, value);
            self
        }

        #[doc = ::core::concat!("Adds several entries to `", ::core::stringify!($field), "`.")]
        pub fn $several<H>(mut self, entries: impl $crate::runtime::__private::IntoEntries<$key, $value, H>) -> Self {
            $crate::runtime::__private::extend_map_some(&mut self.input.$field, entries);
            self
        }
    };
    (map($several:ident: $key:ty => $value:ty) $method:ident $field:ident) => {
        #[doc = ::core::concat!("Adds an entry to `", ::core::stringify!($field), "`.")]
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
}

/// Implements the SDK's methods for a structure: `sdk_compat! { crate::types::User { name name set_name: optional text (String), } }`.
///
/// A row is a field, its method, its setter, whether the method gives an `Option` (`optional` of an optional field, `held` of
/// a required one), what it lends, and the type. `request` is for the input of an operation, whose calls have the setters as well; a
/// required input then has its index.
#[doc(hidden)]
#[macro_export]
macro_rules! __sdk_compat {
    (request $structure:ty { $($field:ident $accessor:ident $set:ident: $presence:ident $kind:ident ($ty:ty) $([$index:literal])?,)* }) => {
        $crate::__sdk_compat! { $structure { $($field $accessor $set: $presence $kind ($ty),)* } }

        impl<S: $crate::runtime::__private::States> $crate::runtime::__private::Call<$structure, S> {
            $($crate::__set_of_call! { $structure; $field $set: $presence $kind ($ty) $([$index])? })*
        }
    };
    ($structure:ty { $($field:ident $accessor:ident $set:ident: $presence:ident $kind:ident ($ty:ty),)* }) => {
        impl $structure {
            $($crate::__lent! { $presence $kind ($ty) $accessor $field })*
        }

        impl<S> $crate::runtime::__private::Builder<$structure, S> {
            $(
                #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`, or leaves it unset.")]
                pub fn $set(mut self, value: Option<$ty>) -> Self {
                    $crate::__put! { $presence $kind self.input.$field = value }
                    self
                }
            )*
        }
    };
}

/// A setter of a call that takes an `Option`. One of a required input leaves the rest to the check when the call is sent.
#[doc(hidden)]
#[macro_export]
macro_rules! __set_of_call {
    ($structure:ty; $field:ident $set:ident: $presence:ident $kind:ident ($ty:ty)) => {
        #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`, or leaves it unset.")]
        pub fn $set(mut self, value: Option<$ty>) -> Self {
            $crate::__put! { $presence $kind self.input.$field = value }
            self
        }
    };
    ($structure:ty; $field:ident $set:ident: $presence:ident $kind:ident ($ty:ty) [$index:literal]) => {
        #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`, or leaves it unset. Required inputs are then checked when the call is sent.")]
        pub fn $set(mut self, value: Option<$ty>) -> $crate::runtime::__private::Call<$structure, S::Settled> {
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
macro_rules! __lent {
    ($presence:ident $kind:ident ($ty:ty) $accessor:ident $field:ident) => {
        $crate::__lent! { @ [#[doc = ::core::concat!("What `", ::core::stringify!($field), "` holds.")]] $presence $kind ($ty) $accessor $field }
    };
    (@ [$(#$doc:tt)*] optional text ($ty:ty) $accessor:ident $field:ident) => {
        $(#$doc)* #[inline] pub fn $accessor(&self) -> Option<&str> { self.$field.as_deref() }
    };
    (@ [$(#$doc:tt)*] held text ($ty:ty) $accessor:ident $field:ident) => {
        $(#$doc)* #[inline] pub fn $accessor(&self) -> Option<&str> { Some(&self.$field) }
    };
    (@ [$(#$doc:tt)*] required text ($ty:ty) $accessor:ident $field:ident) => {
        $(#$doc)* #[inline] pub fn $accessor(&self) -> &str { &self.$field }
    };
    (@ [$(#$doc:tt)*] optional copy ($ty:ty) $accessor:ident $field:ident) => {
        $(#$doc)* #[inline] pub fn $accessor(&self) -> Option<$ty> { self.$field }
    };
    (@ [$(#$doc:tt)*] held copy ($ty:ty) $accessor:ident $field:ident) => {
        $(#$doc)* #[inline] pub fn $accessor(&self) -> Option<$ty> { Some(self.$field) }
    };
    (@ [$(#$doc:tt)*] required copy ($ty:ty) $accessor:ident $field:ident) => {
        $(#$doc)* #[inline] pub fn $accessor(&self) -> $ty { self.$field }
    };
    (@ [$(#$doc:tt)*] optional list ($ty:ty) $accessor:ident $field:ident) => {
        $(#$doc)* #[inline] pub fn $accessor(&self) -> &<$ty as ::core::ops::Deref>::Target {
            self.$field.as_deref().unwrap_or_default()
        }
    };
    (@ [$(#$doc:tt)*] $presence:ident list ($ty:ty) $accessor:ident $field:ident) => {
        $(#$doc)* #[inline] pub fn $accessor(&self) -> &<$ty as ::core::ops::Deref>::Target { &self.$field }
    };
    (@ [$(#$doc:tt)*] optional boxed ($ty:ty) $accessor:ident $field:ident) => {
        $(#$doc)* #[inline] pub fn $accessor(&self) -> Option<&$ty> { self.$field.as_deref() }
    };
    (@ [$(#$doc:tt)*] optional value ($ty:ty) $accessor:ident $field:ident) => {
        $(#$doc)* #[inline] pub fn $accessor(&self) -> Option<&$ty> { self.$field.as_ref() }
    };
    (@ [$(#$doc:tt)*] held value ($ty:ty) $accessor:ident $field:ident) => {
        $(#$doc)* #[inline] pub fn $accessor(&self) -> Option<&$ty> { Some(&self.$field) }
    };
    (@ [$(#$doc:tt)*] required value ($ty:ty) $accessor:ident $field:ident) => {
        $(#$doc)* #[inline] pub fn $accessor(&self) -> &$ty { &self.$field }
    };
}

pub use crate::{__builders as builders, __sdk_compat as sdk_compat};
