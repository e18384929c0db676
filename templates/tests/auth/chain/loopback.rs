//! The whole way over sockets, with the HTTP client that programs use: metadata service, STS, container's agent, call.

use std::time::Instant;

use loopback::{Do, Server};
use templates::runtime::credentials::{CredentialChain, ProvideCredentials};
use templates::runtime::{Config, ErrorKind};

use crate::support::aws::answers::{imds, in_an_hour, json, sts};
use crate::support::aws::loopback::serve;
use crate::support::aws::{Home, Services, environment_at};
use crate::support::service::{Sample, ring};

/// All the services of the machine, and the one that is called.
fn services() -> Services {
    Services::new(|sent| match sent.uri.path() {
        "/" => sts(&sent.body),
        "/rings" => Some((200, "{}".to_owned())),
        "/agent" => Some((200, json("AKTASK", &in_an_hour()))),
        _ => imds(sent),
    })
}

#[tokio::test]
async fn a_role_assumed_with_that_of_the_machine() {
    let services = services();
    let server = serve(services.clone());
    let url = server.url();
    let home = Home::new(
        "[default]\nregion = us-west-2\nrole_arn = arn:aws:iam::1:role/called\ncredential_source = Ec2InstanceMetadata\n",
        "",
    );
    let variables = [("AWS_ENDPOINT_URL", url.as_str()), ("AWS_EC2_METADATA_SERVICE_ENDPOINT", &url)];
    let client = Config::new().environment(home.environment(&variables)).client::<Sample>();
    for _ in 0..2 {
        client.send(ring()).await.unwrap();
    }
    let sent = services.sent();
    let paths: Vec<_> = sent.iter().map(|sent| sent.uri.path()).collect();
    let role = "/latest/meta-data/iam/security-credentials/";
    assert_eq!(paths, ["/latest/api/token", role, &format!("{role}a-role"), "/", "/rings", "/rings"]);
    assert!(sent[3].header("authorization").contains("Credential=AKIMDS/"));
    assert!(sent[4].header("authorization").contains("Credential=called/"));
    assert!(sent[4].header("authorization").contains("/us-west-2/sample/aws4_request"));
    assert_eq!(sent[4].header("x-amz-security-token"), "s3cret/of+called==");
}

#[tokio::test]
async fn the_agent_of_a_container() {
    let services = services();
    let server = serve(services.clone());
    let url = format!("{}/agent", server.url());
    let variables =
        [("AWS_CONTAINER_CREDENTIALS_FULL_URI", url.as_str()), ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "s3cret")];
    let chain = CredentialChain::new(environment_at(None, &variables));
    assert_eq!(chain.credentials().await.unwrap().access_key_id(), "AKTASK");
    assert_eq!(services.only().header("authorization"), "s3cret");
}

#[tokio::test]
async fn what_never_answers_costs_a_second() {
    let server = Server::on_connect(vec![Do::Stall]);
    let url = server.url();
    let variables = [("AWS_EC2_METADATA_SERVICE_ENDPOINT", url.as_str()), ("AWS_REGION", "us-east-1")];
    let client = Config::new().environment(environment_at(None, &variables)).client::<Sample>();
    let start = Instant::now();
    let error = client.send(ring()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("no AWS credentials found") && error.to_string().contains("1 s"), "{error}");
    let took = start.elapsed().as_secs_f64();
    assert!((0.9..5.0).contains(&took), "{took}");
}
