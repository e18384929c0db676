//! The generator over any bytes: see `check.rs`.

#![no_main]

mod check;
#[path = "../tests/support/sound.rs"]
mod sound;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    check::model(bytes);
});
