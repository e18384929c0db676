//! Signatures: the worked examples that AWS publishes, an independent recomputation, and what must not be signed or shown.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, HeaderValue, Method, Uri};
use sha2::{Digest, Sha256};
use templates::runtime::credentials::Credentials;
use templates::runtime::sign::{PathStyle, SignError, SignedBody, Signer, Signing, SigningTime, bearer};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
/// 2015-08-30T12:36:00Z
const SUITE_TIME: u64 = 1_440_938_160;

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn example() -> Credentials {
    Credentials::new("AKIDEXAMPLE", SECRET)
}

/// A request, and how it is signed unless a test says otherwise.
struct Case<'a> {
    signer: Signer,
    method: &'a str,
    uri: &'a str,
    headers: &'a [(&'static str, &'a str)],
    body: SignedBody<'a>,
    credentials: Credentials,
    region: &'a str,
    service: &'a str,
    at: SystemTime,
    path: PathStyle,
}

impl Default for Case<'_> {
    fn default() -> Self {
        Self {
            signer: Signer::new(),
            method: "GET",
            uri: "https://example.amazonaws.com/",
            headers: &[],
            body: SignedBody::Bytes(b""),
            credentials: example(),
            region: "us-east-1",
            service: "service",
            at: at(SUITE_TIME),
            path: PathStyle::Normalized,
        }
    }
}

impl Case<'_> {
    fn try_sign(&self) -> Result<HeaderMap, SignError> {
        let mut headers = HeaderMap::new();
        for &(name, value) in self.headers {
            headers.append(name, HeaderValue::from_str(value).unwrap());
        }
        self.sign_over(&mut headers)?;
        Ok(headers)
    }

    fn sign_over(&self, headers: &mut HeaderMap) -> Result<(), SignError> {
        let method = Method::from_bytes(self.method.as_bytes()).unwrap();
        let uri: Uri = self.uri.parse().unwrap();
        let signing = Signing {
            credentials: &self.credentials,
            region: self.region,
            service: self.service,
            at: self.at,
            body: self.body,
            path: self.path,
        };
        self.signer.sign(&method, &uri, headers, &signing)
    }

    fn sign(&self) -> HeaderMap {
        self.try_sign().unwrap()
    }

    /// The authorization header, by the book and without regard to speed.
    fn expected(&self, headers: &HeaderMap) -> String {
        let uri: Uri = self.uri.parse().unwrap();
        let time = headers["x-amz-date"].to_str().unwrap();
        let mut canonical = BTreeMap::new();
        canonical.insert("host".to_owned(), uri.host().unwrap().to_owned());
        for name in headers.keys().filter(|name| !["authorization", "user-agent", "te"].contains(&name.as_str())) {
            let values: Vec<_> = headers
                .get_all(name)
                .iter()
                .map(|value| value.to_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" "))
                .collect();
            canonical.insert(name.to_string(), values.join(","));
        }
        let mut parameters: Vec<_> = uri
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|parameter| !parameter.is_empty())
            .map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")))
            .collect();
        parameters.sort();
        let query: Vec<_> = parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let lines: String = canonical.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let signed = canonical.keys().cloned().collect::<Vec<_>>().join(";");
        let body = match self.body {
            SignedBody::Bytes(bytes) => hex(&Sha256::digest(bytes)),
            SignedBody::Unsigned => "UNSIGNED-PAYLOAD".to_owned(),
        };
        let path = uri.path().replace('%', "%25").replace(':', "%3A");
        let request = format!("{}\n{path}\n{}\n{lines}\n{signed}\n{body}", self.method, query.join("&"));
        let scope = format!("{}/{}/{}/aws4_request", &time[..8], self.region, self.service);
        let to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", hex(&Sha256::digest(&request)));
        let mut key = format!("AWS4{}", self.credentials.secret_access_key()).into_bytes();
        for step in scope.split('/') {
            key = hmac(&key, step.as_bytes());
        }
        let signature = hex(&hmac(&key, to_sign.as_bytes()));
        let id = self.credentials.access_key_id();
        format!("AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={signed}, Signature={signature}")
    }

    fn check(&self) {
        let headers = self.sign();
        assert_eq!(headers["authorization"], self.expected(&headers));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = if key.len() > 64 { Sha256::digest(key).to_vec() } else { key.to_vec() };
    block.resize(64, 0);
    let pad = |with: u8| block.iter().map(|byte| byte ^ with).collect::<Vec<_>>();
    let inner = Sha256::digest([pad(0x36), message.to_vec()].concat());
    Sha256::digest([pad(0x5c), inner.to_vec()].concat()).to_vec()
}

