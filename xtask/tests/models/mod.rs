mod diff;
mod lint;
mod update;
