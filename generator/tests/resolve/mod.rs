mod known;
mod overrides;
