//! Paths of aws-sdk-connect and aws-config in the module `sdk`, as programs name them, and what stands there.

use amazon_connect::sdk::aws_config::meta::region::RegionProviderChain;
use amazon_connect::sdk::aws_config::retry::RetryConfig;
use amazon_connect::sdk::aws_config::timeout::TimeoutConfig;
use amazon_connect::sdk::aws_config::{self, BehaviorVersion, Region, SdkConfig};
use amazon_connect::sdk::config::{Credentials, SharedCredentialsProvider};
use amazon_connect::sdk::error::{BoxError, BuildError, DisplayErrorContext, ProvideErrorMetadata};
use amazon_connect::sdk::operation::RequestId;
use amazon_connect::sdk::operation::describe_user::builders::DescribeUserFluentBuilder;
use amazon_connect::sdk::operation::describe_user::{DescribeUserError, DescribeUserOutput};
use amazon_connect::sdk::primitives::{Blob, DateTime, DateTimeFormat};
use amazon_connect::sdk::types::error::ResourceNotFoundException;
use amazon_connect::sdk::{Client, Config, Error};

async fn shared() -> SdkConfig {
    let retry = RetryConfig::standard().with_max_attempts(2);
    let timeouts = TimeoutConfig::builder().build();
    let loader = aws_config::defaults(BehaviorVersion::v2025_01_17()).retry_config(retry).timeout_config(timeouts);
    loader.region(Region::new("eu-west-2")).load().await
}

fn call(client: &Client) -> DescribeUserFluentBuilder {
    client.describe_user().instance_id("i")
}

fn client() -> Client {
    let keys = SharedCredentialsProvider::new(Credentials::new("AKID", "secret", None, None, "static"));
    Client::from_conf(Config::builder().credentials_provider(keys).endpoint_url("not a url").build())
}

#[tokio::test]
async fn a_loaded_configuration_makes_a_client() {
    let shared = shared().await;
    assert_eq!(shared.get_region(), Some("eu-west-2"));
    let _ = Client::new(&shared);
}

#[test]
fn a_function_returns_the_call_by_the_name_of_its_builder() {
    let request = call(&client()).user_id("u").into_request();
    assert_eq!((&*request.instance_id, &*request.user_id), ("i", "u"));
}

/// `?` turns the error of a call and one of a builder into the service's, which is matched by exception.
#[tokio::test]
async fn the_error_of_the_service_is_matched_by_exception() {
    async fn describe(client: &Client) -> Result<DescribeUserOutput, Error> {
        let call: Result<_, BuildError> = Ok(call(client).user_id("u"));
        Ok(call?.send().await?)
    }
    let error = describe(&client()).await.expect_err("the endpoint is no URL");
    assert!(matches!(error, Error::Unhandled(_)), "{error:?}");
    assert!(error.to_string().contains("DescribeUser"), "{error}");
    assert_eq!((error.code(), error.request_id()), (None, None));
    assert!(error.message().is_some_and(|message| message.contains("endpoint")), "{error}");
    let boxed: BoxError = error.into();
    assert!(DisplayErrorContext(&*boxed).to_string().contains("endpoint"));
}

#[test]
fn an_exception_has_the_code_and_the_message() {
    let mut exception = ResourceNotFoundException::default();
    exception.message = Some("no such user".to_owned());
    let error = DescribeUserError::ResourceNotFoundException(exception);
    assert_eq!((error.code(), error.message()), (Some("ResourceNotFoundException"), Some("no such user")));
    assert_eq!(error.meta().code(), Some("ResourceNotFoundException"));
    assert!(!DisplayErrorContext(&error).to_string().is_empty());
}

#[test]
fn primitives_have_the_methods_of_the_sdk() {
    assert_eq!(Blob::new("abc").into_inner(), b"abc");
    assert_eq!(DateTime::from_millis(1500).to_millis(), Ok(1500));
    assert_eq!(DateTime::from_secs(0).format(DateTimeFormat::DateTime), "1970-01-01T00:00:00Z");
    assert!(DateTime::from_secs(i64::MAX).to_millis().is_err());
}

#[tokio::test]
async fn a_chain_of_regions_takes_the_first_that_there_is() {
    async fn region(chain: RegionProviderChain) -> Option<String> {
        let config = aws_config::defaults(BehaviorVersion::latest()).region(chain).load().await;
        config.get_region().map(str::to_owned)
    }
    let first = RegionProviderChain::first_try(Region::new("eu-west-1")).or_default_provider().or_else("us-east-1");
    assert_eq!(region(first).await.as_deref(), Some("eu-west-1"));
    let second = RegionProviderChain::first_try(None::<Region>).or_else(Region::new("us-east-1")).or_else("us-east-2");
    assert_eq!(region(second).await.as_deref(), Some("us-east-1"));
    // Nothing follows the environment: the first call looks there.
    assert_eq!(region(RegionProviderChain::default_provider()).await, None);
}
