//! The forms of aws-sdk-connect that programs keep when they move here.

use amazon_connect::error::SdkError;
use amazon_connect::operation::describe_contact::{DescribeContactError, DescribeContactInput, DescribeContactOutput};
use amazon_connect::operation::tag_resource::TagResourceOutput;
use amazon_connect::types::error::ResourceNotFoundException;
use amazon_connect::types::{AiAgent, Channel, EvaluationAnswerData, FontFamily};

#[test]
fn requests_responses_and_exceptions_have_the_names_of_the_sdk() {
    let input = DescribeContactInput::default();
    assert_eq!(input.contact_id, "");
    let output: DescribeContactOutput = amazon_connect::operation::describe_contact::DescribeContactResponse::default();
    assert_eq!(output.contact, None);
    let nothing: TagResourceOutput = ();
    let _: Result<(), SdkError<DescribeContactError>> = Ok(nothing);
    let _: Option<AiAgent> = None;
    assert_eq!(FontFamily::default().default_value, None);
}

#[test]
fn exceptions_are_asked_for_by_name() {
    let error = DescribeContactError::ResourceNotFoundException(ResourceNotFoundException::default());
    assert!(error.is_resource_not_found_exception());
    assert!(!error.is_throttling_exception());
}

#[test]
fn enumerations_have_their_text_values_and_order_without_an_import() {
    assert_eq!(Channel::Voice.as_str(), "VOICE");
    assert_eq!(Channel::values().first(), Some(&"VOICE"));
    // In the order of the text, whether a value is known or not.
    assert!(Channel::Chat < Channel::Voice && Channel::Voice < Channel::from("ZZZ"));
    assert_eq!("CHAT".parse(), Ok(Channel::Chat));
}

#[cfg(feature = "sdk_compat")]
#[test]
fn a_text_that_is_no_known_value_is_told_apart() {
    assert_eq!(Channel::try_parse("CHAT"), Ok(Channel::Chat));
    let said = Channel::try_parse("FAX").expect_err("no such channel").to_string();
    assert!(said.starts_with("\"FAX\" is not a known value; the known values are VOICE, CHAT"), "{said}");
}

#[test]
fn unions_are_asked_for_their_member() {
    let answer = EvaluationAnswerData::NumericValue(4.0);
    assert!(answer.is_numeric_value() && !answer.is_string_value() && !answer.is_unknown());
    assert_eq!(answer.as_numeric_value(), Ok(&4.0));
    assert_eq!(answer.as_string_value(), Err(&answer));
}

#[cfg(feature = "builders")]
#[test]
fn every_request_response_and_structure_has_a_builder() {
    use amazon_connect::operation::describe_user::DescribeUserResponse;
    use amazon_connect::types::User;

    let user = User::builder().username("ada").id("u").tags("k", "v").tags_from([("l", "w")]).build();
    assert_eq!((user.username.as_deref(), user.tags.as_ref().map(|tags| tags.len())), (Some("ada"), Some(2)));
    assert_eq!(DescribeUserResponse::builder().user(user.clone()).build().user, Some(user));
    let request = DescribeContactInput::builder().instance_id("i").contact_id("c").build();
    assert_eq!((&*request.instance_id, &*request.contact_id), ("i", "c"));
    assert_eq!(ResourceNotFoundException::builder().message("gone").build().message.as_deref(), Some("gone"));
}

#[cfg(feature = "sdk_compat")]
#[test]
fn fields_are_read_and_options_set_as_in_the_sdk() {
    use amazon_connect::types::{Reference, User};
    use amazon_connect::{Client, Config};

    let user = User::builder().set_username(Some("ada".to_owned())).set_tags(None).build();
    assert_eq!((user.username(), user.identity_info(), user.tags()), (Some("ada"), None, None));
    let client = Client::new(&Config::new());
    let call = client.create_queue().set_instance_id(Some("i".to_owned()));
    let call = call.set_quick_connect_ids(Some(vec!["q".to_owned()])).set_description(None);
    let request = call.into_request();
    assert_eq!((request.instance_id(), request.quick_connect_ids()), (Some("i"), &["q".to_owned()][..]));
    // Required in a structure that is no input, so there is no `Option`.
    let reference = Reference::default();
    assert_eq!(reference.r#type().as_str(), "");
}

#[cfg(feature = "sdk_compat")]
mod sdk_compat {
    use std::time::Duration;

    use amazon_connect::sdk::config::retry::RetryConfig;
    use amazon_connect::sdk::config::timeout::TimeoutConfig;
    use amazon_connect::sdk::config::{AppName, BehaviorVersion, Region};
    use amazon_connect::sdk::error::{Error, ErrorKind};
    use amazon_connect::sdk::operation::describe_user::DescribeUserError;
    use amazon_connect::sdk::types::error::ResourceNotFoundException;
    use amazon_connect::sdk::{Client, Config, aws_config};

    #[tokio::test]
    async fn a_configuration_is_loaded_and_changed_as_in_the_sdk() {
        let loaded = aws_config::defaults(BehaviorVersion::latest()).region("us-west-2").load().await;
        let timeouts = TimeoutConfig::builder().operation_timeout(Duration::from_secs(7)).build();
        let changed = loaded
            .to_builder()
            .region(Region::from_static("eu-west-2"))
            .region(None)
            .retry_config(RetryConfig::standard().with_max_attempts(5))
            .timeout_config(timeouts)
            .build();
        let client = Client::new(&changed);
        let config = client.config();
        assert_eq!(
            (config.get_region(), config.get_timeouts().call),
            (Some("eu-west-2"), Some(Duration::from_secs(7)))
        );
        // A timeout that is not named stays.
        assert_eq!(config.get_timeouts().attempt, Some(Duration::from_secs(30)));
        assert!(AppName::new("a b").is_err() && AppName::new("").is_err() && AppName::new("a.b-1").is_ok());
    }

    #[tokio::test]
    async fn a_call_keeps_its_type_and_names_what_is_missing() {
        let client = Client::from_conf(Config::builder().region(Region::new("us-west-2")).build());
        let mut call = client.describe_user();
        for user in ["a", "b"] {
            call = call.user_id(user);
        }
        let error = call.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(error.to_string().contains("InstanceId"), "{error}");
        // Every error is a service error, and the same again afterwards.
        let text = error.to_string();
        let error = error.into_service_error();
        assert!(matches!(error, DescribeUserError::Unhandled(_)) && !error.is_resource_not_found_exception());
        assert_eq!(error.to_string(), text);
        let clone = error.clone();
        assert_eq!((Error::from(clone).to_string(), Error::from(error).to_string()), (text.clone(), text));
    }

    #[test]
    fn an_exception_is_an_error_again() {
        let error = DescribeUserError::ResourceNotFoundException(ResourceNotFoundException::default());
        let error = Error::from(error);
        assert_eq!((error.code(), error.status()), (Some("ResourceNotFoundException"), Some(404)));
        assert!(error.into_service_error().is_resource_not_found_exception());
    }
}
