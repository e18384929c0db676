//! The engine and the client over every operation of every service: what one writes, the other reads as the same value.

use std::fmt::Write as _;

use amazon_connect::config::Config;
use amazon_connect::runtime::protocol::bind::{BoundRequest, EmptyText, bind};
use amazon_connect::runtime::{Client, Operation, Output, Service, ServiceInfo, Tolerant, Visitor};
use amazon_connect::testing::model_of;
use amazon_connect::testing::service::{Fill, OperationModel, ServiceModel};
use http::Response;
use serde_json::{Map, Value};
use tries::Random;

/// The number of random values that each operation is tried with, beside the least one.
const VALUES: u64 = 3;

/// The client's half of an operation, without its type.
struct Handle {
    bind: fn(&Value) -> Result<BoundRequest, String>,
    decode: fn(Response<bytes::Bytes>) -> Result<Value, String>,
}

struct Handles;

impl<S: Service> Visitor<S> for Handles {
    type Output = Handle;

    fn visit<R: Operation<Service = S>>(self) -> Handle {
        Handle { bind: bind_value::<R>, decode: decode_value::<R> }
    }
}

fn bind_value<R: Operation>(input: &Value) -> Result<BoundRequest, String> {
    let text = input.to_string();
    let input: Tolerant<R> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    bind(&input.0, EmptyText::Missing).map_err(|error| error.to_string())
}

/// The output of a response in strict reading, or the code of the exception that it is.
fn decode_value<R: Operation>(response: Response<bytes::Bytes>) -> Result<Value, String> {
    let client = Client::<R::Service>::new(&Config::new().strict(true));
    let output = match client.decode::<R>(response) {
        Ok(output) => output,
        Err(error) => {
            let is_typed = error.exception().is_some();
            return Err(format!(
                "{} {is_typed} {}",
                error.code().unwrap_or_default(),
                error.message().unwrap_or_default()
            ));
        }
    };
    let mut text = Vec::new();
    output.write(&mut serde_json::Serializer::new(&mut text)).map_err(|error| error.to_string())?;
    serde_json::from_slice(&text).map_err(|error| error.to_string())
}

/// Tries all operations of a service. What fails is listed whole.
#[track_caller]
fn every_operation(info: &'static ServiceInfo, visit: fn(&str, Handles) -> Option<Handle>) {
    let model = model_of(info).unwrap();
    let mut failures = String::new();
    for operation in model.operations() {
        let handle = visit(operation.name(), Handles).expect("an operation of the client");
        let problems = std::iter::once((Fill::Required, 0)).chain((1..=VALUES).map(|seed| (Fill::Everything, seed)));
        for (fill, seed) in problems {
            if let Err(problem) = try_operation(model, operation, &handle, fill, seed) {
                writeln!(failures, "{} ({fill:?}, {seed}): {problem}", operation.name()).unwrap();
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn try_operation(
    model: &ServiceModel,
    operation: &OperationModel,
    handle: &Handle,
    fill: Fill,
    seed: u64,
) -> Result<(), String> {
    let mut random = Random::new(seed);
    let choose = &mut |of| random.below(of);
    let input = model.example(operation.input(), fill, choose);
    let violations = model.check(operation, &input);
    if !violations.is_empty() {
        return Err(format!("the example violates the model: {violations:?}"));
    }
    let bound = (handle.bind)(&input)?;
    let path = &*bound.path_and_query;
    let route = model.route(operation.method(), path).ok_or_else(|| format!("no route to {path}"))?;
    if route.operation.name() != operation.name() {
        return Err(format!("{path} goes to {}", route.operation.name()));
    }
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let read = model.read_input(&route, query, &bound.headers, &bound.body).map_err(|error| error.to_string())?;
    if read != input {
        return Err(format!("the input\n  {input} is read as\n  {read}"));
    }

    let output = model.example(operation.output(), fill, choose);
    let response = model.write_output(operation, &output).map_err(|error| error.to_string())?;
    if response.status() != operation.status() {
        return Err(format!("the status is {}", response.status()));
    }
    let (status, headers, body) = (response.status().as_u16(), response.headers().clone(), response.body().clone());
    let decoded = (handle.decode)(response)?;
    if decoded != output {
        return Err(format!("the output\n  {output} is decoded as\n  {decoded}"));
    }
    let read = model.read_output(operation, status, &headers, &body).map_err(|error| error.to_string())?;
    if read != output {
        return Err(format!("the output\n  {output} is read back as\n  {read}"));
    }

    for error in operation.errors() {
        let shape = model.shape(*error);
        let members = match model.example(Some(*error), fill, choose) {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        let response = model.write_exception(shape.code(), "what it says", &members);
        let decoded = (handle.decode)(response).unwrap_err();
        if !decoded.starts_with(&format!("{} true ", shape.code())) {
            return Err(format!("the exception {} is decoded as {decoded}", shape.code()));
        }
    }
    Ok(())
}

macro_rules! services {
    ($($(#[$feature:meta])? $test:ident: $($path:ident)::+ $service:ident;)*) => {$(
        $(#[$feature])?
        #[test]
        fn $test() {
            use $($path)::+::{$service, operation};
            every_operation(&<$service as Service>::INFO, |name, handles| operation::visit(name, handles));
        }
    )*};
}

services! {
    connect: amazon_connect Connect;
    #[cfg(feature = "appintegrations")]
    appintegrations: amazon_connect::appintegrations AppIntegrations;
    #[cfg(feature = "connect_contact_lens")]
    connect_contact_lens: amazon_connect::connect_contact_lens ConnectContactLens;
    #[cfg(feature = "connectcampaignsv2")]
    connectcampaignsv2: amazon_connect::connectcampaignsv2 ConnectCampaignsV2;
    #[cfg(feature = "connectcases")]
    connectcases: amazon_connect::connectcases ConnectCases;
    #[cfg(feature = "connectparticipant")]
    connectparticipant: amazon_connect::connectparticipant ConnectParticipant;
    #[cfg(feature = "customer_profiles")]
    customer_profiles: amazon_connect::customer_profiles CustomerProfiles;
    #[cfg(feature = "qconnect")]
    qconnect: amazon_connect::qconnect QConnect;
}
