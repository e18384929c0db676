//! The cache of credentials, under a virtual clock.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use templates::runtime::credentials::{
    Credentials, CredentialsCache, CredentialsError, CredentialsFuture, ProvideCredentials,
};
use tokio::time::{Instant, sleep};

/// A provider that counts, takes its time, and answers by what is set.
#[derive(Debug, Clone, Default)]
struct Counting {
    asked: Arc<AtomicUsize>,
    life: Arc<Mutex<Option<Duration>>>,
    fails: Arc<Mutex<bool>>,
    takes: Duration,
}

/// The machine's clock, as far as the tests' virtual time has come.
fn now() -> SystemTime {
    thread_local!(static START: Instant = Instant::now());
    UNIX_EPOCH + Duration::from_secs(1_700_000_000) + START.with(Instant::elapsed)
}

impl Counting {
    fn living(seconds: u64) -> Self {
        let counting = Self { takes: Duration::from_millis(200), ..Self::default() };
        *counting.life.lock().unwrap() = Some(Duration::from_secs(seconds));
        counting
    }

    fn cache(&self) -> CredentialsCache {
        now();
        CredentialsCache::with_clock(self.clone(), now)
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn fail(&self, fails: bool) {
        *self.fails.lock().unwrap() = fails;
    }
}

impl ProvideCredentials for Counting {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async move {
            let count = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            sleep(self.takes).await;
            if *self.fails.lock().unwrap() {
                return Err(CredentialsError::failed("counting", format!("failure {count}")));
            }
            let credentials = Credentials::new(format!("AKID{count}"), "s3cret");
            Ok(match *self.life.lock().unwrap() {
                Some(life) => credentials.with_expires_at(now() + life),
                None => credentials,
            })
        })
    }
}

async fn id(cache: &CredentialsCache) -> String {
    match cache.get().await {
        Ok(credentials) => credentials.access_key_id().to_owned(),
        Err(error) => error.outcomes()[0].message.clone(),
    }
}

async fn wait(seconds: u64) {
    sleep(Duration::from_secs(seconds)).await;
}

