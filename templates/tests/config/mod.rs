#[cfg(feature = "aws-config")]
mod sdk_config;
mod settings;
