//! Lists the instances of the account in this region.

use amazon_connect::Client;

pub async fn run(client: &Client) -> Result<(), crate::Failure> {
    let mut instances = client.list_instances().into_paginator().items();
    while let Some(instance) = instances.next().await {
        let instance = instance?;
        let alias = instance.instance_alias.as_deref().unwrap_or("(no alias)");
        println!("{} {alias}", instance.id.unwrap_or_default());
    }
    Ok(())
}
