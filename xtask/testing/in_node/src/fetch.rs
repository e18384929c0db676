//! A transport on the `fetch` of the engine.

use std::cell::Cell;
use std::rc::Rc;

use amazon_connect::http::{Body, Exchange, HttpClient, Limits, TransportError};
use http::{HeaderName, HeaderValue, Request, Response};
use serde_json::{Value, json};

use crate::events::{Event, Outcome};
use crate::given::{Content, Count};

#[link(wasm_import_module = "host")]
unsafe extern "C" {
    fn fetch(event: u32, request: *const u8, length: usize);
}

/// Sends requests by `fetch`, and counts them. Dropping the future aborts the request.
#[derive(Debug, Default)]
pub(crate) struct Fetch {
    pub(crate) sent: Count,
}

impl HttpClient for Fetch {
    fn send(&self, request: Request<Body>, _: Limits) -> Exchange<'_> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.as_bytes().ok_or_else(|| TransportError::not_sent("a stream is not sent here"))?;
            // The engine writes these two itself.
            let headers: Vec<_> = head
                .headers
                .iter()
                .filter(|(name, _)| !["host", "content-length"].contains(&name.as_str()))
                .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
                .collect();
            let text = json!({
                "method": head.method.as_str(), "url": head.uri.to_string(), "headers": headers,
                "body": String::from_utf8_lossy(body),
            });
            let (event, text) = (Event::new(), text.to_string());
            self.sent.add();
            // SAFETY: the import reads the text before it returns.
            unsafe { fetch(event.number, text.as_ptr(), text.len()) };
            read(event.await)
        })
    }
}

fn read(Outcome { status, bytes }: Outcome) -> Result<Response<Body>, TransportError> {
    let failed = |why: &str| TransportError::ambiguous(why.to_owned());
    if status == 0 {
        return Err(failed(&String::from_utf8_lossy(&bytes)));
    }
    let end = bytes.iter().position(|byte| *byte == b'\n').ok_or_else(|| failed("no headers came"))?;
    let headers: Value = serde_json::from_slice(&bytes[..end]).map_err(TransportError::ambiguous)?;
    let content = Content(Rc::new(Cell::new(bytes[end + 1..].to_vec().into())));
    let mut response = Response::new(Body::stream(content));
    let status = u16::try_from(status).map_err(TransportError::ambiguous)?;
    *response.status_mut() = status.try_into().map_err(TransportError::ambiguous)?;
    for (name, value) in headers.as_object().into_iter().flatten() {
        let name: HeaderName = name.parse().map_err(TransportError::ambiguous)?;
        let value = HeaderValue::from_str(value.as_str().unwrap_or_default()).map_err(TransportError::ambiguous)?;
        response.headers_mut().append(name, value);
    }
    Ok(response)
}
