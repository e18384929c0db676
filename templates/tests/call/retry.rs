//! Every rule of when an attempt is repeated, and after how long, under a virtual clock.

use std::time::{Duration, SystemTime};

use templates::runtime::{DateTime, Retry, Timeouts, TimestampFormat};

use crate::support::script::{Script, Step, answer, refusal};
use crate::support::service::{Client, Error, RemoveThing, StartThing, get, ring};
use crate::support::{THROTTLING, client, config};

const OK: &str = r#"{"Name":"n"}"#;

/// How often each step lets an operation be tried that is safe, idempotent, carries a token, or must not be repeated.
async fn attempts(step: &Step) -> [usize; 4] {
    let mut counts = [0; 4];
    for (count, operation) in counts.iter_mut().zip(0..) {
        let script = Script::new([step.clone()]);
        let client = client(script.clone());
        let failed = match operation {
            0 => client.send(get()).await.is_err(),
            1 => client.send(RemoveThing { id: Some("i".to_owned()) }).await.is_err(),
            2 => client.send(StartThing::default()).await.is_err(),
            _ => client.send(ring()).await.is_err(),
        };
        assert!(failed, "{step:?}");
        *count = script.count();
    }
    counts
}

#[tokio::test(start_paused = true)]
async fn what_is_repeated() {
    for code in THROTTLING {
        assert_eq!(attempts(&refusal(400, code)).await, [3; 4], "{code}");
    }
    for code in ["RequestTimeout", "RequestTimeoutException", "BusyException", "SlowDownPleaseException"] {
        assert_eq!(attempts(&refusal(400, code)).await, [3; 4], "{code}");
    }
    for status in [429, 503] {
        assert_eq!(attempts(&answer(status, "")).await, [3; 4], "{status} without a code");
        assert_eq!(attempts(&refusal(status, "WhateverException")).await, [3; 4], "{status} with an unknown code");
    }
    assert_eq!(attempts(&refusal(429, "ResourceNotFoundException")).await, [3; 4]);
}

/// The last of the four acts twice when it is repeated. After these responses it is not known whether it acted.
#[tokio::test(start_paused = true)]
async fn an_unknown_outcome_is_repeated_only_where_that_does_no_harm() {
    for status in [500, 502, 504] {
        assert_eq!(attempts(&answer(status, "")).await, [3, 3, 3, 1], "{status} without a code");
        assert_eq!(
            attempts(&refusal(status, "WhateverException")).await,
            [3, 3, 3, 1],
            "{status} with an unknown code"
        );
    }
    let by_a_balancer = [
        Step::Answer(503, vec![], String::new()),
        Step::Answer(503, vec![("server", "awselb/2.0".to_owned())], "<html>503</html>".to_owned()),
        Step::Answer(503, vec![], "no healthy upstream".to_owned()),
    ];
    for step in by_a_balancer {
        assert_eq!(attempts(&step).await, [3, 3, 3, 1], "{step:?}");
    }
    assert_eq!(attempts(&Step::Broken).await, [3, 3, 3, 1]);
    assert_eq!(attempts(&Step::Silence).await, [3, 3, 3, 1]);
}

