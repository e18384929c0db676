//! Runtimes that stand still or lack something, and requests for credentials: nobody waits for somebody else's calls.

use std::time::Duration;

use loopback::{Do, Server, json};
use templates::runtime::credentials::{CredentialChain, ProvideCredentials};
use templates::runtime::environment::Environment;
use templates::runtime::http::hyper::HyperClient;
use templates::runtime::{Config, ErrorKind, Timeouts};
use tokio::runtime::{Builder, Runtime};

use crate::support::config;
use crate::support::service::{Client, get, ring};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn a_runtime_that_stands_still_takes_no_turn_from_others() {
    // The first two calls get no response.
    let server = Server::answering(|request| if request.number < 2 { vec![Do::Stall] } else { json("200 OK", "{}") });
    let http = HyperClient::new().max_concurrent_requests(2);
    let client: Client = config().timeouts(Timeouts::none()).http_client(http).endpoint_url(server.url()).client();
    let still = runtime();
    still.block_on(async {
        // Two have the turns of this runtime, and a third one waits for one.
        for _ in 0..3 {
            let client = client.clone();
            tokio::spawn(async move { client.send(get()).await.map(drop) });
        }
        while server.requests() < 2 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    // Nobody drives it from here on, and it has not ended.
    let other = runtime();
    for _ in 0..3 {
        let call = async { tokio::time::timeout(Duration::from_secs(20), client.send(ring()).into_future()).await };
        other.block_on(call).expect("the call does not wait for the other runtime").unwrap();
    }
    assert_eq!(server.requests(), 5);
    drop(still);
}

/// The chain of a container whose agent is the server, over an HTTP client.
fn chain(server: &Server, http: HyperClient) -> CredentialChain {
    let url = format!("{}/agent", server.url());
    let environment =
        Environment::from_fn(move |name| (name == "AWS_CONTAINER_CREDENTIALS_FULL_URI").then(|| url.clone()));
    CredentialChain::new(environment).http_client(std::sync::Arc::new(http))
}

#[tokio::test]
async fn credentials_do_not_wait_behind_calls() {
    let stalled = Server::on_request(vec![Do::Stall]);
    let agent = Server::answering(|_| {
        json(
            "200 OK",
            r#"{"AccessKeyId":"AKTASK","SecretAccessKey":"s","Token":"t","Expiration":"2099-01-01T00:00:00Z"}"#,
        )
    });
    let http = HyperClient::new().max_concurrent_requests(2);
    let client: Client =
        config().timeouts(Timeouts::none()).http_client(http.clone()).endpoint_url(stalled.url()).client();
    let calls: Vec<_> = (0..10)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(get()).await.map(drop) })
        })
        .collect();
    while stalled.requests() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let credentials = chain(&agent, http).credentials().await.unwrap();
    assert_eq!((credentials.access_key_id(), stalled.requests()), ("AKTASK", 2));
    for call in calls {
        call.abort();
    }
}

#[test]
fn a_runtime_without_an_io_driver_is_a_matter_of_configuration() {
    let server = Server::answering(|_| json("200 OK", "{}"));
    let client: Client = config().endpoint_url(server.url()).client();
    let without = Builder::new_current_thread().enable_time().build().unwrap();
    for _ in 0..2 {
        let error = without.block_on(client.send(get())).unwrap_err();
        assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Config, 1, false), "{error}");
        assert!(error.to_string().contains("enable_io"), "{error}");
    }
    let without = Builder::new_multi_thread().worker_threads(1).enable_time().build().unwrap();
    let spawned = without.spawn({
        let client = client.clone();
        async move { client.send(get()).await.map(drop).unwrap_err().kind() }
    });
    assert_eq!(without.block_on(spawned).unwrap(), ErrorKind::Config);
    assert_eq!(server.requests(), 0);
    // The client is as good as before.
    runtime().block_on(client.send(get())).unwrap();
}

#[test]
fn many_calls_at_once_share_the_turns_in_order() {
    let server = Server::answering(|_| [vec![Do::Wait(Duration::from_millis(5))], json("200 OK", "{}")].concat());
    let http = HyperClient::new().max_concurrent_requests(4);
    let client: Client = config().http_client(http).endpoint_url(server.url()).client();
    runtime().block_on(async {
        let (say, mut hear) = tokio::sync::mpsc::unbounded_channel();
        for number in 0..40 {
            let (client, say) = (client.clone(), say.clone());
            tokio::spawn(async move {
                client.send(get()).await.unwrap();
                say.send(number).unwrap();
            });
        }
        drop(say);
        let mut ended = Vec::new();
        while let Some(number) = hear.recv().await {
            ended.push(number);
        }
        assert_eq!(ended.len(), 40);
        // Whoever came first is at most a round behind: the four that are under way may end in any order.
        for (at, number) in ended.iter().enumerate() {
            assert!(at.abs_diff(*number) < 8, "{ended:?}");
        }
    });
    assert!(server.most_open() <= 4, "{} connections were open", server.most_open());
}

#[tokio::test]
async fn a_thousand_requests_at_once_unless_set() {
    // 512 tasks are no more than a service that takes its time needs.
    let server = Server::answering(|_| [vec![Do::Wait(Duration::from_millis(300))], json("200 OK", "{}")].concat());
    let client: Client = Config::new()
        .region("us-west-2")
        .credentials(templates::runtime::credentials::Credentials::new("AKIDEXAMPLE", "secret"))
        .endpoint_url(server.url())
        .client();
    let calls: Vec<_> = (0..300)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(get()).await.map(drop) })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert!(server.most_open() > 100, "{} connections were open", server.most_open());
}
