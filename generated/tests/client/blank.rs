//! Required text that was never given: a request of defaults is not sent with empty text in it.

use std::time::SystemTime;

use amazon_connect::client::Operation;
use amazon_connect::credentials::Credentials;
use amazon_connect::error::ErrorKind;
use amazon_connect::operation::create_user::CreateUserRequest;
use amazon_connect::operation::start_outbound_voice_contact::StartOutboundVoiceContactRequest;
use amazon_connect::operation::start_task_contact::StartTaskContactRequest;
use amazon_connect::{Client, Config, Connect};

/// What is wrong with a request; nothing is sent.
async fn wrong<R: Operation<Service = Connect>>(request: R) -> Option<String> {
    let config = Config::new().region("eu-west-2").credentials(Credentials::new("AK", "s3cret"));
    let prepared = Client::new(&config).prepare(request, SystemTime::UNIX_EPOCH).await;
    prepared.err().map(|error| {
        assert_eq!(error.kind(), ErrorKind::Build);
        error.to_string()
    })
}

#[tokio::test]
async fn a_member_that_was_never_given_is_named() {
    let error = wrong(StartOutboundVoiceContactRequest::default()).await.unwrap();
    assert_eq!(error, "StartOutboundVoiceContact: the input ContactFlowId is required and empty");
    let mut request = StartOutboundVoiceContactRequest::default();
    request.contact_flow_id = "f".to_owned();
    request.destination_phone_number = "+1".to_owned();
    assert_eq!(
        wrong(request.clone()).await.unwrap(),
        "StartOutboundVoiceContact: the input InstanceId is required and empty"
    );
    request.instance_id = "i".to_owned();
    assert_eq!(wrong(request).await, None);
    assert!(wrong(CreateUserRequest::default()).await.unwrap().contains("is required and empty"));
}

/// A method was called for each, so that what is empty was given so, and goes out as botocore sends it.
#[cfg(feature = "mock")]
#[tokio::test]
async fn text_that_was_given_empty_is_sent() {
    use amazon_connect::operation::create_queue::CreateQueueRequest;

    let mock = amazon_connect::testing::Mock::new();
    // The model wants a name of a character or more.
    mock.check_inputs(false);
    mock.on::<CreateQueueRequest>().with(serde_json::json!({"Name": ""})).once().answer_empty();
    let client: Client = mock.client();
    client.create_queue().instance_id("i").name("").hours_of_operation_id("h").send().await.unwrap();
}

/// The model gives the name of a task a least length of 0.
#[tokio::test]
async fn text_that_may_be_empty_is_sent() {
    let mut request = StartTaskContactRequest::default();
    request.instance_id = "i".to_owned();
    assert_eq!(wrong(request).await, None);
}
