//! A service as the generator emits it, written by hand: one operation of each kind that the call path tells apart.

use templates::runtime::__private::{self as runtime, Auth, ByteStream, ErrorBody, OperationInfo, Repeat, ServiceInfo};
use templates::runtime::endpoint::{Endpoint, EndpointError, Params};

/// The service.
#[derive(Debug)]
pub enum Sample {}

pub type Client = runtime::Client<Sample>;
pub type Error = runtime::Error<Exception>;

impl runtime::Service for Sample {
    type Exception = Exception;
    const INFO: ServiceInfo = ServiceInfo {
        id: "Sample Service",
        api_version: "2026-01-02",
        signing_name: "sample",
        endpoint_prefix: "sample",
        endpoint: resolve,
        #[cfg(any(feature = "mock", feature = "stand_in"))]
        model: include_str!("model.txt"),
        #[cfg(feature = "stand_in")]
        resources: "",
    };
}

fn resolve(params: &Params<'_>) -> Result<Endpoint, EndpointError> {
    let region = params.region()?;
    if let Some(custom) = params.endpoint {
        return Ok(Endpoint::new(custom));
    }
    let region = params.required("Region", region)?;
    let fips = if params.use_fips { "-fips" } else { "" };
    let domain = if params.use_dual_stack { "api.aws" } else { "amazonaws.com" };
    Ok(Endpoint::new(format!("https://sample{fips}.{region}.{domain}")))
}

/// The exceptions that the service answers with.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Exception {
    InvalidParameterException(InvalidParameterException),
    ResourceNotFoundException(ResourceNotFoundException),
}

impl runtime::Exception for Exception {
    fn read(code: &str, from: ErrorBody<'_>) -> Option<Self> {
        match code {
            "InvalidParameterException" => from.read().map(Self::InvalidParameterException),
            "ResourceNotFoundException" => from.read().map(Self::ResourceNotFoundException),
            _ => None,
        }
    }

    fn retryable(code: &str) -> Option<bool> {
        match code {
            "BusyException" => Some(false),
            "SlowDownPleaseException" => Some(true),
            _ => None,
        }
    }

    fn write<S: runtime::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::InvalidParameterException(exception) => runtime::derive::serialize(exception, to),
            Self::ResourceNotFoundException(exception) => runtime::derive::serialize(exception, to),
        }
    }
}

/// A structure, with a table of its members.
macro_rules! structure {
    ($name:ident { $($field:ident: $ty:ty = $binding:ident($key:literal)),* }) => {
        #[derive(Clone, Default, PartialEq)]
        pub struct $name {
            $(pub $field: Option<$ty>,)*
        }

        runtime::members! { $name { $($field: $binding($key),)* } }
    };
}

structure!(InvalidParameterException { message: String = body("Message") });
structure!(ResourceNotFoundException { message: String = body("Message") });
structure!(Thing { name: String = body("Name"), size: i32 = body("Size") });
structure!(ThingList { names: Vec<String> = body("Names"), next_token: String = body("NextToken") });

/// An operation on one thing.
macro_rules! operation {
    ($name:ident, $method:literal, $uri:literal, $output:ty, $($fact:ident($value:expr)),*) => {
        impl runtime::Operation for $name {
            type Service = Sample;
            type Output = $output;
            const INFO: OperationInfo = OperationInfo::new(stringify!($name)).http($method, $uri)$(.$fact($value))*;
        }
    };
}

structure!(GetThing { id: String = label("Id") });
operation!(GetThing, "GET", "/things/{Id}", Thing, repeat(Repeat::Safe));

structure!(RemoveThing { id: String = label("Id") });
operation!(RemoveThing, "DELETE", "/things/{Id}", (), repeat(Repeat::Idempotent));

structure!(RingThing { name: String = body("Name") });
operation!(RingThing, "POST", "/rings", Thing, repeat(Repeat::Never));

structure!(TellThing { name: String = query("name") });
operation!(TellThing, "GET", "/tell", Thing, auth(Auth::Bearer));

#[derive(Clone, Default, PartialEq)]
pub struct Content {
    pub kind: Option<String>,
    pub content: Option<ByteStream>,
}

runtime::members! { Content { kind: header("Kind").wire("x-kind"), content: payload("Content").stream(), } }

structure!(DownloadThing { name: String = query("name") });
operation!(DownloadThing, "GET", "/content", Content, repeat(Repeat::Safe));

#[derive(Clone, Default, PartialEq)]
pub struct UploadThing {
    pub content: Option<ByteStream>,
}

runtime::members! { UploadThing { content: payload("Content").stream(), } }
operation!(UploadThing, "PUT", "/content", Thing, repeat(Repeat::Idempotent));

structure!(PeekThing { name: String = query("name") });
operation!(PeekThing, "GET", "/peek", Thing, auth(Auth::None));

structure!(ShowThing { name: String = query("name") });
operation!(ShowThing, "GET", "/show", Thing, auth(Auth::Bearer));

structure!(StartThing { name: String = body("Name"), client_token: String = body("ClientToken") });
impl runtime::Operation for StartThing {
    type Service = Sample;
    type Output = Thing;
    const INFO: OperationInfo = OperationInfo::new("StartThing").http("PUT", "/things").repeat(Repeat::Token);

    fn idempotency_token(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.client_token)
    }
}

structure!(ListThings { next_token: String = query("nextToken") });
operation!(ListThings, "GET", "/things", ThingList, repeat(Repeat::Safe));

impl runtime::Paginated for ListThings {
    type Item = String;

    fn token(&self) -> Option<&str> {
        self.next_token.as_deref()
    }

    fn set_token(&mut self, token: String) {
        self.next_token = Some(token);
    }

    fn next_token(output: &ThingList) -> Option<&str> {
        output.next_token.as_deref()
    }

    fn items(output: ThingList) -> Vec<String> {
        output.names.unwrap_or_default()
    }
}

/// `GetThing` for one id.
pub fn get() -> GetThing {
    GetThing { id: Some("a b".to_owned()) }
}

/// `RingThing`, which must not be repeated.
pub fn ring() -> RingThing {
    RingThing { name: Some("bell".to_owned()) }
}
