//! Lists the contact flows of an instance by their types.

use std::collections::BTreeMap;

use amazon_connect::Client;

pub async fn run(client: &Client, instance: &str) -> Result<(), crate::Failure> {
    let mut flows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut items = client.list_contact_flows().instance_id(instance).into_paginator().items();
    while let Some(flow) = items.next().await {
        let flow = flow?;
        let kind = flow.contact_flow_type.map_or("(none)".to_owned(), |kind| kind.as_str().to_owned());
        flows.entry(kind).or_default().push(flow.name.unwrap_or_default());
    }
    for (kind, names) in flows {
        println!("{kind}: {}", names.join(", "));
    }
    Ok(())
}
