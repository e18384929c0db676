//! Recordings: what is kept of exchanges, and what they answer.

use templates::runtime::Retry;
use templates::runtime::testing::{Mock, Recorder, Recording, json};

use crate::support::config;
use crate::support::script::{Script, answer};
use crate::support::service::{Client, GetThing, RingThing, StartThing, get};

fn id(id: &str) -> GetThing {
    GetThing { id: Some(id.to_owned()) }
}

/// A recording of four calls: two of the same input, one with sensitive members, one that fails.
async fn recorded() -> Recording {
    let script = Script::new([
        answer(200, r#"{"Size":1,"Stranger":"x"}"#),
        answer(200, r#"{"Size":2}"#),
        answer(200, r#"{"Name":"the secret answer","Size":3}"#),
        answer(404, r#"{"__type":"ResourceNotFoundException","Message":"none"}"#),
    ]);
    let recorder = Recorder::new(script);
    let client: Client = config().retry(Retry::none()).http_client(recorder.clone()).client();
    client.send(id("1")).await.unwrap();
    client.send(id("1")).await.unwrap();
    client.send(RingThing { name: Some("the secret question".to_owned()) }).await.unwrap();
    client.send(id("2")).await.unwrap_err();
    recorder.recording()
}

#[tokio::test(start_paused = true)]
async fn a_recording_holds_no_credential_and_nothing_sensitive() {
    let recording = recorded().await;
    assert_eq!(recording.len(), 4);
    let text = recording.to_string();
    for secret in ["AKIDEXAMPLE", "authorization", "Signature", "secret answer", "secret question"] {
        assert!(!text.to_lowercase().contains(&secret.to_lowercase()), "{secret} is in {text}");
    }
    assert!(text.contains(r#""output":{"Name":"*** sensitive ***","Size":3}"#), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_recording_answers_by_operation_and_input_in_order() {
    let file = std::env::temp_dir().join(format!("recording-{}.jsonl", std::process::id()));
    recorded().await.save(&file).unwrap();
    let recording = Recording::load(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(recording, recorded().await);

    let mock = Mock::new();
    mock.play(recording);
    let client: Client = mock.client();
    let mut sizes = Vec::new();
    for _ in 0..3 {
        sizes.push(client.send(id("1")).await.unwrap().size.unwrap());
    }
    assert_eq!(sizes, [1, 2, 2]);
    // Another secret is the same input, since neither is in the file.
    let rung = client.send(RingThing { name: Some("another secret".to_owned()) }).await.unwrap();
    assert_eq!(rung.size, Some(3));
    let error = client.send(id("2")).await.unwrap_err();
    assert_eq!((error.status(), error.message()), (Some(404), Some("none")));
    assert!(error.exception().is_some());
    mock.verify().unwrap();
    assert!(client.send(get()).await.unwrap_err().to_string().contains("no rule of the mock answers GetThing"));
    assert!(mock.verify().is_err());
}

#[tokio::test(start_paused = true)]
async fn a_recording_of_another_version_plays() {
    let exchange = json!({
        "service": "Sample Service", "operation": "StartThing", "input": {"Name": "n"},
        "output": {"Size": 4, "MemberOfAnotherVersion": {"a": 1}}, "fact_of_another_version": true,
    });
    let mock = Mock::new();
    mock.play(Recording::parse(&format!("{exchange}\n\n")).unwrap());
    let client: Client = mock.client();
    // The idempotency token is a random one, and no part of what is compared.
    let started = client.send(StartThing { name: Some("n".to_owned()), ..StartThing::default() }).await.unwrap();
    assert_eq!(started.size, Some(4));
}

#[test]
fn a_text_that_is_no_recording_is_refused_with_its_line() {
    for (text, message) in [
        ("{}\n", "line 1 is not an exchange: it names no service"),
        ("\n{\"service\":\"S\",\"operation\":\"O\"}", "line 2 is not an exchange: it has no output and no error"),
    ] {
        assert_eq!(Recording::parse(text).unwrap_err().to_string(), message);
    }
    assert!(Recording::parse("[").unwrap_err().to_string().starts_with("line 1 is not an exchange: "));
    assert!(Recording::load("/nowhere/at/all").unwrap_err().to_string().starts_with("the recording /nowhere/at/all: "));
}
