//! The engine as a host of the client.

use std::time::Duration;

use amazon_connect::config::host::{Host, HostFuture};

use crate::events::Event;
use crate::executor;

#[link(wasm_import_module = "host")]
unsafe extern "C" {
    fn since_epoch() -> f64;
    fn uptime() -> f64;
    fn sleep(event: u32, millis: f64);
    fn fill_random(bytes: *mut u8, length: usize);
}

/// The JavaScript engine.
#[derive(Debug)]
pub(crate) struct Engine;

impl Host for Engine {
    fn since_epoch(&self) -> Duration {
        // SAFETY: the import touches no memory.
        Duration::from_secs_f64(unsafe { since_epoch() } / 1000.0)
    }

    fn uptime(&self) -> Duration {
        // SAFETY: the import touches no memory.
        Duration::from_secs_f64(unsafe { uptime() } / 1000.0)
    }

    fn sleep(&self, time: Duration) -> HostFuture {
        let event = Event::new();
        // SAFETY: the import touches no memory.
        unsafe { sleep(event.number, time.as_secs_f64() * 1000.0) };
        Box::pin(async move {
            event.await;
        })
    }

    fn spawn(&self, task: HostFuture) {
        executor::spawn(task);
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        // SAFETY: the import writes the bytes of this slice and no others.
        unsafe { fill_random(bytes.as_mut_ptr(), bytes.len()) }
    }
}
