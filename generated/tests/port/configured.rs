//! A client that is configured by hand: timeouts, retries, an endpoint, and a header on every request.

use std::time::Duration;

use amazon_connect::sdk::Client;
use amazon_connect::sdk::config::interceptors::BeforeTransmitInterceptorContextMut;
use amazon_connect::sdk::config::retry::RetryConfig;
use amazon_connect::sdk::config::timeout::TimeoutConfig;
use amazon_connect::sdk::config::{
    AppName, BehaviorVersion, ConfigBag, Credentials, Intercept, Region, RuntimeComponents,
};

/// Adds the name of the tenant to every request.
#[derive(Debug)]
struct Tenant(String);

impl Intercept for Tenant {
    fn name(&self) -> &'static str {
        "Tenant"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        context.request_mut().headers_mut().insert("x-tenant", self.0.clone());
        Ok(())
    }
}

/// Makes a client for one tenant.
pub fn client(region: &str, endpoint: Option<String>, key: &str, secret: &str, tenant: &str) -> Client {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(2))
        .operation_attempt_timeout(Duration::from_secs(10))
        .operation_timeout(Duration::from_secs(30))
        .build();
    let mut config = amazon_connect::sdk::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region.to_owned()))
        .credentials_provider(Credentials::new(key, secret, None, None, "static"))
        .app_name(AppName::new("reports").expect("a name"))
        .retry_config(RetryConfig::standard().with_max_attempts(5))
        .timeout_config(timeouts)
        .interceptor(Tenant(tenant.to_owned()));
    if let Some(endpoint) = endpoint {
        config = config.endpoint_url(endpoint);
    }
    Client::from_conf(config.build())
}

/// Reads one instance with more patience than the client has.
pub async fn instance_alias(client: &Client, instance_id: &str) -> Result<Option<String>, amazon_connect::sdk::Error> {
    let patient = amazon_connect::sdk::config::Builder::new()
        .retry_config(RetryConfig::standard().with_max_attempts(8));
    let response = client
        .describe_instance()
        .instance_id(instance_id)
        .customize()
        .config_override(patient)
        .mutate_request(|request| {
            request.headers_mut().insert("x-reason", "alias");
        })
        .send()
        .await?;
    Ok(response.instance.and_then(|instance| instance.instance_alias))
}
