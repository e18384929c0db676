//! Name look-ups: shared, bounded, and away from the threads of the program.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use loopback::{Server, json};
use templates::runtime::http::hyper::HyperClient;
use templates::runtime::{Config, ErrorKind, Retry, Timeouts};

use crate::support::config;
use crate::support::service::{Client, get};

/// A resolver that answers only once it is let go, and counts.
#[derive(Default)]
struct Hanging {
    let_go: Mutex<bool>,
    news: Condvar,
    asked: Mutex<Vec<String>>,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
}

impl Hanging {
    fn client(self: &Arc<Self>) -> HyperClient {
        let this = self.clone();
        HyperClient::new().resolver(move |host| {
            this.asked.lock().unwrap().push(host.to_owned());
            let now = this.at_once.fetch_add(1, Ordering::SeqCst) + 1;
            this.most_at_once.fetch_max(now, Ordering::SeqCst);
            let mut let_go = this.let_go.lock().unwrap();
            while !*let_go {
                let_go = this.news.wait(let_go).unwrap();
            }
            this.at_once.fetch_sub(1, Ordering::SeqCst);
            Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)])
        })
    }

    fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    fn let_go(&self) {
        *self.let_go.lock().unwrap() = true;
        self.news.notify_all();
    }
}

/// Gives up soon, and at once.
fn impatient() -> Config {
    config().timeouts(Timeouts::none().connect(Duration::from_millis(100))).retry(Retry::none())
}

#[test]
fn a_resolver_that_hangs_holds_one_thread_and_no_runtime() {
    let server = Server::answering(|_| json("200 OK", "{}"));
    let resolver = Arc::new(Hanging::default());
    // One blocking thread, which belongs to the program.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let url = format!("http://service.test:{}", server.address().port());
    let client: Client = impatient().http_client(resolver.client()).endpoint_url(url).client();
    runtime.block_on(async {
        let calls: Vec<_> = (0..600)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { client.send(get()).await.map(drop).unwrap_err() })
            })
            .collect();
        for call in calls {
            let error = call.await.unwrap();
            assert_eq!((error.kind(), error.is_timeout()), (ErrorKind::Connect, true), "{error}");
        }
        assert_eq!(tokio::task::spawn_blocking(|| 7).await.unwrap(), 7);
    });
    assert_eq!(resolver.asked(), 1, "all calls share one look-up");
    // A runtime that waited for the look-up would never end here.
    drop(runtime);
    resolver.let_go();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(client.send(get())).unwrap();
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn those_of_many_hosts_are_bounded() {
    let server = Server::answering(|_| json("200 OK", "{}"));
    let resolver = Arc::new(Hanging::default());
    let (http, port) = (resolver.client(), server.address().port());
    let clients: Vec<Client> = (0..60)
        .map(|number| {
            let url = format!("http://host-{number}.test:{port}");
            impatient().http_client(http.clone()).endpoint_url(url).client()
        })
        .collect();
    for round in 0..2 {
        let calls: Vec<_> = clients
            .iter()
            .map(|client| {
                let client = client.clone();
                tokio::spawn(async move { client.send(get()).await.map(drop) })
            })
            .collect();
        for call in calls {
            let result = call.await.unwrap();
            assert_eq!(result.is_err(), round == 0, "{result:?}");
        }
        assert!(resolver.most_at_once.load(Ordering::SeqCst) <= 16);
        if round == 0 {
            // What nobody waits for any more is not looked up.
            assert_eq!(resolver.asked(), 16);
            resolver.let_go();
        }
    }
    let asked: HashSet<_> = resolver.asked.lock().unwrap().iter().cloned().collect();
    assert_eq!(asked.len(), 60);
}

#[tokio::test]
async fn addresses_need_none() {
    let server = Server::answering(|_| json("200 OK", "{}"));
    let http = HyperClient::new().resolver(|host| panic!("{host} is looked up"));
    let client: Client = config().http_client(http).endpoint_url(server.url()).client();
    client.send(get()).await.unwrap();
}

#[tokio::test]
async fn failures_are_those_of_the_call() {
    let resolvers: [(HyperClient, &str); 3] = [
        (HyperClient::new().resolver(|_| Err(std::io::Error::other("no such name"))), "no such name"),
        (HyperClient::new().resolver(|_| Ok(Vec::new())), "no address"),
        (HyperClient::new().resolver(|_| panic!("a fault of the program")), "panicked"),
    ];
    for (http, why) in resolvers {
        let config = config().timeouts(Timeouts::none()).retry(Retry::none());
        let client: Client = config.http_client(http).endpoint_url("http://service.test").client();
        for _ in 0..2 {
            let error = client.send(get()).await.unwrap_err();
            assert_eq!((error.kind(), error.is_timeout()), (ErrorKind::Connect, false), "{error}");
            assert!(error.to_string().contains(why) && error.to_string().contains("service.test:80"), "{error}");
        }
    }
}

#[tokio::test]
async fn addresses_are_tried_in_their_order() {
    let server = Server::answering(|_| json("200 OK", "{}"));
    // Nobody listens at the first two.
    let addresses = ["127.0.0.2", "::1", "127.0.0.1"].map(|address| address.parse::<IpAddr>().unwrap());
    let http = HyperClient::new().resolver(move |_| Ok(addresses.to_vec()));
    let url = format!("http://service.test:{}", server.address().port());
    let client: Client = config().http_client(http).endpoint_url(url).client();
    client.send(get()).await.unwrap();
    assert_eq!(server.connections(), 1);
}
