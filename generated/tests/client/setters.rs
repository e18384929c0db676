//! Setters of lists and maps: an optional member stays absent until something was added.

use std::collections::HashMap;

use amazon_connect::{Client, Config};

#[test]
fn nothing_to_add_leaves_a_member_absent() {
    let client = Client::new(&Config::new());
    let call = || client.create_agent_status().instance_id("i").name("n").state("ENABLED");
    let nothing: [(&str, &str); 0] = [];
    assert_eq!(call().tags_from(None::<(&str, &str)>).tags_from(nothing).into_request().tags, None);
    let one = HashMap::from([("k".to_owned(), "v".to_owned())]);
    assert_eq!(
        call().tags_from(None::<(&str, &str)>).tags_from(Some(("k", "v"))).tags_from(nothing).into_request().tags,
        Some(one)
    );
    let empty = call().with(|request| request.tags = Some(HashMap::new())).into_request();
    assert_eq!(empty.tags, Some(HashMap::new()));

    let list = |values: &[&str]| {
        let call = client.create_queue().instance_id("i").name("n").hours_of_operation_id("h");
        call.quick_connect_ids(values.iter().copied()).into_request().quick_connect_ids
    };
    assert_eq!(list(&[]), None);
    assert_eq!(list(&["a", "b"]), Some(vec!["a".to_owned(), "b".to_owned()]));
}

#[test]
fn a_list_takes_one_item_or_many_and_a_map_one_pair_or_many() {
    let client = Client::new(&Config::new());
    let call = client.create_queue().instance_id("i").name("n").hours_of_operation_id("h");
    let more: Option<Vec<String>> = Some(vec!["d".to_owned()]);
    let call = call.quick_connect_ids("a").quick_connect_ids(["b", "c"]).quick_connect_ids(more);
    let call =
        call.tags("k", "v").tags("l", String::from("w")).tags_from([("m", "x")]).tags_from(HashMap::from([("n", "y")]));
    let request = call.into_request();
    assert_eq!(request.quick_connect_ids.unwrap(), ["a", "b", "c", "d"]);
    let tags = [("k", "v"), ("l", "w"), ("m", "x"), ("n", "y")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(request.tags, Some(HashMap::from(tags)));
    let call = client.tag_resource().resource_arn("a").tags("k", "v");
    assert_eq!(call.into_request().tags.len(), 1);
}

#[test]
fn an_entry_of_a_map_tells_the_type_of_its_value() {
    let call = Client::new(&Config::new()).update_contact().instance_id("i").contact_id("c");
    let request = call.segment_attributes("k", Default::default()).into_request();
    assert_eq!(request.segment_attributes.map(|attributes| attributes["k"].clone()), Some(Default::default()));
}

#[test]
fn an_optional_member_takes_an_option() {
    let client = Client::new(&Config::new());
    let absent: Option<&str> = None;
    let call = client.create_queue().instance_id("i").name("n").hours_of_operation_id("h");
    let call = call.description(Some("d")).max_contacts(Some(3)).outbound_caller_config(None).description(absent);
    let request = call.into_request();
    assert_eq!((request.description, request.max_contacts, request.outbound_caller_config), (None, Some(3), None));
}

/// Which inputs a call lacks that is checked when it is sent.
async fn missing(call: impl IntoFuture<Output = Result<(), amazon_connect::Error>>) -> String {
    call.await.expect_err("an input is missing").to_string()
}

#[tokio::test]
async fn inputs_that_are_set_in_a_loop_are_checked_at_send() {
    let client = Client::new(&Config::new().region("us-west-2"));
    let mut call = client.tag_resource().check_at_send();
    for (key, value) in [("k", "v"), ("l", "w")] {
        call = call.tags(key, value);
    }
    let said = missing(call.clone().send()).await;
    assert!(said.contains("TagResource") && said.contains("required inputs were not set: resourceArn"), "{said}");
    assert_eq!(call.resource_arn("a").into_request().tags.len(), 2);

    let said = missing(client.tag_resource().check_at_send().send()).await;
    assert!(said.contains("required inputs were not set: resourceArn, tags"), "{said}");
    let mut pages = client.list_users().check_at_send().into_paginator();
    let said = pages.next().await.expect("a page").expect_err("an input is missing").to_string();
    assert!(said.contains("required inputs were not set: InstanceId"), "{said}");
    // What was set before counts.
    let call = client.describe_contact().instance_id("i").check_at_send();
    let said = call.customize().send().await.expect_err("an input is missing").to_string();
    assert!(said.contains("required inputs were not set: ContactId"), "{said}");
}
