mod fuzz;
mod hostile;
pub(crate) mod limits;
mod mutations;
mod refused;
mod traits;
