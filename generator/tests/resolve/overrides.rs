//! Overrides: each applies, or says by name why it does not.

use generator::json::Json;
use generator::overrides::apply;
use serde_json::{Value, json};

const FILE: &str = "models/example/overrides.toml";

/// A service of one operation, which pages but is missing from the paginators.
fn model() -> Value {
    json!({
        "operations": {
            "ListFoos": { "input": { "shape": "ListFoosRequest" }, "output": { "shape": "ListFoosResponse" } },
        },
        "shapes": {
            "ListFoosRequest": {
                "type": "structure",
                "required": ["Id"],
                "members": { "Id": { "shape": "Token" }, "Next": { "shape": "Token" }, "Max": { "shape": "Count" } },
            },
            "ListFoosResponse": {
                "type": "structure",
                "members": { "Next": { "shape": "Token" }, "Foos": { "shape": "Foos" }, "Page": { "shape": "Page" } },
            },
            "Page": { "type": "structure", "members": { "Foos": { "shape": "Foos" }, "Page": { "shape": "Page" } } },
            "Foos": { "type": "list", "member": { "shape": "Token" } },
            "Token": { "type": "string" },
            "Count": { "type": "integer", "box": true },
        },
    })
}

fn edited(overrides: &str) -> Result<(Value, Value), String> {
    let mut model = Json::from(model());
    let mut paginators = Json::from(json!({ "pagination": { "ListBars": { "input_token": "NextToken" } } }));
    match apply(FILE, overrides, &mut model, &mut paginators) {
        Ok(()) => Ok((model.into(), paginators.into())),
        Err(diagnostics) => Err(diagnostics.to_string()),
    }
}

/// The complaint about a file that must not apply.
fn refusal(overrides: &str) -> String {
    match edited(overrides) {
        Ok(_) => panic!("applied: {overrides}"),
        Err(message) => message,
    }
}

fn paginator(change: (&str, &str)) -> String {
    "[[paginator]]
    operation = 'ListFoos'
    input_token = 'Next'
    output_token = 'Next'
    result_key = 'Foos'
    limit_key = 'Max'
    reason = 'Its answer has a token.'"
        .replace(change.0, change.1)
}

#[test]
fn sets_replaces_and_removes() {
    let (model, paginators) = edited(
        r#"
        [[edit]]
        at = "shapes.Token"
        set = { type = "long", max = 5 }
        reason = "a"
        [[edit]]
        at = "shapes.ListFoosRequest"
        set = { required = ["Id", "Next"] }
        reason = "b"
        [[edit]]
        at = "shapes.Count"
        remove = ["box"]
        reason = "c"
        [[edit]]
        at = "shapes.ListFoosRequest.members"
        set = { Late = { shape = "Token", location = "header", locationName = "x-late" } }
        reason = "d"
        "#,
    )
    .unwrap();
    assert_eq!(model["shapes"]["Token"], json!({ "type": "long", "max": 5 }));
    assert_eq!(model["shapes"]["ListFoosRequest"]["required"], json!(["Id", "Next"]));
    assert_eq!(model["shapes"]["Count"], json!({ "type": "integer" }));
    assert_eq!(model["shapes"]["ListFoosRequest"]["members"]["Late"]["locationName"], "x-late");
    assert_eq!(paginators["pagination"].as_object().unwrap().len(), 1);
}

#[test]
fn an_empty_file_changes_nothing() {
    assert_eq!(edited("# nothing is wrong upstream\n").unwrap().0, model());
}

#[test]
fn adds_a_paginator() {
    let (_, paginators) = edited(&paginator(("", ""))).unwrap();
    let expected = json!({ "input_token": "Next", "output_token": "Next", "result_key": "Foos", "limit_key": "Max" });
    assert_eq!(paginators["pagination"]["ListFoos"], expected);

    let (_, paginators) = edited(&paginator(("limit_key = 'Max'", ""))).unwrap();
    assert_eq!(paginators["pagination"]["ListFoos"].get("limit_key"), None);

    let (_, paginators) = edited(&paginator(("'Foos'", "'Page.Page.Foos'"))).unwrap();
    assert_eq!(paginators["pagination"]["ListFoos"]["result_key"], "Page.Page.Foos");
}

#[test]
fn adds_a_paginator_where_there_was_no_file() {
    let mut paginators = Json::Null;
    apply(FILE, &paginator(("", "")), &mut model().into(), &mut paginators).unwrap();
    assert_eq!(Value::from(paginators)["pagination"]["ListFoos"]["result_key"], "Foos");
}

