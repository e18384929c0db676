//! The features of areas: what each compiles alone, and what the compiler says of an operation whose feature is off.

use std::path::PathBuf;

use generator::ServiceInputs;

use super::cases;
use super::compile::{emit, run};
use crate::support::inputs;

/// A program that calls an operation of each of two areas, and goes on as programs do.
const PROGRAM: &str = "//! A program.
use gated::{Client, Config};

fn main() {
    let client = Client::new(&Config::new());
    drop(thing(&client));
    drop(user(&client));
}

async fn thing(client: &Client) -> Option<gated::types::Thing> {
    client.get_thing().id(\"1\").send().await.ok()?.thing
}

async fn user(client: &Client) -> Result<String, Box<dyn std::error::Error>> {
    let response = client.get_user().id(\"1\").send().await?;
    let user = response.user.unwrap_or_default();
    Ok(user.id.unwrap_or_default())
}
";

/// The case `gates` as the root of a crate.
fn gated() -> PathBuf {
    let service = ServiceInputs { module: None, ..cases::service("gates") };
    emit("gated", &inputs(service), &[("examples/program.rs", PROGRAM)])
}

/// What cargo says of the crate, or of the program, with some areas.
fn check(folder: &std::path::Path, target: &[&str], areas: &[&str]) -> Result<String, String> {
    let features = [&["rustcrypto"], areas].concat().join(",");
    run(folder, &[&["check"], target].concat(), &features)
}

#[test]
fn each_area_compiles_alone_and_names_the_feature_of_another() {
    let folder = gated();
    // Every warning is an error here.
    for areas in [&[][..], &["health"], &["tags"], &["things"], &["users"], &["things", "users"], &["full"]] {
        assert_eq!(check(&folder, &["--lib"], areas).as_deref(), Ok(""), "with {areas:?}");
    }
    let program = ["--example", "program"];
    assert_eq!(check(&folder, &program, &["things", "users"]).as_deref(), Ok(""));
    assert_eq!(check(&folder, &program, &["full"]).as_deref(), Ok(""));

    let said = check(&folder, &program, &["things"]).expect_err("a program without the feature of its operation");
    for words in [
        "this operation needs the feature `users` of gated",
        "the feature is off",
        "turn it on in Cargo.toml, or `full`, which has every operation",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    // What follows the call is no second error.
    assert_eq!(said.matches("error[").count(), 1, "{said}");
    // The compiler itself names the features of a type that is left out.
    let said = check(&folder, &program, &["users"]).expect_err("a program without the feature of a type");
    assert!(said.contains("this operation needs the feature `things` of gated"), "{said}");
    assert!(said.contains("#[cfg(feature = \"things\")]") || said.contains("is gated"), "{said}");
}
