#[cfg(feature = "client")]
mod addresses;
#[cfg(feature = "client")]
mod behaviours;
#[cfg(feature = "client")]
mod connections;
#[cfg(feature = "client")]
mod fault_answers;
#[cfg(feature = "client")]
mod faults;
#[cfg(feature = "client")]
mod idle;
#[cfg(feature = "client")]
mod lookups;
#[cfg(all(feature = "client", target_os = "linux"))]
mod namespaces;
#[cfg(feature = "client")]
mod proxy;
#[cfg(feature = "client")]
mod standstill;
mod stream;
#[cfg(feature = "client")]
mod tls;
#[cfg(feature = "client")]
mod wakes;
