//! Creates an agent with a phone, a queue and an hour of proficiency.

use amazon_connect::sdk::Client;
use amazon_connect::sdk::types::{PhoneType, UserIdentityInfo, UserPhoneConfig, UserProficiency};

/// A new agent, as a file of the personnel department has it.
#[derive(Debug, Clone, Default)]
pub struct Agent {
    pub username: String,
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    pub desk_phone: Option<String>,
    pub skills: Vec<(String, String, f32)>,
}

/// Creates the user, and gives it its skills.
pub async fn onboard(
    client: &Client,
    instance_id: &str,
    routing_profile_id: &str,
    security_profile_ids: Vec<String>,
    agent: &Agent,
) -> Result<String, Box<dyn std::error::Error>> {
    let identity = UserIdentityInfo::builder()
        .first_name(&agent.first_name)
        .last_name(&agent.last_name)
        .set_email(agent.email.clone())
        .build();
    let phone = match &agent.desk_phone {
        Some(number) => UserPhoneConfig::builder().phone_type(PhoneType::DeskPhone).desk_phone_number(number).build(),
        None => UserPhoneConfig::builder().phone_type(PhoneType::SoftPhone).auto_accept(true).build(),
    };
    let response = client
        .create_user()
        .instance_id(instance_id)
        .username(&agent.username)
        .identity_info(identity)
        .phone_config(phone)
        .routing_profile_id(routing_profile_id)
        .set_security_profile_ids(Some(security_profile_ids))
        .tags("created-by", "onboarding")
        .send()
        .await?;
    let user_id = response.user_id().ok_or("no user id")?.to_owned();
    if !agent.skills.is_empty() {
        let mut call = client.associate_user_proficiencies().instance_id(instance_id).user_id(&user_id);
        for (name, value, level) in &agent.skills {
            let proficiency = UserProficiency::builder()
                .attribute_name(name)
                .attribute_value(value)
                .level(*level)
                .build();
            call = call.user_proficiencies(proficiency);
        }
        call.send().await?;
    }
    Ok(user_id)
}
