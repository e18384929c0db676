//! Reads how a contact centre did today: contacts handled and their mean time, by queue.

use std::time::{Duration, SystemTime};

use amazon_connect::sdk::Client;
use amazon_connect::sdk::primitives::DateTime;
use amazon_connect::sdk::types::{FilterV2, MetricFilterV2, MetricResultV2, MetricV2};

fn metric(name: &str, channel: &str) -> MetricV2 {
    let filter = MetricFilterV2::builder()
        .metric_filter_key("INITIATION_METHOD")
        .metric_filter_values(channel)
        .build();
    MetricV2::builder().name(name).metric_filters(filter).build()
}

/// Reads the metrics of some queues over the hours before now.
pub async fn metrics(
    client: &Client,
    instance_arn: &str,
    queues: &[String],
    hours: u64,
) -> Result<Vec<MetricResultV2>, amazon_connect::sdk::Error> {
    let end = SystemTime::now();
    let start = end - Duration::from_secs(hours * 3600);
    let filter = FilterV2::builder().filter_key("QUEUE").set_filter_values(Some(queues.to_vec())).build();
    let mut pages = client
        .get_metric_data_v2()
        .resource_arn(instance_arn)
        .start_time(DateTime::from(start))
        .end_time(DateTime::from(end))
        .filters(filter)
        .groupings("QUEUE")
        .metrics(metric("CONTACTS_HANDLED", "INBOUND"))
        .metrics(metric("AVG_HANDLE_TIME", "INBOUND"))
        .into_paginator()
        .send();
    let mut results = Vec::new();
    while let Some(page) = pages.try_next().await? {
        results.extend(page.metric_results.unwrap_or_default());
    }
    Ok(results)
}

/// Prints a line for each queue.
pub fn print(results: &[MetricResultV2]) {
    for result in results {
        let queue = result.dimensions().and_then(|dimensions| dimensions.get("QUEUE")).map_or("all", String::as_str);
        for data in result.collections() {
            let name = data.metric().and_then(|metric| metric.name()).unwrap_or_default();
            println!("{queue} {name} {:.1}", data.value().unwrap_or_default());
        }
    }
}
