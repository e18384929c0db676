//! Signs requests: JSON lines in, what each was signed over and with out. The judge of the signer asks it.
//!
//! in: `{"method":"GET","path":"/","query":"","headers":[["Host","example.amazonaws.com"],…],"body":""}`, each part as
//! [`RequestParts`] takes it. Out: `{"canonical_request":"…","string_to_sign":"…","authorization":"…"}`, or `{"error":"…"}`.
//! Keys, time, region and service are those of the published suite of Signature Version 4.

use std::error::Error;
use std::io::{self, Write};
use std::time::{Duration, UNIX_EPOCH};

use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use templates::credentials::Credentials;
use templates::credentials::sign::{
    CanonicalRequest, PathStyle, RequestParts, SignedBody, Signer, Signing, SigningTime,
};

/// 2015-08-30T12:36:00Z, the time of the suite.
const TIME: Duration = Duration::from_secs(1_440_938_160);

fn main() -> Result<(), Box<dyn Error>> {
    let mut answers = io::stdout().lock();
    for question in io::stdin().lines() {
        let answer = serde_json::from_str(&question?).map_err(Into::into).and_then(|question| sign(&question));
        writeln!(answers, "{}", answer.unwrap_or_else(|error| json!({"error": error.to_string()})))?;
    }
    Ok(())
}

fn sign(question: &Value) -> Result<Value, Box<dyn Error>> {
    let text = |key: &str| question[key].as_str().ok_or_else(|| format!("{key} is missing"));
    let mut headers = HeaderMap::new();
    for header in question["headers"].as_array().ok_or("headers are missing")? {
        let (name, value) = (header[0].as_str().unwrap_or_default(), header[1].as_str().unwrap_or_default());
        headers.append(HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(value)?);
    }
    let body: String = Sha256::digest(text("body")?).iter().map(|byte| format!("{byte:02x}")).collect();
    let canonical = CanonicalRequest::new(&RequestParts {
        method: text("method")?,
        path: text("path")?,
        query: text("query")?,
        host: &Uri::from_static("https://example.amazonaws.com"),
        headers: &headers,
        body: body.as_bytes(),
        style: PathStyle::Normalized,
    })?;
    let credentials = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    let signing = Signing {
        credentials: &credentials,
        region: "us-east-1",
        service: "service",
        at: UNIX_EPOCH + TIME,
        body: SignedBody::Unsigned,
        path: PathStyle::Normalized,
    };
    let stamp = SigningTime::new(signing.at);
    let mut string_to_sign = Vec::new();
    canonical.string_to_sign(&stamp, signing.region, signing.service, |part| string_to_sign.extend_from_slice(part));
    let authorization = Signer::new().authorization(&canonical, &stamp, &signing)?;
    Ok(json!({
        "canonical_request": String::from_utf8_lossy(canonical.as_bytes()),
        "string_to_sign": String::from_utf8_lossy(&string_to_sign),
        "authorization": authorization.to_str()?,
    }))
}
