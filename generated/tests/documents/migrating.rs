//! The examples of MIGRATING.md that are for this crate.

#![allow(dead_code, reason = "examples that are compiled, and not run")]

use std::collections::HashMap;
use std::time::Duration;

use amazon_connect::config::{BeforeSigning, Intercept, InterceptError, Retry, Timeouts};
use amazon_connect::credentials::Credentials;
use amazon_connect::operation::describe_user::DescribeUserError;
use amazon_connect::operation::list_contact_flows::ListContactFlowsOutput;
use amazon_connect::types::{PhoneNumberQuickConnectConfig, QueueSummary, User, UserSummary};
use amazon_connect::{Client, Config, Error};

type Failure = Box<dyn std::error::Error>;

fn configuration() {
    //@ begin
    let client = Client::new(&Config::from_env().region("us-west-2"));
    //@ end
    drop(client);
    //@ begin
    let config = Config::new()
        .region("us-west-2")
        .credentials(Credentials::new("AKID", "secret"))
        .app_name("reports")
        .retry(Retry::standard().max_attempts(5))
        .timeouts(Timeouts::default().connect(Duration::from_secs(2)).attempt(Duration::from_secs(10)));
    //@ end
    drop(config);
}

#[cfg(feature = "sdk_compat")]
async fn sdk() {
    //@ begin
    use amazon_connect::sdk::Client;
    use amazon_connect::sdk::aws_config;
    use amazon_connect::sdk::config::retry::RetryConfig;

    let shared = aws_config::from_env().region("us-west-2").load().await;
    let client = Client::new(&shared);
    let config = client.config().to_builder().retry_config(RetryConfig::standard().with_max_attempts(5)).build();
    let patient = Client::from_conf(config);
    //@ end
    drop(patient);
}

#[cfg(feature = "sdk_compat")]
async fn not_in_sdk(
    client: &amazon_connect::Client,
    call: amazon_connect::operation::create_user::CreateUserCall,
    request: amazon_connect::operation::describe_user::DescribeUserInput,
    shared: &amazon_connect::sdk::aws_config::SdkConfig,
    time: amazon_connect::primitives::DateTime,
    error: &Error,
) -> Result<(), Failure> {
    use amazon_connect::error::ErrorKind;
    use amazon_connect::primitives::{DateTime, TimestampFormat};
    //@ begin
    // call.get_tags()
    let tags = call.input.tags.clone();
    // Input::builder()….send_with(&client)
    let user = client.send(request).await?;
    // shared.region()
    let region = shared.get_region();
    // time.fmt(format).unwrap()
    let text = time.format(TimestampFormat::DateTime);
    // DateTime::from_str(text, format)
    let read = DateTime::parse(&text)?;
    //@ end
    //@ begin
    let variant = match &error {
        error if error.exception().is_some() => "ServiceError",
        error if error.kind() == ErrorKind::Timeout => "TimeoutError",
        error if matches!(error.kind(), ErrorKind::Connect | ErrorKind::Transport) => "DispatchFailure",
        error if error.kind() == ErrorKind::Decode => "ResponseError",
        error if error.attempts() == 0 => "ConstructionFailure",
        _ => "ServiceError, of an exception that the model does not have",
    };
    // context.raw().status()
    let status = error.status();
    //@ end
    drop((tags, user, region, read, variant, status));
    Ok(())
}

fn reading(user: &UserSummary, response: &ListContactFlowsOutput) {
    //@ begin
    let name = user.username.as_deref().unwrap_or("(no name)");
    for flow in response.contact_flow_summary_list.iter().flatten() {
        println!("{:?}", flow.name);
    }
    //@ end
    println!("{name}");
}

fn optional(client: &Client, instance: &str, token: Option<String>) {
    //@ begin
    let call = client.list_users().instance_id(instance).next_token(token).max_results(Some(10));
    //@ end
    drop(call);
}

fn lists(client: &Client, ids: Vec<String>, tags: HashMap<String, String>) {
    let call = client.create_queue();
    //@ begin
    let call = call.quick_connect_ids(ids).tags_from(tags);
    //@ end
    drop(call);
}

async fn required(client: &Client, arn: &str, tags: &[(&str, &str)]) -> Result<(), Error> {
    let tags = tags.iter().copied();
    //@ begin
    let mut call = client.tag_resource().resource_arn(arn).check_at_send();
    for (key, value) in tags {
        call = call.tags(key, value);
    }
    call.send().await?;
    //@ end
    Ok(())
}

fn builders() {
    //@ begin
    let config = PhoneNumberQuickConnectConfig::builder().phone_number("+123").build();
    //@ end
    drop(config);
}

async fn errors(client: &Client) -> Result<Option<User>, Failure> {
    let call = client.describe_user().instance_id("i").user_id("u");
    //@ begin
    match call.send().await {
        Ok(response) => Ok(response.user),
        Err(error) => match error.exception() {
            Some(DescribeUserError::ResourceNotFoundException(_)) => Ok(None),
            _ => Err(error.into()),
        },
    }
    //@ end
}

fn parts(error: &Error) {
    //@ begin
    println!("{:?} {:?} {:?} {:?}", error.code(), error.status(), error.message(), error.request_id());
    //@ end
}

async fn paging(client: &Client, instance: &str, queues: &mut Vec<QueueSummary>) -> Result<(), Error> {
    //@ begin
    let mut items = client.list_queues().instance_id(instance).max_results(50).into_paginator().items();
    while let Some(queue) = items.next().await {
        queues.push(queue?);
    }
    //@ end
    Ok(())
}

async fn meta(client: &Client) -> Result<(), Error> {
    let call = client.describe_user().instance_id("i").user_id("u");
    //@ begin
    let response = call.send().with_meta().await?;
    println!("{:?}", response.meta().request_id());
    //@ end
    Ok(())
}

async fn customized(client: &Client) -> Result<(), Error> {
    let call = client.describe_user().instance_id("i").user_id("u");
    //@ begin
    let response = call.customize().call_timeout(Duration::from_secs(60)).header("x-tenant", "blue").send().await?;
    //@ end
    drop(response);
    Ok(())
}

#[derive(Debug)]
struct Tenant(String);

//@ begin
impl Intercept for Tenant {
    fn modify_before_signing(&self, request: &mut BeforeSigning<'_>) -> Result<(), InterceptError> {
        request.headers_mut().insert("x-tenant", &self.0);
        Ok(())
    }
}
//@ end
