//! What the tests of the call path share: a sample service, a transport that answers from a script, a server that
//! misbehaves.

#![allow(dead_code, unreachable_pub, reason = "each test uses some of it")]

pub mod script;
pub mod service;

use templates::runtime::Config;
use templates::runtime::credentials::Credentials;
use templates::runtime::http::HttpClient;

/// A configuration that lacks nothing and reads no environment.
pub fn config() -> Config {
    Config::new()
        .region("us-west-2")
        .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
}

/// A client of the sample service over a transport.
pub fn client(http: impl HttpClient + 'static) -> service::Client {
    config().http_client(http).client()
}
