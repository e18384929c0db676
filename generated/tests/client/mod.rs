mod blank;
mod describe_contact;
mod family;
mod marks;
mod missing_input;
mod moto;
mod owned;
mod sdk;
mod setters;
#[cfg(feature = "serde")]
mod strict;
