//! Lists the routing profiles of an instance, those that were changed last first.

use amazon_connect::Client;

pub async fn run(client: &Client, instance: &str) -> Result<(), crate::Failure> {
    let mut profiles = Vec::new();
    let mut items = client.list_routing_profiles().instance_id(instance).into_paginator().items();
    while let Some(profile) = items.next().await {
        profiles.push(profile?);
    }
    profiles.sort_by_key(|profile| std::cmp::Reverse(profile.last_modified_time));
    for profile in profiles {
        println!("{} {}", profile.id.unwrap_or_default(), profile.name.unwrap_or_default());
    }
    Ok(())
}
