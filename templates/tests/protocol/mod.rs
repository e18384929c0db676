mod bind;
mod body;
mod received;
