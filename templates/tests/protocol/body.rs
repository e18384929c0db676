//! Bodies between input and request: compression, checksums.

use std::io::Read;
use std::time::SystemTime;

use flate2::read::GzDecoder;
use http::Request;
use templates::runtime::__private::{self as runtime, Checksum, ErrorKind, OperationInfo};
use templates::runtime::environment::Environment;
use templates::runtime::http::Body;

use crate::support::script::{Script, answer};
use crate::support::service::{Client, Sample, Thing};
use crate::support::{client, config};

macro_rules! operation {
    ($name:ident, $info:expr) => {
        #[derive(Clone, Default, PartialEq)]
        struct $name {
            encoding: Option<String>,
            algorithm: Option<String>,
            given: Option<String>,
            data: Option<String>,
        }

        runtime::members! { $name {
            encoding: header("Encoding").wire("Content-Encoding"),
            algorithm: header("Algorithm").wire("x-amz-sdk-checksum-algorithm"),
            given: header("Given").wire("x-amz-checksum-sha1"),
            data: body("data"),
        } }

        impl runtime::Operation for $name {
            type Service = Sample;
            type Output = Thing;
            const INFO: OperationInfo = $info;
        }
    };
}

operation!(Compressed, OperationInfo::new("Compressed").http("POST", "/compressed").compressed());
operation!(Summed, OperationInfo::new("Summed").http("POST", "/summed").checksum(Checksum::Required));
operation!(Chosen, OperationInfo::new("Chosen").http("POST", "/chosen").checksum(Checksum::Chosen("Algorithm")));

async fn prepared<R: runtime::Operation<Service = Sample>>(client: &Client, request: R) -> Request<Body> {
    client.prepare(request, SystemTime::now()).await.unwrap()
}

fn plain() -> Client {
    client(Script::new([answer(200, "{}")]))
}

fn unzipped(request: &Request<Body>) -> String {
    let mut text = String::new();
    GzDecoder::new(request.body().as_bytes().unwrap()).read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn large_bodies_are_compressed_where_the_operation_takes_it() {
    let data = || Some("the quick brown fox ".repeat(600));
    let request = prepared(&plain(), Compressed { data: data(), ..Compressed::default() }).await;
    assert_eq!(request.headers()["content-encoding"], "gzip");
    assert_eq!(unzipped(&request), format!(r#"{{"data":"{}"}}"#, data().unwrap()));
    assert!(request.body().as_bytes().unwrap().len() < 1000);

    let twice = Compressed { data: data(), encoding: Some("custom".to_owned()), ..Compressed::default() };
    assert_eq!(prepared(&plain(), twice).await.headers()["content-encoding"], "custom, gzip");

    let small = prepared(&plain(), Compressed { data: Some("x".repeat(10_000)), ..Compressed::default() }).await;
    assert!(!small.headers().contains_key("content-encoding"));
    let other = prepared(&plain(), Summed { data: data(), ..Summed::default() }).await;
    assert!(!other.headers().contains_key("content-encoding"));
}

#[tokio::test]
async fn compression_is_a_setting() {
    let with = |name: &'static str, value: &'static str| -> Client {
        let environment = Environment::from_fn(move |asked| (asked == name).then(|| value.to_owned()));
        config().environment(environment).http_client(Script::new([answer(200, "{}")])).client()
    };
    let request = |length| Compressed { data: Some("x".repeat(length)), ..Compressed::default() };
    let least = with("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "0");
    assert_eq!(prepared(&least, request(1)).await.headers()["content-encoding"], "gzip");
    let off = with("AWS_DISABLE_REQUEST_COMPRESSION", "TRUE");
    assert!(!prepared(&off, request(50_000)).await.headers().contains_key("content-encoding"));
    for wrong in ["-1", "10485761", "many"] {
        let client = with("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", wrong);
        let error = client.prepare(request(1), SystemTime::now()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES"), "{error}");
    }
}

#[tokio::test]
async fn every_body_comes_out_as_it_went_in() {
    // Text of few and of many different characters, of every length around what matches can reach and be apart.
    let mut state = 1u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let environment =
        Environment::from_fn(|name| (name == "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES").then(|| "0".into()));
    let client: Client = config().environment(environment).http_client(Script::new([answer(200, "{}")])).client();
    for length in (0..300).chain([1000, 32_760, 32_768, 32_775, 65_536, 200_000]) {
        for kinds in [1, 2, 3, 26, 90, 1500] {
            let data: String = (0..length)
                .map(|_| {
                    char::from_u32(0x21 + u32::try_from(random() % kinds).unwrap()).filter(|c| *c != '"' && *c != '\\')
                })
                .map(|c| c.unwrap_or('-'))
                .collect();
            let request = prepared(&client, Compressed { data: Some(data.clone()), ..Compressed::default() }).await;
            let back: serde_json::Value = serde_json::from_str(&unzipped(&request)).unwrap();
            assert_eq!(back["data"].as_str(), Some(data.as_str()), "{length} of {kinds}");
        }
    }
}

#[tokio::test]
async fn checksums() {
    let body = "{\"data\":\"hello\"}";
    let data = || Some("hello".to_owned());
    let summed = prepared(&plain(), Summed { data: data(), ..Summed::default() }).await;
    assert_eq!(summed.body().as_bytes(), Some(body.as_bytes()));
    assert_eq!(summed.headers()["x-amz-checksum-crc32"], "9XzZzg==");
    assert!(!summed.headers().contains_key("x-amz-sdk-checksum-algorithm"));
    assert!(summed.headers()["authorization"].to_str().unwrap().contains("x-amz-checksum-crc32"), "it is signed");

    let default = prepared(&plain(), Chosen { data: data(), ..Chosen::default() }).await;
    assert_eq!(default.headers()["x-amz-checksum-crc32"], "9XzZzg==");
    assert_eq!(default.headers()["x-amz-sdk-checksum-algorithm"], "CRC32");
    for (algorithm, value) in [("CRC32C", "7FHyxw=="), ("SHA256", "GhvGtbEX7ZOi/MQCge/JPYzLzD5Sst0Ao8pk1UunzTg=")] {
        let request = Chosen { data: data(), algorithm: Some(algorithm.to_owned()), ..Chosen::default() };
        let request = prepared(&plain(), request).await;
        let name = format!("x-amz-checksum-{}", algorithm.to_ascii_lowercase());
        assert_eq!(request.headers()[&name], value, "{algorithm}");
    }

    let given = Summed { data: data(), given: Some("mine".to_owned()), ..Summed::default() };
    assert!(!prepared(&plain(), given).await.headers().contains_key("x-amz-checksum-crc32"));
    let unknown = Chosen { algorithm: Some("MD4".to_owned()), ..Chosen::default() };
    let error = plain().prepare(unknown, SystemTime::now()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build, "{error}");
}
