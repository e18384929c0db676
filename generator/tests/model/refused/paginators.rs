//! Paginators that fit nothing.

use generator::generate;
use serde_json::{Value, json};

use crate::support::{of_model, with};

/// What is said of the paginator of `Foo` beside the base model, where two members are tokens and one is a limit.
fn paginator_refused(change: (&str, Value), expected: &[&str]) {
    let model = with(&[
        ("shapes.Out.members.Next", json!({"shape": "Text"})),
        ("shapes.Out.members.Part", json!({"shape": "Part"})),
        ("shapes.In.members.Limit", json!({"shape": "Number"})),
    ]);
    let mut paginator =
        json!({"input_token": "Text", "output_token": "Next", "result_key": "List", "limit_key": "Limit"});
    paginator[change.0] = change.1;
    let mut inputs = of_model(&model.to_string());
    inputs.services[0].paginators = Some(json!({"pagination": {"Foo": paginator}}).to_string());
    let said = match generate(&inputs) {
        Ok(_) => String::new(),
        Err(problems) => problems.to_string(),
    };
    let at = "error: models/x/paginators-1.json: pagination.Foo";
    let expected: String = expected.iter().map(|line| format!("{at}.{line}\n")).collect();
    assert_eq!(said, expected);
}

#[test]
fn paginators_that_fit_nothing() {
    let gone = "the operation's output has no member";
    paginator_refused(("limit_key", json!("Limit")), &[]);
    paginator_refused(("input_token", json!("Nope")), &["input_token: the operation's input has no member \"Nope\""]);
    paginator_refused(("output_token", json!("Nope")), &[&format!("output_token: {gone} \"Nope\"")]);
    paginator_refused(("output_token", json!("Part.Nope")), &[&format!("output_token: {gone} \"Part.Nope\"")]);
    paginator_refused(("result_key", json!("Nope")), &[&format!("result_key: {gone} \"Nope\"")]);
    paginator_refused(("result_key", json!(["List", "Nope"])), &[&format!("result_key: {gone} \"Nope\"")]);
    paginator_refused(("more_results", json!("Nope")), &[&format!("more_results: {gone} \"Nope\"")]);
    paginator_refused(("non_aggregate_keys", json!(["Nope"])), &[&format!("non_aggregate_keys: {gone} \"Nope\"")]);
    paginator_refused(("limit_key", json!("Nope")), &["limit_key: the operation's input has no member \"Nope\""]);
    paginator_refused(
        ("limit_key", json!("Part")),
        &["limit_key: \"Part\" is of type structure, not integer or long or short or string"],
    );
    paginator_refused(
        ("result_key", json!(5)),
        &["result_key: expected a string or a list of strings, found a number"],
    );
    paginator_refused(("limit_key", json!(["Limit"])), &["limit_key: expected a string, found a list"]);
    paginator_refused(("odd", json!(1)), &["odd: the generator does not know this key"]);
    paginator_refused(
        ("input_token", json!(["Text", "Text"])),
        &["output_token: expected as many tokens as `input_token` has"],
    );
    // What fits and is no plain path is planned, or said to be left out.
    paginator_refused(("result_key", json!("List[0]")), &[]);
}

#[test]
fn paginators_of_operations_without_tokens() {
    for (end, at) in [("input", "operations.Foo"), ("output", "operations.Foo")] {
        let mut model = with(&[]);
        model["operations"]["Foo"].as_object_mut().expect("an operation").remove(end);
        let mut inputs = of_model(&model.to_string());
        let paginator = json!({"pagination": {"Foo": {"input_token": "Text", "output_token": "Text"}}});
        inputs.services[0].paginators = Some(paginator.to_string());
        let said = generate(&inputs).expect_err("no place for a token").to_string();
        let why = format!("the operation has no {end}, so that there is no place for a token ({at})");
        assert_eq!(said, format!("error: models/x/paginators-1.json: pagination.Foo: {why}\n"));
    }
}
