//! Attached files: the start of an upload, its URL and what is sent there, its end, and the URL of a download.
//!
//! The service keeps what is sent in S3. The stand-in keeps it itself, and has a URL for each file.

use ::http::header::{CONTENT_TYPE, HeaderValue};
use ::http::{Method, Response, StatusCode};
use bytes::Bytes;
use serde_json::{Value, json};

use super::engine::{Behaviour, Call, Engine, Outcome};
use super::instances::{nothing, record};
use super::plain::problem;
use super::store::{Key, Record};
use crate::runtime::base::percent::decoded;
use crate::runtime::shape::blob::{decode, encode};
use crate::runtime::shape::member::TimestampFormat;
use crate::runtime::shape::timestamp::DateTime;

/// The operation on attached files that has code of its own.
pub(super) const OPERATIONS: [(&str, Behaviour); 1] = [("CompleteAttachedFileUpload", complete)];

/// The steps that answer URLs as well.
pub(super) const STEPS: [(&str, Behaviour); 2] = [("GetAttachedFile", get), ("StartAttachedFileUpload", start)];

/// The prefix of the URLs of files. It is neither of an operation nor of the control API: browsers upload from other origins.
const PREFIX: &str = "/_stand_in_files/";
/// The seconds for which a URL holds where the request does not say.
const HOLDS: f64 = 300.0;
/// The member of a file that holds what was sent, and the one that holds the time until which it may be; no shape has them.
const CONTENT: &str = "$Content";
const UNTIL: &str = "$Until";

/// The path of a file.
fn path(key: &Key, file: &Record) -> String {
    format!("{PREFIX}{}/{}", key.scope.first().map_or("", String::as_str), file.id)
}

fn iso(seconds: f64) -> Value {
    DateTime::from_secs_f64(seconds).map(|time| time.format(TimestampFormat::DateTime)).unwrap_or_default().into()
}

/// An upload begins: the file is there, without content.
fn start(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let Some(family) = engine.facts.family("AttachedFile") else { return nothing(engine, call) };
    let until =
        engine.state.clock.now() + call.input.get("UrlExpiryInSeconds").and_then(Value::as_f64).unwrap_or(HOLDS);
    let mut known = Record::default();
    known.members.insert(UNTIL.to_owned(), until.into());
    let mut answer = engine.create(call, family, known)?;
    let id = answer["FileId"].as_str().unwrap_or_default().to_owned();
    let scope = engine.scope(call, family)?;
    if let Some((key, file)) =
        engine.resolve(family, &scope, &id).and_then(|key| Some((key.clone(), engine.state.store.get(&key)?)))
    {
        answer["UploadUrlMetadata"] = json!({
            "Url": format!("{}{}", engine.url, path(&key, file)),
            "UrlExpiry": iso(until),
            "HeadersToInclude": {"content-length": file.members.get("SizeInBytes").map(ToString::to_string).unwrap_or_default()},
        });
    }
    Ok(answer)
}

/// The end of an upload: the file is approved.
fn complete(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut file) = record(engine, call, "AttachedFile", "FileId")?;
    file.members.insert("Status".to_owned(), "APPROVED".into());
    engine.keep(key, file);
    nothing(engine, call)
}

/// A file, with a URL where it is approved.
fn get(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, file) = record(engine, call, "AttachedFile", "FileId")?;
    let mut answer = engine.output(call, &key);
    if file.members.get("Status").and_then(Value::as_str) == Some("APPROVED") {
        let holds = call.input.get("UrlExpiryInSeconds").and_then(Value::as_f64).unwrap_or(HOLDS);
        answer["DownloadUrlMetadata"] = json!({
            "Url": format!("{}{}", engine.url, path(&key, &file)),
            "UrlExpiry": iso(engine.state.clock.now() + holds),
        });
    }
    Ok(answer)
}

/// Whether a path is that of a file.
pub(super) fn is_file(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// Answers a request to the URL of a file.
pub(super) fn respond(engine: &mut Engine, method: &Method, path: &str, body: &[u8]) -> Response<Bytes> {
    let named = path.strip_prefix(PREFIX).and_then(|rest| rest.split_once('/'));
    let text = |part: &str| String::from_utf8(decoded(part).into_owned()).ok();
    let found = named.and_then(|(instance, id)| {
        let family = engine.facts.family("AttachedFile")?;
        let key = engine.state.store.by_id(family, &[text(instance)?], &text(id)?)?;
        Some((key.clone(), engine.state.store.get(&key)?.clone()))
    });
    let Some((key, mut file)) = found else { return problem(StatusCode::NOT_FOUND, "there is no such file") };
    match method.as_str() {
        "PUT" => {
            let until = file.members.get(UNTIL).and_then(Value::as_f64).unwrap_or_default();
            if engine.state.clock.now() > until {
                return problem(StatusCode::FORBIDDEN, "the time in which the file could be uploaded is over");
            }
            let size = file.members.get("SizeInBytes").and_then(Value::as_u64).unwrap_or_default();
            if size != body.len() as u64 {
                let message =
                    format!("the file has {} bytes; its upload was started with FileSizeInBytes {size}", body.len());
                return problem(StatusCode::FORBIDDEN, &message);
            }
            file.members.insert(CONTENT.to_owned(), encode(body).into());
            engine.keep(key, file);
            Response::new(Bytes::new())
        }
        "GET" | "HEAD" => {
            let content = file.members.get(CONTENT).and_then(Value::as_str);
            let Some(content) = content.and_then(decode) else {
                return problem(StatusCode::NOT_FOUND, "the file was not uploaded");
            };
            let mut response = Response::new(Bytes::from(content));
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
            response
        }
        _ => problem(StatusCode::METHOD_NOT_ALLOWED, "a file is sent by PUT and read by GET"),
    }
}
