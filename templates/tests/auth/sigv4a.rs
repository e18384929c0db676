//! Signatures of SigV4a: those that botocore makes with awscrt, and endpoints that take no other.
//!
//! `sigv4a/record.py` records the vectors. ECDSA of awscrt is random, so signatures are verified and not compared.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use templates::runtime::__private::{self as runtime, OperationInfo, ServiceInfo};
use templates::runtime::Config;
use templates::runtime::endpoint::{AuthScheme, Endpoint, EndpointError, Params, Scheme};

use crate::support::keys;
use crate::support::service::Exception;

/// A service whose endpoint takes signatures for several regions only.
#[derive(Debug)]
enum Everywhere {}

impl runtime::Service for Everywhere {
    type Exception = Exception;
    const INFO: ServiceInfo = ServiceInfo {
        id: "Everywhere",
        api_version: "2026-01-02",
        signing_name: "elsewhere",
        endpoint_prefix: "everywhere",
        endpoint: resolve,
        #[cfg(any(feature = "mock", feature = "stand_in"))]
        model: "",
        #[cfg(feature = "stand_in")]
        resources: "",
    };
}

fn resolve(_: &Params<'_>) -> Result<Endpoint, EndpointError> {
    let scheme = AuthScheme::new(Scheme::SigV4A).signing_name("everywhere").signing_region_set(&["us-*", "eu-west-1"]);
    Ok(Endpoint::new("https://everywhere.example").auth_scheme(scheme))
}

#[derive(Clone, Default, PartialEq)]
struct Ask {
    name: Option<String>,
}

runtime::members! { Ask { name: body("Name"), } }

impl runtime::Operation for Ask {
    type Service = Everywhere;
    type Output = ();
    const INFO: OperationInfo = OperationInfo::new("Ask").http("POST", "/ask");
}

fn time() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_440_938_160)
}

/// What the client makes of a call at one time.
async fn prepared(config: Config) -> Result<http::Request<templates::http::Body>, runtime::Error<Exception>> {
    let client: runtime::Client<Everywhere> = config.credentials(keys()).client();
    client.prepare(Ask { name: Some("x".to_owned()) }, time()).await
}

#[cfg(not(feature = "sigv4a"))]
#[tokio::test]
async fn without_the_feature_the_error_names_it() {
    let error = prepared(Config::new().region("us-west-2")).await.unwrap_err();
    assert_eq!(error.kind(), runtime::ErrorKind::Endpoint);
    let words = "the endpoint takes signatures of SigV4a only: turn on the feature `sigv4a` of templates in Cargo.toml";
    assert!(error.to_string().contains(words), "{error}");
}

#[cfg(feature = "sigv4a")]
mod with_the_feature {
    use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
    use p256::ecdsa::signature::Verifier;
    use p256::ecdsa::{Signature, VerifyingKey};
    use serde_json::Value;
    use sha2::{Digest, Sha256};
    use templates::runtime::Config;
    use templates::runtime::credentials::Credentials;
    use templates::runtime::environment::Environment;
    use templates::runtime::sign::{CanonicalRequest, PathStyle, RequestParts, SignError, SignedBody, Signer, Signing};

    use super::{Duration, UNIX_EPOCH, prepared, time};
    use crate::support::keys;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn key(hex: &str) -> VerifyingKey {
        VerifyingKey::from_sec1_bytes(&[&[4], &*bytes(hex)].concat()).unwrap()
    }

    /// Whether the signature of a header is that of a text.
    fn verifies(key: &VerifyingKey, text: &str, authorization: &str) -> bool {
        let (_, signature) = authorization.split_once("Signature=").unwrap();
        key.verify(text.as_bytes(), &Signature::from_der(&bytes(signature)).unwrap()).is_ok()
    }

    /// A recorded case.
    struct Case {
        credentials: Credentials,
        uri: Uri,
        /// As they are before the request is signed.
        headers: HeaderMap,
        vector: Value,
    }

    impl Case {
        fn new(vector: &Value) -> Self {
            let text = |key: &str| vector[key].as_str().unwrap();
            let mut credentials = Credentials::new(text("access_key_id"), text("secret_access_key"));
            if let Some(token) = vector["session_token"].as_str() {
                credentials = credentials.with_session_token(token);
            }
            let mut headers = HeaderMap::new();
            for (name, value) in vector["headers"].as_object().unwrap() {
                let name = HeaderName::from_bytes(name.to_lowercase().as_bytes()).unwrap();
                headers.insert(name, HeaderValue::from_str(value.as_str().unwrap()).unwrap());
            }
            Self { credentials, uri: text("url").parse().unwrap(), headers, vector: vector.clone() }
        }

        fn text(&self, key: &str) -> &str {
            self.vector[key].as_str().unwrap()
        }

        fn signed(&self, signer: &Signer) -> HeaderMap {
            let mut headers = self.headers.clone();
            let signing = Signing {
                credentials: &self.credentials,
                region: self.text("regions"),
                service: self.text("service"),
                at: UNIX_EPOCH + Duration::from_secs(self.vector["time"].as_u64().unwrap()),
                body: SignedBody::Bytes(self.text("body").as_bytes()),
                path: PathStyle::Normalized,
            };
            let method = Method::from_bytes(self.text("method").as_bytes()).unwrap();
            signer.sign_for_regions(&method, &self.uri, &mut headers, &signing).unwrap();
            headers
        }

