//! Calls a number. A repeated call carries the same token, so that nobody is called twice.

use std::time::Duration;

use amazon_connect::Client;

pub async fn run(client: &Client, instance: &str, flow: &str, from: &str, to: &str) -> Result<(), crate::Failure> {
    let quick = client.with(|config| config.call_timeout(Duration::from_secs(20)));
    let response = quick
        .start_outbound_voice_contact()
        .instance_id(instance)
        .contact_flow_id(flow)
        .source_phone_number(from)
        .destination_phone_number(to)
        .attributes("reason", "call back")
        .send()
        .await?;
    println!("{}", response.contact_id.unwrap_or_default());
    Ok(())
}
