//! Copies the contact flows of one instance to another.

use std::collections::HashMap;

use amazon_connect::sdk::Client;
use amazon_connect::sdk::types::{ContactFlow, ContactFlowState, ContactFlowType};

/// Returns all contact flows of an instance by their names.
pub async fn export(
    client: &Client,
    instance_id: &str,
) -> Result<HashMap<String, ContactFlow>, Box<dyn std::error::Error>> {
    let mut flows = HashMap::new();
    let mut summaries = client
        .list_contact_flows()
        .instance_id(instance_id)
        .contact_flow_types(ContactFlowType::ContactFlow)
        .contact_flow_types(ContactFlowType::CustomerQueue)
        .into_paginator()
        .items()
        .send();
    while let Some(summary) = summaries.next().await {
        let summary = summary?;
        if summary.contact_flow_state() != Some(&ContactFlowState::Active) {
            continue;
        }
        let id = summary.id().ok_or("a contact flow without an id")?;
        let response = client.describe_contact_flow().instance_id(instance_id).contact_flow_id(id).send().await?;
        if let Some(flow) = response.contact_flow {
            flows.insert(flow.name().unwrap_or_default().to_owned(), flow);
        }
    }
    Ok(flows)
}

/// Creates or updates a contact flow.
pub async fn import(
    client: &Client,
    instance_id: &str,
    flow: &ContactFlow,
    existing: Option<&str>,
) -> Result<(), Box<dyn std::error::Error>> {
    let content = flow.content().ok_or("a contact flow without content")?;
    match existing {
        Some(id) => {
            client
                .update_contact_flow_content()
                .instance_id(instance_id)
                .contact_flow_id(id)
                .content(content)
                .send()
                .await?;
        }
        None => {
            client
                .create_contact_flow()
                .instance_id(instance_id)
                .name(flow.name().unwrap_or("imported"))
                .r#type(flow.r#type().cloned().unwrap_or(ContactFlowType::ContactFlow))
                .content(content)
                .set_description(flow.description.clone())
                .set_tags(flow.tags.clone())
                .send()
                .await?;
        }
    }
    Ok(())
}
