//! An example of the client where there is neither Tokio nor an operating system: WebAssembly in a JavaScript engine.
//!
//! `host` gives the client the clock, the timer and the random numbers of the engine, `fetch` sends requests by `fetch`, and
//! `executor` runs its tasks. Nothing that they give the client is `Send`, and so the example compiles only where the client does
//! not ask for it. `run.mjs` is the other side, for Node; it serves what is called here, and checks it. `cargo xtask ci wasm` builds
//! and runs it.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]
#![allow(unsafe_code, reason = "imports and exports of WebAssembly are foreign functions")]

mod calls;
mod events;
mod executor;
mod fetch;
mod given;
mod host;

/// Runs the calls of the example against a server on this port of the loopback. `with_host` is 0 where no host is to be set.
#[unsafe(no_mangle)]
pub extern "C" fn start(port: u32, with_host: u32) {
    if with_host != 0 && amazon_connect::config::host::set(host::Engine).is_err() {
        events::report("a host was set before");
    }
    executor::spawn(Box::pin(calls::run(port)));
    executor::run();
}
