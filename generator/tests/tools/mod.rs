mod diff;
mod lint;
