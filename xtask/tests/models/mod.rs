mod add;
mod diff;
mod lint;
mod update;
