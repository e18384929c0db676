mod functions;
mod rules;

pub(crate) use rules::partitions;