#[test]
fn sees_what_an_earlier_edit_added() {
    let both = format!(
        "[[edit]]\nat = 'shapes.ListFoosRequest.members'\nset = {{ Limit = {{ shape = 'Count' }} }}\nreason = 'r'\n{}",
        paginator(("'Max'", "'Limit'"))
    );
    assert_eq!(edited(&both).unwrap().1["pagination"]["ListFoos"]["limit_key"], "Limit");
}

#[test]
fn an_edit_that_no_longer_applies_is_an_error() {
    let edit = |rest: &str| refusal(&format!("[[edit]]\n{rest}"));
    for (rest, message) in [
        (
            "at = 'shapes.Gone'\nset = { a = 1 }\nreason = 'r'",
            "there is no such place in the model: shapes has no `Gone`",
        ),
        ("at = 'nothing'\nset = { a = 1 }\nreason = 'r'", "the model has no `nothing`"),
        ("at = ''\nset = { a = 1 }\nreason = 'r'", "the model has no ``"),
        ("at = 'shapes.Token.type'\nset = { a = 1 }\nreason = 'r'", "shapes.Token.type is not an object"),
        ("at = 'shapes.Token.type.deep'\nset = { a = 1 }\nreason = 'r'", "shapes.Token.type has no `deep`"),
        ("at = 'shapes.Token'\nset = { type = 'string' }\nreason = 'r'", "upstream now has `type` = \"string\""),
        ("at = 'shapes.Token'\nremove = ['box']\nreason = 'r'", "upstream has no `box` here any more"),
    ] {
        let refusal = edit(rest);
        assert!(refusal.starts_with(&format!("error: {FILE}: edit ")) && refusal.contains(message), "{refusal}");
    }
}

#[test]
fn a_paginator_that_no_longer_applies_is_an_error() {
    for (change, message) in [
        (("ListFoos", "ListBars"), "there is a paginator of this operation already"),
        (("ListFoos", "ListBars"), "the model has no such operation"),
        (("ListFoos", "ListQuux"), "the model has no such operation"),
        (("input_token = 'Next'", "input_token = 'Gone'"), "`input_token`: the operation's input has no member `Gone`"),
        (("output_token = 'Next'", "output_token = 'Foos'"), "`output_token`: `Foos` is of type list, not string"),
        (("'Foos'", "'Next'"), "`result_key`: `Next` is of type string, not list or map"),
        (("'Foos'", "'Foos.Next'"), "the operation's output has no member `Foos.Next`"),
        (("'Max'", "'Id'"), "`limit_key`: `Id` is of type string, not integer or long"),
    ] {
        let refusal = refusal(&paginator(change));
        let operation = if change.0 == "ListFoos" { change.1 } else { "ListFoos" };
        assert!(refusal.contains(&format!("error: {FILE}: paginator {operation}: ")), "{refusal}");
        assert!(refusal.contains(message), "{refusal}");
    }
}

#[test]
fn the_same_paginator_twice_is_an_error() {
    let twice = [paginator(("", "")), paginator(("", ""))].join("\n");
    assert!(refusal(&twice).contains("there is a paginator of this operation already"));
}

#[test]
fn a_file_of_paginators_without_any_is_an_error() {
    for paginators in [json!([]), json!({}), json!({ "pagination": 1 })] {
        let error =
            apply(FILE, &paginator(("", "")), &mut model().into(), &mut paginators.into()).unwrap_err().to_string();
        assert!(error.contains("no object `pagination`"), "{error}");
    }
}

#[test]
fn every_entry_is_heard() {
    let refusal = refusal(
        "[[edit]]\nat = 'a'\nset = { x = 1 }\nreason = 'r'\n[[edit]]\nat = 'b'\nremove = ['x']\nreason = 'r'\n\
         [[paginator]]\noperation = 'c'\ninput_token = 'd'\noutput_token = 'e'\nresult_key = 'f'\nreason = 'r'",
    );
    assert_eq!(refusal.lines().count(), 3, "{refusal}");
}

