//! Describes a contact: `cargo run --example describe_contact -- INSTANCE_ID CONTACT_ID`.
//!
//! Region, credentials and endpoint come from the environment and the profile, as they do for the AWS command line. Prints
//! the contact as JSON, sensitive members included, and exits with 0; or prints what went wrong to standard error and exits
//! with 1 where the service said no, 2 where the arguments are not two, and 3 where no answer came or none that makes sense.

use std::process::ExitCode;

use amazon_connect::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [instance_id, contact_id] = arguments.as_slice() else {
        eprintln!("usage: describe_contact INSTANCE_ID CONTACT_ID");
        return ExitCode::from(2);
    };
    let client = Client::from_env();
    match client.describe_contact().instance_id(instance_id).contact_id(contact_id).send().await {
        Ok(answer) => match serde_json::to_string_pretty(&answer.contact) {
            Ok(contact) => {
                println!("{contact}");
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("the contact is not JSON: {error}");
                ExitCode::from(3)
            }
        },
        Err(error) => explain(&error),
    }
}

/// Says everything that is known of a failure.
fn explain(error: &Error) -> ExitCode {
    eprintln!("{error}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        eprintln!("because of: {cause}");
        source = cause.source();
    }
    if let Some(exception) = error.exception() {
        eprintln!("{exception:#?}");
    }
    // With a code the service itself said no; a status alone can be that of anything between here and there.
    ExitCode::from(if error.code().is_some() { 1 } else { 3 })
}
