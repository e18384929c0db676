//! Finds the agents of a routing profile whose names begin with a text.

use amazon_connect::sdk::Client;
use amazon_connect::sdk::types::{
    SortOrder, StringCondition, StringComparisonType, User, UserSearchCriteria, UserSearchSummary,
};

fn condition(field: &str, value: &str, comparison: StringComparisonType) -> UserSearchCriteria {
    UserSearchCriteria::builder()
        .string_condition(
            StringCondition::builder().field_name(field).value(value).comparison_type(comparison).build(),
        )
        .build()
}

/// Searches users by name and routing profile.
pub async fn search(
    client: &Client,
    instance_id: &str,
    prefix: &str,
    routing_profile_id: Option<&str>,
) -> Result<Vec<UserSearchSummary>, amazon_connect::sdk::Error> {
    let mut criteria = UserSearchCriteria::builder()
        .and_conditions(condition("Username", prefix, StringComparisonType::StartsWith));
    if let Some(id) = routing_profile_id {
        criteria = criteria.and_conditions(condition("RoutingProfileId", id, StringComparisonType::Exact));
    }
    let mut found = Vec::new();
    let mut token = None;
    loop {
        let response = client
            .search_users()
            .instance_id(instance_id)
            .search_criteria(criteria.clone().build())
            .max_results(100)
            .set_next_token(token)
            .send()
            .await?;
        found.extend(response.users().iter().cloned());
        token = response.next_token().map(str::to_owned);
        if token.is_none() {
            return Ok(found);
        }
    }
}

/// Describes the first user that was found.
pub async fn first(client: &Client, instance_id: &str, prefix: &str) -> Result<Option<User>, amazon_connect::sdk::Error> {
    let found = search(client, instance_id, prefix, None).await?;
    let Some(id) = found.first().and_then(|user| user.id()) else { return Ok(None) };
    let response = client.describe_user().instance_id(instance_id).user_id(id).send().await?;
    Ok(response.user)
}

/// The order of names in a report.
pub fn order(descending: bool) -> SortOrder {
    if descending { SortOrder::Descending } else { SortOrder::Ascending }
}
