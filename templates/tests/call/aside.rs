//! Large responses, which are read while other tasks have their turns. Turns are counted, not time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use templates::runtime::ErrorKind;

use crate::support::client;
use crate::support::script::{Script, answer};
use crate::support::service::ListThings;

const COUNT: usize = 80_000;

/// A body with this many names of a hundred bytes, and one more value.
fn body(count: usize, last: &str) -> String {
    let name = format!("\"{}\",", "n".repeat(100));
    format!("{{\"Names\":[{}{last}]}}", name.repeat(count))
}

#[tokio::test(start_paused = true)]
async fn other_tasks_have_their_turns_while_a_large_response_is_read() {
    let turns = Arc::new(AtomicUsize::new(0));
    let counted = turns.clone();
    let other = tokio::spawn(async move {
        loop {
            counted.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
        }
    });
    let client = client(Script::new([answer(200, &body(1, "\"\"")), answer(200, &body(COUNT, "\"\""))]));
    let mut during = [0; 2];
    for (during, count) in during.iter_mut().zip([1, COUNT]) {
        let before = turns.load(Ordering::Relaxed);
        let things = client.send(ListThings::default()).await.unwrap();
        *during = turns.load(Ordering::Relaxed) - before;
        assert_eq!(things.names.unwrap().len(), count + 1);
    }
    other.abort();
    assert!(during[1] > during[0], "turns during a short and a large response: {during:?}");
}

#[tokio::test(start_paused = true)]
async fn a_large_response_that_cannot_be_read_is_the_same_error() {
    let mut said = Vec::new();
    for count in [1, COUNT] {
        let client = client(Script::new([answer(200, &body(count, "{}"))])).with(|config| config.strict(true));
        let error = client.send(ListThings::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let text = error.to_string().replace(&format!("[{count}]"), "[last]");
        let place = text.find(" at line").expect("the error says where");
        said.push(text[..place].to_owned());
    }
    assert_eq!(said[0], said[1]);
    assert!(said[0].contains("Names[last]"), "{}", said[0]);
}
