mod areas;
mod known;
mod overrides;