#[tokio::test(start_paused = true)]
async fn asked_at_first_use_and_once_for_all_who_wait() {
    let counting = Counting::living(3600);
    let cache = counting.cache();
    assert_eq!(counting.asked(), 0);
    let calls: Vec<_> = (0..1000)
        .map(|_| {
            let cache = cache.clone();
            tokio::spawn(async move { id(&cache).await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), "AKID1");
    }
    assert_eq!(counting.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn without_expiry_kept_for_good() {
    let counting = Counting::default();
    let cache = counting.cache();
    for _ in 0..3 {
        assert_eq!(id(&cache).await, "AKID1");
        wait(1_000_000).await;
    }
}

#[tokio::test(start_paused = true)]
async fn renewed_ahead_while_the_old_serve() {
    let counting = Counting::living(3600);
    let cache = counting.cache();
    assert_eq!(id(&cache).await, "AKID1");
    wait(3600 - 301).await;
    assert_eq!(id(&cache).await, "AKID1");
    assert_eq!(counting.asked(), 1);
    wait(2).await;
    // No call waits for the renewal, and it is one.
    let before = Instant::now();
    for _ in 0..100 {
        assert_eq!(id(&cache).await, "AKID1");
        tokio::task::yield_now().await;
    }
    assert_eq!(before, Instant::now());
    wait(1).await;
    assert_eq!(id(&cache).await, "AKID2");
    assert_eq!(counting.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn short_lives_are_renewed_half_way() {
    let counting = Counting::living(60);
    let cache = counting.cache();
    assert_eq!(id(&cache).await, "AKID1");
    wait(29).await;
    assert_eq!(id(&cache).await, "AKID1");
    wait(2).await;
    assert_eq!(id(&cache).await, "AKID1");
    wait(1).await;
    assert_eq!(id(&cache).await, "AKID2");
    assert_eq!(counting.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn expired_ones_are_not_served() {
    let counting = Counting::living(3600);
    let cache = counting.cache();
    assert_eq!(id(&cache).await, "AKID1");
    // Ten seconds before the end counts as the end.
    wait(3591).await;
    assert_eq!(id(&cache).await, "AKID2");
}

#[tokio::test(start_paused = true)]
async fn a_failed_renewal_leaves_the_old_ones_serving_to_their_end() {
    let counting = Counting::living(3600);
    let cache = counting.cache();
    assert_eq!(id(&cache).await, "AKID1");
    counting.fail(true);
    wait(3600 - 290).await;
    let mut calls = 0;
    while counting.asked() < 5 {
        assert_eq!(id(&cache).await, "AKID1");
        sleep(Duration::from_millis(100)).await;
        calls += 1;
    }
    // Pauses of 1, 2 and 4 seconds, and between them 200 ms of asking.
    assert!((75..85).contains(&calls), "{calls}");
    wait(300).await;
    assert_eq!(id(&cache).await, "failure 6");
    counting.fail(false);
    wait(31).await;
    assert_eq!(id(&cache).await, "AKID7");
}

#[tokio::test(start_paused = true)]
async fn one_failure_is_everyones_and_then_there_is_a_pause() {
    let counting = Counting::living(3600);
    counting.fail(true);
    let cache = counting.cache();
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let cache = cache.clone();
            tokio::spawn(async move { id(&cache).await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), "failure 1");
    }
    assert_eq!(id(&cache).await, "failure 1");
    sleep(Duration::from_millis(1001)).await;
    assert_eq!(id(&cache).await, "failure 2");
    counting.fail(false);
    assert_eq!(id(&cache).await, "failure 2");
    sleep(Duration::from_millis(2001)).await;
    assert_eq!(id(&cache).await, "AKID3");
    assert_eq!(counting.asked(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_load_goes_on_when_the_call_is_dropped() {
    let counting = Counting::living(3600);
    let cache = counting.cache();
    assert!(tokio::time::timeout(Duration::from_millis(10), cache.get()).await.is_err());
    sleep(Duration::from_millis(200)).await;
    let before = Instant::now();
    assert_eq!(id(&cache).await, "AKID1");
    assert_eq!(before, Instant::now(), "the credentials are there already");
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_hangs_is_given_up() {
    let mut counting = Counting::living(3600);
    counting.takes = Duration::from_millis(1);
    let cache = counting.cache();
    assert_eq!(id(&cache).await, "AKID1");
    let hanging = Counting { takes: Duration::from_secs(1_000_000), ..counting.clone() };
    let slow = CredentialsCache::with_clock(Switch { first: counting.clone(), then: hanging }, now);
    assert_eq!(id(&slow).await, "AKID2");
    wait(3400).await;
    assert_eq!(id(&slow).await, "AKID2");
    wait(119).await;
    assert_eq!(id(&slow).await, "AKID2");
    assert_eq!(counting.asked(), 3, "one renewal at a time");
    wait(3).await;
    assert_eq!(id(&slow).await, "AKID2");
    assert_eq!(counting.asked(), 4, "asked again after the first renewal was given up");
}

/// Answers once, and then as another.
#[derive(Debug)]
struct Switch {
    first: Counting,
    then: Counting,
}

impl ProvideCredentials for Switch {
    fn credentials(&self) -> CredentialsFuture<'_> {
        if self.first.asked() < 2 { self.first.credentials() } else { self.then.credentials() }
    }
}

#[tokio::test(start_paused = true)]
async fn expired_on_arrival_is_a_failure() {
    let counting = Counting::living(0);
    assert_eq!(id(&counting.cache()).await, "what the provider returned has expired already");
}

#[test]
fn serves_without_a_runtime() {
    let cache = CredentialsCache::new(Credentials::new("AKID", "s3cret"));
    let mut get = std::pin::pin!(cache.get());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Ok(credentials)) = get.as_mut().poll(&mut context) else { panic!("not at once") };
    assert_eq!(credentials.access_key_id(), "AKID");
}

/// Credentials that a test hands over when it likes. Each request for them waits for its own.
#[derive(Debug, Clone, Default)]
struct Gated {
    asked: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
    opened: Arc<tokio::sync::Notify>,
    /// How much later than the virtual clock the machine's clock is.
    later: Arc<Mutex<Duration>>,
}

impl Gated {
    /// Lets the first so many requests pass.
    fn open(&self, requests: usize) {
        self.open.store(requests, Ordering::SeqCst);
        self.opened.notify_waiters();
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn now(&self) -> SystemTime {
        now() + *self.later.lock().unwrap()
    }

    fn pass(&self, seconds: u64) {
        *self.later.lock().unwrap() += Duration::from_secs(seconds);
    }

    fn cache(&self) -> CredentialsCache {
        now();
        let this = self.clone();
        CredentialsCache::with_clock(self.clone(), move || this.now())
    }
}

impl ProvideCredentials for Gated {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async move {
            let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            loop {
                let opened = self.opened.notified();
                if self.open.load(Ordering::SeqCst) >= number {
                    break;
                }
                opened.await;
            }
            Ok(Credentials::new(format!("AKID{number}"), "s3cret")
                .with_expires_at(self.now() + Duration::from_secs(3600)))
        })
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap()
}

/// The access key id, or that it did not come: the clock is paused, so the wait takes no time where nothing else happens.
async fn id_in_time(cache: &CredentialsCache) -> String {
    tokio::time::timeout(Duration::from_secs(100), id(cache)).await.unwrap_or_else(|_| "late".to_owned())
}

#[test]
fn a_runtime_that_nobody_drives_holds_nobody_up() {
    let gated = Gated::default();
    let cache = gated.cache();
    let (stopped, driven) = (runtime(), runtime());
    // The first load: its task belongs to a runtime that no longer runs.
    let waiting = cache.clone();
    stopped.spawn(async move { waiting.get().await });
    stopped.block_on(tokio::task::yield_now());
    assert_eq!(gated.asked(), 1);
    let opener = gated.clone();
    let came = driven.block_on(async move {
        tokio::spawn(async move {
            tokio::task::yield_now().await;
            opener.open(2);
        });
        id_in_time(&cache).await
    });
    assert_eq!(came, "AKID2");
    assert_eq!(gated.asked(), 2);
}

#[test]
fn a_renewal_in_a_runtime_that_nobody_drives_ends_no_credentials() {
    let gated = Gated::default();
    gated.open(1);
    let cache = gated.cache();
    let (stopped, driven) = (runtime(), runtime());
    assert_eq!(stopped.block_on(id(&cache)), "AKID1");
    // Due: the call starts a renewal, is served and ends, and with it the runtime stops.
    gated.pass(3400);
    assert_eq!(stopped.block_on(id(&cache)), "AKID1");
    assert_eq!(gated.asked(), 2);
    assert_eq!(driven.block_on(id_in_time(&cache)), "AKID1");
    assert_eq!(gated.asked(), 2, "the old ones serve, and one renewal is enough");
    // Expired: nobody waits for that renewal.
    gated.pass(300);
    gated.open(3);
    assert_eq!(driven.block_on(id_in_time(&cache)), "AKID3");
    // The renewal that comes to itself later finds newer ones.
    stopped.block_on(async {
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
    });
    assert_eq!(driven.block_on(id_in_time(&cache)), "AKID3");
    assert_eq!(gated.asked(), 3);
}

#[test]
fn a_load_that_stood_still_too_long_is_begun_again() {
    let gated = Gated::default();
    let cache = gated.cache();
    let runtime = runtime();
    runtime.block_on(async {
        let dropped = tokio::time::timeout(Duration::from_millis(1), cache.get()).await;
        assert!(dropped.is_err());
    });
    assert_eq!(gated.asked(), 1);
    // The runtime rests, as between two calls of a program that drives it for each of them.
    runtime.block_on(async {
        tokio::time::advance(Duration::from_secs(3600)).await;
        gated.open(2);
        assert_eq!(id_in_time(&cache).await, "AKID2");
    });
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_not_polled_holds_nobody_up() {
    let gated = Gated::default();
    let cache = gated.cache();
    let mut unpolled = Box::pin(cache.get());
    assert!(std::future::poll_fn(|cx| std::task::Poll::Ready(unpolled.as_mut().poll(cx).is_pending())).await);
    gated.open(1);
    assert_eq!(id_in_time(&cache).await, "AKID1");
    assert_eq!(unpolled.await.unwrap().access_key_id(), "AKID1");
    assert_eq!(gated.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_panics_is_a_failure() {
    #[derive(Debug)]
    struct Panics;

    impl ProvideCredentials for Panics {
        fn credentials(&self) -> CredentialsFuture<'_> {
            Box::pin(async {
                tokio::task::yield_now().await;
                panic!("on purpose")
            })
        }
    }

    let cache = CredentialsCache::with_clock(Panics, now);
    assert_eq!(id_in_time(&cache).await, "it panicked");
}