#[tokio::test(start_paused = true)]
async fn what_the_service_says_it_did_not_do_is_repeated() {
    let by_the_service = [
        Step::Answer(503, vec![("x-amzn-requestid", "r".to_owned())], String::new()),
        Step::Answer(503, vec![("x-amzn-errortype", "ServiceUnavailableException".to_owned())], String::new()),
        Step::Answer(503, vec![], r#"{"message":"busy"}"#.to_owned()),
        Step::Answer(429, vec![], String::new()),
        refusal(500, "ThrottlingException"),
        // The model marks it as retryable.
        refusal(500, "BusyException"),
        Step::NotSent,
        Step::NotSentInTime,
    ];
    for step in by_the_service {
        assert_eq!(attempts(&step).await, [3; 4], "{step:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_of_an_unknown_outcome_is_not_called_retryable() {
    let client = client(Script::new([answer(500, "")]));
    let error = client.send(ring()).await.unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    assert!(client.send(get()).await.unwrap_err().is_retryable());
}

#[tokio::test(start_paused = true)]
async fn repeating_unknown_outcomes_is_a_setting() {
    for step in [answer(500, ""), answer(502, ""), answer(504, ""), Step::Broken, Step::Silence] {
        let script = Script::new([step.clone()]);
        let retry = Retry::standard().repeat_unknown_outcomes(true);
        let client: Client = config().http_client(script.clone()).retry(retry).client();
        client.send(ring()).await.unwrap_err();
        assert_eq!(script.count(), 3, "{step:?}");
    }
    assert!(!Retry::standard().repeats_unknown_outcomes());
}

#[tokio::test(start_paused = true)]
async fn what_is_not_repeated() {
    for status in
        [300, 301, 302, 304, 307, 308, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 422, 501, 505, 507, 599]
    {
        assert_eq!(attempts(&answer(status, "")).await, [1; 4], "{status}");
    }
    let never = ["LimitExceededException", "LimitExceeded", "ServiceQuotaExceededException", "ServiceQuotaExceeded"];
    for code in never {
        for status in [400, 402, 429, 500, 503] {
            assert_eq!(attempts(&refusal(status, code)).await, [1; 4], "{status} {code}");
        }
    }
    for code in ["ResourceNotFoundException", "AccessDeniedException", "InvalidParameterException", "ExpiredToken"] {
        assert_eq!(attempts(&refusal(400, code)).await, [1; 4], "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn it_stops_at_the_first_success() {
    let script = Script::new([answer(503, ""), refusal(400, "ThrottlingException"), answer(200, OK)]);
    let thing = client(script.clone()).send(ring()).await.unwrap();
    assert_eq!(thing.name.as_deref(), Some("n"));
    assert_eq!(script.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn attempts_are_counted_and_can_be_set() {
    for (retry, expected) in
        [(Retry::none(), 1), (Retry::standard().max_attempts(0), 1), (Retry::standard().max_attempts(5), 5)]
    {
        let script = Script::new([answer(503, "")]);
        let client: Client = config().http_client(script.clone()).retry(retry).client();
        let error = client.send(get()).await.unwrap_err();
        assert_eq!(script.count(), expected);
        assert_eq!(error.attempts() as usize, expected);
        assert!(error.is_retryable());
    }
}

#[tokio::test(start_paused = true)]
async fn waits_are_random_up_to_a_bound_that_doubles() {
    let ms = Duration::from_millis;
    // 50 ms before the second attempt, 20 s at most.
    see_waits(Retry::standard(), answer(500, ""), [50, 100, 200, 400, 800, 1600, 3200].map(ms)).await;
    see_waits(Retry::standard(), Step::Broken, [50, 100, 200, 400, 800, 1600, 3200].map(ms)).await;
    // A second where the service asks for fewer requests.
    let seconds = [1000, 2000, 4000, 8000, 16_000, 20_000, 20_000].map(ms);
    see_waits(Retry::standard(), answer(429, ""), seconds).await;
    see_waits(Retry::standard(), refusal(400, "ThrottlingException"), seconds).await;
    see_waits(Retry::before_2026(), answer(429, ""), seconds).await;
    see_waits(Retry::before_2026(), answer(500, ""), seconds).await;
    // What the program sets applies to both, unless it sets the other as well, in whichever order.
    let set = Retry::standard().initial_backoff(ms(400)).max_backoff(ms(2000));
    let short = [400, 800, 1600, 2000, 2000, 2000, 2000].map(ms);
    see_waits(set, answer(500, ""), short).await;
    see_waits(set, answer(429, ""), short).await;
    let both = Retry::standard().throttling_backoff(ms(700)).initial_backoff(ms(400)).max_backoff(ms(2000));
    see_waits(both, answer(500, ""), short).await;
    see_waits(both, answer(429, ""), [700, 1400, 2000, 2000, 2000, 2000, 2000].map(ms)).await;
}

/// Sees that the waits after seven failed attempts are spread over all of what these bounds allow.
async fn see_waits(retry: Retry, step: Step, bounds: [Duration; 7]) {
    let (mut longest, mut shortest) = ([Duration::ZERO; 7], [Duration::MAX; 7]);
    for _ in 0..60 {
        let script = Script::new([step.clone()]);
        let unhurried = Timeouts::none();
        let retry = retry.max_attempts(8);
        let client: Client = config().http_client(script.clone()).retry(retry).timeouts(unhurried).client();
        client.send(get()).await.unwrap_err();
        for ((longest, shortest), wait) in longest.iter_mut().zip(&mut shortest).zip(script.waits()) {
            (*longest, *shortest) = ((*longest).max(wait), (*shortest).min(wait));
        }
    }
    // Sixty draws that all stay under six tenths of the bound, or over four, would be a matter of one in 10^13.
    for ((longest, shortest), bound) in longest.into_iter().zip(shortest).zip(bounds) {
        assert!(shortest < bound.mul_f64(0.4), "{shortest:?} of {bound:?}: the whole of the wait is random");
        assert!(longest <= bound + Duration::from_millis(2), "{longest:?} of {bound:?}");
        assert!(longest > bound.mul_f64(0.6), "{longest:?} of {bound:?}");
    }
}

/// The wait before the second attempt after a response with this header.
async fn wait_after(retry: Retry, name: &'static str, value: impl Into<String>) -> Duration {
    let script = Script::new([answer(429, "").with(name, value), answer(200, OK)]);
    let client: Client = config().http_client(script.clone()).retry(retry).client();
    client.send(get()).await.unwrap();
    script.waits()[0]
}

#[tokio::test(start_paused = true)]
async fn the_server_is_obeyed_within_bounds() {
    let secs = Duration::from_secs;
    let now = Retry::standard();
    for (value, least, most) in [
        ("3", secs(3), secs(3)),
        ("0", secs(0), secs(1)),
        ("3600", secs(20), secs(20)),
        ("18446744073709551615", secs(20), secs(20)),
    ] {
        let wait = wait_after(now, "retry-after", value).await;
        assert!(wait >= least && wait <= most + Duration::from_millis(2), "Retry-After: {value} gave {wait:?}");
    }
    for nonsense in ["soon", "-1", "1.5", "", "99999999999999999999999"] {
        assert!(wait_after(now, "retry-after", nonsense).await <= secs(1), "{nonsense}");
        assert!(wait_after(now, "x-amz-retry-after", nonsense).await <= secs(1), "{nonsense}");
    }
    let date = |time: SystemTime| DateTime::from(time).format(TimestampFormat::HttpDate);
    let wait = wait_after(now, "retry-after", date(SystemTime::now() + secs(10))).await;
    assert!(wait > secs(8) && wait <= secs(11), "{wait:?}");
    assert!(wait_after(now, "retry-after", date(SystemTime::now() - secs(10))).await <= secs(1));
}

/// AWS's own header counts from the wait that the client draws to five seconds more, and before 2026 up to 20 seconds.
#[tokio::test(start_paused = true)]
async fn the_header_of_aws_is_obeyed_within_bounds() {
    let (now, before) = (Retry::standard(), Retry::before_2026());
    let soon = now.max_backoff(Duration::from_secs(3));
    for (retry, value, least, most) in [
        (now, "4500", 4500, 4500),
        (now, "1", 0, 1000),
        (now, "6500", 5000, 6000),
        (now, "99999999", 5000, 6000),
        (now, "18446744073709551615", 5000, 6000),
        (soon, "4500", 3000, 3000),
        (before, "4500", 4500, 4500),
        (before, "1", 0, 1000),
        (before, "99999999", 20_000, 20_000),
    ] {
        let wait = wait_after(retry, "x-amz-retry-after", value).await.as_millis();
        assert!(wait >= least && wait <= most + 2, "x-amz-retry-after: {value} gave {wait} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn the_more_exact_header_goes_first() {
    let step = answer(429, "").with("retry-after", "15").with("x-amz-retry-after", "2500");
    let script = Script::new([step, answer(200, OK)]);
    client(script.clone()).send(get()).await.unwrap();
    assert!(script.waits()[0] >= Duration::from_millis(2500) && script.waits()[0] < Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn a_token_is_the_same_in_all_attempts_and_another_in_the_next_call() {
    let mut bodies = Vec::new();
    for failure in [answer(500, ""), refusal(429, "Throttling"), Step::NotSent, Step::Broken, Step::Silence] {
        let script = Script::new([failure.clone()]);
        let client = client(script.clone());
        client.send(StartThing::default()).await.unwrap_err();
        client.send(StartThing::default()).await.unwrap_err();
        bodies = script.seen().into_iter().map(|seen| seen.body).collect::<Vec<_>>();
        assert_eq!(bodies.len(), 6, "{failure:?}");
        assert!(bodies[0].contains("ClientToken"));
        assert!(bodies[..3].iter().all(|body| *body == bodies[0]), "{failure:?}");
        assert!(bodies[3..].iter().all(|body| *body == bodies[3]), "{failure:?}");
        assert_ne!(bodies[0], bodies[3]);
    }

    let token = |body: &str| serde_json::from_str::<serde_json::Value>(body).unwrap()["ClientToken"].to_string();
    let token = token(&bodies[0]);
    let uuid = token.trim_matches('"');
    let dashes: Vec<_> = uuid.char_indices().filter(|(_, c)| *c == '-').map(|(at, _)| at).collect();
    assert_eq!((uuid.len(), dashes), (36, vec![8, 13, 18, 23]));
    assert_eq!(&uuid[14..15], "4", "the version");
    assert!("89ab".contains(&uuid[19..20]), "the variant");
}

#[tokio::test(start_paused = true)]
async fn a_given_token_is_kept() {
    let script = Script::new([answer(200, OK)]);
    let request = StartThing { client_token: Some("mine".to_owned()), ..StartThing::default() };
    client(script.clone()).send(request).await.unwrap();
    assert!(script.seen()[0].body.contains(r#""ClientToken":"mine""#));
}

#[tokio::test(start_paused = true)]
async fn tokens_of_many_threads_never_meet() {
    let threads: Vec<_> = (0..8)
        .map(|_| {
            std::thread::spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
                runtime.block_on(async {
                    let script = Script::new([answer(200, OK)]);
                    let client = client(script.clone());
                    for _ in 0..500 {
                        client.send(StartThing::default()).await.unwrap();
                    }
                    script.seen().into_iter().map(|seen| seen.body).collect::<Vec<_>>()
                })
            })
        })
        .collect();
    let all: std::collections::HashSet<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
    assert_eq!(all.len(), 8 * 500);
}

/// The number of retries that a client makes while no call succeeds.
async fn retries_of(retry: Retry, step: Step) -> usize {
    const CALLS: usize = 60;
    let script = Script::new([step]);
    let client: Client = config().http_client(script.clone()).retry(retry).client();
    for _ in 0..CALLS {
        client.send(get()).await.unwrap_err();
    }
    script.count() - CALLS
}

/// 500 in all: 14 for each retry, and 5 after throttling.
#[tokio::test(start_paused = true)]
async fn retries_end_while_no_call_succeeds() {
    for step in [answer(500, ""), answer(503, ""), refusal(400, "BusyException"), Step::Broken, Step::NotSent] {
        assert_eq!(retries_of(Retry::standard(), step.clone()).await, 500 / 14, "{step:?}");
        assert_eq!(retries_of(Retry::before_2026(), step.clone()).await, 500 / 5, "{step:?}");
    }
    for step in [answer(429, ""), refusal(503, "ThrottlingException"), refusal(400, "SlowDownPleaseException")] {
        assert_eq!(retries_of(Retry::standard(), step.clone()).await, 500 / 5, "{step:?}");
        assert_eq!(retries_of(Retry::before_2026(), step.clone()).await, 500 / 5, "{step:?}");
    }
    for step in [Step::NotSentInTime, Step::Silence] {
        assert_eq!(retries_of(Retry::standard(), step.clone()).await, 500 / 14, "{step:?}");
        assert_eq!(retries_of(Retry::before_2026(), step.clone()).await, 500 / 10, "{step:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_calls_of_a_client_share_what_they_may_spend() {
    let script = Script::new([answer(429, "")]);
    let client = client(script.clone());
    // 500 in all, 5 for each retry: fifty calls of three attempts, and then none is repeated.
    for _ in 0..50 {
        client.send(get()).await.unwrap_err();
    }
    assert_eq!(script.count(), 150);
    let error = client.clone().send(get()).await.unwrap_err();
    assert_eq!((script.count(), error.attempts()), (151, 1));
    // Also not through a client with another configuration made from it.
    client.with(|config| config.strict(true)).send(get()).await.unwrap_err();
    assert_eq!(script.count(), 152);
    // Another client has its own.
    crate::support::client(script.clone()).send(get()).await.unwrap_err();
    assert_eq!(script.count(), 155);
}

#[tokio::test(start_paused = true)]
async fn a_success_gives_back_what_its_retry_cost_or_one() {
    // Spends all but 10, then succeeds at the first attempt four times: that is one retry's worth.
    let mut steps = vec![answer(500, ""); 17 * 3 + 2 + 1];
    steps.extend(vec![answer(200, OK); 4]);
    // That retry succeeds and is given back: so there is another.
    steps.extend([answer(500, ""), answer(200, OK), answer(500, ""), answer(200, OK)]);
    steps.push(answer(500, ""));
    let script = Script::new(steps);
    let client = client(script.clone());
    for _ in 0..19 {
        client.send(get()).await.unwrap_err();
    }
    assert_eq!(script.count(), 54);
    for _ in 0..6 {
        client.send(get()).await.unwrap();
    }
    assert_eq!(script.count(), 62);
    client.send(get()).await.unwrap_err();
    client.send(get()).await.unwrap_err();
    assert_eq!(script.count(), 65, "one retry was left");
}

#[tokio::test(start_paused = true)]
async fn throttling_is_told_from_other_failures() {
    let error = |step: Step| async { client(Script::new([step])).send(get()).await.unwrap_err() };
    let is = |error: &Error| (error.is_throttling(), error.is_retryable(), error.is_timeout());
    assert_eq!(is(&error(answer(429, "")).await), (true, true, false));
    assert_eq!(is(&error(refusal(429, "LimitExceededException")).await), (true, false, false));
    assert_eq!(is(&error(refusal(400, "ThrottlingException")).await), (true, true, false));
    assert_eq!(is(&error(refusal(400, "SlowDownPleaseException")).await), (true, true, false));
    assert_eq!(is(&error(refusal(503, "BusyException")).await), (false, true, false));
    assert_eq!(is(&error(refusal(404, "ResourceNotFoundException")).await), (false, false, false));
    assert_eq!(is(&error(Step::NotSentInTime).await), (false, true, true));
}
