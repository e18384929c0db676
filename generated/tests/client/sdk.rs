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
    assert!(said.starts_with("\"FAX\" is no known value; known are VOICE, CHAT"), "{said}");
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
