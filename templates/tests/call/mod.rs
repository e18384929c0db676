mod limit;
mod paginate;
mod refused;
mod retry;
mod send;
mod timeouts;
