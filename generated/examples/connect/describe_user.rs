//! Describes a user.

use amazon_connect::Client;

pub async fn run(client: &Client, instance: &str, user: &str) -> Result<(), crate::Failure> {
    let response = client.describe_user().instance_id(instance).user_id(user).send().await?;
    let user = response.user.ok_or("the response has no user")?;
    println!("{}", user.username.unwrap_or_default());
    if let Some(identity) = user.identity_info {
        // `Debug` hides names and addresses; the fields have them.
        println!("{} {}", identity.first_name.unwrap_or_default(), identity.last_name.unwrap_or_default());
    }
    println!("security profiles: {}", user.security_profile_ids.unwrap_or_default().join(", "));
    Ok(())
}
