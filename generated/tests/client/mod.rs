mod blank;
mod describe_contact;
mod family;
mod marks;
mod missing_input;
mod moto;
#[cfg(feature = "mock")]
mod owned;
mod sdk;
#[cfg(feature = "sdk_compat")]
mod sdk_paths;
mod setters;
#[cfg(feature = "serde")]
mod strict;
