//! Large responses, which are read while other tasks have their turns. Turns are counted, not time.

use std::collections::BTreeMap;
use std::future::{Future, IntoFuture};
use std::pin::pin;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread::{self, ThreadId};
use std::time::Duration;

use templates::config::host::{self, Host, HostFuture};
use templates::runtime::__private::{self as runtime, OperationInfo};
use templates::runtime::{ErrorKind, Timeouts};
use tokio::runtime::{Builder, Runtime};

use crate::support::script::{Script, answer};
use crate::support::service::{Client, ListThings, Sample};
use crate::support::{client, config};

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

/// What a reading of one value has done, and what it does next.
#[derive(Default)]
struct Watch {
    /// The threads that have read the value.
    readers: Vec<ThreadId>,
    /// What the next reading does.
    hook: Option<Box<dyn FnOnce() + Send>>,
}

/// The watches by the text of their values, which differ from test to test.
static WATCHES: Mutex<BTreeMap<String, Watch>> = Mutex::new(BTreeMap::new());

/// The threads that have read a value.
fn readers(of: &str) -> Vec<ThreadId> {
    WATCHES.lock().unwrap().get(of).map(|watch| watch.readers.clone()).unwrap_or_default()
}

/// Says what the next reading of a value does.
fn on_reading(of: &str, hook: impl FnOnce() + Send + 'static) {
    WATCHES.lock().unwrap().entry(of.to_owned()).or_default().hook = Some(Box::new(hook));
}

/// A text whose readings are watched.
#[derive(Clone, Debug, Default, PartialEq)]
struct Watched(String);

impl runtime::Read for Watched {
    fn read<'de, D: runtime::Deserializer<'de>>(
        from: D,
        context: &runtime::ReadContext<'_>,
    ) -> Result<Option<Self>, D::Error> {
        let Some(text) = <String as runtime::Read>::read(from, context)? else { return Ok(None) };
        let hook = {
            let mut watches = WATCHES.lock().unwrap();
            let watch = watches.entry(text.clone()).or_default();
            watch.readers.push(thread::current().id());
            watch.hook.take()
        };
        if let Some(hook) = hook {
            hook();
        }
        Ok(Some(Self(text)))
    }
}

impl runtime::Write for Watched {
    fn string(&self) -> Option<&str> {
        Some(&self.0)
    }
}

#[derive(Clone, Default, PartialEq)]
struct Watching {
    watched: Watched,
    names: Option<Vec<String>>,
}

runtime::members! { Watching { watched: body("Watched"), names: body("Names"), } }

#[derive(Clone, Default, PartialEq)]
struct WatchThings {
    id: Option<String>,
}

runtime::members! { WatchThings { id: query("id"), } }

impl runtime::Operation for WatchThings {
    type Service = Sample;
    type Output = Watching;
    const INFO: OperationInfo = OperationInfo::new("WatchThings").http("GET", "/watch");
}

/// The count of names in a response that is read aside, which is longer than a megabyte.
const NAMES: usize = 11_000;

/// A transport with one large response that holds a watched value.
fn watched(value: &str) -> Script {
    let large = body(NAMES, "\"\"").replacen('{', &format!("{{\"Watched\":\"{value}\","), 1);
    Script::new([answer(200, &large)])
}

/// A client whose calls have a second.
fn client_with_a_second(http: Script) -> Client {
    config().timeouts(Timeouts::none().call(Duration::from_secs(1))).http_client(http).client()
}

/// A runtime with one thread for blocking work, whose clock stands still.
fn runtime_with_one_thread() -> Runtime {
    Builder::new_current_thread().enable_all().start_paused(true).max_blocking_threads(1).build().unwrap()
}

/// Holds the one thread for blocking work until the sender is dropped.
fn hold_thread() -> Sender<()> {
    let (release, held) = channel::<()>();
    tokio::task::spawn_blocking(move || held.recv());
    release
}

/// Waits until the one thread for blocking work has done all that it had to do.
async fn thread_is_free() -> ThreadId {
    tokio::task::spawn_blocking(|| thread::current().id()).await.unwrap()
}

