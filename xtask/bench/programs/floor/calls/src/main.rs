//! Makes the calls that are measured, with hyper and structs written by hand.

#[path = "../../common.rs"]
mod common;
#[path = "../../../common/measure.rs"]
mod measure;

use common::{
    DescribeContactResponse, SearchCriteria, SearchUsersRequest, SearchUsersResponse, Setup, StringCondition,
};
use http::{Method, Request};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::TokioIo;
use measure::{Halves, Moment, Question, consume, exchange, say, say_calls};
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;

const PATH: &str = "/contacts/8d1f2c3b-0000-4000-8000-000000000001/8d1f2c3b-0000-4000-8000-000000000002";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let question = Question::read();
    match question.mode.as_str() {
        "first" => first().await,
        "loopback" => loopback(&question).await,
        "describe" => canned::<DescribeContactResponse>(&question, describe),
        "search" => canned::<SearchUsersResponse>(&question, search),
        mode => panic!("no mode {mode}"),
    }
}

/// What there is of a client, and its first call.
async fn first() {
    let began = Moment::now();
    let setup = Setup::from_env();
    let made = Moment::now();
    let mut sender = connect(&setup).await;
    let answer = call(&setup, &mut sender).await;
    let ended = Moment::now();
    consume(answer);
    say("construct", made.micros_since(began));
    say("call", ended.micros_since(made));
}

/// Calls to a server, over a connection that is kept.
async fn loopback(question: &Question) {
    let setup = Setup::from_env();
    let mut sender = connect(&setup).await;
    for _ in 0..question.warm_up() {
        consume(call(&setup, &mut sender).await);
    }
    let began = Moment::with_cpu();
    for _ in 0..question.count {
        consume(call(&setup, &mut sender).await);
    }
    say_calls(began, Moment::with_cpu(), question.count);
}

/// Calls that are answered from memory.
fn canned<T: DeserializeOwned>(question: &Question, request: impl Fn(&Setup) -> Request<Full<Bytes>>) {
    let setup = Setup::from_env();
    let mut halves = Halves::default();
    for number in 0..question.warm_up() + question.count {
        if number == question.warm_up() {
            halves = Halves::default();
        }
        let began = Moment::now();
        let request = request(&setup);
        let body = exchange(|| {
            drop(request);
            &question.body
        });
        let answer: T = serde_json::from_slice(body).expect("an answer");
        halves.add(began, Moment::now());
        consume(answer);
    }
    halves.print();
}

fn describe(setup: &Setup) -> Request<Full<Bytes>> {
    setup.request(Method::GET, PATH, Vec::new())
}

fn search(setup: &Setup) -> Request<Full<Bytes>> {
    let name = StringCondition { field_name: "Username", value: "agent", comparison_type: "STARTS_WITH" };
    let request = SearchUsersRequest {
        instance_id: "8d1f2c3b-0000-4000-8000-000000000001",
        max_results: 100,
        search_criteria: SearchCriteria { string_condition: name },
    };
    setup.request(Method::POST, "/search-users", serde_json::to_vec(&request).expect("a body"))
}

async fn connect(setup: &Setup) -> SendRequest<Full<Bytes>> {
    let stream = TcpStream::connect(setup.authority()).await.expect("a connection");
    stream.set_nodelay(true).expect("an option");
    let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.expect("a handshake");
    tokio::spawn(connection);
    sender
}

async fn call(setup: &Setup, sender: &mut SendRequest<Full<Bytes>>) -> DescribeContactResponse {
    sender.ready().await.expect("a connection");
    let response = sender.send_request(describe(setup)).await.expect("a response");
    let body = response.into_body().collect().await.expect("a body").to_bytes();
    serde_json::from_slice(&body).expect("an answer")
}
