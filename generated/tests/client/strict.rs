//! Requests read by serde: strictly, because a typo would be sent as a call with something missing.

use amazon_connect::client::Tolerant;
use amazon_connect::operation::describe_user::DescribeUserResponse;
use amazon_connect::operation::start_outbound_voice_contact::StartOutboundVoiceContactRequest;
use amazon_connect::operation::update_user_identity_info::UpdateUserIdentityInfoRequest;
use serde_json::{from_value, json};

const WHOLE: &str = r#"{"DestinationPhoneNumber":"+1","ContactFlowId":"f","InstanceId":"i"}"#;

#[test]
fn a_whole_request_is_read_and_a_token_is_not_asked_for() {
    let request: StartOutboundVoiceContactRequest = serde_json::from_str(WHOLE).unwrap();
    assert_eq!((&*request.contact_flow_id, &*request.instance_id), ("f", "i"));
}

#[test]
fn an_unknown_member_is_an_error_that_offers_the_nearest_name() {
    let wrong = |text: &str| serde_json::from_str::<StartOutboundVoiceContactRequest>(text).unwrap_err().to_string();
    let error = wrong(r#"{"ContactFlowID":"typo"}"#);
    assert!(error.starts_with("$.ContactFlowID: ") && error.contains("such as ContactFlowId,"), "{error}");
    let error = wrong(&WHOLE.replace('}', r#","Colour":"red"}"#));
    assert!(error.starts_with("$.Colour: ") && !error.contains("such as") && !error.contains("red"), "{error}");
}

#[test]
fn an_unknown_member_further_down_is_one_too() {
    let request = json!({"InstanceId": "i", "UserId": "u", "IdentityInfo": {"FirstNam": "secret"}});
    let error = from_value::<UpdateUserIdentityInfoRequest>(request).unwrap_err().to_string();
    assert!(error.starts_with("$.IdentityInfo.FirstNam: ") && error.contains("such as FirstName,"), "{error}");
    assert!(!error.contains("secret"), "{error}");
}

#[test]
fn a_missing_member_is_an_error_that_names_it() {
    let error = serde_json::from_str::<StartOutboundVoiceContactRequest>(r#"{"ContactFlowId":"f","InstanceId":"i"}"#)
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("$.DestinationPhoneNumber: expected a required member"), "{error}");
}

#[test]
fn a_tolerant_reader_is_at_hand_and_responses_are_read_so() {
    let text = r#"{"ContactFlowID":"typo"}"#;
    let Tolerant(request) = serde_json::from_str::<Tolerant<StartOutboundVoiceContactRequest>>(text).unwrap();
    assert_eq!(request, StartOutboundVoiceContactRequest::default());
    let response: DescribeUserResponse = from_value(json!({"Userr": {}, "User": {"Id": 7}})).unwrap();
    assert_eq!(response.user.unwrap().id.as_deref(), Some("7"));
}
