//! Describes a queue, and says so if there is none of that id.

use amazon_connect::{Client, Exception};

pub async fn run(client: &Client, instance: &str, queue: &str) -> Result<(), crate::Failure> {
    match client.describe_queue().instance_id(instance).queue_id(queue).send().await {
        Ok(response) => println!("{:#?}", response.queue),
        Err(error) if matches!(error.exception(), Some(Exception::ResourceNotFoundException(_))) => {
            println!("there is no queue {queue}");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
