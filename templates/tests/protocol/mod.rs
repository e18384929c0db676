mod additions;
mod bind;
mod body;
mod received;
