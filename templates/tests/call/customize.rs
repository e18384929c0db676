//! Settings of one call: they change what they name, for that call only.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use templates::runtime::__private::call::start;
use templates::runtime::credentials::Credentials;
use templates::runtime::environment::Environment;
use templates::runtime::{Call, Config, CustomizedCall, RateLimit, Retry, Timeouts};

use crate::support::script::{Script, Step, answer, refusal};
use crate::support::service::{Client, GetThing, ListThings, get};
use crate::support::{client, config};

const OK: &str = "{}";

fn call(client: &Client) -> CustomizedCall<GetThing> {
    let call: Call<GetThing> = start(client);
    call.with(|input| *input = get()).customize()
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_a_call_leaves_the_others() {
    let client = config()
        .http_client(Script::new([Step::Silence]))
        .timeouts(Timeouts::none().connect(Duration::from_secs(1)).attempt(Duration::from_secs(2)))
        .retry(Retry::none())
        .client();
    let begun = tokio::time::Instant::now();
    let error = call(&client).call_timeout(Duration::from_millis(300)).send().await.unwrap_err();
    assert_eq!((error.is_timeout(), begun.elapsed().as_millis()), (true, 300));
    let begun = tokio::time::Instant::now();
    call(&client).connect_timeout(Duration::from_millis(300)).send().await.unwrap_err();
    assert_eq!(begun.elapsed().as_millis(), 2000, "that of an attempt stands");
    let begun = tokio::time::Instant::now();
    call(&client).attempt_timeout(None).call_timeout(Duration::from_secs(5)).send().await.unwrap_err();
    assert_eq!(begun.elapsed().as_millis(), 5000);
}

#[tokio::test(start_paused = true)]
async fn retries_headers_region_endpoint_and_credentials_of_one_call() {
    let script = Script::new([refusal(503, "Busy"), refusal(503, "Busy"), answer(200, OK)]);
    let client = client(script.clone());
    call(&client).retry(Retry::none()).send().await.unwrap_err();
    assert_eq!(script.count(), 1);
    call(&client).header("x-tenant", "blue").region("eu-west-2").send().await.unwrap();
    let seen = script.seen().pop().unwrap();
    assert_eq!(
        (seen.uri.host(), &seen.headers["x-tenant"]),
        (Some("sample.eu-west-2.amazonaws.com"), &"blue".parse().unwrap())
    );
    assert!(seen.headers["authorization"].to_str().unwrap().contains("/eu-west-2/"));
    call(&client)
        .endpoint_url("http://localhost:5000")
        .credentials(Credentials::new("AKOTHER", "s"))
        .send()
        .await
        .unwrap();
    let seen = script.seen().pop().unwrap();
    assert_eq!(seen.uri.authority().unwrap().as_str(), "localhost:5000");
    assert!(seen.headers["authorization"].to_str().unwrap().contains("Credential=AKOTHER/"));
    call(&client).mutate_request(|request| request.headers_mut().insert("x-more", "1")).send().await.unwrap();
    assert_eq!(script.seen().pop().unwrap().headers["x-more"], "1");
    client.send(get()).await.unwrap();
    let seen = script.seen().pop().unwrap();
    assert_eq!(seen.uri.host(), Some("sample.us-west-2.amazonaws.com"));
    assert!(!seen.headers.contains_key("x-tenant") && !seen.headers.contains_key("x-more"));
}

#[tokio::test(start_paused = true)]
async fn pages_have_the_settings_of_their_call() {
    let pages = [answer(200, r#"{"Names":["a"],"NextToken":"1"}"#), answer(200, r#"{"Names":["b"]}"#)];
    let script = Script::new(pages);
    let client = client(script.clone());
    let call: Call<ListThings> = start(&client);
    let names: Vec<_> =
        call.customize().header("x-tenant", "blue").into_paginator().items().try_collect().await.unwrap();
    assert_eq!(names, ["a", "b"]);
    assert!(script.seen().iter().all(|seen| seen.headers["x-tenant"] == "blue"));
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_a_call_looks_nothing_up_again_and_a_region_does() {
    let looked = Arc::new(AtomicUsize::new(0));
    let count = looked.clone();
    let environment = Environment::from_fn(move |name| {
        count.fetch_add(1, Ordering::SeqCst);
        (name == "AWS_REGION").then(|| "us-west-2".to_owned())
    });
    let client: Client = Config::new()
        .environment(environment)
        .credentials(Credentials::new("AK", "s"))
        .http_client(Script::new([answer(200, OK)]))
        .client();
    client.send(get()).await.unwrap();
    let before = looked.load(Ordering::SeqCst);
    call(&client).call_timeout(Duration::from_secs(1)).retry(Retry::none()).header("x-a", "b").send().await.unwrap();
    client.with(|config| config.strict(true).rate_limit(RateLimit::per_second(2.0))).send(get()).await.unwrap();
    assert_eq!(looked.load(Ordering::SeqCst), before);
    call(&client).region("eu-west-2").send().await.unwrap();
    assert!(looked.load(Ordering::SeqCst) > before);
}

#[tokio::test(start_paused = true)]
async fn retries_of_one_call_do_not_become_those_of_the_client() {
    let script = Script::new([answer(200, OK), refusal(503, "Busy"), answer(200, OK)]);
    let client = client(script.clone());
    // The first call looks settings up for all that follow.
    call(&client).retry(Retry::none()).send().await.unwrap();
    client.send(get()).await.unwrap();
    assert_eq!(script.count(), 3);
}

#[test]
fn a_configuration_laid_over_another_changes_what_it_names() {
    let base = || {
        let timeouts = Timeouts::none().call(Duration::from_secs(9));
        config().app_name("base").timeouts(timeouts).strict(true).body_limit(7).retry(Retry::none())
    };
    let same = base().merge(&Config::new());
    assert_eq!(same.get_timeouts(), base().get_timeouts());
    assert_eq!((same.get_region(), same.get_app_name()), (Some("us-west-2"), Some("base")));
    assert_eq!((same.get_strict(), same.get_body_limit(), same.get_retry()), (true, 7, Some(Retry::none())));
    assert!(same.get_credentials().is_some());
    assert_eq!(same.get_http_client().is_some(), base().get_http_client().is_some());

    let limit = RateLimit::per_second(2.0).burst(5);
    let over = Config::new()
        .region("eu-west-2")
        .connect_timeout(Duration::from_secs(1))
        .strict(false)
        .use_fips(true)
        .use_dual_stack(true)
        .endpoint_url("http://localhost")
        .rate_limit_of::<GetThing>(limit)
        .profile("p");
    let merged = base().merge(&over);
    assert_eq!(merged.get_timeouts(), base().get_timeouts().connect(Duration::from_secs(1)));
    assert_eq!((merged.get_region(), merged.get_app_name()), (Some("eu-west-2"), Some("base")));
    assert_eq!((merged.get_strict(), merged.get_body_limit()), (false, 7));
    assert_eq!((merged.get_use_fips(), merged.get_use_dual_stack()), (Some(true), Some(true)));
    assert_eq!((merged.get_endpoint_url(), merged.get_profile()), (Some("http://localhost"), Some("p")));
    assert_eq!((merged.get_rate_limit(), merged.get_rate_limit_of::<GetThing>()), (None, Some(limit)));
    assert_eq!((merged.has_bearer_token(), merged.get_interceptors().count()), (false, 0));
}
