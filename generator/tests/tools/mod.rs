mod areas;
mod diff;
mod lint;
mod meaning;
mod notes;
