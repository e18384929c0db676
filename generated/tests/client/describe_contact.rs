//! `describe_contact` from end to end: what a server on loopback receives, and what a program makes of its answers.

use std::error::Error as _;

use amazon_connect::client::Operation;
use amazon_connect::config::Retry;
use amazon_connect::credentials::Credentials;
use amazon_connect::error::ErrorKind;
use amazon_connect::operation::describe_contact::{DescribeContactRequest, DescribeContactResponse};
use amazon_connect::primitives::DateTime;
use amazon_connect::types::{Channel, ContactInitiationMethod};
use amazon_connect::{Client, Config, Error, Exception};
use loopback::{Do, Request, Server, response, write};

use crate::support::sigv4;

const KEY: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const TOKEN: &str = "a/session+token==";
const ID: &str = "11111111-2222-3333-4444-555555555555";

/// Calls a server that gives one answer.
async fn call(instance: &str, contact: &str, answer: Vec<u8>) -> (Result<DescribeContactResponse, Error>, Request) {
    let server = Server::on_request(vec![write(answer), Do::Close]);
    let config = Config::new()
        .region("eu-west-2")
        .endpoint_url(server.url())
        .credentials(Credentials::new(KEY, SECRET).with_session_token(TOKEN))
        .retry(Retry::none());
    let client = Client::new(&config);
    let result = client.describe_contact().instance_id(instance).contact_id(contact).send().await;
    (result, server.only())
}

async fn fails(answer: Vec<u8>) -> Error {
    call("i", "c", answer).await.0.expect_err("no answer of a contact")
}

#[tokio::test]
async fn the_service_receives_a_signed_request() {
    for (instance, contact, target) in [
        (ID, "c-1", format!("/contacts/{ID}/c-1")),
        // An ARN, and what a path has to hide.
        ("arn:aws:connect:eu-west-2:1:instance/i", "a b/ü%+", {
            "/contacts/arn%3Aaws%3Aconnect%3Aeu-west-2%3A1%3Ainstance%2Fi/a%20b%2F%C3%BC%25%2B".to_owned()
        }),
    ] {
        let (result, request) = call(instance, contact, response("200 Whatever", &[], "{}")).await;
        result.unwrap();
        assert_eq!(request.method, "GET");
        assert_eq!(request.target, target);
        assert!(request.body.is_empty());
        assert!(request.header("host").starts_with("127.0.0.1:"));
        assert!(request.header("user-agent").contains("connect"));
        assert_eq!(request.header("x-amz-security-token"), TOKEN);
        assert!(!request.headers.contains_key("content-type"));
        let authorization = request.header("authorization");
        assert!(authorization.contains("SignedHeaders=host;x-amz-date;x-amz-security-token,"), "{authorization}");
        assert_eq!(authorization, sigv4::authorization(&request, KEY, SECRET, "eu-west-2", "connect"));
    }
}

#[tokio::test]
async fn a_contact_is_read() {
    let body = r#"{"Contact": {
        "Id": "c", "Arn": "arn:aws:connect:eu-west-2:1:instance/i/contact/c", "Channel": "VOICE",
        "InitiationMethod": "BY_CARRIER_PIGEON", "InitiationTimestamp": 1767323045.5, "QueuePriority": "5",
        "QueueInfo": {"Id": "q"}, "Tags": {"a": "b"}, "Unheard": [{}], "Name": null
    }}"#;
    let (result, _) = call("i", "c", response("200 Whatever", &[], body)).await;
    let contact = result.unwrap().contact.unwrap();
    assert_eq!(contact.id.as_deref(), Some("c"));
    assert_eq!(contact.channel, Some(Channel::Voice));
    assert_eq!(contact.initiation_method, Some(ContactInitiationMethod::Unknown("BY_CARRIER_PIGEON".to_owned())));
    assert_eq!(contact.initiation_timestamp, Some(DateTime::from_millis(1_767_323_045_500)));
    assert_eq!(contact.queue_priority, Some(5));
    assert_eq!(contact.queue_info.unwrap().id.as_deref(), Some("q"));
    assert_eq!(contact.tags.unwrap()["a"], "b");
    assert_eq!(contact.name, None);
}

#[tokio::test]
async fn every_modelled_exception_is_typed() {
    for &name in DescribeContactRequest::INFO.errors {
        let headers = [("x-amzn-errortype", &*format!("{name}:http://amazon.com/")), ("x-amzn-requestid", ID)];
        let error = fails(response("418 Whatever", &headers, r#"{"Message":"because","message":"because"}"#)).await;
        assert_eq!(error.kind(), ErrorKind::Service);
        assert_eq!(error.operation(), "DescribeContact");
        assert_eq!(error.code(), Some(name));
        assert_eq!(error.status(), Some(418));
        assert_eq!(error.message(), Some("because"));
        assert_eq!(error.request_id(), Some(ID));
        assert_eq!(error.to_string(), format!("DescribeContact: 418 {name}: because (request id {ID})"));
        let exception = error.exception().unwrap_or_else(|| panic!("{name} is not typed"));
        match &exception {
            Exception::ThrottlingException(exception) => assert_eq!(exception.message.as_deref(), Some("because")),
            Exception::ResourceNotFoundException(exception) => {
                assert_eq!(exception.message.as_deref(), Some("because"))
            }
            // The model of next week may name others.
            _ => {}
        }
        let shown = format!("{exception:?}");
        assert!(shown.starts_with(name) && shown.contains("because"), "{name}: {shown}");
        assert_eq!(error.is_throttling(), name == "ThrottlingException");
    }
}

#[tokio::test]
async fn an_unknown_exception_is_told_by_its_code() {
    let error =
        fails(response("403 Whatever", &[], r#"{"__type":"aws#ExpiredTokenException","message":"too\nlate"}"#)).await;
    assert_eq!(error.code(), Some("ExpiredTokenException"));
    assert_eq!(error.to_string(), "DescribeContact: 403 ExpiredTokenException: too late");
    assert!(error.exception().is_none());
    assert!(!error.is_throttling());
}

#[tokio::test]
async fn nonsense_is_an_error_that_quotes_none_of_it() {
    for (nonsense, kind) in [
        (response("200 Whatever", &[], "<html>secret</html>"), ErrorKind::Decode),
        (response("200 Whatever", &[], r#"{"Contact":"secret"}"#), ErrorKind::Decode),
        (response("200 Whatever", &[], r#"{"Contact":{"Id":"secret""#), ErrorKind::Decode),
        (response("500 Whatever", &[], "<html>secret</html>"), ErrorKind::Service),
        (response("302 Whatever", &[("location", "http://127.0.0.1:1/secret")], ""), ErrorKind::Service),
        (b"secret".to_vec(), ErrorKind::Transport),
        (Vec::new(), ErrorKind::Transport),
    ] {
        let shown = String::from_utf8_lossy(&nonsense).into_owned();
        let error = fails(nonsense).await;
        assert_eq!(error.kind(), kind, "{error} for {shown}");
        assert!(error.exception().is_none());
        // As in botocore, the status stands for the code of a service that sent none.
        let status = error.status().map(|status| status.to_string());
        let code = if kind == ErrorKind::Service { status.as_deref() } else { None };
        assert_eq!(error.code(), code, "{error}");
        let mut texts = vec![error.to_string(), format!("{error:?}")];
        let mut source = error.source();
        while let Some(cause) = source {
            texts.push(cause.to_string());
            source = cause.source();
        }
        assert!(!texts.iter().any(|text| text.contains("secret")), "{texts:?}");
    }
}
