//! Creates a contact flow from a file, and prints what is wrong with its content.

use amazon_connect::types::ContactFlowType;
use amazon_connect::{Client, Exception};

pub async fn run(client: &Client, instance: &str, name: &str, file: &str) -> Result<(), crate::Failure> {
    let call = client
        .create_contact_flow()
        .instance_id(instance)
        .name(name)
        .r#type(ContactFlowType::ContactFlow)
        .content(std::fs::read_to_string(file)?);
    match call.send().await {
        Ok(response) => println!("{}", response.contact_flow_id.unwrap_or_default()),
        Err(error) => {
            if let Some(Exception::InvalidContactFlowException(exception)) = error.exception() {
                for problem in exception.problems.iter().flatten() {
                    eprintln!("{}", problem.message.as_deref().unwrap_or_default());
                }
            }
            return Err(error.into());
        }
    }
    Ok(())
}
