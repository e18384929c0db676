mod manifests;
mod operations_file;
mod write;
