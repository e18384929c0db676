//! The services of [`Services`] behind a socket, for the client that programs use.

use loopback::{Do, Request, Server, json};

use super::{Sent, Services};

/// Lets services listen on loopback.
pub fn serve(services: Services) -> Server {
    Server::answering(move |request| match services.answer(sent(request)) {
        Some((status, body)) => json(&format!("{status} x"), &body),
        None => vec![Do::Close],
    })
}

fn sent(request: &Request) -> Sent {
    Sent {
        method: request.method.clone(),
        uri: format!("http://{}{}", request.header("host"), request.target).parse().unwrap(),
        headers: request.headers.clone(),
        body: String::from_utf8(request.body.clone()).unwrap(),
    }
}
