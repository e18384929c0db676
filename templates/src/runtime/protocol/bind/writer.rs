//! The writer of a request, which puts text and JSON into its parts. It knows no shape, and is compiled once.

use ::http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use bytes::Bytes;

use super::bound::BoundRequest;
use super::empty::EmptyText;
use super::error::{BuildError, Problem};
use super::uri::{Labels, next_label};
use crate::runtime::base::percent::push_encoded;
use crate::runtime::http::byte_stream::ByteStream;
use crate::runtime::protocol::operation::OperationInfo;
use crate::runtime::shape::blob::encode;
use crate::runtime::shape::member::{Location, Member, Payload};
use crate::runtime::shape::traits::Fragment;

/// A request that is being put together.
pub(super) struct RequestWriter {
    info: &'static OperationInfo,
    pub(super) empty: EmptyText,
    pub(super) payload: Payload,
    /// Whether the input has members of the JSON body, set or not.
    pub(super) has_parts: bool,
    pub(super) body: Vec<u8>,
    pub(super) stream: Option<ByteStream>,
    labels: Labels,
    query: String,
    /// The entries of maps for the query string: key and value, encoded. Members of their own go first.
    query_map: Vec<(String, String)>,
    headers: HeaderMap,
    /// The value of the header that is being written, and how many pieces of text the member has given so far.
    header: Vec<u8>,
    pieces: usize,
    hosts: Vec<(&'static str, Vec<u8>)>,
    error: Option<BuildError>,
}

impl RequestWriter {
    pub(super) fn new(info: &'static OperationInfo, payload: Payload, empty: EmptyText) -> Self {
        Self {
            info,
            empty,
            payload,
            has_parts: false,
            body: Vec::new(),
            stream: None,
            labels: Labels::default(),
            query: String::new(),
            query_map: Vec::new(),
            headers: HeaderMap::new(),
            header: Vec::new(),
            pieces: 0,
            hosts: Vec::new(),
            error: None,
        }
    }

    pub(super) fn has_failed(&self) -> bool {
        self.error.is_some()
    }

    #[cold]
    pub(super) fn fail(&mut self, member: &str, problem: Problem) {
        self.error.get_or_insert_with(|| self.info.error(member, problem));
    }

    /// Says that the request has no body: a structure without members is an object without keys, and a union of which no
    /// member is set is nothing at all.
    pub(super) fn no_body(&mut self) {
        self.payload = Payload::None;
    }

    /// Begins a member of the JSON body.
    pub(super) fn key(&mut self, wire: &str) {
        self.body.push(if self.body.is_empty() { b'{' } else { b',' });
        // Writing to memory has no errors, and a string is JSON always.
        let _ = serde_json::to_writer(&mut self.body, wire);
        self.body.push(b':');
    }

    /// Adds one piece of a member's text.
    pub(super) fn piece(&mut self, member: &Member, piece: Fragment<'_>) {
        match member.location {
            Location::Label => self.labels.push(piece.text),
            Location::Query => {
                if !self.query.is_empty() {
                    self.query.push('&');
                }
                push_encoded(&mut self.query, member.wire.as_bytes(), false);
                self.query.push('=');
                push_encoded(&mut self.query, piece.text, false);
            }
            Location::QueryMap => {
                let mut pair = (String::new(), String::new());
                push_encoded(&mut pair.0, piece.key.as_bytes(), false);
                push_encoded(&mut pair.1, piece.text, false);
                self.query_map.push(pair);
            }
            Location::Header => {
                if self.pieces > 0 {
                    self.header.push(b',');
                }
                push_header_text(&mut self.header, piece);
            }
            Location::PrefixHeaders => self.prefix_header(member, piece),
            Location::Payload => self.body.extend_from_slice(piece.text),
            // A status has no place in a request, and the body takes no text.
            Location::Status | Location::Body => {}
        }
        self.pieces += 1;
    }

    /// Whether the member that is being written gave no text so far.
    pub(super) fn is_nothing(&self) -> bool {
        self.pieces == 0
    }

    /// Writes the end of the body, from `start` on, as the one piece of text of a member.
    pub(super) fn take_text(&mut self, start: usize) {
        self.header = self.body.split_off(start);
        self.pieces = 1;
    }

    /// Ends a member that is bound outside of the JSON body.
    pub(super) fn end(&mut self, member: &Member) {
        self.pieces = 0;
        match member.location {
            Location::Label => self.labels.end(member.wire, member.name),
            // A list without elements is an empty header: it was set, and so says something.
            Location::Header => {
                let mut value = std::mem::take(&mut self.header);
                if member.json_value {
                    value = encode(value).into_bytes();
                }
                let (Ok(name), Ok(mut value)) = (
                    HeaderName::from_bytes(member.wire.as_bytes()),
                    HeaderValue::from_maybe_shared(Bytes::from(value)),
                ) else {
                    return self.fail(member.name, Problem::HeaderValue);
                };
                value.set_sensitive(member.sensitive);
                if self.headers.try_insert(name, value).is_err() {
                    self.fail(member.name, Problem::TooManyHeaders);
                }
            }
            _ => {}
        }
    }

