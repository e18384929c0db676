//! Answers of any bytes: see `check/answer.rs`.

#![no_main]

#[path = "check/answer.rs"]
mod answer;
#[path = "../tests/support/shapes/mod.rs"]
mod shapes;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    answer::check(bytes);
});
