//! The load that all three programs put on a server: many tasks, large responses, pages, dropped calls, many clients.

use std::fs;
use std::future::Future;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use crate::measure::{Moment, consume, live_bytes, say};

/// A client under load.
pub trait Caller: Clone + Send + Sync + 'static {
    /// A client as a program makes it.
    fn make() -> impl Future<Output = Self> + Send;

    /// `DescribeContact`; `false` where it failed.
    fn describe(&self) -> impl Future<Output = bool> + Send;

    /// A page of `SearchUsers`: how many users it has, and the token of the next one.
    fn search(&self, token: Option<String>) -> impl Future<Output = Option<(usize, Option<String>)>> + Send;
}

/// What the bench asks: `load WHAT RUNTIME TASKS COUNT`.
pub fn main<C: Caller>() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [what, runtime, tasks, count] = &args[..] else { panic!("load WHAT RUNTIME TASKS COUNT") };
    let (tasks, count) = (tasks.parse().expect("a number of tasks"), count.parse().expect("a number of calls"));
    let runtime = match runtime.as_str() {
        "current" => Builder::new_current_thread().enable_all().build().expect("a runtime"),
        "threads" => Builder::new_multi_thread().worker_threads(4).enable_all().build().expect("a runtime"),
        other => panic!("no runtime {other}"),
    };
    match what.as_str() {
        "describe" => calls::<C, _>(&runtime, tasks, count, |client| async move { client.describe().await }),
        "megabyte" => calls::<C, _>(&runtime, tasks, count, |client| async move {
            client.search(None).await.is_some_and(|(users, _)| users > 1000)
        }),
        "pages" => calls::<C, _>(&runtime, tasks, count, |client| async move { pages(client).await }),
        "outage" => calls::<C, _>(&runtime, tasks, count, |client| async move {
            let answered = client.describe().await;
            if !answered {
                // What a program does that lives on.
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            answered
        }),
        "dropped" => calls::<C, _>(&runtime, tasks, count, |client| async move {
            let _ = tokio::time::timeout(Duration::from_millis(2), client.describe()).await;
            true
        }),
        "clients" => clients::<C>(&runtime, count),
        "first" => {
            runtime.block_on(async { assert!(C::make().await.describe().await) });
            println!("answered 1");
        }
        other => panic!("no load {other}"),
    }
    if let Some(memory) = peak_memory() {
        say("memory", memory);
    }
    // The runtime's end is not measured.
    process::exit(0);
}

/// All pages of a list, 1,000 items.
async fn pages<C: Caller>(client: C) -> bool {
    let (mut token, mut items) = (None, 0);
    loop {
        let Some((users, next)) = client.search(token).await else { return false };
        items += users;
        token = next;
        if token.is_none() {
            return items == 1000;
        }
    }
}

/// So many calls by so many tasks, each of which makes one after the other.
fn calls<C: Caller, F: Future<Output = bool> + Send + 'static>(
    runtime: &Runtime,
    tasks: u32,
    count: u32,
    call: fn(C) -> F,
) {
    runtime.block_on(async {
        let client = C::make().await;
        // The first call of each task opens its connection.
        consume(run(&client, tasks, tasks, call).await);
        let began = Moment::with_cpu();
        let (mut times, failed) = run(&client, tasks, count, call).await;
        let ended = Moment::with_cpu();
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e6;
        say("p50", at(0.5));
        say("p99", at(0.99));
        say("worst", at(1.0));
        let each = f64::from(count);
        say("cpu", ended.cpu_since(began) / each);
        say("allocations", ended.allocations_since(began) / each);
        say("bytes", ended.bytes_since(began) / each);
        say("rate", each / (ended.micros_since(began) / 1e6));
        say("failed", f64::from(failed));
    });
}

async fn run<C: Caller, F: Future<Output = bool> + Send + 'static>(
    client: &C,
    tasks: u32,
    count: u32,
    call: fn(C) -> F,
) -> (Vec<Duration>, u32) {
    let left = Arc::new(AtomicU32::new(count));
    let mut set = JoinSet::new();
    for _ in 0..tasks {
        let (client, left) = (client.clone(), left.clone());
        set.spawn(async move {
            let (mut times, mut failed) = (Vec::new(), 0);
            while left.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok() {
                let start = Instant::now();
                failed += u32::from(!call(client.clone()).await);
                times.push(start.elapsed());
            }
            (times, failed)
        });
    }
    let (mut times, mut failed) = (Vec::new(), 0);
    while let Some(done) = set.join_next().await {
        let (of_task, failed_there) = done.expect("a task");
        times.extend(of_task);
        failed += failed_there;
    }
    (times, failed)
}

/// So many clients alive, each of which has made a call.
fn clients<C: Caller>(runtime: &Runtime, count: u32) {
    runtime.block_on(async {
        // What the first client of a process sets up is not of each.
        let first = C::make().await;
        assert!(first.describe().await);
        let (before, mut alive) = (live_bytes(), Vec::new());
        let began = Moment::with_cpu();
        for _ in 0..count {
            let client = C::make().await;
            assert!(client.describe().await);
            alive.push(client);
        }
        let ended = Moment::with_cpu();
        let each = f64::from(count);
        say("heap", (live_bytes() - before) / each);
        say("cpu", ended.cpu_since(began) / each);
        say("allocations", ended.allocations_since(began) / each);
        say("bytes", ended.bytes_since(began) / each);
        consume(alive);
    });
}

/// The most memory that the process held, where the system says it.
fn peak_memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}
