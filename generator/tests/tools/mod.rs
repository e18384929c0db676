mod diff;
mod lint;
mod meaning;