#[test]
fn a_call_whose_time_is_up_before_a_thread_is_free_reads_the_response_itself() {
    runtime_with_one_thread().block_on(async {
        let client = client_with_a_second(watched("late thread"));
        let release = hold_thread();
        // The script responds at once, so the call waits for the thread when the time passes.
        let (things, ()) =
            tokio::join!(client.send(WatchThings::default()), tokio::time::advance(Duration::from_secs(2)));
        assert_eq!(things.unwrap().names.unwrap().len(), NAMES + 1);
        drop(release);
        let other = thread_is_free().await;
        assert_ne!(other, thread::current().id());
        assert_eq!(readers("late thread"), [thread::current().id()], "the thread reads nothing after the call");
    });
}

#[test]
fn a_thread_that_has_begun_is_waited_for() {
    runtime_with_one_thread().block_on(async {
        let client = client_with_a_second(watched("begun"));
        let (begin, begun) = tokio::sync::oneshot::channel();
        let (release, held) = channel::<()>();
        on_reading("begun", move || {
            begin.send(()).unwrap();
            let _ = held.recv();
        });
        let (things, ()) = tokio::join!(client.send(WatchThings::default()), async {
            begun.await.unwrap();
            tokio::time::advance(Duration::from_secs(2)).await;
            drop(release);
        });
        assert_eq!(things.unwrap().names.unwrap().len(), NAMES + 1);
        assert_eq!(readers("begun"), [thread_is_free().await], "the call does not read it again");
    });
}

#[test]
fn a_call_that_is_dropped_before_a_thread_is_free_reads_nothing() {
    runtime_with_one_thread().block_on(async {
        let script = watched("dropped");
        let client = client_with_a_second(script.clone());
        let release = hold_thread();
        tokio::select! {
            biased;
            _ = client.send(WatchThings::default()) => panic!("there is no thread to read the response"),
            () = std::future::ready(()) => {}
        }
        assert_eq!(script.count(), 1, "the response was there");
        drop(release);
        thread_is_free().await;
        assert_eq!(readers("dropped"), []);
    });
}

#[test]
fn a_panic_of_a_reading_is_one_of_the_call() {
    runtime_with_one_thread().block_on(async {
        let client = client_with_a_second(watched("panics"));
        on_reading("panics", || panic!("within the reading"));
        let call = async move { client.send(WatchThings::default()).await.map(drop) };
        let panic = tokio::spawn(call).await.unwrap_err().into_panic();
        assert_eq!(panic.downcast_ref(), Some(&"within the reading"));
        assert_eq!(readers("panics"), [thread_is_free().await], "the call does not read it again");
    });
}

#[test]
fn a_call_whose_runtime_ends_reads_the_response_itself() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let client = config().timeouts(Timeouts::none()).http_client(watched("ended")).client();
    let handle = runtime.handle().clone();
    drop(runtime);
    let things = handle.block_on(client.send(WatchThings::default()).into_future()).unwrap();
    assert_eq!(things.names.unwrap().len(), NAMES + 1);
    assert_eq!(readers("ended"), [thread::current().id()]);
}

/// A host that has the time, and neither timers nor tasks.
#[derive(Debug)]
struct Bare;

impl Host for Bare {
    fn since_epoch(&self) -> Duration {
        Duration::from_secs(1_767_323_045)
    }

    fn uptime(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _: Duration) -> HostFuture {
        Box::pin(std::future::pending())
    }

    fn spawn(&self, _: HostFuture) {}

    fn fill_random(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

/// Says to a process of this test that it is the one that sets a host, which is one of the whole process.
const HAS_HOST: &str = "TEMPLATES_TEST_HAS_HOST";

#[test]
fn without_a_tokio_runtime_the_call_reads_the_response_itself() {
    if std::env::var_os(HAS_HOST).is_none() {
        let name = "call::aside::without_a_tokio_runtime_the_call_reads_the_response_itself";
        let mut process = Command::new(std::env::current_exe().unwrap());
        let end = process.args(["--exact", name]).env(HAS_HOST, "1").output().unwrap();
        let said = String::from_utf8_lossy(&end.stdout);
        assert!(end.status.success() && said.contains("1 passed"), "{said}");
        return;
    }
    host::set(Bare).unwrap();
    let client = client_with_a_second(watched("no Tokio"));
    let call = pin!(client.send(WatchThings::default()).into_future());
    let Poll::Ready(things) = call.poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("the call waits for another thread")
    };
    assert_eq!(things.unwrap().names.unwrap().len(), NAMES + 1);
    assert_eq!(readers("no Tokio"), [thread::current().id()]);
}
