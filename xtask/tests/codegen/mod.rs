mod manifests;
mod names;
mod operations_file;
pub mod write;
