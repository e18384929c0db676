//! Threads: on a target that has them, what a program gives and gets can go to any of them. The other side, where nothing is asked
//! for, is `xtask/testing/in_node`, which the step `wasm` compiles with values that are neither `Send` nor `Sync`.

use templates::client::Client;
use templates::config::host::{Host, HostFuture};
use templates::config::{Config, Environment, Intercept};
use templates::credentials::{CredentialsFuture, ProvideCredentials, ProvideToken, TokenFuture};
use templates::http::{Body, ByteStream, Exchange, HttpClient};

fn can_be_shared<T: Send + Sync + ?Sized>() {}

fn can_be_sent<T: Send + ?Sized>() {}

#[test]
fn what_a_program_gives_can_be_shared() {
    can_be_shared::<dyn Host>();
    can_be_shared::<dyn HttpClient>();
    can_be_shared::<dyn Intercept>();
    can_be_shared::<dyn ProvideCredentials>();
    can_be_shared::<dyn ProvideToken>();
    can_be_shared::<Config>();
    can_be_shared::<Environment>();
    can_be_shared::<ByteStream>();
    can_be_shared::<Client<()>>();
}

#[test]
fn futures_and_bodies_can_be_sent() {
    can_be_sent::<HostFuture>();
    can_be_sent::<Exchange<'_>>();
    can_be_sent::<CredentialsFuture<'_>>();
    can_be_sent::<TokenFuture<'_>>();
    can_be_sent::<Body>();
}
