//! Makes the calls that are measured, with aws-sdk-connect.

#[path = "../../../common/measure.rs"]
mod measure;

use aws_config::BehaviorVersion;
use aws_sdk_connect::Client;
use aws_sdk_connect::config::Builder;
use aws_sdk_connect::operation::describe_contact::DescribeContactOutput;
use aws_sdk_connect::operation::search_users::SearchUsersOutput;
use aws_sdk_connect::types::{StringComparisonType, StringCondition, UserSearchCriteria};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use measure::{Halves, Moment, Question, consume, exchange, say, say_calls};

const INSTANCE: &str = "8d1f2c3b-0000-4000-8000-000000000001";
const CONTACT: &str = "8d1f2c3b-0000-4000-8000-000000000002";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let question = Question::read();
    match question.mode.as_str() {
        "first" => first().await,
        "loopback" => loopback(&question).await,
        "describe" => canned(&question, describe).await,
        "search" => canned(&question, search).await,
        mode => panic!("no mode {mode}"),
    }
}

/// A client as a program makes it, and its first call.
async fn first() {
    let began = Moment::now();
    let client = Client::new(&aws_config::load_defaults(BehaviorVersion::latest()).await);
    let made = Moment::now();
    let answer = describe(&client).await;
    let ended = Moment::now();
    consume(answer);
    say("construct", made.micros_since(began));
    say("call", ended.micros_since(made));
}

/// Calls to a server, over a connection that is kept.
async fn loopback(question: &Question) {
    let client = Client::new(&aws_config::load_defaults(BehaviorVersion::latest()).await);
    for _ in 0..question.warm_up() {
        consume(describe(&client).await);
    }
    let began = Moment::with_cpu();
    for _ in 0..question.count {
        consume(describe(&client).await);
    }
    say_calls(began, Moment::with_cpu(), question.count);
}

/// Calls that are answered from memory.
async fn canned<T>(question: &Question, call: impl AsyncFn(&Client) -> T) {
    let connector = SharedHttpConnector::new(Canned(question.body.clone()));
    let config = Builder::from(&aws_config::load_defaults(BehaviorVersion::latest()).await);
    let client = Client::from_conf(config.http_client(http_client_fn(move |_, _| connector.clone())).build());
    let mut halves = Halves::default();
    for number in 0..question.warm_up() + question.count {
        if number == question.warm_up() {
            halves = Halves::default();
        }
        let began = Moment::now();
        let answer = call(&client).await;
        halves.add(began, Moment::now());
        consume(answer);
    }
    halves.print();
}

async fn describe(client: &Client) -> DescribeContactOutput {
    let answer = client.describe_contact().instance_id(INSTANCE).contact_id(CONTACT).send().await.expect("an answer");
    assert!(answer.contact.as_ref().is_some_and(|contact| contact.arn.is_some()));
    answer
}

async fn search(client: &Client) -> SearchUsersOutput {
    let name = StringCondition::builder().field_name("Username").value("agent");
    let name = name.comparison_type(StringComparisonType::StartsWith).build();
    let criteria = UserSearchCriteria::builder().string_condition(name).build();
    let call = client.search_users().instance_id(INSTANCE).max_results(100).search_criteria(criteria);
    let answer = call.send().await.expect("an answer");
    assert!(answer.users.as_ref().is_some_and(|users| !users.is_empty()));
    answer
}

/// A transport that has the answer in memory.
#[derive(Debug)]
struct Canned(Vec<u8>);

impl HttpConnector for Canned {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        exchange(|| {
            drop(request);
            let mut response = HttpResponse::new(200.try_into().expect("a status"), SdkBody::from(self.0.clone()));
            response.headers_mut().insert("content-type", "application/json");
            HttpConnectorFuture::ready(Ok(response))
        })
    }
}