#[test]
fn a_file_that_cannot_be_read_names_the_line() {
    for (text, place) in [
        (
            "[[edit]]\nat = 'a'\nset = { a = 1 }\nreason = 'r'\nbecause = 'r'\n",
            "edit[0].because (line 1): the generator does not",
        ),
        (
            "\n[[edit]]\nat = 'a'\nset = 1\nremove = ['b']\nreason = 'r'\n",
            "edit[0].set (line 2): expected an object, found a number",
        ),
        ("[[edit]]\nat = 'a\n", "line 2: this is not TOML: "),
        ("[[edit]]\nat = 'a'\nset = { a = 1 }\n", "edit[0].reason (line 1): this key is missing"),
        ("[[edit]]\nat = 'a'\nset = { a = 1 }\nreason = ' '\n", "edit[0].reason (line 1): the reason is empty"),
        ("[[edit]]\nat = 'a'\nreason = 'r'\n", "edit[0] (line 1): neither `set` nor `remove`"),
        ("[[edits]]\n", "edits: the generator does not know this key"),
        ("[[readonly]]\noperations = []\nreason = 'r'\n", "readonly[0].operations (line 1): the list is empty"),
        (
            "[[readonly]]\noperations = ['a', 1]\nreason = 'r'\n",
            "readonly[0].operations[1] (line 1): expected a string",
        ),
        ("[[sensitive]]\nat = 'a'\nreason = 'r'\n", "sensitive[0].at (line 1): expected a list, found a string"),
        ("[[sensitive]]\nat = ['a']\n", "sensitive[0].reason (line 1): this key is missing"),
        ("[[header]]\nname = 'a b'\nvalue = 'c'\nreason = 'r'\n", "header[0].name (line 1): \"a b\" cannot be"),
        ("[[header]]\nname = 'a'\nvalue = \"c\\n\"\nreason = 'r'\n", "header[0].value (line 1): the value of a header"),
        (
            "[[checksum]]\nalgorithm = 'md5'\noperations = ['a']\nreason = 'r'\n",
            "checksum[0].algorithm (line 1): \"md5\" is",
        ),
        ("[[form]]\nreason = 'r'\n", "form[0].operations (line 1): this key is missing"),
    ] {
        let refusal = refusal(text);
        assert!(refusal.starts_with(&format!("error: {FILE}: {place}")), "{refusal}");
        assert_eq!(refusal.lines().count(), 1, "{refusal}");
    }
}

#[test]
fn marks_operations_that_only_read() {
    let mark = |operation: &str| format!("[[readonly]]\noperations = ['{operation}']\nreason = 'r'");
    let (model, _) = edited(&mark("ListFoos")).unwrap();
    assert_eq!(model["operations"]["ListFoos"]["readonly"], true);
    let gone = refusal(&mark("Gone"));
    assert!(gone.contains("readonly Gone: there is no such place in the model: operations has no `Gone`"), "{gone}");
    let twice = [mark("ListFoos"), mark("ListFoos")].join("\n");
    assert!(refusal(&twice).contains("readonly ListFoos: the model now says `readonly`: delete it from the entry"));
    let get = "[[edit]]\nat = 'operations.ListFoos'\nset = { http = { method = 'GET' } }\nreason = 'r'\n";
    assert!(refusal(&format!("{get}{}", mark("ListFoos"))).contains("it is sent by GET, which only reads"));
}

#[test]
fn marks_what_must_not_be_shown() {
    let mark = |places: &str| format!("[[sensitive]]\nat = [{places}]\nreason = 'r'");
    let (model, _) = edited(&mark("'shapes.ListFoosRequest.members.Id', 'shapes.Foos'")).unwrap();
    assert_eq!(model["shapes"]["ListFoosRequest"]["members"]["Id"]["sensitive"], true);
    assert_eq!(model["shapes"]["Foos"]["sensitive"], true);
    let gone = refusal(&mark("'shapes.ListFoosRequest.members.Gone'"));
    assert!(gone.contains("shapes.ListFoosRequest.members has no `Gone`"), "{gone}");
    let twice = refusal(&mark("'shapes.Token', 'shapes.Token'"));
    assert!(twice.contains("sensitive shapes.Token: the model now says `sensitive`"), "{twice}");
    let held = refusal(&mark("'shapes.Token', 'shapes.ListFoosRequest.members.Id'"));
    assert!(held.contains("the shape that it holds is `sensitive` now: delete it from the entry"), "{held}");
}

/// The checked-in overrides against the checked-in model: codegen would fail, this says it sooner.
#[test]
fn those_of_connect_apply_and_leave_no_operation_with_a_token_unpaged() {
    let parse = |text| Json::parse(text).unwrap();
    let mut model = parse(include_str!("../../../models/connect/2017-08-08/service-2.json"));
    let mut paginators = parse(include_str!("../../../models/connect/2017-08-08/paginators-1.json"));
    let overrides = include_str!("../../../models/connect/overrides.toml");
    apply("models/connect/overrides.toml", overrides, &mut model, &mut paginators).unwrap();
    let (model, paginators) = (Value::from(model), Value::from(paginators));

    let pages = |(name, operation): (&String, &Value)| {
        let output = operation["output"]["shape"].as_str()?;
        model["shapes"][output]["members"].get("NextToken").map(|_| name.clone())
    };
    let with_token: Vec<_> = model["operations"].as_object().unwrap().iter().filter_map(pages).collect();
    let paged: Vec<_> = paginators["pagination"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(with_token, paged);
}
