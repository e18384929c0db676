//! Tables of a service: what the model says of an operation, the list of operations, and the exceptions by code.

use crate::runtime::protocol::operation::OperationInfo;

/// Implements [`Operation`](super::operation::Operation) for a request, as a table of what the model says.
///
/// `traits` are methods of [`OperationInfo`](super::operation::OperationInfo). `token` is the field of the idempotency token. `context` gives
/// parameters to the endpoint rule set, each a constant or the value of a field.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    (
        $request:ident => $output:tt {
            service: $service:path,
            name: $name:literal,
            http: $method:literal $uri:literal,
            $(traits: [$($trait:ident $(($argument:literal))?),*],)?
            $(headers: [$($header:literal = $header_value:literal),*],)?
            $(errors: [$($error:literal),* $(,)?],)?
            $(token: $token:ident,)?
            $(context: [$($parameter:literal = $value:tt),*],)?
        }
    ) => {
        impl $crate::runtime::__private::Operation for $request {
            type Service = $service;
            type Output = $output;
            const INFO: $crate::runtime::__private::OperationInfo = $crate::runtime::__private::OperationInfo {
                method: $method,
                uri: $uri,
                input: Some(::core::stringify!($request)),
                output: $crate::__output!($output),
                $(headers: &[$(($header, $header_value)),*],)?
                $(errors: &[$($error),*],)?
                ..$crate::runtime::__private::OperationInfo::new($name)
            }
            $($(.$trait($($argument)?))*)?;
            $(
                #[inline]
                fn idempotency_token(
                    &mut self,
                ) -> Option<&mut Option<String>> {
                    Some(&mut self.$token)
                }
            )?
            $(
                #[inline]
                fn endpoint_params(&self) -> Vec<$crate::runtime::__private::endpoint::EndpointParam> {
                    let params = [$($crate::__context!(self, $parameter, $value)),*];
                    params.into_iter().flatten().collect()
                }
            )?
        }
    };
}

/// Declares the names that the AWS SDK for Rust has for the input, the output and the exceptions of an operation:
/// `sdk_names!(GetThingRequest as GetThingInput, GetThingResponse as GetThingOutput; GetThingError = crate::error::Exception)`.
///
/// The error is an alias and no re-export: of several names of a type, rustc shows the first of the alphabet, and so it would show
/// the name of one operation's error in messages about any other. An alias is never shown. It has no documentation of its
/// own, because a page for each repeats all exceptions.
#[doc(hidden)]
#[macro_export]
macro_rules! __sdk_names {
    ($($name:ident as $other:ident),* $(; $error:ident = $exception:path)?) => {
        $(
            #[doc(no_inline)]
            pub use self::$name as $other;
        )*
        $(
            #[doc(hidden)]
            pub type $error = $exception;
        )?
    };
}

/// The name of an output shape, as far as its type says it.
#[doc(hidden)]
#[macro_export]
macro_rules! __output {
    (()) => {
        None
    };
    ($output:ident) => {
        Some(::core::stringify!($output))
    };
}

/// A parameter of the endpoint rule set, from a constant or a field.
#[doc(hidden)]
#[macro_export]
macro_rules! __context {
    ($from:ident, $name:literal, $value:literal) => {
        $crate::runtime::__private::endpoint::ContextValue::param(&$value, $name)
    };
    ($from:ident, $name:literal, $field:ident) => {
        $crate::runtime::__private::endpoint::ContextValue::param(&$from.$field, $name)
    };
}

