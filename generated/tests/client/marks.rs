//! Marks of the overrides: secrets that `Debug` does not show, and reads by POST that are repeated.

use amazon_connect::client::{Operation, Repeat};
use amazon_connect::operation::search_users::SearchUsersRequest;
use amazon_connect::operation::stop_contact::StopContactRequest;
use amazon_connect::types::ConnectionCredentials;

#[test]
fn tokens_are_not_shown() {
    let mut credentials = ConnectionCredentials::default();
    credentials.connection_token = Some("opens-everything".to_owned());
    let shown = format!("{credentials:?}");
    assert!(shown.contains("ConnectionToken") && !shown.contains("opens-everything"), "{shown}");
}

#[cfg(feature = "connectparticipant")]
#[test]
fn bearers_are_not_shown() {
    use amazon_connect::connectparticipant::operation::send_message::SendMessageRequest;

    let mut request = SendMessageRequest::default();
    request.connection_token = "opens-everything".to_owned();
    let shown = format!("{request:?}");
    assert!(shown.contains("ConnectionToken") && !shown.contains("opens-everything"), "{shown}");
}

#[test]
fn a_search_is_repeated_and_an_act_is_not() {
    assert_eq!((SearchUsersRequest::INFO.method, SearchUsersRequest::INFO.repeat), ("POST", Repeat::Safe));
    assert_eq!((StopContactRequest::INFO.method, StopContactRequest::INFO.repeat), ("POST", Repeat::Never));
}
