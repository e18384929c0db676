//! Lists the users of an instance, and continues after an error where the list stopped.

use amazon_connect::Client;

pub async fn run(client: &Client, instance: &str) -> Result<(), crate::Failure> {
    let mut pages = client.list_users().instance_id(instance).max_results(100).into_paginator();
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => {
                for user in page.user_summary_list.unwrap_or_default() {
                    println!("{} {}", user.id.unwrap_or_default(), user.username.unwrap_or_default());
                }
            }
            Err(error) => {
                // A later run starts with `.next_token(…)` at this place.
                eprintln!("stopped at the page of token {:?}", pages.token());
                return Err(error.into());
            }
        }
    }
    Ok(())
}
