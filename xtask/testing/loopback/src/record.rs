//! The record of a server: counts and received requests.

use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;

use crate::request::Request;

/// Counts of a server, and its requests.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) connections: AtomicUsize,
    pub(crate) open: AtomicUsize,
    pub(crate) busy: AtomicUsize,
    pub(crate) most_open: AtomicUsize,
    pub(crate) written: AtomicUsize,
    pub(crate) requests: Mutex<Vec<Request>>,
}
