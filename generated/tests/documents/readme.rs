//! The examples of README.md.

#![allow(dead_code, unused_imports, reason = "examples that are compiled, and most of them not run")]

use std::time::Duration;

async fn quickstart(instance: &str, contact: &str) {
    //@ begin
    use amazon_connect::{Client, Config};

    let client = Client::new(&Config::from_env());
    match client.describe_contact().instance_id(instance).contact_id(contact).send().await {
        Ok(response) => println!("{:?}", response.contact),
        Err(error) => println!("{error}"), // DescribeContact: 404 ResourceNotFoundException: … (request id …)
    }
    //@ end
}

fn credentials(access_key_id: &str, secret_access_key: &str) {
    //@ begin
    use amazon_connect::Config;
    use amazon_connect::credentials::Credentials;

    let config = Config::new().region("us-west-2").credentials(Credentials::new(access_key_id, secret_access_key));
    //@ end
    drop(config);
}

async fn errors(
    client: &amazon_connect::Client,
    instance: &str,
    user: &str,
) -> Result<Option<amazon_connect::types::User>, String> {
    //@ begin
    match client.describe_user().instance_id(instance).user_id(user).send().await {
        Ok(response) => Ok(response.user),
        Err(error) if error.exception().is_some_and(|it| it.is_resource_not_found_exception()) => Ok(None),
        Err(error) if error.is_throttling() => Err(format!("try again later: {error}")),
        Err(error) => Err(error.to_string()),
    }
    //@ end
}

async fn paging(client: &amazon_connect::Client, instance: &str) -> Result<(), amazon_connect::Error> {
    //@ begin
    let mut users = client.list_users().instance_id(instance).into_paginator().items();
    while let Some(user) = users.next().await {
        println!("{:?}", user?.username);
    }
    //@ end
    Ok(())
}

fn retries(client: &amazon_connect::Client) {
    //@ begin
    use amazon_connect::config::Retry;

    let patient = client.with(|config| config.retry(Retry::standard().max_attempts(8)));
    let once = client.with(|config| config.retry(Retry::none()));
    //@ end
    drop((patient, once));
}

async fn timeouts(client: &amazon_connect::Client, instance: &str) -> Result<(), amazon_connect::Error> {
    //@ begin
    let quick = client.with(|config| config.call_timeout(Duration::from_secs(5)));
    let call = client.describe_instance().instance_id(instance);
    let response = call.customize().call_timeout(Duration::from_secs(60)).send().await?;
    //@ end
    drop((quick, response));
    Ok(())
}

#[cfg(feature = "customer_profiles")]
fn services() {
    //@ begin
    use amazon_connect::{Client, Config, customer_profiles};

    let config = Config::from_env();
    let connect = Client::new(&config);
    let profiles = customer_profiles::Client::new(&config); // shares credentials, connections and limits

    //@ end
    drop((connect, profiles));
}

#[cfg(feature = "stand_in")]
#[tokio::test]
async fn stand_in() -> Result<(), Box<dyn std::error::Error>> {
    //@ begin
    use amazon_connect::testing::StandIn;
    use amazon_connect::testing::stand_in::{Fault, FaultKind};

    let stand_in = StandIn::start()?; // on a port of its own, until it is dropped
    let client = stand_in.client();
    stand_in.set_faults(vec![Fault::new(FaultKind::Throttle { rate: 2.0, burst: 5.0 }).of("ListUsers")])?;
    let call = client.create_instance().identity_management_type("CONNECT_MANAGED");
    let made = call.inbound_calls_enabled(true).outbound_calls_enabled(true).send().await?;
    assert_eq!(stand_in.calls()[0].operation, "CreateInstance");
    //@ end
    assert!(made.id.is_some());
    Ok(())
}

#[cfg(feature = "mock")]
#[tokio::test]
async fn mock() -> Result<(), Box<dyn std::error::Error>> {
    use amazon_connect::Client;
    use amazon_connect::operation::describe_contact::DescribeContactRequest;
    use amazon_connect::testing::{Mock, json};

    //@ begin
    let mock = Mock::new();
    mock.on::<DescribeContactRequest>().once().fail(("ThrottlingException", "slow down"));
    mock.on::<DescribeContactRequest>()
        .with(json!({"ContactId": "c-1"}))
        .answer_json(json!({"Contact": {"Channel": "VOICE"}}));
    let client: Client = mock.client();
    let response = client.describe_contact().instance_id("i").contact_id("c-1").send().await?;
    assert!(response.contact.is_some());
    assert_eq!(mock.calls::<DescribeContactRequest>()[0].attempts.len(), 2); // the call was repeated after throttling
    // Each rule was used as often as it says.
    mock.verify()?;
    //@ end
    Ok(())
}
