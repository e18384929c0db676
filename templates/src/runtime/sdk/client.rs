//! The client whose calls keep their type, whatever is set.

use std::fmt;
use std::ops::Deref;

use crate::runtime::call::client;
use crate::runtime::config::options::Config;
use crate::runtime::protocol::operation::Service;

/// A client whose calls keep their type whatever is set, as those of the AWS SDK for Rust: `send` checks required inputs, and its
/// error names the missing ones.
///
/// It has the methods of the [`Client`](client::Client) that it dereferences to, and shares everything with it.
pub struct Client<S>(client::Client<S>);

impl<S: Service> Client<S> {
    /// Makes a client of a loaded configuration.
    #[must_use]
    pub fn new<'a, C>(config: &'a C) -> Self
    where
        Config: From<&'a C>,
    {
        Self::from_conf(config.into())
    }

    /// Makes a client of a configuration.
    #[must_use]
    pub fn from_conf(config: Config) -> Self {
        Self(client::Client::new(&config))
    }
}

impl<S> From<client::Client<S>> for Client<S> {
    fn from(client: client::Client<S>) -> Self {
        Self(client)
    }
}

impl<S> Deref for Client<S> {
    type Target = client::Client<S>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<S> Clone for Client<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<S> fmt::Debug for Client<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<&Self> for Config {
    fn from(config: &Self) -> Self {
        config.clone()
    }
}

/// Declares the calls of a service's client, and the module `operation` in which each operation has the name of its builder:
/// `sdk_operations! { crate::Connect { describe_user describe_user: DescribeUserRequest DescribeUserFluentBuilder (Set, Set,), } }`.
///
/// The file has the module of the operations as `operations`.
#[doc(hidden)]
#[macro_export]
macro_rules! __sdk_operations {
    ($service:ty { $($(#[$gate:meta])* $method:ident $module:ident: $request:ident $builder:ident ($($state:ident,)*),)* }) => {
        impl $crate::runtime::__private::SdkClient<$service> {
            $(
                $(#[$gate])*
                /// The call of the same name, with required inputs checked when it is sent.
                #[inline]
                pub fn $method(&self) -> operation::$module::builders::$builder {
                    $crate::runtime::__private::call::start(self)
                }
            )*
        }

        /// The operations, each with the name of its builder.
        pub mod operation {
            #[doc(no_inline)]
            pub use $crate::runtime::call::RequestId;
            #[doc(no_inline)]
            pub use super::operations::*;
            $(
                $(#[$gate])*
                #[doc = ::core::concat!("What `", ::core::stringify!($module), "` has.")]
                pub mod $module {
                    #[doc(no_inline)]
                    pub use super::super::operations::$module::*;
                    /// The call by the name of the SDK.
                    pub mod builders {
                        /// A call whose required inputs are checked when it is sent.
                        pub type $builder = $crate::runtime::__private::Call<
                            super::$request,
                            ($($crate::runtime::__private::$state,)*),
                        >;
                    }
                }
            )*
        }
    };
}

pub use crate::__sdk_operations as sdk_operations;
