//! Programs for the operations of Amazon Connect that public code uses most, a file for each:
//! `cargo run --example connect -- list_queues INSTANCE_ID`.
//!
//! Region, credentials and endpoint come from the environment and the profile, as for the AWS command line.

mod contact_attributes;
mod create_contact_flow;
mod current_metrics;
mod describe_contact_flow;
mod describe_queue;
mod describe_user;
mod list_contact_flows;
mod list_instances;
mod list_queues;
mod list_routing_profiles;
mod list_users;
mod start_outbound_call;

use std::process::ExitCode;

use amazon_connect::Client;

/// The error of an example: any error with a text.
type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let client = Client::from_env();
    let result = match *words {
        ["list_instances"] => list_instances::run(&client).await,
        ["list_queues", instance] => list_queues::run(&client, instance).await,
        ["describe_queue", instance, queue] => describe_queue::run(&client, instance, queue).await,
        ["list_users", instance] => list_users::run(&client, instance).await,
        ["describe_user", instance, user] => describe_user::run(&client, instance, user).await,
        ["list_routing_profiles", instance] => list_routing_profiles::run(&client, instance).await,
        ["list_contact_flows", instance] => list_contact_flows::run(&client, instance).await,
        ["describe_contact_flow", instance, flow] => describe_contact_flow::run(&client, instance, flow).await,
        ["create_contact_flow", instance, name, file] => create_contact_flow::run(&client, instance, name, file).await,
        ["current_metrics", instance, queue] => current_metrics::run(&client, instance, queue).await,
        ["start_outbound_call", instance, flow, from, to] => {
            start_outbound_call::run(&client, instance, flow, from, to).await
        }
        ["contact_attributes", instance, contact, key, value] => {
            contact_attributes::run(&client, instance, contact, key, value).await
        }
        _ => {
            eprintln!("usage: connect COMMAND ARGUMENTS, as listed in examples/connect/main.rs");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
