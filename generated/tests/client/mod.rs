mod describe_contact;
mod family;
mod missing_input;
mod moto;
