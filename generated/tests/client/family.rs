//! The services beside Connect: one configuration, one pool of connections and one set of credentials serve the clients of
//! all, and each goes to an endpoint of its own.
//!
//! `cargo test -p amazon-connect --all-features family`; without the features of the modules there is nothing to test.

#![cfg(all(
    feature = "client",
    feature = "appintegrations",
    feature = "connect_contact_lens",
    feature = "connectcampaignsv2",
    feature = "connectcases",
    feature = "connectparticipant",
    feature = "customer_profiles",
    feature = "qconnect"
))]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use amazon_connect::client::{Client, Operation};
use amazon_connect::config::Environment;
use amazon_connect::credentials::{Credentials, CredentialsFuture, ProvideCredentials};
use amazon_connect::{
    Config, appintegrations, connect_contact_lens, connectcampaignsv2, connectcases, connectparticipant,
    customer_profiles, qconnect,
};
use loopback::{Server, json};

const KEY: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// Where a request goes: scheme and host, and the scope that it is signed for.
async fn sent<R: Operation>(config: &Config, request: R) -> (String, String) {
    let client: Client<R::Service> = config.client();
    let prepared = client.prepare(request, SystemTime::now()).await;
    let prepared = prepared.unwrap_or_else(|error| panic!("{error}"));
    let uri = prepared.uri();
    let authorization = prepared.headers()["authorization"].to_str().unwrap();
    let scope = authorization.split(['/', ',']).skip(2).take(2).collect::<Vec<_>>().join("/");
    (format!("{}://{}", uri.scheme_str().unwrap(), uri.authority().unwrap()), scope)
}

/// What all services would send by one configuration, in the order of [`SERVICES`].
async fn all(config: &Config) -> [(String, String); 8] {
    // Operations whose paths have no input in them.
    [
        sent(config, amazon_connect::operation::list_instances::ListInstancesRequest::default()).await,
        sent(config, appintegrations::operation::list_applications::ListApplicationsRequest::default()).await,
        sent(config, {
            use connect_contact_lens::operation::list_realtime_contact_analysis_segments as operation;
            let mut request = operation::ListRealtimeContactAnalysisSegmentsRequest::default();
            request.instance_id = "i".to_owned();
            request.contact_id = "c".to_owned();
            request
        })
        .await,
        sent(config, connectcampaignsv2::operation::list_campaigns::ListCampaignsRequest::default()).await,
        sent(config, connectcases::operation::list_domains::ListDomainsRequest::default()).await,
        sent(config, {
            use connectparticipant::operation::disconnect_participant::DisconnectParticipantRequest;
            let mut request = DisconnectParticipantRequest::default();
            request.connection_token = "t".to_owned();
            request
        })
        .await,
        sent(config, customer_profiles::operation::list_domains::ListDomainsRequest::default()).await,
        sent(config, qconnect::operation::list_assistants::ListAssistantsRequest::default()).await,
    ]
}

/// The service's id as environment variables spell it, the host it has without them, the name that its calls are signed for.
const SERVICES: [(&str, &str, &str); 8] = [
    ("CONNECT", "connect", "connect"),
    ("APPINTEGRATIONS", "app-integrations", "app-integrations"),
    ("CONNECT_CONTACT_LENS", "contact-lens", "connect"),
    ("CONNECTCAMPAIGNSV2", "connect-campaigns", "connect-campaigns"),
    ("CONNECTCASES", "cases", "cases"),
    ("CONNECTPARTICIPANT", "participant.connect", "execute-api"),
    ("CUSTOMER_PROFILES", "profile", "profile"),
    ("QCONNECT", "wisdom", "wisdom"),
];

#[tokio::test]
async fn each_service_has_its_own_endpoint_and_signature() {
    let config = Config::new().region("eu-west-2").credentials(Credentials::new(KEY, SECRET));
    let expected = SERVICES
        .map(|(_, host, name)| (format!("https://{host}.eu-west-2.amazonaws.com"), format!("eu-west-2/{name}")));
    assert_eq!(all(&config).await, expected);
}

/// "Service-specific endpoints" in the AWS SDKs and Tools Reference Guide: the service's id in upper case, with underscores.
#[tokio::test]
async fn each_service_has_a_variable_for_its_endpoint() {
    for (chosen, (id, ..)) in SERVICES.iter().enumerate() {
        let set = format!("AWS_ENDPOINT_URL_{id}");
        let environment = Environment::from_fn(move |name| match name {
            "AWS_CONFIG_FILE" | "AWS_SHARED_CREDENTIALS_FILE" => Some("/nonexistent".to_owned()),
            _ => (name == set).then(|| "http://localhost:4000".to_owned()),
        });
        let config =
            Config::new().environment(environment).region("eu-west-2").credentials(Credentials::new(KEY, SECRET));
        for (index, (url, _)) in all(&config).await.into_iter().enumerate() {
            assert_eq!(url == "http://localhost:4000", index == chosen, "{id}: service {index} goes to {url}");
        }
    }
}

/// Keys that say how often they were asked for.
#[derive(Debug)]
struct Asked(Arc<AtomicUsize>);

impl ProvideCredentials for Asked {
    fn credentials(&self) -> CredentialsFuture<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Ok(Credentials::new(KEY, SECRET)) })
    }
}

#[tokio::test]
async fn one_connection_and_one_set_of_credentials_serve_all_clients() {
    let server = Server::answering(|_| json("200 OK", "{}"));
    let asked = Arc::new(AtomicUsize::new(0));
    let config = Config::new().region("eu-west-2").endpoint_url(server.url()).credentials(Asked(asked.clone()));
    let connect = amazon_connect::Client::new(&config);
    let participant = connectparticipant::Client::new(&config);
    // Another service's client out of a client, for code that was handed nothing else.
    let profiles: customer_profiles::Client = connect.config().client();
    for _ in 0..3 {
        connect.list_instances().send().await.unwrap();
        participant.disconnect_participant().connection_token("t").send().await.unwrap();
        profiles.list_domains().send().await.unwrap();
    }
    assert_eq!(server.connections(), 1);
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}
