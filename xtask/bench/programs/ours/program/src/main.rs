//! Describes one contact: credentials, region and endpoint from the environment or a profile, over TLS.

use std::error::Error;

use amazon_connect::{Client, Config};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (instance, contact) = (args.next().unwrap_or_default(), args.next().unwrap_or_default());
    let client = Client::new(&Config::from_env());
    let answer = client.describe_contact().instance_id(instance).contact_id(contact).send().await?;
    println!("round 0: {answer:?}");
    Ok(())
}
