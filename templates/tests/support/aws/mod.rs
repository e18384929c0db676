//! Stands in for what credentials and settings come from: a home directory, an environment, services.

#![allow(dead_code, reason = "each test uses its part of this")]

#[cfg(feature = "credentials")]
pub mod answers;
pub mod loopback;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use http::{HeaderMap, Method, Request, Response, Uri};
use templates::runtime::environment::Environment;
use templates::runtime::http::{Body, Exchange, HttpClient, Limits, TransportError};

/// A home directory that is removed at the end of the test.
pub struct Home(pub PathBuf);

impl Home {
    /// With these files in `.aws`, those that are not empty.
    pub fn new(config: &str, credentials: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let home = Self(std::env::temp_dir().join(format!("home-of-a-test-{}-{count}", std::process::id())));
        std::fs::create_dir_all(home.0.join(".aws")).unwrap();
        for (name, text) in [(".aws/config", config), (".aws/credentials", credentials)] {
            if !text.is_empty() {
                home.write(name, text);
            }
        }
        home
    }

    pub fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// An environment whose home this is.
    pub fn environment(&self, variables: &[(&'static str, &str)]) -> Environment {
        environment_at(Some(&self.0), variables)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn environment_at(home: Option<&Path>, variables: &[(&'static str, &str)]) -> Environment {
    let home = home.map(|home| ("HOME", home.to_str().unwrap().to_owned()));
    let all: Vec<_> = home.into_iter().chain(variables.iter().map(|&(name, value)| (name, value.to_owned()))).collect();
    Environment::from_fn(move |name| all.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()))
}

/// A request that was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: String,
}

impl Sent {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// A field of a form.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.body.split('&').find_map(|field| field.strip_prefix(name)?.strip_prefix('='))
    }
}

/// An answer: a status and a body, or no connection.
pub type Answer = Option<(u16, String)>;

/// A transport that answers from memory.
#[derive(Clone)]
pub struct Services {
    answer: Arc<dyn Fn(&Sent) -> Answer + Send + Sync>,
    /// The services' time, in the header `date`.
    date: Option<String>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Services {
    pub fn new(answer: impl Fn(&Sent) -> Answer + Send + Sync + 'static) -> Self {
        Self { answer: Arc::new(answer), date: None, sent: Arc::default() }
    }

    /// The same services, which say that it is this time.
    pub fn at(mut self, date: impl Into<String>) -> Self {
        self.date = Some(date.into());
        self
    }

    /// Nothing listens anywhere.
    pub fn none() -> Self {
        Self::new(|_| None)
    }

    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }

    /// Notes a request, and answers it.
    fn answer(&self, sent: Sent) -> Answer {
        self.sent.lock().unwrap().push(sent.clone());
        (self.answer)(&sent)
    }

    /// The one request that was sent.
    pub fn only(&self) -> Sent {
        let sent = self.sent();
        assert_eq!(sent.len(), 1, "{sent:?}");
        sent[0].clone()
    }
}

impl std::fmt::Debug for Services {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Services")
    }
}

impl HttpClient for Services {
    fn send(&self, request: Request<Body>, limits: Limits) -> Exchange<'_> {
        assert!(limits.connect_timeout.is_some());
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = String::from_utf8(body.read(1 << 20).await.unwrap().to_vec()).unwrap();
            let sent = Sent { method: parts.method, uri: parts.uri, headers: parts.headers, body };
            match self.answer(sent) {
                Some((status, body)) => {
                    let mut response = Response::builder().status(status).body(Body::from(body)).unwrap();
                    if let Some(date) = &self.date {
                        response.headers_mut().insert("date", date.parse().unwrap());
                    }
                    Ok(response)
                }
                None => Err(TransportError::not_sent("nothing listens")),
            }
        })
    }
}
