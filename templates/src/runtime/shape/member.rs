//! Members: the binding traits of each, as a [`Member`] that every walk over a structure reads. No value is kept here.

/// Where restJson1 puts a member of a request or finds one of a response.
///
/// See the Smithy HTTP binding traits `httpLabel`, `httpQuery`, `httpQueryParams`, `httpHeader`, `httpPrefixHeaders`,
/// `httpPayload` and `httpResponseCode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// A key of the JSON body.
    Body,
    /// The whole body.
    Payload,
    /// A label of the URI template.
    Label,
    /// One query string parameter, or one per element of a list.
    Query,
    /// A map of query string parameters.
    QueryMap,
    /// One header.
    Header,
    /// A map of headers that share a prefix.
    PrefixHeaders,
    /// The HTTP status of the response.
    Status,
}

/// The format of a timestamp (Smithy trait `timestampFormat`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampFormat {
    /// Seconds since the epoch, as a number; botocore's `unixTimestamp`.
    EpochSeconds,
    /// `2026-01-02T03:04:05Z`; botocore's `iso8601`.
    DateTime,
    /// `Fri, 02 Jan 2026 03:04:05 GMT`; botocore's `rfc822`.
    HttpDate,
}

/// One member of a structure: its two names and its binding traits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// The model's name of the member.
    pub name: &'static str,
    /// Its name on the wire: the model's `locationName`, or the same.
    pub wire: &'static str,
    /// The part of the message that it is bound to.
    pub location: Location,
    /// Whether `Debug` must not show it.
    pub sensitive: bool,
    /// The modelled format of the timestamps in it, where it is not the default of its location.
    pub timestamp: Option<TimestampFormat>,
    /// Whether the value is JSON inside a string (botocore's `jsonvalue`).
    pub json_value: bool,
    /// Whether the value is a label of the operation's host prefix as well.
    pub host_label: bool,
    /// Whether the model requires it.
    pub required: bool,
    /// Whether the model allows text of no characters where it is required.
    pub may_be_blank: bool,
    /// The content of the body, where the member is the whole of it.
    pub payload: Payload,
}

/// The content of a payload member (Smithy trait `httpPayload`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload {
    /// There is no payload member: the body is the JSON of the members that are bound nowhere else.
    None,
    /// JSON: a structure, a union, a list, a map or a document.
    Json,
    /// The bytes of a blob.
    Blob,
    /// The text of a string or an enumeration.
    Text,
    /// The bytes of a blob that is not held in memory.
    Stream,
}

/// The content of a structure's payload member.
#[must_use]
pub const fn payload_of(members: &[Member]) -> Payload {
    let mut index = 0;
    while index < members.len() {
        if !matches!(members[index].payload, Payload::None) {
            return members[index].payload;
        }
        index += 1;
    }
    Payload::None
}

impl Member {
    /// A member of the JSON body that has no trait of its own.
    #[must_use]
    pub const fn new(name: &'static str, location: Location) -> Self {
        Self {
            name,
            wire: name,
            location,
            sensitive: false,
            timestamp: None,
            json_value: false,
            host_label: false,
            required: false,
            may_be_blank: false,
            payload: if matches!(location, Location::Payload) { Payload::Json } else { Payload::None },
        }
    }

    /// Sets the name on the wire, after the model's name was given.
    #[must_use]
    pub const fn wire(mut self, wire: &'static str) -> Self {
        self.wire = wire;
        self
    }

    /// Sets the model's name, after the name on the wire was given.
    #[must_use]
    pub const fn member(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// Marks the member as one that the model requires.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Allows text of no characters, which in other required members counts as text that was never given.
    #[must_use]
    pub const fn may_be_blank(mut self) -> Self {
        self.may_be_blank = true;
        self
    }

    /// Says that the body is the bytes of a blob.
    #[must_use]
    pub const fn blob(mut self) -> Self {
        self.payload = Payload::Blob;
        self
    }

    /// Says that the body is a text.
    #[must_use]
    pub const fn text(mut self) -> Self {
        self.payload = Payload::Text;
        self
    }

    /// Says that the body is the bytes of a blob that is not held in memory.
    #[must_use]
    pub const fn stream(mut self) -> Self {
        self.payload = Payload::Stream;
        self
    }

    /// Says that timestamps are seconds since the epoch.
    #[must_use]
    pub const fn epoch_seconds(self) -> Self {
        self.timestamp(TimestampFormat::EpochSeconds)
    }

    /// Says that timestamps are ISO 8601 texts.
    #[must_use]
    pub const fn date_time(self) -> Self {
        self.timestamp(TimestampFormat::DateTime)
    }

    /// Says that timestamps are dates as HTTP headers have them.
    #[must_use]
    pub const fn http_date(self) -> Self {
        self.timestamp(TimestampFormat::HttpDate)
    }

    /// Marks the member as one that `Debug` must not show (Smithy trait `sensitive`).
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Sets the format of the timestamps in the member.
    #[must_use]
    pub const fn timestamp(mut self, format: TimestampFormat) -> Self {
        self.timestamp = Some(format);
        self
    }

    /// Marks the member as JSON inside a string.
    #[must_use]
    pub const fn json_value(mut self) -> Self {
        self.json_value = true;
        self
    }

    /// Marks the member as a label of the operation's host prefix (Smithy trait `hostLabel`).
    #[must_use]
    pub const fn host_label(mut self) -> Self {
        self.host_label = true;
        self
    }
}

/// A member of the JSON body.
#[must_use]
pub const fn body(name: &'static str) -> Member {
    Member::new(name, Location::Body)
}

/// A member that is the whole body.
#[must_use]
pub const fn payload(name: &'static str) -> Member {
    Member::new(name, Location::Payload)
}

/// A label of the URI template.
#[must_use]
pub const fn label(name: &'static str) -> Member {
    Member::new(name, Location::Label)
}

/// A query string parameter.
#[must_use]
pub const fn query(name: &'static str) -> Member {
    Member::new(name, Location::Query)
}

/// A map of query string parameters.
#[must_use]
pub const fn query_map(name: &'static str) -> Member {
    Member::new(name, Location::QueryMap)
}

/// A header.
#[must_use]
pub const fn header(name: &'static str) -> Member {
    Member::new(name, Location::Header)
}

/// A map of headers; the wire name is their prefix.
#[must_use]
pub const fn prefix_headers(name: &'static str) -> Member {
    Member::new(name, Location::PrefixHeaders)
}

/// The HTTP status of a response.
#[must_use]
pub const fn status(name: &'static str) -> Member {
    Member::new(name, Location::Status)
}

/// A module for each binding, with a function for each presence: `body::required("Key")`.
macro_rules! presence {
    ($($binding:ident)*) => {
        $(
            #[doc = concat!("Members bound as by [`", stringify!($binding), "`](fn@", stringify!($binding), ").")]
            pub mod $binding {
                use super::Member;

                /// A member that may be absent.
                #[must_use]
                pub const fn optional(name: &'static str) -> Member {
                    super::$binding(name)
                }

                /// A member that the model requires.
                #[must_use]
                pub const fn required(name: &'static str) -> Member {
                    super::$binding(name).required()
                }
            }
        )*
    };
}

presence! { body payload label query query_map header prefix_headers status }