fn signature(headers: &HeaderMap) -> &str {
    headers["authorization"].to_str().unwrap().split_once("Signature=").unwrap().1
}

/// `get-vanilla` and others of AWS's Signature Version 4 test suite.
#[test]
fn test_suite() {
    let vanilla = Case::default().sign();
    assert_eq!(vanilla["x-amz-date"], "20150830T123600Z");
    assert_eq!(
        vanilla["authorization"],
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
         SignedHeaders=host;x-amz-date, \
         Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
    );
    let vanilla = signature(&vanilla);
    for same in ["", "//", "/./", "/example/..", "/example1/example2/../..", "/.."] {
        let uri = format!("https://example.amazonaws.com{same}");
        assert_eq!(signature(&Case { uri: &uri, ..Case::default() }.sign()), vanilla, "{same}");
    }
    let post = Case { method: "POST", ..Case::default() }.sign();
    assert_eq!(signature(&post), "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    let query = Case { uri: "https://example.amazonaws.com/?Param2=value2&Param1=value1", ..Case::default() }.sign();
    assert_eq!(signature(&query), "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
}

/// The worked example of "Authenticating Requests: Using the Authorization Header" in the Amazon S3 API Reference.
#[test]
fn s3_example() {
    let headers = Case {
        uri: "https://examplebucket.s3.amazonaws.com/test.txt",
        headers: &[
            ("range", "bytes=0-9"),
            ("x-amz-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ],
        credentials: Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        service: "s3",
        at: at(1_369_353_600),
        path: PathStyle::Verbatim,
        ..Case::default()
    }
    .sign();
    assert_eq!(signature(&headers), "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

/// The worked example of "Create a signed AWS API request" in the IAM User Guide.
#[test]
fn iam_example() {
    let headers = Case {
        uri: "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
        headers: &[("content-type", "application/x-www-form-urlencoded; charset=utf-8")],
        service: "iam",
        ..Case::default()
    }
    .sign();
    assert_eq!(signature(&headers), "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
}

#[test]
fn agrees_with_a_recomputation() {
    let connect = Case { region: "us-west-2", service: "connect", ..Case::default() };
    connect.check();
    Case {
        uri: "https://connect.us-west-2.amazonaws.com/contacts/i/c?nextToken=a%2Bb%3D&maxResults=10&a&nextToken=A",
        ..connect
    }
    .check();
    Case {
        uri: "https://connect.us-west-2.amazonaws.com/tags/arn%3Aaws%3Aconnect%2Fx%20y/%E1%88%B4/a:b",
        ..Case::default()
    }
    .check();
    Case {
        method: "PUT",
        headers: &[
            ("content-type", "application/json"),
            ("x-amz-multi", "  one   two "),
            ("x-amz-multi", "three\t four"),
            ("user-agent", "never signed"),
            ("te", "trailers"),
        ],
        body: SignedBody::Bytes(b"{\"InstanceId\":\"i\"}"),
        credentials: example().with_session_token("token/+="),
        ..Case::default()
    }
    .check();
    // A key longer than a block of the hash is hashed first.
    Case { credentials: Credentials::new("AKID", "s".repeat(200)), ..Case::default() }.check();
    Case { credentials: Credentials::new("AKID", ""), ..Case::default() }.check();
}

#[test]
fn unsigned_body_says_so() {
    let case = Case { body: SignedBody::Unsigned, ..Case::default() };
    assert_eq!(case.sign()["x-amz-content-sha256"], "UNSIGNED-PAYLOAD");
    case.check();
}

#[test]
fn a_kept_key_serves_only_what_it_was_derived_for() {
    let mut case = Case::default();
    case.check();
    case.check();
    case.at = at(SUITE_TIME + 86_400);
    case.check();
    case.region = "eu-central-1";
    case.check();
    case.service = "connect";
    case.check();
    case.credentials = Credentials::new("AKIDEXAMPLE", "another");
    case.check();
    case.credentials = Credentials::new("AKIDOTHER", "another");
    case.check();
    case.credentials = Credentials::new("AKIDOTHER", "another").with_session_token("token");
    case.check();
    assert_eq!(case.sign()["x-amz-security-token"], "token");
}

#[test]
fn signing_again_replaces_what_is_there() {
    let mut headers = HeaderMap::new();
    let mut case = Case { credentials: example().with_session_token("first"), ..Case::default() };
    case.sign_over(&mut headers).unwrap();
    case.credentials = example();
    case.at = at(SUITE_TIME + 60);
    case.sign_over(&mut headers).unwrap();
    assert_eq!(headers, case.sign());
    assert_eq!(headers.len(), 2);
}

#[test]
fn host_is_what_will_be_sent() {
    let signed = |uri, headers| signature(&Case { uri, headers, ..Case::default() }.sign()).to_owned();
    let plain = signed("https://example.amazonaws.com/", &[]);
    assert_eq!(signed("https://example.amazonaws.com:443/", &[]), plain);
    assert_eq!(signed("https://EXAMPLE.amazonaws.com/", &[]), plain);
    assert_eq!(signed("http://example.amazonaws.com:80/", &[]), plain);
    assert_eq!(signed("https://user@example.amazonaws.com/", &[]), plain);
    assert_eq!(signed("https://elsewhere/", &[("host", "example.amazonaws.com")]), plain);
    let port = signed("https://example.amazonaws.com:8443/", &[]);
    assert_eq!(signed("https://elsewhere/", &[("host", "example.amazonaws.com:8443")]), port);
    let v6 = signed("http://[::1]:4566/", &[]);
    assert_eq!(signed("https://elsewhere/", &[("host", "[::1]:4566")]), v6);
}

#[test]
fn what_a_header_cannot_carry_is_refused() {
    let error = |case: Case<'_>| case.try_sign().unwrap_err();
    assert_eq!(error(Case { uri: "/only/a/path", ..Case::default() }), SignError::NoHost);
    assert_eq!(error(Case { region: "us\r\nx: y", ..Case::default() }), SignError::Scope);
    let newline = example().with_session_token("secret\n");
    let refused = error(Case { credentials: newline, ..Case::default() });
    assert_eq!(refused, SignError::SessionToken);
    assert!(!format!("{refused} {refused:?}").contains("secret\n"));
    assert_eq!(error(Case { credentials: Credentials::new("a\0", "b"), ..Case::default() }), SignError::Scope);
    assert_eq!(bearer(&mut HeaderMap::new(), "a\nb"), Err(SignError::BearerToken));
}

#[test]
fn bearer_token_is_sent_and_not_shown() {
    let mut headers = HeaderMap::new();
    bearer(&mut headers, "t0ken").unwrap();
    assert_eq!(headers["authorization"], "Bearer t0ken");
    assert!(!format!("{headers:?}").contains("t0ken"));
}

#[test]
fn debug_shows_no_secret() {
    let case = Case {
        credentials: example().with_session_token("t0ken"),
        body: SignedBody::Bytes(b"b0dy"),
        ..Case::default()
    };
    let headers = case.sign();
    let signing = Signing {
        credentials: &case.credentials,
        region: "r",
        service: "s",
        at: case.at,
        body: case.body,
        path: PathStyle::Normalized,
    };
    let shown = format!("{headers:?} {:?} {signing:?} {:?}", case.signer, case.credentials);
    for secret in [SECRET, "t0ken", "b0dy", signature(&headers)] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn stamps() {
    let stamp = |seconds| SigningTime::new(at(seconds)).time().to_owned();
    assert_eq!(stamp(0), "19700101T000000Z");
    assert_eq!(stamp(951_782_399), "20000228T235959Z");
    assert_eq!(stamp(951_782_400), "20000229T000000Z");
    assert_eq!(stamp(1_767_323_045), "20260102T030405Z");
    assert_eq!(stamp(4_107_542_400), "21000301T000000Z");
    assert_eq!(stamp(253_402_300_799), "99991231T235959Z");
    assert_eq!(stamp(253_402_300_800), "99991231T235959Z");
    assert_eq!(SigningTime::new(UNIX_EPOCH - Duration::from_secs(1)).time(), "19700101T000000Z");
    assert_eq!(SigningTime::new(at(SUITE_TIME)).day(), "20150830");
}
