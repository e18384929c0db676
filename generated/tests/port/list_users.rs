//! Prints the users of an instance, page by page.

use amazon_connect::sdk::Client;
use amazon_connect::sdk::types::UserSummary;

/// Returns all users of an instance.
pub async fn users(client: &Client, instance_id: &str) -> Result<Vec<UserSummary>, amazon_connect::sdk::Error> {
    let mut users = Vec::new();
    let mut pages = client.list_users().instance_id(instance_id).into_paginator().page_size(100).send();
    while let Some(page) = pages.next().await {
        users.extend(page?.user_summary_list.unwrap_or_default());
    }
    Ok(users)
}

/// Prints one line for each user.
pub async fn print_users(client: &Client, instance_id: &str) -> Result<(), amazon_connect::sdk::Error> {
    let mut users = users(client, instance_id).await?;
    users.sort_by_key(|user| user.username.clone());
    for user in users {
        let id = user.id().unwrap_or_default();
        let name = user.username().unwrap_or("(no name)");
        println!("{id} {name}");
    }
    Ok(())
}
