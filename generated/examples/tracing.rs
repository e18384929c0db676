//! Traces and counts the calls of a program: spans to a subscriber of `tracing`, counters from an interceptor.
//!
//! ```sh
//! cargo run --example tracing -- INSTANCE_ID
//! ```
//!
//! The spans carry the fields of OpenTelemetry's conventions for AWS SDKs, RPC and HTTP, so that a layer such as
//! `tracing-opentelemetry` exports them as they are.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use amazon_connect::config::{AfterCall, Intercept};
use amazon_connect::{Client, Config};
use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::prelude::*;

/// What the program's calls came to. A program with a crate of metrics adds to its counters and histograms here.
#[derive(Debug, Default)]
struct Counters {
    calls: AtomicU64,
    failures: AtomicU64,
    attempts: AtomicU64,
    throttled: AtomicU64,
    milliseconds: AtomicU64,
}

/// The interceptor that counts.
#[derive(Debug, Clone, Default)]
struct Count(Arc<Counters>);

impl Intercept for Count {
    fn read_after_execution(&self, call: &AfterCall<'_>) {
        let counters = &*self.0;
        counters.calls.fetch_add(1, Relaxed);
        counters.failures.fetch_add(u64::from(!call.is_success()), Relaxed);
        counters.attempts.fetch_add(call.attempts().into(), Relaxed);
        counters.throttled.fetch_add(call.throttled_attempts().into(), Relaxed);
        let elapsed = u64::try_from(call.elapsed().as_millis()).unwrap_or(u64::MAX);
        counters.milliseconds.fetch_add(elapsed, Relaxed);
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The client traces at the level debug, and nothing above it. A layer that exports spans stands beside this one.
    let lines = tracing_subscriber::fmt::layer().with_span_events(FmtSpan::CLOSE);
    let client_only = Targets::new().with_target("amazon_connect", Level::DEBUG);
    tracing_subscriber::registry().with(lines.with_filter(client_only)).init();

    let instance = std::env::args().nth(1).ok_or("give the id of an instance")?;
    let count = Count::default();
    let client = Client::new(&Config::from_env().interceptor(count.clone()));
    let users = client.list_users().instance_id(instance).into_paginator().items().try_collect::<Vec<_>>().await;
    println!("{:#?}", count.0);
    println!("{} users", users?.len());
    Ok(())
}