        /// The text that is signed, put together from its parts.
        fn string_to_sign(&self, headers: &HeaderMap) -> String {
            let body = hex(&Sha256::digest(self.text("body").as_bytes()));
            let canonical = CanonicalRequest::new(&RequestParts {
                method: self.text("method"),
                path: self.uri.path(),
                query: self.uri.query().unwrap_or_default(),
                host: &self.uri,
                headers,
                body: body.as_bytes(),
                style: PathStyle::Normalized,
            });
            let canonical = hex(&Sha256::digest(canonical.unwrap().as_bytes()));
            let date = headers["x-amz-date"].to_str().unwrap();
            let scope = format!("{}/{}/aws4_request", &date[..8], self.text("service"));
            format!("AWS4-ECDSA-P256-SHA256\n{date}\n{scope}\n{canonical}")
        }
    }

    fn cases() -> Vec<Case> {
        let recorded: Value = serde_json::from_str(include_str!("sigv4a/vectors.json")).unwrap();
        recorded["vectors"].as_array().unwrap().iter().map(Case::new).collect()
    }

    #[test]
    fn both_sides_sign_the_same_text_with_the_same_key() {
        let signer = Signer::new();
        assert_eq!(cases().len(), 5);
        for case in cases() {
            let headers = case.signed(&signer);
            let recorded = |name: &str| case.vector["signed"][name].as_str();
            for name in ["x-amz-date", "x-amz-region-set", "x-amz-security-token"] {
                assert_eq!(headers.get(name).map(|value| value.to_str().unwrap()), recorded(name), "{name}");
            }
            let ours = headers["authorization"].to_str().unwrap();
            let theirs = recorded("authorization").unwrap();
            let before = |text: &str| text.split_once("Signature=").unwrap().0.to_owned();
            assert_eq!(before(ours), before(theirs));
            assert!(headers["authorization"].is_sensitive());

            let (key, text) = (key(case.text("public_key")), case.string_to_sign(&headers));
            assert!(verifies(&key, &text, theirs), "awscrt signs another text than {text}");
            assert!(verifies(&key, &text, ours), "{text}");
            assert!(!verifies(&key, &format!("{text}0"), ours));
            // RFC 6979: the same request has the same signature.
            assert_eq!(case.signed(&Signer::new()), headers);
        }
    }

    /// The pair of keys of AWS's own test of the derivation (aws-c-auth).
    #[test]
    fn the_key_is_the_one_that_aws_publishes() {
        let public = "15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb\
                      0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0";
        let case = &cases()[0];
        assert_eq!(case.text("access_key_id"), "AKISORANDOMAASORANDOM");
        assert_eq!(case.text("public_key"), public);
        let headers = case.signed(&Signer::new());
        let authorization = headers["authorization"].to_str().unwrap();
        assert!(verifies(&key(public), &case.string_to_sign(&headers), authorization));
    }

    #[test]
    fn a_request_is_signed_again_for_its_next_attempt() {
        let signer = Signer::new();
        let case = &cases()[3];
        let mut again = case.signed(&signer);
        again.insert("x-amz-region-set", HeaderValue::from_static("elsewhere"));
        let again = Case { headers: again, ..Case::new(&case.vector) };
        assert_eq!(again.signed(&signer), case.signed(&signer));
        // Another pair of keys replaces the one that was derived last.
        let other = &cases()[0];
        assert_eq!(other.signed(&signer), other.signed(&Signer::new()));
    }

    #[test]
    fn regions_that_no_header_can_carry_are_an_error() {
        let keys = keys();
        let signing = Signing {
            credentials: &keys,
            region: "us-east-1\n",
            service: "a",
            at: time(),
            body: SignedBody::Bytes(b""),
            path: PathStyle::Normalized,
        };
        let uri = Uri::from_static("https://x.example/");
        let result = Signer::new().sign_for_regions(&Method::GET, &uri, &mut HeaderMap::new(), &signing);
        assert_eq!(result, Err(SignError::Scope));
    }

    #[tokio::test]
    async fn an_endpoint_that_takes_no_other_signature_gets_one() {
        // No region is needed where the endpoint names the regions.
        for config in [Config::new().region("us-west-2"), Config::new()] {
            let request = prepared(config).await.unwrap();
            assert_eq!(request.headers()["x-amz-region-set"], "us-*,eu-west-1");
            let authorization = request.headers()["authorization"].to_str().unwrap();
            let start =
                "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/everywhere/aws4_request, SignedHeaders=";
            assert!(authorization.starts_with(start), "{authorization}");
            assert!(authorization.contains(";x-amz-region-set"), "{authorization}");
        }
    }

    #[tokio::test]
    async fn the_environment_names_other_regions() {
        let regions = |name: &str| (name == "AWS_SIGV4A_SIGNING_REGION_SET").then(|| "ap-*".to_owned());
        let config = Config::new().environment(Environment::from_fn(regions));
        let request = prepared(config).await.unwrap();
        assert_eq!(request.headers()["x-amz-region-set"], "ap-*");
    }
}
