#[cfg(unix)]
mod file;
mod hash;
mod json;
mod profile;
mod threads;
