//! Interrupts: Ctrl-C, and a request of the system to end. They end the process between two changes of the tree, never within one.
//!
//! [`hold`] marks a change. An interrupt waits for the end of the change that is being made; a change that has touched nothing yet
//! asks [`is_requested`] and gives up.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};

use crate::progress;

/// The exit code of a process that an interrupt has ended, as shells have it.
pub const CODE: u8 = 130;

static REQUESTED: AtomicBool = AtomicBool::new(false);
static CHANGE: Mutex<()> = Mutex::new(());

/// Has interrupts end this process in order. To be called once, at its start.
///
/// # Errors
/// The system takes no handler.
pub fn install() -> Result<()> {
    ctrlc::set_handler(|| {
        REQUESTED.store(true, Ordering::SeqCst);
        let _change = hold();
        progress::clear();
        process::exit(CODE.into());
    })
    .context("no handler for interrupts can be set")
}

/// Keeps interrupts from ending the process while the guard lives.
pub fn hold() -> MutexGuard<'static, ()> {
    CHANGE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether an interrupt has come.
#[must_use]
pub fn is_requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}
