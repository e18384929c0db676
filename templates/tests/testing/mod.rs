mod pattern;
mod service;
