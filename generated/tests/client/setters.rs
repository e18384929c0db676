//! Setters of lists and maps: an optional member stays absent until something was added.

use std::collections::HashMap;

use amazon_connect::{Client, Config};

#[test]
fn nothing_to_add_leaves_a_member_absent() {
    let client = Client::new(&Config::new());
    let call = || client.create_agent_status().instance_id("i").name("n").state("ENABLED");
    let nothing: [(&str, &str); 0] = [];
    assert_eq!(call().tags(None::<(&str, &str)>).tags(nothing).into_request().tags, None);
    let one = HashMap::from([("k".to_owned(), "v".to_owned())]);
    assert_eq!(call().tags(None::<(&str, &str)>).tags(Some(("k", "v"))).tags(nothing).into_request().tags, Some(one));
    let empty = call().with(|request| request.tags = Some(HashMap::new())).into_request();
    assert_eq!(empty.tags, Some(HashMap::new()));

    let list = |values: &[&str]| {
        let call = client.create_queue().instance_id("i").name("n").hours_of_operation_id("h");
        call.quick_connect_ids(values.iter().copied()).into_request().quick_connect_ids
    };
    assert_eq!(list(&[]), None);
    assert_eq!(list(&["a", "b"]), Some(vec!["a".to_owned(), "b".to_owned()]));
}
