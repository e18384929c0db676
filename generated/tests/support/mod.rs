pub mod server;
pub mod sigv4;
