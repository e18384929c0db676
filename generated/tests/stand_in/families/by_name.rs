//! Operations by name, through the whole path of a call: their inputs and outputs are JSON by the names of the model's members.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use amazon_connect::runtime::{Operation, Output, Tolerant, Visitor};
use amazon_connect::{Client, Connect, Error, operation};
use serde_json::Value;

type Answer = Pin<Box<dyn Future<Output = Result<Value, Error>>>>;

/// A call of one operation.
type Send = fn(&Client, &str) -> Answer;

struct Calls;

impl Visitor<Connect> for Calls {
    type Output = Send;

    fn visit<R: Operation<Service = Connect>>(self) -> Send {
        send::<R>
    }
}

fn send<R: Operation<Service = Connect>>(client: &Client, input: &str) -> Answer {
    let input: Tolerant<R> = serde_json::from_str(input).unwrap_or_else(|error| panic!("{error}: {input}"));
    let sending = client.send(input.0);
    Box::pin(async move {
        let output = sending.await?;
        Ok(output.write(serde_json::value::Serializer).expect("an output is JSON"))
    })
}

/// The operations of the crate.
pub struct ByName {
    client: Client,
    calls: BTreeMap<&'static str, Send>,
}

impl ByName {
    pub fn new(client: Client) -> Self {
        let call = |name| operation::visit(name, Calls).expect("an operation of the client");
        Self { client, calls: operation::ALL.iter().map(|info| (info.name, call(info.name))).collect() }
    }

    pub async fn call(&self, name: &str, input: &Value) -> Result<Value, Error> {
        self.calls[name](&self.client, &input.to_string()).await
    }
}
