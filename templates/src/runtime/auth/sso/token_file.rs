//! The file of a sign-in's token, which this crate shares with AWS's own tools.

use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use super::sign_in::SignIn;
use crate::runtime::auth::context::Context;
use crate::runtime::auth::secret_file::replace;
use crate::runtime::auth::token::BearerToken;
use crate::runtime::auth::values::{string, time};
use crate::runtime::base::file::{self, Content};
use crate::runtime::base::json;
use crate::runtime::base::profile::home;
use crate::runtime::shape::timestamp::DateTime;

/// The time before its expiry from which a token is renewed.
const AHEAD: Duration = Duration::from_secs(15 * 60);
/// The most bytes of a file. Those of AWS's tools have a few kilobytes.
const LONGEST: usize = 1 << 20;

/// The content of the file.
#[derive(Clone)]
pub(super) struct TokenFile {
    pub(super) path: PathBuf,
    object: Map<String, Value>,
    expiry: SystemTime,
}

impl TokenFile {
    /// The file of a sign-in.
    pub(super) async fn read(context: &Context, sign_in: &SignIn) -> Result<Self, String> {
        let home = home(&context.environment).ok_or("HOME is not set, so there is no file with a sign-in")?;
        let path = sign_in.file(&home);
        let content = file::read(&path, LONGEST).await;
        Self::parse(path, content, sign_in)
    }

    /// The file as it is now, read on this thread.
    pub(super) fn read_again(&self, sign_in: &SignIn) -> Result<Self, String> {
        Self::parse(self.path.clone(), file::read_here(&self.path, LONGEST), sign_in)
    }

    fn parse(path: PathBuf, content: Content, sign_in: &SignIn) -> Result<Self, String> {
        let bytes = match content {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(sign_in.with_advice("nobody has signed in"));
            }
            Err(error) => return Err(format!("{} cannot be read: {error}", path.display())),
        };
        let Ok(Value::Object(object)) = json::from_slice(&bytes) else {
            return Err("the file of the sign-in is not a JSON object".to_owned());
        };
        let expiry = object.get("expiresAt").and_then(time).ok_or("the file of the sign-in has no expiresAt")?;
        Ok(Self { path, object, expiry })
    }

    /// Whether the token has to be renewed, and may be: only those of sessions are.
    pub(super) fn is_due(&self, context: &Context, sign_in: &SignIn) -> bool {
        let early = self.expiry.checked_sub(AHEAD);
        sign_in.session.is_some() && early.is_none_or(|early| early <= context.clock.for_expiry())
    }

    pub(super) fn has_expired(&self, context: &Context) -> bool {
        self.expiry <= context.clock.for_expiry()
    }

    /// The token.
    ///
    /// # Errors
    /// It has expired, or there is none.
    pub(super) fn token(&self, context: &Context, sign_in: &SignIn) -> Result<BearerToken, String> {
        if self.has_expired(context) {
            return Err(sign_in.with_advice("the sign-in has expired"));
        }
        self.unchecked_token()
    }

    /// The token, expired or not.
    pub(super) fn unchecked_token(&self) -> Result<BearerToken, String> {
        let token = self.string("accessToken").ok_or("the file of the sign-in has no accessToken")?;
        Ok(BearerToken::new(token).with_expires_at(self.expiry))
    }

    /// The body of the request that exchanges the refresh token for a new token.
    pub(super) fn request(&self, context: &Context) -> Result<Value, String> {
        let registration = self.object.get("registrationExpiresAt").and_then(time);
        if registration.is_some_and(|end| end <= context.clock.for_expiry()) {
            return Err("cannot be renewed, because the registration of the tool has expired too".to_owned());
        }
        let mut request = Map::new();
        put(&mut request, "grantType", "refresh_token");
        for name in ["clientId", "clientSecret", "refreshToken"] {
            let part = self.string(name).ok_or_else(|| format!("cannot be renewed, because its file has no {name}"))?;
            put(&mut request, name, part);
        }
        Ok(request.into())
    }

    /// The file with a new token. Members that other tools wrote stay, and a refresh token that has been used goes.
    pub(super) fn renewed(&self, response: &Value) -> Result<Self, String> {
        let access = string(response, "accessToken").ok_or("the response has no accessToken")?;
        let seconds = response.get("expiresIn").and_then(Value::as_i64).ok_or("the response has no expiresIn")?;
        let expires_at = DateTime::from_secs(DateTime::now().secs().saturating_add(seconds));
        let mut object = Map::new();
        // Removing a member of a map is more code than all else here.
        for (name, value) in self.object.clone() {
            if name != "refreshToken" {
                object.insert(name, value);
            }
        }
        put(&mut object, "accessToken", access);
        put(&mut object, "expiresAt", &expires_at.to_string());
        if let Some(refresh) = string(response, "refreshToken") {
            put(&mut object, "refreshToken", refresh);
        }
        let expiry = expires_at.try_into().map_err(|_| "the response has no expiresIn that is a time")?;
        Ok(Self { path: self.path.clone(), object, expiry })
    }

    /// Replaces the file at once, by one that nobody else can read.
    pub(super) fn write(&self) -> io::Result<()> {
        let text = Value::Object(self.object.clone()).to_string();
        replace(&self.path, &text)
    }

    fn string(&self, name: &str) -> Option<&str> {
        self.object.get(name)?.as_str().filter(|text| !text.is_empty())
    }
}

fn put(object: &mut Map<String, Value>, name: &str, value: &str) {
    object.insert(name.to_owned(), value.into());
}
