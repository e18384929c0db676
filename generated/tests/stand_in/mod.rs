//! The stand-in, by the client of this crate and by bare requests.

mod contacts;
mod control;
mod documented;
mod documented_contacts;
#[cfg(feature = "serde")]
mod families;
mod hostile;
mod large;
mod life;
#[cfg(feature = "sdk_compat")]
mod ported;
mod program;
mod support;

use std::collections::BTreeMap;

use amazon_connect::operation;
use amazon_connect::testing::StandIn;
use amazon_connect::testing::stand_in::Class;

/// The names of all operations, in their order.
fn known_operations() -> Vec<&'static str> {
    let mut names: Vec<&str> = operation::ALL.iter().map(|operation| operation.name).collect();
    names.sort_unstable();
    names
}

/// Every operation of the model is of one class, and each class has some.
#[test]
fn the_classes_of_operations_add_up_to_the_model() {
    let stand_in = StandIn::start().unwrap();
    let classes: BTreeMap<String, Class> = stand_in.classes().into_iter().collect();
    let known = known_operations();
    assert_eq!(classes.keys().map(String::as_str).collect::<Vec<_>>(), known);
    let count = |wanted: Class| classes.values().filter(|class| **class == wanted).count();
    let counts = [Class::Kept, Class::Own, Class::Set].map(count);
    assert_eq!(counts.iter().sum::<usize>(), operation::ALL.len());
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
}

/// The documentation has every operation of the model once, and counts them.
#[test]
fn the_documentation_lists_every_operation() {
    let text = include_str!("../../src/resources.md");
    let rows = text.lines().filter_map(|line| {
        let mut cells = line.split('|').map(str::trim).skip(1);
        let count: usize = cells.next()?.parse().ok()?;
        Some((count, cells.nth(1)?.split(", ").collect::<Vec<_>>()))
    });
    let rows: Vec<(usize, Vec<&str>)> = rows.collect();
    assert!(rows.iter().all(|(count, names)| *count == names.len()), "{rows:?}");
    let mut names: Vec<&str> = rows.into_iter().flat_map(|(_, names)| names).collect();
    names.sort_unstable();
    let known = known_operations();
    assert_eq!(names, known);
    assert!(text.ends_with(&format!("\n{} operations in all.\n", known.len())));
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
