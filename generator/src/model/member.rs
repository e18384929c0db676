//! One member of a structure.

use super::reasons::XML;
use crate::json::{Node, Reader};

/// One member of a structure.
#[derive(Debug, Clone, Default)]
pub(crate) struct Member {
    pub shape: String,
    pub location: Option<String>,
    pub location_name: Option<String>,
    pub idempotency_token: bool,
    pub jsonvalue: bool,
    pub streaming: bool,
    pub host_label: bool,
    /// Whether the member is a header of the message that an event is (Smithy trait `eventHeader`).
    pub event_header: bool,
    /// Whether the member is the whole payload of that message (Smithy trait `eventPayload`).
    pub event_payload: bool,
    pub context_param: Option<ContextParam>,
    pub timestamp_format: Option<String>,
    pub values: Option<Vec<String>>,
    /// Read by `is_sensitive`, which the other stages ask.
    pub(super) sensitive: bool,
    pub deprecated: bool,
    pub deprecated_message: Option<String>,
    pub deprecated_since: Option<String>,
    pub documentation: Option<String>,
}

impl Member {
    pub(super) fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            fields.unused("box", Reader::boolean, "what is not required is an Option already");
            fields.unused("flattened", Reader::boolean, XML);
            Self {
                shape: fields.text("shape"),
                location: fields.optional_text("location"),
                location_name: fields.optional_text("locationName"),
                idempotency_token: fields.flag("idempotencyToken"),
                jsonvalue: fields.flag("jsonvalue"),
                streaming: fields.flag("streaming"),
                host_label: fields.flag("hostLabel"),
                event_header: fields.flag("eventheader"),
                event_payload: fields.flag("eventpayload"),
                context_param: fields.optional("contextParam", ContextParam::read),
                timestamp_format: fields.optional_text("timestampFormat"),
                values: fields.optional_texts("enum"),
                sensitive: fields.flag("sensitive"),
                deprecated: fields.flag("deprecated"),
                deprecated_message: fields.optional_text("deprecatedMessage"),
                deprecated_since: fields.optional_text("deprecatedSince"),
                documentation: fields.optional_text("documentation"),
            }
        })
    }
}

/// A member whose value is given to the endpoint rule set.
#[derive(Debug, Clone, Default)]
pub(crate) struct ContextParam {
    pub name: String,
}

impl ContextParam {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| Self { name: fields.text("name") })
    }
}