/// Lists the operations of a service, each in a module of its own:
/// `operations! { crate::Sample { #[cfg(feature = "things")] { "GetThing": get_thing::GetThingRequest, } } }`.
///
/// The attribute of a group says where its operations are compiled; a table without groups is compiled everywhere. Facts and names go to
/// macros of their own, because the compiler does not read the arguments of a macro that is off. Modules are items here, because the compiler
/// names the feature of an item that is off.
#[doc(hidden)]
#[macro_export]
macro_rules! __operations {
    ($service:path { $(#[$gate:meta] { $($name:literal: $module:ident::$request:ident,)* })* }) => {
        $($(#[$gate] pub mod $module;)*)*

        /// The model's facts about every operation, by area and by name within one.
        pub const ALL: &[$crate::runtime::__private::OperationInfo] = {
            const GROUPS: &[&[$crate::runtime::__private::OperationInfo]] =
                &[$(#[$gate] $crate::__operation_infos!($($module::$request),*)),*];
            &$crate::runtime::__private::joined::<{ $crate::runtime::__private::joined_len(GROUPS) }>(GROUPS)
        };

        /// Shows a visitor the operation of this name; `None` where there is none.
        #[inline]
        pub fn visit<V: $crate::runtime::__private::Visitor<$service>>(
            name: &str,
            visitor: V,
        ) -> Option<V::Output> {
            $(#[$gate] $crate::__visit_operation!(name, visitor, $($name: $module::$request),*);)*
            // Where every group is left out, nothing else is done with them.
            let _ = (name, visitor);
            None
        }
    };
    ($service:path { $($rows:tt)* }) => {
        $crate::__operations! { $service { #[cfg(all())] { $($rows)* } } }
    };
}

/// The model's facts about a group of operations.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation_infos {
    ($($module:ident::$request:ident),*) => {
        &[$(<$module::$request as $crate::runtime::__private::Operation>::INFO),*]
    };
}

/// Returns from `visit` where the name is one of the group.
#[doc(hidden)]
#[macro_export]
macro_rules! __visit_operation {
    ($named:ident, $visitor:ident, $($name:literal: $module:ident::$request:ident),*) => {
        match $named {
            $($name => return Some($visitor.visit::<$module::$request>()),)*
            _ => {}
        }
    };
}

/// The number of operations in all groups together.
pub const fn joined_len(groups: &[&[OperationInfo]]) -> usize {
    let (mut len, mut group) = (0, 0);
    while group < groups.len() {
        len += groups[group].len();
        group += 1;
    }
    len
}

/// The operations of all groups in one list, where `N` is [`joined_len`] of the groups.
pub const fn joined<const N: usize>(groups: &[&[OperationInfo]]) -> [OperationInfo; N] {
    let mut joined = [OperationInfo::new(""); N];
    let (mut next, mut group) = (0, 0);
    while group < groups.len() {
        let mut place = 0;
        while place < groups[group].len() {
            joined[next] = groups[group][place];
            next += 1;
            place += 1;
        }
        group += 1;
    }
    joined
}

/// Declares the exceptions of a service by their codes on the wire, with the type of each in the module `types`:
/// `exceptions! { types { BusyException is_busy_exception = "BusyException" (503) retryable(throttling = false), } }`.
///
/// A row has documentation where its code cannot stand in a code span as it is.
#[doc(hidden)]
#[macro_export]
macro_rules! __exceptions {
    (
        $types:ident {
            $(
                $(#[doc = $doc:literal])?
                $exception:ident $is:ident = $code:literal $(($status:literal))? $(retryable(throttling = $throttling:literal))?,
            )*
        }
    ) => {
        /// The exceptions that the service answers with.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Exception {
            $(
                #[doc = $crate::__summary!([$($doc)?] "`", $code, "`" $(, ", HTTP status ", $status)?, ".")]
                $exception($types::$exception),
            )*
            /// Any other error of a call, as `into_service_error` returns it.
            #[cfg(feature = "sdk_compat")]
            Unhandled($crate::runtime::__private::Unhandled<Exception>),
        }

        #[cfg(feature = "sdk_compat")]
        impl $crate::runtime::__private::ServiceError for Exception {
            fn unhandled(error: $crate::runtime::__private::Error<Self>) -> Self {
                Self::Unhandled($crate::runtime::__private::Unhandled::new(error))
            }
        }

        #[cfg(feature = "sdk_compat")]
        impl From<Exception> for $crate::runtime::__private::Error<Exception> {
            fn from(exception: Exception) -> Self {
                match exception {
                    $(
                        exception @ Exception::$exception(_) => {
                            $crate::runtime::__private::error_of(exception, $code, [$($status,)?].first().copied())
                        }
                    )*
                    Exception::Unhandled(error) => error.into_error(),
                }
            }
        }

        #[cfg(feature = "sdk_compat")]
        impl ::core::fmt::Display for Exception {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$exception(exception) => ::core::write!(f, "{}: {exception:?}", $code),)*
                    Self::Unhandled(error) => ::core::fmt::Display::fmt(error, f),
                }
            }
        }

        #[cfg(feature = "sdk_compat")]
        impl ::std::error::Error for Exception {}

        impl Exception {
            $(
                #[doc = ::core::concat!("Whether it is [`", ::core::stringify!($exception), "`](Self::", ::core::stringify!($exception), ").")]
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$exception(_))
                }
            )*
        }

        impl $crate::runtime::__private::Exception for Exception {
            #[inline]
            fn read(code: &str, from: $crate::runtime::__private::ErrorBody<'_>) -> Option<Self> {
                let _ = from;
                match code {
                    $($code => from.read().map(Self::$exception),)*
                    _ => None,
                }
            }

            #[inline]
            fn retryable(code: &str) -> Option<bool> {
                match code {
                    $($($code => Some($throttling),)?)*
                    _ => None,
                }
            }

            fn write<S: $crate::runtime::__private::Serializer>(
                &self,
                to: S,
            ) -> Result<S::Ok, S::Error> {
                let _ = &to;
                match *self {
                    $(Self::$exception(ref exception) => {
                        $crate::runtime::__private::derive::serialize(exception, to)
                    })*
                    #[cfg(feature = "sdk_compat")]
                    Self::Unhandled(_) => Err($crate::runtime::__private::unwritten::<S>()),
                }
            }
        }
    };
}

/// The documentation of a row: its own, or one that is made of parts.
#[doc(hidden)]
#[macro_export]
macro_rules! __summary {
    ([] $($part:tt)*) => { ::core::concat!($($part)*) };
    ([$doc:literal] $($part:tt)*) => { $doc };
}
