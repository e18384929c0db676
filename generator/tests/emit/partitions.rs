//! The table of partitions is emitted where rules ask for it, and nowhere else: nothing else would use it.

use generator::{Inputs, ServiceInputs, generate};

use crate::support::{base, of_model};

/// Rules that name their host without asking for a partition.
pub const WITHOUT: &str = r#"{
    "version": "1.0",
    "parameters": { "Region": { "type": "string", "builtIn": "AWS::Region" } },
    "rules": [{
        "type": "endpoint", "conditions": [{ "fn": "isSet", "argv": [{ "ref": "Region" }] }],
        "endpoint": { "url": "https://{Region}.example.com" }
    }]
}"#;

/// The lines of `lib.rs` about the table, where it is emitted.
fn declared(services: &[(Option<&str>, bool)]) -> Option<String> {
    let service = |(module, asks): &(Option<&str>, bool)| ServiceInputs {
        module: module.map(str::to_owned),
        rule_set: (!asks).then(|| WITHOUT.to_owned()),
        ..of_model(&base().to_string()).services.remove(0)
    };
    let inputs = Inputs { services: services.iter().map(service).collect(), ..of_model(&base().to_string()) };
    let files = generate(&inputs).unwrap_or_else(|problems| panic!("{problems}"));
    let lines: Vec<&str> = files["src/lib.rs"].lines().collect();
    let at = lines.iter().position(|line| *line == "mod partitions;");
    assert_eq!(at.is_some(), files.contains_key("src/partitions.rs"));
    at.map(|at| lines[at - 1].to_owned()).map(|before| if before.starts_with("#[cfg") { before } else { String::new() })
}

#[test]
fn partitions_are_emitted_where_rules_ask_for_them() {
    assert_eq!(declared(&[(None, true)]), Some(String::new()));
    assert_eq!(declared(&[(None, false)]), None);
    assert_eq!(declared(&[(None, true), (Some("a"), false)]), Some(String::new()));
    assert_eq!(declared(&[(None, false), (Some("a"), false)]), None);
    let only = Some("#[cfg(feature = \"a\")]".to_owned());
    assert_eq!(declared(&[(None, false), (Some("a"), true), (Some("b"), false)]), only);
    let either = Some("#[cfg(any(feature = \"a\", feature = \"b\"))]".to_owned());
    assert_eq!(declared(&[(None, false), (Some("a"), true), (Some("b"), true)]), either);
}
