//! A service and operations of it as the generator emits them, written by hand: a request for each kind of binding.

use std::collections::HashMap;

use templates::runtime::__private::{
    self as runtime, Blob, ByteStream, DateTime, Document, ErrorBody, OperationInfo, ServiceInfo,
};
use templates::runtime::endpoint::{Endpoint, EndpointError, Params};

use super::{Channel, Choice};

/// The service.
pub struct Demo;

impl runtime::Service for Demo {
    type Exception = Exception;
    const INFO: ServiceInfo = ServiceInfo {
        id: "Demo",
        api_version: "2017-08-08",
        signing_name: "demo",
        endpoint_prefix: "demo",
        endpoint: nowhere,
        #[cfg(any(feature = "mock", feature = "stand_in"))]
        model: "",
        #[cfg(feature = "stand_in")]
        resources: "",
    };
}

fn nowhere(_: &Params<'_>) -> Result<Endpoint, EndpointError> {
    unreachable!("binding opens no connection")
}

/// The service's one exception.
#[derive(Debug)]
pub enum Exception {
    NotFound(NotFound),
}

impl runtime::Exception for Exception {
    fn read(code: &str, from: ErrorBody<'_>) -> Option<Self> {
        match code {
            "NotFound" => from.read().map(Self::NotFound),
            _ => None,
        }
    }

    fn write<S: runtime::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::NotFound(exception) => runtime::derive::serialize(exception, to),
        }
    }
}

/// An exception with a member in a header.
#[derive(Clone, Default, PartialEq)]
pub struct NotFound {
    pub message: Option<String>,
    pub resource: Option<String>,
    pub wait: Option<i32>,
}

runtime::members! { NotFound {
    message: body("Message"),
    resource: body("resource").member("Resource"),
    wait: header("Wait").wire("X-Wait"),
} }

macro_rules! operation {
    ($request:ident, $info:expr) => {
        impl runtime::Operation for $request {
            type Service = Demo;
            type Output = ();
            const INFO: OperationInfo = $info;
        }
    };
}

/// A request with labels and a query string.
#[derive(Clone, Default, PartialEq)]
pub struct Place {
    pub id: Option<String>,
    pub number: Option<i64>,
    pub at: Option<DateTime>,
    pub rest: Option<String>,
    pub next: Option<String>,
    pub count: Option<i32>,
    pub ratio: Option<f64>,
    pub on: Option<bool>,
    pub since: Option<DateTime>,
    pub since_epoch: Option<DateTime>,
    pub kinds: Option<Vec<Channel>>,
    pub times: Option<Vec<DateTime>>,
    pub more: Option<HashMap<String, String>>,
    pub many: Option<HashMap<String, Vec<String>>>,
}

runtime::members! { Place {
    id: label("Id"),
    number: label("Number").wire("num"),
    at: label("At"),
    rest: label("Rest"),
    next: query("Next").wire("nextToken"),
    count: query("Count"),
    ratio: query("Ratio"),
    on: query("On"),
    since: query("Since"),
    since_epoch: query("SinceEpoch").epoch_seconds(),
    kinds: query("Kinds").wire("kind"),
    times: query("Times"),
    more: query_map("More"),
    many: query_map("Many"),
} }
operation!(Place, OperationInfo::new("Place").http("GET", "/a/{Id}/{num}/{At}/{Rest+}?fixed=1&bare"));

/// A request with headers.
#[derive(Clone, Default, PartialEq)]
pub struct Heads {
    pub text: Option<String>,
    pub secret: Option<String>,
    pub count: Option<i32>,
    pub on: Option<bool>,
    pub at: Option<DateTime>,
    pub iso: Option<DateTime>,
    pub epoch: Option<DateTime>,
    pub list: Option<Vec<String>>,
    pub kinds: Option<Vec<Channel>>,
    pub times: Option<Vec<DateTime>>,
    pub numbers: Option<Vec<f32>>,
    pub json: Option<Document>,
    pub meta: Option<HashMap<String, String>>,
}

runtime::members! { Heads {
    text: header("Text").wire("X-Text"),
    secret: header("Secret").wire("X-Secret").sensitive(),
    count: header("Count").wire("X-Count"),
    on: header("On").wire("X-On"),
    at: header("At").wire("X-At"),
    iso: header("Iso").wire("X-Iso").date_time(),
    epoch: header("Epoch").wire("X-Epoch").epoch_seconds(),
    list: header("List").wire("X-List"),
    kinds: header("Kinds").wire("X-Kinds"),
    times: header("Times").wire("X-Times"),
    numbers: header("Numbers").wire("X-Numbers"),
    json: header("Json").wire("X-Json").json_value(),
    meta: prefix_headers("Meta").wire("X-Meta-"),
} }
operation!(Heads, OperationInfo::new("Heads").http("POST", "/heads"));

