//! Takes a sign-in; gives the token that `aws sso login` left for it, renewed where it can be.
//!
//! See "Understand IAM Identity Center authentication" in the AWS SDKs and Tools Reference Guide, and `CreateToken` in the
//! IAM Identity Center OIDC API Reference. The file is shared with AWS's own tools: what is renewed is written back, for
//! a refresh token is good for one use.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use ::http::{Method, Request};
use bytes::Bytes;
use serde_json::{Map, Value};

use super::fetch::{Patience, Reply, fetch, request, success};
use super::parse::{string, time};
use super::service::SSO_OIDC;
use crate::runtime::auth::context::Context;
use crate::runtime::auth::token::BearerToken;
use crate::runtime::base::hash::sha1;
use crate::runtime::base::json;
use crate::runtime::base::profile::{Profile, home};
use crate::runtime::base::random;
use crate::runtime::shape::timestamp::DateTime;

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
        let hash: String = sha1(key.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        home.join(".aws").join("sso").join("cache").join(format!("{hash}.json"))
    }
}

/// What `aws sso login` left.
struct Held {
    file: PathBuf,
    object: Value,
    expiry: SystemTime,
}

/// A token that serves now.
pub(super) async fn token(context: &Context, profile: Profile<'_>, sign_in: &SignIn) -> Result<BearerToken, String> {
    let held = Held::read(context, sign_in)?;
    if !held.is_due(sign_in) {
        return held.token(sign_in);
    }
    let reply = fetch(context, renewal(context, profile, sign_in, &held.object), PATIENCE).await;
    held.after(reply, sign_in)
}

impl Held {
    fn read(context: &Context, sign_in: &SignIn) -> Result<Self, String> {
        let home = home(&context.environment).ok_or("HOME is not set, so there is no file with a sign-in")?;
        let file = sign_in.file(&home);
        let object = read(&file)?.ok_or_else(|| sign_in.again("nobody has signed in"))?;
        Ok(Self { file, expiry: expiry(&object)?, object })
    }

    /// Whether it is to be renewed, and can be.
    fn is_due(&self, sign_in: &SignIn) -> bool {
        let early = self.expiry.checked_sub(AHEAD);
        sign_in.session.is_some() && early.is_none_or(|early| early <= SystemTime::now())
    }

    fn token(&self, sign_in: &SignIn) -> Result<BearerToken, String> {
        if self.expiry <= SystemTime::now() {
            return Err(sign_in.again("the sign-in has expired"));
        }
        self.unchecked()
    }

    fn unchecked(&self) -> Result<BearerToken, String> {
        let token = string(&self.object, "accessToken").ok_or("the file of the sign-in has no accessToken")?;
        Ok(BearerToken::new(token).with_expires_at(self.expiry))
    }

    /// The token after an attempt to renew it.
    fn after(mut self, reply: Result<Reply, String>, sign_in: &SignIn) -> Result<BearerToken, String> {
        match self.renew(reply) {
            Ok(()) => {
                // What cannot be kept is still good for these credentials.
                if let Err(error) = write(&self.file, &self.object.to_string()) {
                    tracing::debug!(%error, "the renewed sign-in could not be written");
                }
            }
            // The old one serves to its end.
            Err(_) if self.expiry > SystemTime::now() => {}
            Err(what) => return Err(sign_in.again(&format!("the sign-in has expired, and {what}"))),
        }
        self.unchecked()
    }

    /// Takes what a renewal answers; nothing is changed where it is an error.
    fn renew(&mut self, reply: Result<Reply, String>) -> Result<(), String> {
        let answer = success(reply, "CreateToken answered ")?;
        let access = string(&answer, "accessToken").ok_or("the answer has no accessToken")?;
        let seconds = answer.get("expiresIn").and_then(Value::as_i64).ok_or("the answer has no expiresIn")?;
        let expiry = DateTime::from_secs(DateTime::now().secs().saturating_add(seconds));
        self.expiry = expiry.try_into().map_err(|_| "the answer has no expiresIn that is a time")?;

        let mut object = Map::new();
        if let Value::Object(before) = self.object.take() {
            for (name, value) in before {
                // A token that was used is not kept.
                if name != "refreshToken" {
                    object.insert(name, value);
                }
            }
        }
        put(&mut object, "accessToken", access);
        put(&mut object, "expiresAt", &expiry.to_string());
        if let Some(refresh) = string(&answer, "refreshToken") {
            put(&mut object, "refreshToken", refresh);
        }
        self.object = object.into();
        Ok(())
    }
}

fn expiry(held: &Value) -> Result<SystemTime, String> {
    held.get("expiresAt").and_then(time).ok_or_else(|| "the file of the sign-in has no expiresAt".to_owned())
}

fn read(file: &Path) -> Result<Option<Value>, String> {
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("{} cannot be read: {error}", file.display())),
    };
    match json::from_slice::<Value>(&bytes) {
        Ok(object) if object.is_object() => Ok(Some(object)),
        _ => Err("the file of the sign-in is not a JSON object".to_owned()),
    }
}

/// Asks to trade the refresh token in for a new token.
fn renewal(context: &Context, profile: Profile<'_>, sign_in: &SignIn, held: &Value) -> Result<Request<Bytes>, String> {
    let url = SSO_OIDC.url(&sign_in.region, &context.environment, profile)?;
    let body = Bytes::from(question(held)?.to_string());
    request(Method::POST, &format!("{url}/token"), &[("content-type", "application/json")], body)
}

fn question(held: &Value) -> Result<Value, String> {
    let registration = held.get("registrationExpiresAt").and_then(time);
    if registration.is_some_and(|end| end <= SystemTime::now()) {
        return Err("cannot be renewed, for the registration of the tool has expired too".to_owned());
    }
    let mut question = Map::new();
    put(&mut question, "grantType", "refresh_token");
    for name in ["clientId", "clientSecret", "refreshToken"] {
        let part = string(held, name).ok_or_else(|| format!("cannot be renewed, for its file has no {name}"))?;
        put(&mut question, name, part);
    }
    Ok(question.into())
}

fn put(object: &mut Map<String, Value>, name: &str, value: &str) {
    object.insert(name.to_owned(), value.into());
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
