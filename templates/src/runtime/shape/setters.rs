//! Setters of the builders of calls and structures, from the rows of a [declaration](crate::runtime::shape::declare).

/// Declares a builder's setters, one for each row and a second for a map: `setters! { call GetThingCall<A> { … } }`. `call` is for the builder
/// of a call, `builder` for that of a structure: the module of `__private` with the step to the next state.
#[doc(hidden)]
#[macro_export]
macro_rules! __setters {
    ($module:ident $builder:ident<$($state:ident),*> {}) => {};
    ($module:ident $builder:ident<$($state:ident),*> { $(
        $(#[doc = $docs:tt])*
        $(#[deprecated $($note:tt)*])?
        $field:ident: $presence:ident $kind:ident $(($($ty:tt)*))? $([$($after:tt)*])?
            = $binding:ident($key:literal) $(. $trait:ident($($argument:literal)?))*,
    )* }) => {
        impl<$($state),*> $builder<$($state),*> {
            // What tells the rules of the macro apart stands first, because the compiler matches each rule from its start.
            $($crate::__set! {
                $presence $kind $(($($ty)*))? $([$($after)*])?; $field $field;
                $module $builder ($(#[doc = $docs])*) ($(#[deprecated $($note)*])?)
            })*
        }
    };
}

/// The setter of one row, by its name and the field that it sets.
#[doc(hidden)]
#[macro_export]
macro_rules! __set {
    (optional text; $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $($docs)*
        $($deprecated)*
        pub fn $method<H>(mut self, value: impl $crate::runtime::__private::IntoValue<String, H>) -> Self {
            self.input.$field = value.into_value();
            self
        }
    };
    (required text[$index:literal => $($after:ty),*]; $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $($docs)*
        $($deprecated)*
        pub fn $method(mut self, value: impl Into<String>) -> $builder<$($after),*> {
            self.input.$field = value.into();
            $crate::runtime::__private::$module::given(self, $index)
        }
    };
    (optional into($ty:ty); $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $($docs)*
        $($deprecated)*
        pub fn $method<H>(mut self, value: impl $crate::runtime::__private::IntoValue<$ty, H>) -> Self {
            self.input.$field = value.into_value();
            self
        }
    };
    (required into($ty:ty)[$index:literal => $($after:ty),*]; $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $($docs)*
        $($deprecated)*
        pub fn $method(mut self, value: impl Into<$ty>) -> $builder<$($after),*> {
            self.input.$field = value.into();
            $crate::runtime::__private::$module::given(self, $index)
        }
    };
    // A document converts from an `Option`, as JSON's null.
    (optional document($ty:ty); $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $($docs)*
        $($deprecated)*
        pub fn $method(mut self, value: impl Into<$ty>) -> Self {
            self.input.$field = Some(value.into());
            self
        }
    };
    (required document($($rest:tt)*) [$($after:tt)*]; $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $crate::__set! { required into($($rest)*)[$($after)*]; $method $field; $module $builder ($($docs)*) ($($deprecated)*) }
    };
    (optional list($ty:ty); $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $($docs)*
        $($deprecated)*
        pub fn $method<H>(mut self, values: impl $crate::runtime::__private::IntoItems<$ty, H>) -> Self {
            $crate::runtime::__private::extend_some(&mut self.input.$field, values);
            self
        }
    };
    (required list($ty:ty)[$index:literal => $($after:ty),*]; $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $($docs)*
        $($deprecated)*
        pub fn $method<H>(mut self, values: impl $crate::runtime::__private::IntoItems<$ty, H>) -> $builder<$($after),*> {
            $crate::runtime::__private::extend(&mut self.input.$field, values);
            $crate::runtime::__private::$module::given(self, $index)
        }
    };
    // An element that may be null is an `Option` itself, which would be one value and several at once.
    (optional sparse_list($ty:ty); $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $($docs)*
        $($deprecated)*
        pub fn $method(mut self, values: impl IntoIterator<Item = $ty>) -> Self {
            $crate::runtime::__private::extend_some::<_, $crate::runtime::__private::Many>(&mut self.input.$field, values);
            self
        }
    };
    (required sparse_list($ty:ty)[$index:literal => $($after:ty),*]; $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $($docs)*
        $($deprecated)*
        pub fn $method(mut self, values: impl IntoIterator<Item = $ty>) -> $builder<$($after),*> {
            $crate::runtime::__private::extend::<_, $crate::runtime::__private::Many>(&mut self.input.$field, values);
            $crate::runtime::__private::$module::given(self, $index)
        }
    };
    // A value that something converts into is taken by `Into`; of another, the type itself lets `Default::default()` be inferred.
    ($presence:ident map($several:ident: $key:ty => $value:ty) $([$($after:tt)*])?; $($rest:tt)*) => {
        $crate::__set! { $presence map_of(impl Into<$value>)($several: $key => $value) $([$($after)*])?; $($rest)* }
    };
    ($presence:ident value_map($several:ident: $key:ty => $value:ty) $([$($after:tt)*])?; $($rest:tt)*) => {
        $crate::__set! { $presence map_of($value)($several: $key => $value) $([$($after)*])?; $($rest)* }
    };
    (optional map_of($taken:ty)($several:ident: $key:ty => $value:ty); $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $($docs)*
        $($deprecated)*
        pub fn $method(mut self, key: impl Into<$key>, value: $taken) -> Self {
            $crate::runtime::__private::insert_some(&mut self.input.$field, key, value);
            self
        }

        #[doc = ::core::concat!("Adds several entries to `", ::core::stringify!($field), "`.")]
        $($deprecated)*
        pub fn $several<H>(mut self, entries: impl $crate::runtime::__private::IntoEntries<$key, $value, H>) -> Self {
            $crate::runtime::__private::extend_map_some(&mut self.input.$field, entries);
            self
        }
    };
    (required map_of($taken:ty)($several:ident: $key:ty => $value:ty)[$index:literal => $($after:ty),*]; $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $($docs)*
        $($deprecated)*
        pub fn $method(mut self, key: impl Into<$key>, value: $taken) -> $builder<$($after),*> {
            $crate::runtime::__private::insert(&mut self.input.$field, key, value);
            $crate::runtime::__private::$module::given(self, $index)
        }

        #[doc = ::core::concat!("Adds several entries to `", ::core::stringify!($field), "`.")]
        $($deprecated)*
        pub fn $several<H>(
            mut self,
            entries: impl $crate::runtime::__private::IntoEntries<$key, $value, H>,
        ) -> $builder<$($after),*> {
            $crate::runtime::__private::extend_map(&mut self.input.$field, entries);
            $crate::runtime::__private::$module::given(self, $index)
        }
    };
    (optional boxed($ty:ty); $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $($docs)*
        $($deprecated)*
        pub fn $method(mut self, value: impl $crate::runtime::__private::Maybe<$ty>) -> Self {
            self.input.$field = value.maybe().map(Box::new);
            self
        }
    };
    ($presence:ident renamed($method:ident $($kind:tt)*) $([$($after:tt)*])?; $field:ident $same:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $crate::__set! { $presence $($kind)* $([$($after)*])?; $method $field; $module $builder ($($docs)*) ($($deprecated)*) }
    };
    (optional $kind:ident($ty:ty); $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $($docs)*
        $($deprecated)*
        pub fn $method(mut self, value: impl $crate::runtime::__private::Maybe<$ty>) -> Self {
            self.input.$field = value.maybe();
            self
        }
    };
    (required $kind:ident($ty:ty)[$index:literal => $($after:ty),*]; $method:ident $field:ident; $module:ident $builder:ident ($($docs:tt)*) ($($deprecated:tt)*)) => {
        $($docs)*
        $($deprecated)*
        pub fn $method(mut self, value: $ty) -> $builder<$($after),*> {
            self.input.$field = value;
            $crate::runtime::__private::$module::given(self, $index)
        }
    };
}
