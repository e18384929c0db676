//! Sets an attribute of a contact, and prints all of them.

use amazon_connect::Client;

pub async fn run(client: &Client, instance: &str, contact: &str, key: &str, value: &str) -> Result<(), crate::Failure> {
    let update = client.update_contact_attributes().instance_id(instance).initial_contact_id(contact);
    update.attributes(key, value).send().await?;
    let response = client.get_contact_attributes().instance_id(instance).initial_contact_id(contact).send().await?;
    for (key, value) in response.attributes.unwrap_or_default() {
        println!("{key} = {value}");
    }
    Ok(())
}
