//! Sets the quick connects of a queue: those that are missing are created.

use amazon_connect::sdk::Client;
use amazon_connect::sdk::types::{PhoneNumberQuickConnectConfig, QuickConnectConfig, QuickConnectType};

/// Returns the names and ids of the quick connects of an instance.
async fn known(client: &Client, instance_id: &str) -> Result<Vec<(String, String)>, amazon_connect::sdk::Error> {
    let mut known = Vec::new();
    let mut pages = client
        .list_quick_connects()
        .instance_id(instance_id)
        .quick_connect_types(QuickConnectType::PhoneNumber)
        .into_paginator()
        .send();
    while let Some(page) = pages.next().await {
        for summary in page?.quick_connect_summary_list() {
            if let (Some(name), Some(id)) = (summary.name(), summary.id()) {
                known.push((name.to_owned(), id.to_owned()));
            }
        }
    }
    Ok(known)
}

/// Associates phone numbers by name with a queue.
pub async fn associate(
    client: &Client,
    instance_id: &str,
    queue_id: &str,
    numbers: &[(&str, &str)],
) -> Result<usize, Box<dyn std::error::Error>> {
    let known = known(client, instance_id).await?;
    let mut ids = Vec::new();
    for (name, number) in numbers {
        if let Some((_, id)) = known.iter().find(|(known, _)| known == name) {
            ids.push(id.clone());
            continue;
        }
        let phone = PhoneNumberQuickConnectConfig::builder().phone_number(*number).build();
        let config = QuickConnectConfig::builder()
            .quick_connect_type(QuickConnectType::PhoneNumber)
            .phone_config(phone)
            .build();
        let call = client.create_quick_connect().instance_id(instance_id).name(*name).quick_connect_config(config);
        ids.push(call.send().await?.quick_connect_id.ok_or("no id")?);
    }
    let count = ids.len();
    client
        .associate_queue_quick_connects()
        .instance_id(instance_id)
        .queue_id(queue_id)
        .set_quick_connect_ids(Some(ids))
        .send()
        .await?;
    Ok(count)
}
