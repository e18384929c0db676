//! A client that is configured by hand: timeouts, retries, an endpoint, and a header on every request.

use std::time::Duration;

use amazon_connect::config::{BeforeSigning, Config, Intercept, InterceptError, Retry, Timeouts};
use amazon_connect::credentials::Credentials;
use amazon_connect::Client;

/// Adds the name of the tenant to every request.
#[derive(Debug)]
struct Tenant(String);

impl Intercept for Tenant {
    fn name(&self) -> &'static str {
        "Tenant"
    }

    fn modify_before_signing(&self, context: &mut BeforeSigning<'_>) -> Result<(), InterceptError> {
        context.headers_mut().insert("x-tenant", &self.0);
        Ok(())
    }
}

/// Makes a client for one tenant.
pub fn client(region: &str, endpoint: Option<String>, key: &str, secret: &str, tenant: &str) -> Client {
    let timeouts = Timeouts::default()
        .connect(Duration::from_secs(2))
        .attempt(Duration::from_secs(10))
        .call(Duration::from_secs(30));
    let mut config = Config::new()
        .region(region)
        .credentials(Credentials::new(key, secret))
        .app_name("reports")
        .retry(Retry::standard().max_attempts(5))
        .timeouts(timeouts)
        .interceptor(Tenant(tenant.to_owned()));
    if let Some(endpoint) = endpoint {
        config = config.endpoint_url(endpoint);
    }
    Client::new(&config)
}

/// Reads one instance with more patience than the client has.
pub async fn instance_alias(client: &Client, instance_id: &str) -> Result<Option<String>, amazon_connect::Error> {
    let response = client
        .describe_instance()
        .instance_id(instance_id)
        .customize()
        .retry(Retry::standard().max_attempts(8))
        .header("x-reason", "alias")
        .send()
        .await?;
    Ok(response.instance.and_then(|instance| instance.instance_alias))
}
