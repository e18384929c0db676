mod fuzz;
pub(crate) mod hostile;
mod mutations;
mod refused;
mod traits;
