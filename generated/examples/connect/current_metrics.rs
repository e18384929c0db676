//! Prints how many agents are online in a queue, and how many contacts wait.

use amazon_connect::Client;
use amazon_connect::types::{Channel, CurrentMetric, CurrentMetricName, Filters, Unit};

pub async fn run(client: &Client, instance: &str, queue: &str) -> Result<(), crate::Failure> {
    let metric = |name| CurrentMetric::builder().name(name).unit(Unit::Count).build();
    let response = client
        .get_current_metric_data()
        .instance_id(instance)
        .filters(Filters::builder().queues(queue).channels(Channel::Voice).build())
        .current_metrics([metric(CurrentMetricName::AgentsOnline), metric(CurrentMetricName::ContactsInQueue)])
        .send()
        .await?;
    for result in response.metric_results.unwrap_or_default() {
        for data in result.collections.unwrap_or_default() {
            let name = data.metric.and_then(|metric| metric.name);
            println!("{name:?}: {}", data.value.unwrap_or_default());
        }
    }
    Ok(())
}
