//! Reads and writes the attributes of a contact, and tags it.

use std::collections::HashMap;

use amazon_connect::sdk::Client;
use amazon_connect::sdk::error::SdkError;
use amazon_connect::sdk::operation::get_contact_attributes::GetContactAttributesError;

/// Returns the attributes of a contact; `None` if there is no such contact.
pub async fn attributes(
    client: &Client,
    instance_id: &str,
    contact_id: &str,
) -> Result<Option<HashMap<String, String>>, SdkError<GetContactAttributesError>> {
    let call = client.get_contact_attributes().instance_id(instance_id).initial_contact_id(contact_id);
    match call.send().await {
        Ok(response) => Ok(Some(response.attributes.unwrap_or_default())),
        Err(error) if error.as_service_error().is_some_and(|error| error.is_resource_not_found_exception()) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Adds attributes to a contact, and a tag that says who did it.
pub async fn annotate(
    client: &Client,
    instance_id: &str,
    contact_id: &str,
    attributes: &[(&str, &str)],
    who: &str,
) -> Result<(), amazon_connect::sdk::Error> {
    let mut call = client.update_contact_attributes().instance_id(instance_id).initial_contact_id(contact_id);
    for (key, value) in attributes {
        call = call.attributes(*key, *value);
    }
    call.send().await?;
    client
        .tag_contact()
        .instance_id(instance_id)
        .contact_id(contact_id)
        .tags("annotated-by", who)
        .send()
        .await?;
    Ok(())
}
