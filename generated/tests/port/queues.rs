//! Describes all queues of an instance, several at once.

use amazon_connect::sdk::Client;
use amazon_connect::sdk::types::{Queue, QueueStatus, QueueType};
use tokio::task::JoinSet;

/// Describes every standard queue.
pub async fn queues(client: &Client, instance_id: &str) -> Result<Vec<Queue>, Box<dyn std::error::Error>> {
    let summaries = client
        .list_queues()
        .instance_id(instance_id)
        .queue_types(QueueType::Standard)
        .into_paginator()
        .items()
        .send()
        .collect::<Result<Vec<_>, _>>()
        .await?;
    let mut calls = JoinSet::new();
    for summary in &summaries {
        let Some(id) = summary.id() else { continue };
        calls.spawn(client.describe_queue().instance_id(instance_id).queue_id(id).send());
    }
    let mut queues = Vec::new();
    while let Some(response) = calls.join_next().await {
        queues.extend(response??.queue);
    }
    queues.sort_by(|one, other| one.name().cmp(&other.name()));
    Ok(queues)
}

/// Turns a queue off, unless it is off.
pub async fn disable(client: &Client, instance_id: &str, queue: &Queue) -> Result<bool, amazon_connect::sdk::Error> {
    let (Some(id), Some(QueueStatus::Enabled)) = (queue.queue_id(), queue.status()) else { return Ok(false) };
    client
        .update_queue_status()
        .instance_id(instance_id)
        .queue_id(id)
        .status(QueueStatus::Disabled)
        .send()
        .await?;
    Ok(true)
}
