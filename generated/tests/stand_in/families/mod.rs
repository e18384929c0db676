//! Every family of `resources.json` by the generated client: one walk through the whole life of each, and random sequences of calls
//! against a model that is a map. Both follow the table of families, so a family of next week's model is among them.

mod agree;
mod by_name;
mod facts;
mod inputs;
mod random;
mod reference;
mod sequence;
mod walk;
mod world;
