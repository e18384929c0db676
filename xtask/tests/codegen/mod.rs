mod manifests;
mod names;
mod operations_file;
mod write;
