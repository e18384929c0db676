//! The default credential chain, a file for each of its sources.
//!
//! A test has a home directory, variables and scripted services, and loads the credentials:
//!
//! ```ignore
//! use crate::support::aws::answers::{id, in_an_hour, in_seconds, json, load};
//! use crate::support::aws::{Home, Services};
//!
//! let home = Home::new("[default]\n", ""); // the texts of ~/.aws/config and ~/.aws/credentials
//! let path = home.write("keys.json", &format!(r#"{{"Expiration": "{}"}}"#, in_an_hour()));
//! let services = Services::new(|_sent| Some((200, json("AKTASK", &in_seconds(60))))); // the agent of a container
//! let environment = home.environment(&[("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x")]);
//! let loaded = load(environment.clone(), &services).await; // Credentials, or the error
//! let shown = id(environment, &Services::none()).await; // the access key id, or the text of the error
//! ```
//!
//! Every secret in a test contains `s3cret`, which `load` and `id` look for in what is shown.

mod login;
#[cfg(feature = "client")]
mod loopback;
mod metadata;
mod mfa;
mod order;
#[cfg(unix)]
mod process;
mod roles;
mod sso;

/// The places where the chain looks, in order, by the names that they have in an error. The test is
/// `order::nothing_anywhere_lists_every_place`.
const PLACES: &[&str] = &["environment", "profile", "container", "EC2 instance metadata"];
