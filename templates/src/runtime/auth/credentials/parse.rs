//! Takes what a service, a container or a process answered; gives the credentials in it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use super::Credentials;
use crate::runtime::shape::timestamp::DateTime;

/// What an answer calls the parts of credentials.
pub(super) struct Names {
    pub(super) id: &'static str,
    pub(super) secret: &'static str,
    pub(super) token: &'static str,
    pub(super) expiry: &'static str,
    pub(super) account: &'static str,
}

/// A string of a JSON object.
pub(super) fn string<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str()
}

/// Credentials from a JSON object. The error names what is missing or wrong, not what is there.
pub(super) fn from_json(object: &Value, names: &Names) -> Result<Credentials, String> {
    let text = |name: &str| string(object, name).filter(|text| !text.is_empty());
    let part = |name: &str| text(name).ok_or_else(|| format!("the answer has no {name}"));
    let mut credentials = Credentials::new(part(names.id)?, part(names.secret)?);
    if let Some(token) = text(names.token) {
        credentials = credentials.with_session_token(token);
    }
    if let Some(account) = text(names.account) {
        credentials = credentials.with_account_id(account);
    }
    match object.get(names.expiry) {
        None | Some(Value::Null) => Ok(credentials),
        Some(expiry) => {
            let expiry = time(expiry).ok_or_else(|| format!("{} of the answer is not a time", names.expiry))?;
            Ok(credentials.with_expires_at(expiry))
        }
    }
}

/// A time as ISO 8601, or as milliseconds since the epoch.
pub(super) fn time(value: &Value) -> Option<SystemTime> {
    match value {
        Value::String(text) => iso(text),
        Value::Number(millis) => UNIX_EPOCH.checked_add(Duration::from_millis(millis.as_u64()?)),
        _ => None,
    }
}

/// A time as ISO 8601, or as the first versions of AWS's tools wrote it, with `UTC` for `Z`.
pub(super) fn iso(text: &str) -> Option<SystemTime> {
    let parse = |text: &str| DateTime::parse(text).ok()?.try_into().ok();
    match text.strip_suffix("UTC") {
        Some(text) => parse(&format!("{text}Z")),
        None => parse(text),
    }
}

/// Reads a small text file: a token that someone else renews.
pub(super) fn read_file(path: &str) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{path} cannot be read: {error}"))
}

/// The text of the first element of a name, in XML as AWS's query protocol answers it: no attributes, no prefixes.
pub(super) fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(text, _)| text)
}

/// Text with the entities that XML names, and no others, in place of what they stand for.
pub(super) fn unescaped(text: &str) -> String {
    const ENTITIES: [(&str, char); 5] =
        [("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&apos;", '\''), ("&amp;", '&')];
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let entity = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
        let (length, character) =
            entity.map_or((next.len_utf8(), next), |(entity, character)| (entity.len(), *character));
        plain.push(character);
        rest = &rest[length..];
    }
    plain
}

/// What a service says went wrong, made fit for one line of an error: no controls, and not without end.
pub(super) fn remark(text: &str) -> String {
    const LONGEST: usize = 300;
    let mut line = String::new();
    for c in text.trim().chars().take(LONGEST) {
        line.push(if c.is_control() { ' ' } else { c });
    }
    line
}
