mod aside;
#[cfg(feature = "blocking")]
mod blocking;
mod clock;
mod customize;
mod intercept;
mod limit;
mod messages;
mod meta;
mod paginate;
mod refused;
mod retry;
mod send;
mod timeouts;
#[cfg(feature = "sdk_compat")]
mod unhandled;
mod waiter;
