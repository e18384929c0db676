//! Additions to requests that no model has and the generator knows: constant headers, hashes of uploads, forms.

use std::time::SystemTime;

use http::Request;
use templates::runtime::__private::{self as runtime, Checksum, ErrorKind, OperationInfo};
use templates::runtime::ByteStream;
use templates::runtime::http::Body;

use crate::support::client;
use crate::support::script::{Script, answer};
use crate::support::service::{Client, Sample, Thing};

/// An upload, as Glacier has them.
#[derive(Clone, Default, PartialEq)]
struct Upload {
    hash: Option<String>,
    body: Option<ByteStream>,
}

runtime::members! { Upload {
    hash: header("Hash").wire("x-amz-sha256-tree-hash"),
    body: payload("Body").stream(),
} }

impl runtime::Operation for Upload {
    type Service = Sample;
    type Output = Thing;
    const INFO: OperationInfo = OperationInfo::new("Upload")
        .http("POST", "/upload")
        .checksum(Checksum::TreeHash)
        .headers(&[("x-amz-glacier-version", "2012-06-01")]);
}

/// A search, as CloudSearch has it.
#[derive(Clone, Default, PartialEq)]
struct Search {
    query: Option<String>,
    accept: Option<String>,
}

runtime::members! { Search {
    query: query("Query").wire("q"),
    accept: header("Accept").wire("Accept"),
} }

impl runtime::Operation for Search {
    type Service = Sample;
    type Output = Thing;
    const INFO: OperationInfo = OperationInfo::new("Search")
        .http("GET", "/search?format=sdk")
        .headers(&[("accept", "application/json")])
        .form();
}

async fn prepared<R: runtime::Operation<Service = Sample>>(request: R) -> Request<Body> {
    let client: Client = client(Script::new([answer(200, "{}")]));
    client.prepare(request, SystemTime::now()).await.unwrap()
}

#[tokio::test]
async fn constant_headers_are_sent_and_signed_unless_the_input_gives_them() {
    let request = prepared(Search::default()).await;
    assert_eq!(request.headers()["accept"], "application/json");
    assert!(request.headers()["authorization"].to_str().unwrap().contains("accept;"), "it is signed");
    let own = prepared(Search { accept: Some("text/plain".to_owned()), ..Search::default() }).await;
    let values: Vec<_> = own.headers().get_all("accept").iter().collect();
    assert_eq!(values, ["text/plain"]);
}

#[tokio::test]
async fn a_query_is_sent_as_a_form() {
    let request = prepared(Search { query: Some("a b&c=é".to_owned()), ..Search::default() }).await;
    assert_eq!((request.method().as_str(), request.uri().path(), request.uri().query()), ("POST", "/search", None));
    assert_eq!(request.body().as_bytes(), Some(&b"format=sdk&q=a%20b%26c%3D%C3%A9"[..]));
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
}

/// The hashes are those of botocore 1.44.5: `calculate_sha256` and `calculate_tree_hash` of `botocore/utils.py`.
#[tokio::test]
async fn uploads_carry_the_hash_of_their_tree() {
    const PART: usize = 1 << 20;
    let rows = [
        (
            0,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        (
            PART,
            "f6a34d4c79c3d12c297589206bf216b084347471a53ea5e7fe9a46bd1230f098",
            "f6a34d4c79c3d12c297589206bf216b084347471a53ea5e7fe9a46bd1230f098",
        ),
        (
            PART + 1,
            "3d30e9e3ca4b74ece038aa2662347af9f29084c31b4e9faeab9bb17afa0f6200",
            "89d3d4b01609c52de479cd38a542f1b09d30232881e021179dd7f0451f32afff",
        ),
        (
            3 * PART,
            "715f9963f3b2ce8ceacb4be1377340dd38ca160aae75afb3cb1d161136d7796b",
            "40c9bb5e3a94bde41eb783bf35b9a40fa8f871de03b6ec1764f1c84e6e48d192",
        ),
        (
            5 * PART + 7,
            "533afaa181cd1ef95785c2163586f0ab5d0b6cea0eb81a601d6cfe85e45100d7",
            "5ec78a2510d901f5c0fa5f4835935d9a3246eeade1b7eae291dd850e2fdaa784",
        ),
    ];
    for (length, whole, tree) in rows {
        let bytes: Vec<u8> = (0..length).map(|i| ((i * 31 + (i >> 8)) & 255) as u8).collect();
        let request = prepared(Upload { body: Some(bytes.into()), ..Upload::default() }).await;
        assert_eq!(request.headers()["x-amz-content-sha256"], whole, "{length}");
        assert_eq!(request.headers()["x-amz-sha256-tree-hash"], tree, "{length}");
        assert_eq!(request.headers()["x-amz-glacier-version"], "2012-06-01");
    }
    let given = prepared(Upload { hash: Some("mine".to_owned()), body: Some("x".into()) }).await;
    assert_eq!(given.headers()["x-amz-sha256-tree-hash"], "mine");
}

#[tokio::test]
async fn a_stream_that_is_not_in_memory_cannot_be_hashed() {
    let client: Client = client(Script::new([answer(200, "{}")]));
    let body = ByteStream::once(Body::stream(http_body_of("x")));
    let error = client.prepare(Upload { body: Some(body), ..Upload::default() }, SystemTime::now()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().contains("in memory"), "{error}");
}

fn http_body_of(
    text: &'static str,
) -> impl http_body::Body<Data = bytes::Bytes, Error = templates::runtime::http::TransportError> {
    struct Once(Option<&'static str>);
    impl http_body::Body for Once {
        type Data = bytes::Bytes;
        type Error = templates::runtime::http::TransportError;

        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, Self::Error>>> {
            std::task::Poll::Ready(self.0.take().map(|text| Ok(http_body::Frame::data(text.into()))))
        }
    }
    Once(Some(text))
}
