mod overrides;
