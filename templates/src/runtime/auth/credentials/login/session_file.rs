//! The file of a sign-in with `aws login`, which this crate shares with AWS's own tools.

use std::io;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::runtime::auth::context::Context;
use crate::runtime::auth::credentials::Credentials;
use crate::runtime::auth::credentials::json::{MemberNames, from_json};
use crate::runtime::auth::secret_file::replace;
use crate::runtime::auth::values::{string, strings};
use crate::runtime::base::file::{self, Content};
use crate::runtime::base::hash::{hex, sha256};
use crate::runtime::base::json;
use crate::runtime::base::profile::{expand, home, with_variables};
use crate::runtime::shape::timestamp::DateTime;

/// The time before their expiry at which credentials are renewed. They are issued for a quarter of an hour.
const AHEAD: Duration = Duration::from_secs(5 * 60);
/// The most bytes of a file.
const LONGEST: usize = 1 << 20;
const NAMES: MemberNames = MemberNames {
    id: "accessKeyId",
    secret: "secretAccessKey",
    token: "sessionToken",
    expiry: "expiresAt",
    account: "accountId",
};

/// The content of the file.
pub(super) struct SessionFile {
    pub(super) path: PathBuf,
    object: Value,
    expiry: SystemTime,
}

impl SessionFile {
    /// The file of a session.
    pub(super) async fn read(context: &Context, session: &str) -> Result<Self, String> {
        let path = path(context, session)?;
        let content = file::read(&path, LONGEST).await;
        Self::parse(path, content)
    }

    /// The file as it is now, read on this thread.
    pub(super) fn read_again(&self) -> Result<Self, String> {
        Self::parse(self.path.clone(), file::read_here(&self.path, LONGEST))
    }

    fn parse(path: PathBuf, content: Content) -> Result<Self, String> {
        let bytes = match content {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err("nobody has signed in; run `aws login`".to_owned());
            }
            Err(error) => return Err(format!("{} cannot be read: {error}", path.display())),
        };
        let object: Value = json::from_slice(&bytes).map_err(|_| "the file of the sign-in is not JSON".to_owned())?;
        let keys = from_json(object.get("accessToken").unwrap_or(&Value::Null), &NAMES);
        let expiry = keys.map_err(|what| what.replace("the response", "the file of the sign-in"))?.expires_at();
        let expiry = expiry.ok_or("the file of the sign-in has no expiresAt")?;
        Ok(Self { path, object, expiry })
    }

    /// Whether the credentials have to be renewed.
    pub(super) fn is_due(&self, context: &Context) -> bool {
        let early = self.expiry.checked_sub(AHEAD);
        early.is_none_or(|early| early <= context.clock.for_expiry())
    }

    pub(super) fn has_expired(&self, context: &Context) -> bool {
        self.expiry <= context.clock.for_expiry()
    }

    /// The credentials, expired or not.
    pub(super) fn credentials(&self) -> Result<Credentials, String> {
        from_json(self.object.get("accessToken").unwrap_or(&Value::Null), &NAMES)
    }

    /// A member that renewing takes.
    pub(super) fn string(&self, name: &str) -> Result<&str, String> {
        string(&self.object, name).ok_or_else(|| format!("cannot be renewed, because its file has no {name}"))
    }

    /// The file with new credentials. Members that other tools wrote stay.
    pub(super) fn renewed(&self, response: &Value) -> Result<Self, String> {
        let missing = |name: &str| format!("the response has no {name}");
        let refresh = string(response, "refreshToken").ok_or_else(|| missing("refreshToken"))?;
        let seconds = response.get("expiresIn").and_then(Value::as_i64).ok_or_else(|| missing("expiresIn"))?;
        let expires_at = DateTime::from_secs(DateTime::now().secs().saturating_add(seconds));
        let issued = response.get("accessToken").ok_or_else(|| missing("accessToken"))?;
        let part = |name: &str| string(issued, name).ok_or_else(|| missing(name));
        let mut keys = strings(&[
            ("accessKeyId", part("accessKeyId")?),
            ("secretAccessKey", part("secretAccessKey")?),
            ("sessionToken", part("sessionToken")?),
            ("expiresAt", &expires_at.to_string()),
        ]);
        // The account stays what it was: the response does not repeat it.
        if let Some(account) = self.object["accessToken"].get("accountId") {
            keys.insert("accountId".to_owned(), account.clone());
        }
        let mut object = self.object.clone();
        object["accessToken"] = keys.into();
        object["refreshToken"] = refresh.into();
        let expiry = expires_at.try_into().map_err(|_| "the response has no expiresIn that is a time")?;
        Ok(Self { path: self.path.clone(), object, expiry })
    }

    pub(super) fn write(&self) -> io::Result<()> {
        replace(&self.path, &self.object.to_string())
    }
}

/// The path of a session's file. Its name is a hash of the session's.
fn path(context: &Context, session: &str) -> Result<PathBuf, String> {
    let environment = &context.environment;
    let folder = match environment.var("AWS_LOGIN_CACHE_DIRECTORY") {
        Some(folder) => expand(environment, &with_variables(environment, &folder)),
        None => {
            let home = home(environment).ok_or("HOME is not set, so there is no file with a sign-in")?;
            home.join(".aws").join("login").join("cache")
        }
    };
    let hash = hex(&sha256(session.as_bytes()));
    Ok(folder.join(format!("{}.json", String::from_utf8_lossy(&hash))))
}
