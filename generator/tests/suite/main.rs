//! The generator, from models to files: small hostile models against goldens that are compiled, the real model, models
//! that are wrong on purpose, and models broken at random.

mod cases;
mod compile;
mod connect;
mod hostile;
mod injection;
mod mutate;
mod mutations;
mod refused;
mod shuffle;
mod sound;
mod support;
mod traits;
