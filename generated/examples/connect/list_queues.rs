//! Lists the standard queues of an instance, page by page.

use amazon_connect::Client;
use amazon_connect::types::QueueType;

pub async fn run(client: &Client, instance: &str) -> Result<(), crate::Failure> {
    let mut pages = client.list_queues().instance_id(instance).queue_types(QueueType::Standard).into_paginator();
    while let Some(page) = pages.next().await {
        for queue in page?.queue_summary_list.unwrap_or_default() {
            println!("{} {}", queue.id.unwrap_or_default(), queue.name.unwrap_or_default());
        }
    }
    Ok(())
}