    fn prefix_header(&mut self, member: &Member, piece: Fragment<'_>) {
        let Ok(name) = HeaderName::from_bytes(format!("{}{}", member.wire, piece.key).as_bytes()) else {
            return self.fail(member.name, Problem::HeaderName);
        };
        let Ok(mut value) = HeaderValue::from_bytes(piece.text) else {
            return self.fail(member.name, Problem::HeaderValue);
        };
        value.set_sensitive(member.sensitive);
        // A header that is a member of its own goes first.
        if !self.headers.contains_key(&name) && self.headers.try_insert(name, value).is_err() {
            self.fail(member.name, Problem::TooManyHeaders);
        }
    }

    /// Writes the text of a label of the host prefix (Smithy trait `hostLabel`).
    pub(super) fn host_label(&mut self, name: &'static str, piece: Fragment<'_>) {
        self.hosts.push((name, piece.text.to_vec()));
    }

    fn host_prefix(&self) -> Result<Option<String>, (&'static str, Problem)> {
        let Some(template) = self.info.host_prefix else { return Ok(None) };
        let mut prefix = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, label, after)) = next_label(rest) {
            prefix.push_str(before);
            let text = self.hosts.iter().find(|(name, _)| *name == label).map(|(_, text)| text);
            let host = |byte: &u8| byte.is_ascii_alphanumeric() || b"-.".contains(byte);
            match text {
                Some(text) if !text.is_empty() && text.iter().all(host) => {
                    prefix.extend(text.iter().copied().map(char::from));
                }
                _ => return Err((label, Problem::HostLabel)),
            }
            rest = after;
        }
        prefix.push_str(rest);
        Ok(Some(prefix))
    }

    /// The request.
    pub(super) fn finish(mut self) -> Result<BoundRequest, BuildError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let info = self.info;
        self.append_query_map();
        let host_prefix = self.host_prefix().map_err(|(member, problem)| info.error(member, problem))?;
        let path_and_query =
            self.labels.expand(info.uri, &self.query).map_err(|(member, problem)| info.error(member, problem))?;
        self.finish_body()?;
        let (body, stream) = match self.stream {
            None => (self.body.into(), None),
            Some(stream) => match stream.as_bytes() {
                Some(bytes) => (bytes.clone(), None),
                None => (Bytes::new(), Some(stream)),
            },
        };
        Ok(BoundRequest {
            path_and_query,
            headers: self.headers,
            body,
            stream,
            host_prefix,
            endpoint_params: Vec::new(),
        })
    }

    /// Appends what maps have for the query string, but for the keys that members or the template have as well.
    fn append_query_map(&mut self) {
        let members = self.query.len();
        let constant = self.info.uri.split_once('?').map_or("", |(_, query)| query);
        for (key, value) in &self.query_map {
            if has_key(constant, key) || has_key(&self.query[..members], key) {
                continue;
            }
            if !self.query.is_empty() {
                self.query.push('&');
            }
            self.query.push_str(key);
            self.query.push('=');
            self.query.push_str(value);
        }
    }

    /// Ends the body, and says what it is, unless a member does.
    fn finish_body(&mut self) -> Result<(), BuildError> {
        let Some(content_type) = self.content_type() else { return Ok(()) };
        if self.headers.contains_key(CONTENT_TYPE) {
            return Ok(());
        }
        match self.headers.try_insert(CONTENT_TYPE, HeaderValue::from_static(content_type)) {
            Ok(_) => Ok(()),
            Err(_) => Err(self.info.error("Content-Type", Problem::TooManyHeaders)),
        }
    }

    /// Ends the body; gives what it is.
    fn content_type(&mut self) -> Option<&'static str> {
        match self.payload {
            Payload::None if self.has_parts => {
                if self.body.is_empty() {
                    self.body.push(b'{');
                }
                self.body.push(b'}');
                Some("application/json")
            }
            Payload::None => None,
            Payload::Json => {
                if self.body.is_empty() {
                    self.body.extend_from_slice(b"{}");
                }
                Some("application/json")
            }
            Payload::Stream => self.stream.as_ref().map(|_| "application/octet-stream"),
            _ if self.body.is_empty() => None,
            Payload::Text => Some("text/plain"),
            Payload::Blob => Some("application/octet-stream"),
        }
    }
}

impl OperationInfo {
    fn error(&self, member: &str, problem: Problem) -> BuildError {
        BuildError { operation: self.name, member: member.to_owned(), problem }
    }
}

/// The elements of a list share a header, with commas between them; a string that has commas is quoted.
fn push_header_text(to: &mut Vec<u8>, piece: Fragment<'_>) {
    if !(piece.element && piece.string && piece.text.iter().any(|byte| b"\",".contains(byte))) {
        return to.extend_from_slice(piece.text);
    }
    to.push(b'"');
    for &byte in piece.text {
        if byte == b'"' {
            to.push(b'\\');
        }
        to.push(byte);
    }
    to.push(b'"');
}

/// Whether an encoded query string has an encoded key.
fn has_key(query: &str, key: &str) -> bool {
    query.split('&').any(|pair| pair.split('=').next() == Some(key)) && !key.is_empty()
}
