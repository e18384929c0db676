//! The generator, from models to files: small hostile models against goldens that are compiled, the real model, models
//! that are wrong on purpose, and models broken at random.

mod cases;
#[path = "../../fuzz/check.rs"]
mod check;
mod compile;
mod connect;
mod fuzz;
mod hostile;
mod injection;
mod mutate;
mod mutations;
mod refused;
mod shuffle;
mod sound;
mod support;
mod traits;
#[path = "../../fuzz/tries.rs"]
mod tries;
