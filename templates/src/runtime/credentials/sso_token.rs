//! Takes a sign-in; gives the token that `aws sso login` left for it, renewed where it can be.
//!
//! See "Understand IAM Identity Center authentication" in the AWS SDKs and Tools Reference Guide, and `CreateToken` in the
//! IAM Identity Center OIDC API Reference. The file is shared with AWS's own tools: what is renewed is written back, for
//! a refresh token is good for one use.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use ::http::Method;
use bytes::Bytes;
use serde_json::{Map, Value};
use sha1::{Digest, Sha1};

use super::super::profile::{Profile, home};
use super::super::random;
use super::super::timestamp::DateTime;
use super::super::token::BearerToken;
use super::container::refusal;
use super::context::Context;
use super::fetch::{Patience, fetch, request};
use super::parse::time;
use super::service::SSO_OIDC;

/// How long before it expires a token is renewed.
const AHEAD: Duration = Duration::from_secs(15 * 60);
/// A refresh token is good for one use: the request is not repeated.
const PATIENCE: Patience = Patience::new(1, 10);

/// Whom to sign in with.
pub(super) struct SignIn {
    /// The name of the `[sso-session …]` section, where there is one.
    pub(super) session: Option<String>,
    pub(super) start_url: String,
    pub(super) region: String,
}

impl SignIn {
    /// What is wrong, and how a person can mend it.
    pub(super) fn again(&self, what: &str) -> String {
        match &self.session {
            Some(session) => format!("{what}; run `aws sso login --sso-session {session}`"),
            None => format!("{what}; run `aws sso login`"),
        }
    }

    /// The file that holds the token. Its name is a hash of what the sign-in goes by.
    fn file(&self, home: &Path) -> PathBuf {
        let key = self.session.as_ref().unwrap_or(&self.start_url);
        let hash: String = Sha1::digest(key).iter().map(|byte| format!("{byte:02x}")).collect();
        home.join(".aws").join("sso").join("cache").join(format!("{hash}.json"))
    }
}

/// A token that serves now.
pub(super) async fn token(context: &Context, profile: Profile<'_>, sign_in: &SignIn) -> Result<BearerToken, String> {
    let home = home(&context.environment).ok_or("HOME is not set, so there is no file with a sign-in")?;
    let file = sign_in.file(&home);
    let mut held = read(&file)?.ok_or_else(|| sign_in.again("nobody has signed in"))?;
    let mut expiry = expiry(&held)?;
    let now = SystemTime::now();

    if sign_in.session.is_some() && expiry.checked_sub(AHEAD).is_none_or(|early| early <= now) {
        match renew(context, profile, sign_in, &held).await {
            Ok(renewed) => {
                held = renewed;
                expiry = self::expiry(&held)?;
                // What cannot be kept is still good for these credentials.
                if let Err(error) = write(&file, &Value::Object(held.clone()).to_string()) {
                    tracing::debug!(%error, "the renewed sign-in could not be written");
                }
            }
            // The old one serves to its end.
            Err(_) if expiry > now => {}
            Err(what) => return Err(sign_in.again(&format!("the sign-in has expired, and {what}"))),
        }
    } else if expiry <= now {
        return Err(sign_in.again("the sign-in has expired"));
    }
    let token = held.get("accessToken").and_then(Value::as_str).ok_or("the file of the sign-in has no accessToken")?;
    Ok(BearerToken::new(token).with_expires_at(expiry))
}

fn expiry(held: &Map<String, Value>) -> Result<SystemTime, String> {
    held.get("expiresAt").and_then(time).ok_or_else(|| "the file of the sign-in has no expiresAt".to_owned())
}

fn read(file: &Path) -> Result<Option<Map<String, Value>>, String> {
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("{} cannot be read: {error}", file.display())),
    };
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(object)) => Ok(Some(object)),
        _ => Err("the file of the sign-in is not a JSON object".to_owned()),
    }
}

/// Trades the refresh token in for a new token.
async fn renew(
    context: &Context,
    profile: Profile<'_>,
    sign_in: &SignIn,
    held: &Map<String, Value>,
) -> Result<Map<String, Value>, String> {
    let url = SSO_OIDC.url(&sign_in.region, &context.environment, profile)?;
    let body = Bytes::from(question(held)?.to_string());
    let request = request(Method::POST, &format!("{url}/token"), &[("content-type", "application/json")], body)?;
    let reply = fetch(context, &request, PATIENCE).await?;
    if !reply.status.is_success() {
        return Err(format!("CreateToken answered {}", refusal(&reply)));
    }
    renewed(held, &reply.json()?)
}

fn question(held: &Map<String, Value>) -> Result<Value, String> {
    let registration = held.get("registrationExpiresAt").and_then(time);
    if registration.is_some_and(|end| end <= SystemTime::now()) {
        return Err("cannot be renewed, for the registration of the tool has expired too".to_owned());
    }
    let mut question = Map::new();
    question.insert("grantType".to_owned(), "refresh_token".into());
    for name in ["clientId", "clientSecret", "refreshToken"] {
        let part = held.get(name).ok_or_else(|| format!("cannot be renewed, for its file has no {name}"))?;
        question.insert(name.to_owned(), part.clone());
    }
    Ok(question.into())
}

fn renewed(held: &Map<String, Value>, answer: &Value) -> Result<Map<String, Value>, String> {
    let access = answer.get("accessToken").ok_or("the answer has no accessToken")?;
    let seconds = answer.get("expiresIn").and_then(Value::as_i64).ok_or("the answer has no expiresIn")?;
    let expiry = DateTime::from_secs(DateTime::now().secs().saturating_add(seconds));

    let mut renewed = Map::new();
    for (name, value) in held {
        // A token that was used is not kept.
        if name != "refreshToken" {
            renewed.insert(name.clone(), value.clone());
        }
    }
    renewed.insert("accessToken".to_owned(), access.clone());
    renewed.insert("expiresAt".to_owned(), expiry.to_string().into());
    if let Some(refresh) = answer.get("refreshToken") {
        renewed.insert("refreshToken".to_owned(), refresh.clone());
    }
    Ok(renewed)
}

/// Puts a new file in the place of the old one at once, readable by nobody else.
fn write(file: &Path, text: &str) -> std::io::Result<()> {
    let fresh = file.with_extension(format!("{:016x}.tmp", random::bits()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&fresh).and_then(|mut to| to.write_all(text.as_bytes()));
    let placed = written.and_then(|()| fs::rename(&fresh, file));
    if placed.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    placed
}
