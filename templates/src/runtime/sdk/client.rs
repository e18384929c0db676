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

/// Declares the calls of a service's client: `sdk_client! { crate::Connect { describe_user: path::DescribeUserRequest (Set, Set), } }`.
#[doc(hidden)]
#[macro_export]
macro_rules! __sdk_client {
    ($service:ty { $($(#[$gate:meta])* $method:ident: $request:ty => $states:ty,)* }) => {
        impl $crate::runtime::__private::SdkClient<$service> {
            $(
                $(#[$gate])*
                /// The call of the same name, with required inputs checked when it is sent.
                #[inline]
                pub fn $method(&self) -> $crate::runtime::__private::Call<$request, $states> {
                    $crate::runtime::__private::call::start(self)
                }
            )*
        }
    };
}

pub use crate::__sdk_client as sdk_client;
