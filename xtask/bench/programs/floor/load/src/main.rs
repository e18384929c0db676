//! Puts load on a server, with hyper-util's client and structs written by hand. It repeats nothing.

#[path = "../../common.rs"]
mod common;
#[path = "../../../common/load.rs"]
mod load;
#[path = "../../../common/measure.rs"]
mod measure;

use std::sync::Arc;

use common::{DescribeContactResponse, SearchUsersResponse, Setup};
use http::{Method, Request};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::de::DeserializeOwned;

const PATH: &str = "/contacts/8d1f2c3b-0000-4000-8000-000000000001/8d1f2c3b-0000-4000-8000-000000000002";

#[derive(Clone)]
struct Floor(Arc<(Setup, Client<HttpConnector, Full<Bytes>>)>);

impl Floor {
    async fn call<T: DeserializeOwned>(&self, method: Method, path: &str, body: Vec<u8>) -> Option<T> {
        let (setup, client) = &*self.0;
        let mut request: Request<Full<Bytes>> = setup.request(method, path, body);
        *request.uri_mut() = format!("{}{path}", setup.endpoint).parse().ok()?;
        let response = client.request(request).await.ok().filter(|response| response.status().is_success())?;
        serde_json::from_slice(&response.into_body().collect().await.ok()?.to_bytes()).ok()
    }
}

impl load::Caller for Floor {
    async fn make() -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Self(Arc::new((Setup::from_env(), Client::builder(TokioExecutor::new()).build(connector))))
    }

    async fn describe(&self) -> bool {
        self.call::<DescribeContactResponse>(Method::GET, PATH, Vec::new()).await.is_some()
    }

    async fn search(&self, token: Option<String>) -> Option<(usize, Option<String>)> {
        let token = token.map(|token| format!(r#","NextToken":"{token}""#)).unwrap_or_default();
        let body = format!(r#"{{"InstanceId":"8d1f2c3b-0000-4000-8000-000000000001","MaxResults":100{token}}}"#);
        let page = self.call::<SearchUsersResponse>(Method::POST, "/search-users", body.into_bytes()).await?;
        Some((page.users.len(), page.next_token))
    }
}

fn main() {
    load::main::<Floor>();
}
