//! Timestamps of any bytes: see `check/timestamp.rs`.

#![no_main]

#[path = "check/timestamp.rs"]
mod timestamp;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    timestamp::check(bytes);
});
