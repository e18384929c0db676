mod blank;
mod describe_contact;
mod family;
mod marks;
mod missing_input;
mod moto;
#[cfg(feature = "mock")]
mod owned;
mod sdk;
mod setters;
#[cfg(feature = "serde")]
mod strict;
