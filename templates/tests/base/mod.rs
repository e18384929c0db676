mod hash;
mod json;
mod profile;