/// A request with a body, and one label beside it.
#[derive(Clone, Default, PartialEq)]
pub struct Bodied {
    pub id: Option<String>,
    pub name: Option<String>,
    pub at: Option<DateTime>,
    pub iso: Option<DateTime>,
    pub choice: Option<Choice>,
    pub inner: Option<Inner>,
}

runtime::members! { Bodied {
    id: label("Id"),
    name: body("n").member("Name"),
    at: body("At"),
    iso: body("Iso").date_time(),
    choice: body("Choice"),
    inner: body("Inner"),
} }
operation!(Bodied, OperationInfo::new("Bodied").http("PUT", "/bodied/{Id}"));

/// A structure with a bound member, which is a key of the body inside of a body.
#[derive(Clone, Default, PartialEq)]
pub struct Inner {
    pub tag: Option<String>,
}

runtime::members! { Inner { tag: header("Tag").wire("X-Tag"), } }

macro_rules! payload {
    ($request:ident, $type:ty, $($kind:ident)?) => {
        /// A request whose body is one member.
        #[derive(Clone, Default, PartialEq)]
        pub struct $request {
            pub kind: Option<String>,
            pub body: Option<$type>,
        }

        runtime::members! { $request {
            kind: header("Kind").wire("Content-Type"),
            body: payload("Body")$(.$kind())?,
        } }
        operation!($request, OperationInfo::new(stringify!($request)).http("POST", "/payload"));
    };
}

payload!(JsonPayload, Inner,);
payload!(UnionPayload, Choice,);
payload!(ListPayload, Vec<String>,);
payload!(DocumentPayload, Document,);
payload!(BlobPayload, Blob, blob);
payload!(StreamPayload, ByteStream, stream);
payload!(TextPayload, String, text);
payload!(EnumerationPayload, Channel, text);

/// A request with a host prefix.
#[derive(Clone, Default, PartialEq)]
pub struct Hosted {
    pub account: Option<String>,
    pub zone: Option<String>,
}

runtime::members! { Hosted {
    account: body("Account").host_label(),
    zone: query("Zone").wire("zone").host_label(),
} }
operation!(Hosted, OperationInfo::new("Hosted").http("POST", "/").host_prefix("{Account}.{Zone}-data."));

/// A request without members.
#[derive(Clone, Default, PartialEq)]
pub struct Nothing {}

runtime::members! { Nothing {} }
operation!(Nothing, OperationInfo::new("Nothing").http("POST", "/nothing"));

/// A response with a member of every binding and a body.
#[derive(Clone, Default, PartialEq)]
pub struct Answered {
    pub status: Option<i32>,
    pub text: Option<String>,
    pub count: Option<i64>,
    pub ratio: Option<f64>,
    pub on: Option<bool>,
    pub at: Option<DateTime>,
    pub epoch: Option<DateTime>,
    pub kind: Option<Channel>,
    pub list: Option<Vec<String>>,
    pub numbers: Option<Vec<i32>>,
    pub times: Option<Vec<DateTime>>,
    pub json: Option<Document>,
    pub meta: Option<HashMap<String, String>>,
    pub tag: String,
    pub name: String,
    pub inner: Option<Inner>,
}

runtime::members! { Answered {
    status: status("Status"),
    text: header("Text").wire("X-Text"),
    count: header("Count").wire("X-Count"),
    ratio: header("Ratio").wire("X-Ratio"),
    on: header("On").wire("X-On"),
    at: header("At").wire("X-At"),
    epoch: header("Epoch").wire("X-Epoch").epoch_seconds(),
    kind: header("Kind").wire("X-Kind"),
    list: header("List").wire("X-List"),
    numbers: header("Numbers").wire("X-Numbers"),
    times: header("Times").wire("X-Times"),
    json: header("Json").wire("X-Json").json_value(),
    meta: prefix_headers("Meta").wire("X-Meta-"),
    tag: header("Tag").wire("ETag").required(),
    name: body("name").member("Name").required(),
    inner: body("Inner"),
} }
