//! Answers about the server's half of the protocol, by the functions that the mock and the stand-in are made of.

use serde_json::{Value, json};

use super::json::{error, headers};
use super::question::Received;
use crate::runtime::shape::blob;
use crate::runtime::testing::ServiceModel;

/// The operation that a request calls, and its input.
pub(super) fn receive(model: &ServiceModel, request: &Received) -> String {
    let Some(route) = model.route(&request.method, &request.target) else {
        return error("route", "no operation has the route of the request");
    };
    let query = request.target.split_once('?').map_or("", |(_, query)| query);
    match model.read_input(&route, query, &request.headers, &request.body) {
        Ok(input) => json!({"operation": route.operation.name(), "input": input}).to_string(),
        Err(problem) => error("read", &problem.to_string()),
    }
}

/// The response of an operation that answers an output.
pub(super) fn respond(model: &ServiceModel, operation: &str, output: &Value) -> String {
    let Some(operation) = model.operation(operation) else { return error("usage", "the model has no such operation") };
    match model.write_output(operation, output) {
        Ok(response) => {
            let (status, body) = (response.status().as_u16(), response.body());
            let body = blob::encode(body);
            json!({"status": status, "headers": headers(response.headers()), "body_base64": body}).to_string()
        }
        Err(problem) => error("write", &problem.to_string()),
    }
}
