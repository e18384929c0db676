//! A configuration of AWS's own clients, taken over.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_types::SdkConfig;
use aws_types::app_name::AppName;
use aws_types::origin::Origin;
use aws_types::region::Region;
use aws_types::sdk_config::TimeoutConfig;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use templates::runtime::{Config, ErrorKind};

use crate::support::aws::Services;
use crate::support::service::{Sample, ring};

fn sdk() -> aws_types::sdk_config::Builder {
    let credentials = Credentials::new("AKSDK", "s3cret", Some("t0ken".to_owned()), None, "test");
    SdkConfig::builder()
        .region(Region::new("eu-west-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
}

async fn call(sdk: SdkConfig) -> Result<crate::support::aws::Sent, (ErrorKind, String)> {
    let services = Services::new(|_| Some((200, "{}".to_owned())));
    let client = Config::from(&sdk).http_client(services.clone()).client::<Sample>();
    match client.send(ring()).await {
        Ok(_) => Ok(services.only()),
        Err(error) => Err((error.kind(), error.to_string())),
    }
}

#[tokio::test]
async fn region_credentials_and_switches() {
    let sent = call(sdk().use_fips(true).use_dual_stack(true).app_name(AppName::new("mine").unwrap()).build()).await;
    let sent = sent.unwrap();
    assert_eq!(sent.uri, "https://sample-fips.eu-west-1.api.aws/rings");
    assert!(sent.header("authorization").contains("Credential=AKSDK/"));
    assert_eq!(sent.header("x-amz-security-token"), "t0ken");
    assert!(sent.header("user-agent").ends_with(" app/mine"));
}

#[derive(Debug)]
struct OfService;

impl LoadServiceConfig for OfService {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        assert_eq!((key.env(), key.profile()), ("AWS_ENDPOINT_URL", "endpoint_url"));
        (key.service_id() == "Sample Service").then(|| "http://of-service".to_owned())
    }
}

#[test]
fn timeouts_count_where_they_are_laid_over_others() {
    let set = TimeoutConfig::builder().operation_timeout(Duration::from_secs(9)).build();
    let over = Config::from(&sdk().timeout_config(set).build());
    let merged = Config::new().connect_timeout(Duration::from_secs(1)).merge(&over);
    assert_eq!(
        (merged.get_timeouts().call, merged.get_timeouts().connect),
        (over.get_timeouts().call, Some(Duration::from_secs(1)))
    );
    assert_eq!(over.get_timeouts().call, Some(Duration::from_secs(9)));
}

#[tokio::test]
async fn endpoints() {
    let url = async |sdk: aws_types::sdk_config::Builder| call(sdk.build()).await.unwrap().uri.to_string();
    assert_eq!(url(sdk()).await, "https://sample.eu-west-1.amazonaws.com/rings");
    assert_eq!(url(sdk().endpoint_url("http://all")).await, "http://all/rings");
    assert_eq!(url(sdk().endpoint_url("http://all").service_config(OfService)).await, "http://of-service/rings");
    let mut in_code = sdk().endpoint_url("http://all").service_config(OfService);
    in_code.insert_origin("endpoint_url", Origin::shared_config());
    assert_eq!(url(in_code).await, "http://all/rings");
}

#[tokio::test]
async fn what_is_not_set_is_missing() {
    let (kind, message) = call(SdkConfig::builder().build()).await.unwrap_err();
    assert_eq!(kind, ErrorKind::Config);
    assert!(message.contains("no region is set"), "{message}");
    let (kind, message) = call(SdkConfig::builder().region(Region::new("eu-west-1")).build()).await.unwrap_err();
    assert_eq!(kind, ErrorKind::Config);
    assert!(message.contains("no credentials are set"), "{message}");
}

/// A provider of the other kind, that counts.
#[derive(Debug, Clone, Default)]
struct Counting {
    asked: Arc<AtomicUsize>,
    fails: Arc<Mutex<bool>>,
}

impl ProvideCredentials for Counting {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if *self.fails.lock().unwrap() {
            return future::ProvideCredentials::ready(Err(CredentialsError::provider_error("the cause")));
        }
        let expiry = std::time::SystemTime::now() + Duration::from_secs(3600);
        future::ProvideCredentials::ready(Ok(Credentials::new("AKCOUNT", "s3cret", None, Some(expiry), "test")))
    }
}

#[tokio::test]
async fn credentials_are_kept_and_errors_say_the_cause() {
    let counting = Counting::default();
    let sdk = sdk().credentials_provider(SharedCredentialsProvider::new(counting.clone())).build();
    let services = Services::new(|_| Some((200, "{}".to_owned())));
    let client = Config::from(&sdk).http_client(services.clone()).client::<Sample>();
    for _ in 0..3 {
        client.send(ring()).await.unwrap();
    }
    assert_eq!(counting.asked.load(Ordering::SeqCst), 1);
    assert!(!format!("{client:?} {:?}", Config::from(&sdk)).contains("s3cret"));

    *counting.fails.lock().unwrap() = true;
    let (kind, message) = call(sdk).await.unwrap_err();
    assert_eq!(kind, ErrorKind::Credentials);
    assert!(message.contains("aws-config: ") && message.contains("the cause"), "{message}");
}
