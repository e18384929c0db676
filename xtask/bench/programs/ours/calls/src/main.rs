//! Makes the calls that are measured, with amazon-connect.

#[path = "../../../common/measure.rs"]
mod measure;

use amazon_connect::operation::describe_contact::DescribeContactResponse;
use amazon_connect::operation::search_users::SearchUsersResponse;
use amazon_connect::http::{Body, Exchange, HttpClient, Limits};
use amazon_connect::types::{StringCondition, UserSearchCriteria};
use amazon_connect::{Client, Config};
use bytes::Bytes;
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
    let client = Client::new(&Config::from_env());
    let made = Moment::now();
    let answer = describe(&client).await;
    let ended = Moment::now();
    consume(answer);
    say("construct", made.micros_since(began));
    say("call", ended.micros_since(made));
}

/// Calls to a server, over a connection that is kept.
async fn loopback(question: &Question) {
    let client = Client::new(&Config::from_env());
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
    let client = Client::new(&Config::from_env().http_client(Canned(question.body.clone().into())));
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

async fn describe(client: &Client) -> DescribeContactResponse {
    let answer = client.describe_contact().instance_id(INSTANCE).contact_id(CONTACT).send().await.expect("an answer");
    assert!(answer.contact.as_ref().is_some_and(|contact| contact.arn.is_some()));
    answer
}

async fn search(client: &Client) -> SearchUsersResponse {
    let name = StringCondition::builder().field_name("Username").value("agent").comparison_type("STARTS_WITH").build();
    let criteria = UserSearchCriteria::builder().string_condition(name).build();
    let call = client.search_users().instance_id(INSTANCE).max_results(100).search_criteria(criteria);
    let answer = call.send().await.expect("an answer");
    assert!(answer.users.as_ref().is_some_and(|users| !users.is_empty()));
    answer
}

/// A transport that has the answer in memory.
#[derive(Debug)]
struct Canned(Bytes);

impl HttpClient for Canned {
    fn send(&self, request: http::Request<Body>, _: Limits) -> Exchange<'_> {
        exchange(|| {
            drop(request);
            let response = http::Response::builder().header("content-type", "application/json");
            let response = response.body(Body::from(self.0.clone())).expect("a response");
            Box::pin(async move { Ok(response) })
        })
    }
}
