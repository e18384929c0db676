mod clock;
mod limit;
mod messages;
mod paginate;
mod refused;
mod retry;
mod send;
mod timeouts;
