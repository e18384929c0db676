//! Prints the content of a contact flow, and says what to do where the flow was never published.

use amazon_connect::Client;

pub async fn run(client: &Client, instance: &str, flow: &str) -> Result<(), crate::Failure> {
    match client.describe_contact_flow().instance_id(instance).contact_flow_id(flow).send().await {
        Ok(response) => println!("{}", response.contact_flow.and_then(|flow| flow.content).unwrap_or_default()),
        Err(error) if error.exception().is_some_and(|it| it.is_contact_flow_not_published_exception()) => {
            println!("the flow {flow} was never published: add `:$SAVED` to its id for the draft");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
