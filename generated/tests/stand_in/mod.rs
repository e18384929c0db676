//! The stand-in, by the client of this crate and by bare requests.

mod contacts;
mod control;
mod hostile;
mod large;
mod life;
mod program;
mod random;
mod support;

use std::collections::BTreeMap;

use amazon_connect::operation;
use amazon_connect::testing::StandIn;
use amazon_connect::testing::stand_in::Class;

/// Every operation of the model is of one class, and each class has some.
#[test]
fn the_classes_of_operations_add_up_to_the_model() {
    let stand_in = StandIn::start().unwrap();
    let classes: BTreeMap<String, Class> = stand_in.classes().into_iter().collect();
    let known: Vec<&str> = operation::ALL.iter().map(|operation| operation.name).collect();
    assert_eq!(classes.keys().map(String::as_str).collect::<Vec<_>>(), known);
    let count = |wanted: Class| classes.values().filter(|class| **class == wanted).count();
    let counts = [Class::Kept, Class::Own, Class::Set].map(count);
    assert_eq!(counts.iter().sum::<usize>(), operation::ALL.len());
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
}

/// Each operation answers a request that names nothing: a success, or an exception that it declares or any service has.
#[test]
fn every_operation_answers() {
    let stand_in = StandIn::options().seed(1).start().unwrap();
    for operation in operation::ALL {
        let uri = operation.uri.replace(['{', '}', '+'], "");
        let answer = support::request(&stand_in, operation.method, &uri, b"{}");
        assert!((200..500).contains(&answer.status), "{}: {answer:?}", operation.name);
        assert!(
            answer.status < 300 || answer.json()["message"].is_string() || answer.json()["Message"].is_string(),
            "{}: {answer:?}",
            operation.name
        );
    }
    assert_eq!(stand_in.calls().len(), operation::ALL.len());
    assert!(stand_in.calls().iter().all(|call| !call.operation.is_empty()));
}
