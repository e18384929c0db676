//! Proof of the possession of a key (DPoP, RFC 9449): a signed statement about one request.

use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::runtime::auth::values::strings;
use crate::runtime::base::p256::PrivateKey;
use crate::runtime::base::random;
use crate::runtime::base::time;

/// The statement that whoever has the key now posts to a URL.
///
/// # Errors
/// The key cannot be used. The error shows nothing of it.
pub(super) fn of_possession(pem: &str, url: &str) -> Result<String, String> {
    let key = PrivateKey::from_pem(pem).map_err(|what| format!("dpopKey of the sign-in: {what}"))?;
    let (x, y) = key.public();
    let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let jwk = strings(&[("kty", "EC"), ("crv", "P-256"), ("x", &encode(x)), ("y", &encode(y))]);
    let mut header = strings(&[("typ", "dpop+jwt"), ("alg", "ES256")]);
    header.insert("jwk".to_owned(), jwk.into());
    let now = time::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let mut claims = strings(&[("htm", "POST"), ("htu", url), ("jti", &random::uuid())]);
    claims.insert("iat".to_owned(), now.as_secs().into());
    let part = |object| encode(Value::Object(object).to_string().as_bytes());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = key.sign(signed.as_bytes())?;
    Ok(format!("{signed}.{}", encode(&signature)))
}
