#[cfg(feature = "client")]
mod connections;
#[cfg(feature = "client")]
mod fault_answers;
#[cfg(feature = "client")]
mod faults;
mod stream;
#[cfg(feature = "client")]
mod tls;
