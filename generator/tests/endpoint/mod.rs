mod compiled;
mod refused;
