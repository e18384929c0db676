//! Outputs, read from responses: what a recorder keeps of a real service's answers.

use ::http::HeaderMap;
use serde_json::{Map, Value};

use super::from_wire::Path;
use super::model::{Kind, MemberModel, OperationModel, ServiceModel, ShapeModel};
use super::request::{ReadError, json_of};
use crate::runtime::protocol::header::ResponsePart;
use crate::runtime::shape::member::Location;

impl ServiceModel {
    /// Reads the output of a response, by the model's member names. Members that the model does not know are passed over.
    ///
    /// # Errors
    /// A response that has not the shape of the operation's output.
    pub fn read_output(
        &self,
        operation: &OperationModel,
        status: u16,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Value, ReadError> {
        match operation.output {
            Some(output) => self.read_response(self.shape(output), status, headers, body),
            None => Ok(Value::Object(Map::new())),
        }
    }

    /// Reads a response or an exception.
    pub(in crate::runtime::testing) fn read_response(
        &self,
        shape: &ShapeModel,
        status: u16,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Value, ReadError> {
        let mut keys = match body.trim_ascii().is_empty() || shape.payload.is_some() {
            true => Map::new(),
            false => match json_of(body)? {
                Value::Object(keys) => keys,
                _ => return Err(ReadError::not_an_object()),
            },
        };
        let mut found = Map::new();
        for member in &shape.members {
            let path = Path::Member(&Path::Root, &member.name);
            let value = match member.in_response() {
                Location::Status => Some(status.into()),
                Location::Header => {
                    let given = ResponsePart::header(headers, &member.wire);
                    given.map(|given| self.header_value(member, given, &path)).transpose()?
                }
                Location::PrefixHeaders => Some(ResponsePart::Headers(headers, &member.wire).into_document()),
                Location::Payload => self.payload_value(member, body, &path)?,
                _ => match self.key_of(&mut keys, member) {
                    Some(wire) => self.member_from_wire(member, wire, &path)?,
                    None => None,
                },
            };
            if let Some(value) = value {
                found.insert(member.name.to_string(), value);
            }
        }
        Ok(Value::Object(found))
    }

    /// The key of a member; the message of an exception may be in either case.
    fn key_of(&self, keys: &mut Map<String, Value>, member: &MemberModel) -> Option<Value> {
        let is_message = member.name.eq_ignore_ascii_case("message") && self.shape(member.shape).kind == Kind::String;
        keys.remove(&*member.wire).or_else(|| {
            let other = is_message.then(|| keys.keys().find(|key| key.eq_ignore_ascii_case("message")).cloned())??;
            keys.remove(&other)
        })
    }
}
