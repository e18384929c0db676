//! The control API and the page, by bare requests.

use amazon_connect::testing::StandIn;
use serde_json::json;

use super::life::instance;
use super::support::{request, request_with};

#[tokio::test]
async fn the_log_says_what_was_called_and_answered() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let calls = request(&stand_in, "GET", "/_stand_in/calls", b"").json();
    assert_eq!(calls[0]["operation"], "CreateInstance");
    assert_eq!(calls[0]["input"]["InstanceAlias"], "tests");
    assert_eq!(calls[0]["answer"]["Id"], made.id.as_str());
    let last = calls.as_array().unwrap().len();
    let newer = request(&stand_in, "GET", &format!("/_stand_in/calls?after={last}"), b"").json();
    assert_eq!(newer, json!([]));
}

#[tokio::test]
async fn state_clock_and_faults_are_driven_by_http() {
    let stand_in = StandIn::options().seed(2).start().unwrap();
    instance(&stand_in).await;
    let state = request(&stand_in, "GET", "/_stand_in/state", b"");
    assert_eq!(request(&stand_in, "POST", "/_stand_in/reset", b"").status, 200);
    assert_eq!(request(&stand_in, "GET", "/_stand_in/status", b"").json()["resources"], 0);
    assert_eq!(request(&stand_in, "PUT", "/_stand_in/state", &state.body).status, 200);
    assert_eq!(stand_in.state(), state.json());

    let before = stand_in.now();
    request(&stand_in, "POST", "/_stand_in/clock", br#"{"advance": 60}"#);
    assert!((stand_in.now() - before - 60.0).abs() < 1e-3);

    let faults = br#"[{"operation": "ListInstances", "error": "ThrottlingException", "status": 429, "times": 1}]"#;
    assert_eq!(request(&stand_in, "PUT", "/_stand_in/faults", faults).status, 200);
    assert_eq!(request(&stand_in, "GET", "/instance", b"").status, 429);
    assert_eq!(request(&stand_in, "GET", "/instance", b"").status, 200);
    let wrong = request(&stand_in, "PUT", "/_stand_in/faults", br#"[{"drop": "never"}]"#);
    assert_eq!((wrong.status, wrong.json()["message"].as_str()), (400, Some("[0]: drop: expected before or after")));
}

#[test]
fn quotas_are_kept_to() {
    let stand_in = StandIn::start().unwrap();
    assert_eq!(request(&stand_in, "PUT", "/_stand_in/quotas", br#"{"Instance": 1}"#).status, 200);
    let instance =
        br#"{"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": true, "OutboundCallsEnabled": true}"#;
    assert_eq!(request(&stand_in, "PUT", "/instance", instance).status, 200);
    let second = request(&stand_in, "PUT", "/instance", instance);
    assert!(second.head.contains("ServiceQuotaExceededException"), "{second:?}");
    assert_eq!(request(&stand_in, "PUT", "/_stand_in/quotas", br#"{"Cats": 1}"#).status, 400);
}

/// A page that a developer has open elsewhere cannot drive a stand-in: neither by its own origin nor by a name of its own.
#[test]
fn the_control_api_refuses_other_hosts_and_origins() {
    let stand_in = StandIn::start().unwrap();
    let port = stand_in.address().port();
    let status = |headers: &str| request_with(&stand_in, "POST", "/_stand_in/reset", headers, b"").status;
    assert_eq!(status(&format!("host: localhost:{port}\r\norigin: http://localhost:{port}\r\n")), 200);
    assert_eq!(status(&format!("host: localhost:{port}\r\norigin: https://example.com\r\n")), 403);
    assert_eq!(status(&format!("host: localhost:{port}\r\norigin: null\r\n")), 403);
    assert_eq!(status(&format!("host: rebound.example:{port}\r\n")), 403);
}

#[test]
fn the_page_loads_nothing_from_elsewhere() {
    let stand_in = StandIn::start().unwrap();
    let page = request(&stand_in, "GET", "/_stand_in/", b"");
    assert_eq!(page.status, 200);
    assert!(page.head.contains("content-security-policy: default-src 'none'"), "{}", page.head);
    for file in ["page.css", "page.js"] {
        assert!(String::from_utf8_lossy(&page.body).contains(&format!("\"{file}\"")), "{file}");
        assert_eq!(request(&stand_in, "GET", &format!("/_stand_in/{file}"), b"").status, 200);
    }
    let bare = request(&stand_in, "GET", "/_stand_in", b"");
    assert_eq!(bare.status, 308);
}

/// A fault that is misspelt is refused: it would be met by every call, or by none.
#[test]
fn a_fault_that_is_not_understood_is_refused() {
    let stand_in = StandIn::start().unwrap();
    for (fault, wanted) in [
        (r#"{"operaton": "ListQueues", "error": "X"}"#, "[0]: operaton: it is not one of error, throttle,"),
        (r#"{"operation": "ListQueue", "error": "X"}"#, "there is no operation ListQueue"),
        (r#"{"operation": ["ListQueues"], "error": "X"}"#, "[0]: operation: expected the name of one"),
        (r#"{"error": "X", "times": "1"}"#, "[0]: times: expected a number from 1"),
        (r#"{"error": "X", "times": 0}"#, "[0]: times: expected a number from 1"),
        (r#"{"error": "X", "latency_ms": 5}"#, "[0]: expected one of error, throttle, latency_ms, drop"),
        ("7", "[0]: expected one of error, throttle, latency_ms, drop"),
    ] {
        let answer = request(&stand_in, "PUT", "/_stand_in/faults", format!("[{fault}]").as_bytes());
        let message = answer.json()["message"].as_str().unwrap_or_default().to_owned();
        assert!(answer.status == 400 && message.starts_with(wanted), "{fault}: {message}");
    }
    assert!(stand_in.faults().is_empty());
    let unknown = request(&stand_in, "GET", "/_stand_in/resources?family=Cats", b"");
    assert!(
        unknown.status == 400 && unknown.json()["message"].as_str().unwrap().starts_with("there is no family Cats")
    );
}

/// The clock never shows a time that no timestamp has: the state would not be read again.
#[tokio::test]
async fn the_clock_stays_within_the_times_that_timestamps_have() {
    let stand_in = StandIn::options().seed(1).start().unwrap();
    instance(&stand_in).await;
    for body in [r#"{"set": 1e300}"#, r#"{"set": -1}"#, r#"{"advance": 1.7e308}"#, r#"{"advance": -1e18}"#, "{}"] {
        let answer = request(&stand_in, "POST", "/_stand_in/clock", body.as_bytes());
        assert_eq!(answer.status, 400, "{body}: {answer:?}");
    }
    assert_eq!(request(&stand_in, "POST", "/_stand_in/clock", br#"{"set": 253402214000}"#).status, 200);
    assert!(stand_in.advance(1e6).is_err());
    let state = stand_in.state();
    stand_in.set_state(&state).unwrap();
    assert_eq!(stand_in.state(), state);
}
