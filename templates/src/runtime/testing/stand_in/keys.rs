//! Signatures: whether a request was signed with the keys that a stand-in was given.

use std::time::SystemTime;

use ::http::header::AUTHORIZATION;
use ::http::request::Parts;
use ::http::{HeaderMap, HeaderName};

use crate::runtime::auth::credentials::Credentials;
use crate::runtime::auth::sign::{PathStyle, SignedBody, Signer, Signing};
use crate::runtime::base::hash;
use crate::runtime::shape::timestamp::DateTime;

/// A problem of a signature: the error code that AWS answers, and what it says.
pub(super) type Rejection = (&'static str, &'static str);

const MISSING: Rejection = ("MissingAuthenticationTokenException", "Missing Authentication Token");
const UNKNOWN: Rejection = ("UnrecognizedClientException", "The security token included in the request is invalid.");
const INVALID: Rejection = (
    "InvalidSignatureException",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and \
     signing method.",
);

/// The parts of an `authorization` header.
struct Authorization<'a> {
    key: &'a str,
    region: &'a str,
    service: &'a str,
    headers: &'a str,
    signature: &'a str,
}

/// Checks a request's signature by signing what it says that it signed. How old a signature is does not count, for the clock of a
/// stand-in is its own.
///
/// # Errors
/// AWS's response to such a signature.
pub(super) fn verify(parts: &Parts, body: &[u8], keys: &Credentials, service: &str) -> Result<(), Rejection> {
    let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).ok_or(MISSING)?;
    let given = read(header).ok_or(INVALID)?;
    if given.key != keys.access_key_id() {
        return Err(UNKNOWN);
    }
    let stated = parts.headers.get("x-amz-content-sha256").map(|value| value.as_bytes());
    let is_stated =
        stated.is_none_or(|stated| stated == b"UNSIGNED-PAYLOAD" || stated == hash::hex(&hash::sha256(body)));
    let at = time(parts).ok_or(INVALID)?;
    if given.service != service || !is_stated {
        return Err(INVALID);
    }
    let mut signed = HeaderMap::new();
    for name in given.headers.split(';') {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| INVALID)?;
        for value in parts.headers.get_all(&name) {
            signed.append(name.clone(), value.clone());
        }
    }
    let signing = Signing {
        credentials: keys,
        region: given.region,
        service,
        at,
        body: SignedBody::Bytes(body),
        path: PathStyle::Normalized,
    };
    Signer::new().sign(&parts.method, &parts.uri, &mut signed, &signing).map_err(|_| INVALID)?;
    let ours = signed.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(read);
    match ours {
        Some(ours) if ours.signature == given.signature && ours.headers == given.headers => Ok(()),
        _ => Err(INVALID),
    }
}

fn read(header: &str) -> Option<Authorization<'_>> {
    let fields = header.strip_prefix("AWS4-HMAC-SHA256 ")?;
    let field = |name: &str| fields.split(',').find_map(|field| field.trim().strip_prefix(name));
    let mut scope = field("Credential=")?.split('/');
    let (key, _day, region, service) = (scope.next()?, scope.next()?, scope.next()?, scope.next()?);
    Some(Authorization { key, region, service, headers: field("SignedHeaders=")?, signature: field("Signature=")? })
}

/// The time of `x-amz-date`, which is `20260102T030405Z`.
fn time(parts: &Parts) -> Option<SystemTime> {
    let text = parts.headers.get("x-amz-date")?.to_str().ok().filter(|text| text.len() == 16 && text.is_ascii())?;
    let (day, clock) = (&text[..8], &text[9..15]);
    let long = format!("{}-{}-{}T{}:{}:{}Z", &day[..4], &day[4..6], &day[6..], &clock[..2], &clock[2..4], &clock[4..]);
    DateTime::parse(&long).ok()?.try_into().ok()
}
