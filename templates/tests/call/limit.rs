//! The client-side rate limiter, under a virtual clock.

use std::time::Duration;

use templates::runtime::{ErrorKind, RateLimit, Timeouts};
use tokio::time::Instant;

use crate::support::config;
use crate::support::script::{Script, answer};
use crate::support::service::{Client, GetThing, RingThing, get, ring};

const OK: &str = "{}";

fn secs(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

/// When each of so many calls at once went out, from the first on.
async fn departures(client: &Client, script: &Script, calls: usize) -> Vec<Duration> {
    let start = Instant::now();
    let before = script.count();
    let tasks: Vec<_> = (0..calls)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(get()).await.map(drop) })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    script.seen()[before..].iter().map(|seen| seen.at - start).collect()
}

#[tokio::test(start_paused = true)]
async fn off_by_default() {
    let script = Script::new([answer(200, OK)]);
    let client = crate::support::client(script.clone());
    assert!(departures(&client, &script, 100).await.iter().all(|at| *at < secs(0.01)));
}

#[tokio::test(start_paused = true)]
async fn a_burst_and_then_a_steady_rate() {
    let script = Script::new([answer(200, OK)]);
    let limit = RateLimit::per_second(2.0).burst(5);
    let client: Client = config().http_client(script.clone()).rate_limit(limit).client();
    for round in 0..3 {
        let went = departures(&client, &script, 9).await;
        for (at, expected) in went.iter().zip([0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 1.0, 1.5, 2.0]) {
            assert!(*at >= secs(expected) && *at < secs(expected + 0.01), "round {round}: {went:?}");
        }
        // The burst is there again after a pause, and no more than that after a long one.
        tokio::time::sleep(secs(if round == 0 { 2.5 } else { 60.0 })).await;
    }
}

#[tokio::test(start_paused = true)]
async fn each_operation_has_its_own() {
    let script = Script::new([answer(200, OK)]);
    let client: Client = config()
        .http_client(script.clone())
        .rate_limit(RateLimit::per_second(1.0))
        .rate_limit_of::<RingThing>(None)
        .rate_limit_of::<GetThing>(RateLimit::per_second(10.0))
        .client();
    let start = Instant::now();
    for _ in 0..50 {
        client.send(ring()).await.unwrap();
    }
    assert!(start.elapsed() < secs(0.01));
    let went = departures(&client, &script, 3).await;
    assert!(went[2] >= secs(0.2) && went[2] < secs(0.21), "{went:?}");
    let start = Instant::now();
    for _ in 0..3 {
        client.send(crate::support::service::ListThings::default()).await.unwrap();
    }
    assert!(start.elapsed() >= secs(2.0) && start.elapsed() < secs(2.01));
}

#[tokio::test(start_paused = true)]
async fn every_attempt_counts() {
    let script = Script::new([answer(500, "")]);
    let client: Client = config().http_client(script.clone()).rate_limit(RateLimit::per_second(0.1)).client();
    client.send(get()).await.unwrap_err();
    assert!(script.waits().iter().all(|wait| *wait >= secs(9.9)), "{:?}", script.waits());
}

#[tokio::test(start_paused = true)]
async fn a_place_after_the_timeout_is_refused_at_once() {
    let script = Script::new([answer(200, OK)]);
    let client: Client = config()
        .http_client(script.clone())
        .rate_limit(RateLimit::per_second(1.0))
        .timeouts(Timeouts::default().call(secs(2.5)))
        .client();
    let start = Instant::now();
    let calls: Vec<_> = (0..5)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(get()).await })
        })
        .collect();
    let mut refused = 0;
    for call in calls {
        if let Err(error) = call.await.unwrap() {
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0), "{error}");
            assert!(error.is_retryable());
            refused += 1;
        }
    }
    assert_eq!((refused, script.count()), (2, 3));
    assert!(start.elapsed() < secs(2.01));
}

#[tokio::test(start_paused = true)]
async fn whoever_stops_waiting_gives_the_place_back() {
    let script = Script::new([answer(200, OK)]);
    let client: Client = config().http_client(script.clone()).rate_limit(RateLimit::per_second(1.0)).client();
    client.send(get()).await.unwrap();
    for _ in 0..20 {
        assert!(tokio::time::timeout(secs(0.01), client.send(get())).await.is_err());
    }
    let start = Instant::now();
    client.send(get()).await.unwrap();
    assert!(start.elapsed() <= secs(0.9), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn clients_of_one_configuration_share_it() {
    let script = Script::new([answer(200, OK)]);
    let config = config().http_client(script.clone()).rate_limit(RateLimit::per_second(1.0));
    let (one, other): (Client, Client) = (config.client(), config.client());
    let start = Instant::now();
    for client in [&one, &other, &one.with(|config| config.strict(true))] {
        client.send(get()).await.unwrap();
    }
    assert!(start.elapsed() >= secs(2.0));
}

#[tokio::test(start_paused = true)]
async fn odd_limits_are_limits() {
    for (limit, least) in
        [(RateLimit::per_second(f64::NAN), 86_399.0), (RateLimit::per_second(-3.0).burst(0), 86_399.0)]
    {
        let script = Script::new([answer(200, OK)]);
        let client: Client = config().http_client(script.clone()).rate_limit(limit).timeouts(Timeouts::none()).client();
        let went = departures(&client, &script, 2).await;
        assert!(went[1] >= secs(least), "{went:?}");
    }
    let script = Script::new([answer(200, OK)]);
    let endless = RateLimit::per_second(f64::INFINITY);
    let client: Client = config().http_client(script.clone()).rate_limit(endless).client();
    assert!(departures(&client, &script, 100).await.iter().all(|at| *at < secs(0.01)));
}
