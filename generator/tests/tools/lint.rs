//! Findings of the rules on models, and cases that they accept.

use generator::ServiceInputs;
use generator::tools::lint::{Findings, RULES, lint};
use serde_json::{Map, Value, json};

const MODEL: &str = r#"{
    "metadata": {
        "apiVersion": "2020-01-01", "endpointPrefix": "tiny", "protocol": "rest-json", "serviceFullName": "Tiny",
        "serviceId": "Tiny", "signatureVersion": "v4"
    },
    "operations": {
        "GetThing": {
            "name": "GetThing", "http": { "method": "GET", "requestUri": "/a/{Id}/{Kind}/{Version}/{Short}/{Flag}" },
            "input": { "shape": "GetThingRequest" }, "errors": [{ "shape": "LimitExceededException" }]
        },
        "ListThings": {
            "name": "ListThings", "http": { "method": "POST", "requestUri": "/b" },
            "input": { "shape": "Page" }, "output": { "shape": "Page" }, "errors": [{ "shape": "TooManyRequestsException" }]
        },
        "ListOthers": {
            "name": "ListOthers", "http": { "method": "POST", "requestUri": "/c" }, "idempotent": true,
            "input": { "shape": "Page" }, "output": { "shape": "Page" }, "errors": [{ "shape": "Busy" }]
        },
        "PutThing": {
            "name": "PutThing", "http": { "method": "PUT", "requestUri": "/d" },
            "input": { "shape": "PutThingRequest" }, "errors": [{ "shape": "Coded" }]
        },
        "PutOther": {
            "name": "PutOther", "http": { "method": "PUT", "requestUri": "/e" }, "input": { "shape": "PutOtherRequest" }
        }
    },
    "shapes": {
        "GetThingRequest": { "type": "structure", "members": {
            "Id": { "shape": "Bounded", "location": "uri" }, "Kind": { "shape": "Kind", "location": "uri" },
            "Version": { "shape": "Number", "location": "uri" }, "Short": { "shape": "Text", "location": "uri" },
            "Flag": { "shape": "Flag", "location": "uri" }
        } },
        "Page": { "type": "structure", "members": { "nextToken": { "shape": "Text" } } },
        "PutThingRequest": { "type": "structure", "members": { "clientToken": { "shape": "Text" } } },
        "PutOtherRequest": { "type": "structure", "members": {
            "ClientToken": { "shape": "Text", "idempotencyToken": true }
        } },
        "LimitExceededException": { "type": "structure", "members": {}, "exception": true, "error": { "httpStatusCode": 429 } },
        "TooManyRequestsException": { "type": "structure", "members": {}, "exception": true },
        "Busy": { "type": "structure", "members": {}, "exception": true, "retryable": { "throttling": true } },
        "Coded": { "type": "structure", "members": {}, "exception": true, "error": { "code": "ThrottlingException" } },
        "Bounded": { "type": "string", "min": 1 },
        "Flag": { "type": "boolean" },
        "Kind": { "type": "string", "enum": ["a-b", "A_B", "c", "AB"] },
        "Number": { "type": "integer" },
        "Text": { "type": "string" },
        "Stray": { "type": "list", "member": { "shape": "Lost" } },
        "Lost": { "type": "string" }
    }
}"#;
const PAGINATORS: &str =
    r#"{ "pagination": { "ListOthers": { "input_token": "nextToken", "output_token": "nextToken" } } }"#;

fn findings() -> Findings {
    let service = ServiceInputs {
        folder: "models/tiny".to_owned(),
        model: MODEL.to_owned(),
        paginators: Some(PAGINATORS.to_owned()),
        // Not one that applies: upstream's own model is asked, so it is not looked at.
        overrides: Some(("overrides.toml".to_owned(), "[[edit]]\nat = \"shapes.None\"\nreason = \"None.\"".to_owned())),
        ..ServiceInputs::default()
    };
    lint(&service).unwrap()
}

#[test]
fn each_rule_finds_what_it_is_about() {
    let found: Vec<String> = findings()
        .into_iter()
        .flat_map(|(rule, found)| found.into_iter().map(move |(place, fact)| format!("{rule}: {place}: {fact}")))
        .collect();
    assert_eq!(
        found,
        [
            r#"enum-collision: shapes.Kind: ["a-b", "A_B", "AB"]"#,
            "no-paginator: operations.ListThings: takes nextToken and gives nextToken",
            "no-throttling-error: operations.GetThing: 1 errors, none of them throttling",
            "no-throttling-error: operations.PutOther: 0 errors, none of them throttling",
            "path-without-minimum: shapes.GetThingRequest.members.Kind: the enumeration Kind has no `min`",
            "path-without-minimum: shapes.GetThingRequest.members.Short: the string Text has no `min`",
            "path-without-minimum: shapes.GetThingRequest.members.Version: the number Number has no `min`",
            "unmarked-read: operations.ListThings: POST without `readonly`",
            "unmarked-token: shapes.PutThingRequest.members.clientToken: no `idempotencyToken`",
            "unsafe-without-token: operations.ListThings: POST without a token",
            "unsafe-without-token: operations.PutThing: PUT without a token",
            "unused-shape: shapes.Lost: string",
            "unused-shape: shapes.Stray: list",
        ]
    );
}

#[test]
fn every_rule_says_that_it_was_asked() {
    let findings = findings();
    assert!(RULES.iter().all(|rule| findings.contains_key(rule.name)));
    assert_eq!(findings.len(), RULES.len(), "two rules of one name would hide one another");
}

#[test]
fn a_model_that_is_broken_is_an_error() {
    let service = ServiceInputs { model: "{".to_owned(), ..ServiceInputs::default() };
    assert!(lint(&service).is_err());
}

/// What two rules find in a model of one operation for each name, with these members in its input.
fn marks(operations: &[(&str, &str)], members: &[(&str, &str)]) -> Vec<String> {
    let shapes = [
        ("Text", json!({"type": "string"})),
        ("ConnectionToken", json!({"type": "string"})),
        ("Flag", json!({"type": "boolean"})),
        ("Hidden", json!({"type": "string", "sensitive": true})),
        ("HiddenList", json!({"type": "list", "member": {"shape": "Hidden"}})),
        ("TextList", json!({"type": "list", "member": {"shape": "Text"}})),
    ];
    let mut model: Value = serde_json::from_str(MODEL).unwrap();
    let operation = |(name, method): &(&str, &str)| {
        let uri = format!("/{name}");
        let operation = json!({"name": name, "http": {"method": method, "requestUri": uri}, "input": {"shape": "In"}});
        ((*name).to_owned(), operation)
    };
    model["operations"] = operations.iter().map(operation).collect::<Map<_, _>>().into();
    let members = members.iter().map(|(name, shape)| ((*name).to_owned(), json!({"shape": shape})));
    let input = json!({"type": "structure", "members": members.collect::<Map<_, _>>()});
    let shapes = shapes.into_iter().map(|(name, shape)| (name.to_owned(), shape));
    model["shapes"] = shapes.chain([("In".to_owned(), input)]).collect::<Map<_, _>>().into();
    let service = ServiceInputs { model: model.to_string(), ..ServiceInputs::default() };
    let findings = lint(&service).unwrap_or_else(|problems| panic!("{problems}"));
    ["unmarked-read", "unmarked-secret"].iter().flat_map(|rule| findings[rule].keys().cloned()).collect()
}

#[test]
fn reads_by_post_are_found_by_their_names() {
    let acts = [("StopThing", "POST"), ("ListenToThing", "POST"), ("GetThing", "GET"), ("BatchPutThing", "POST")];
    assert!(marks(&acts, &[]).is_empty());
    let reads = [("SearchThings", "POST"), ("BatchGetThing", "POST"), ("DescribeThing", "PUT")];
    let found = ["operations.BatchGetThing", "operations.DescribeThing", "operations.SearchThings"];
    assert_eq!(marks(&reads, &[]), found);
}

#[test]
fn secrets_are_found_by_the_names_of_members_and_shapes() {
    let operation = [("StopThing", "POST")];
    let plain =
        [("NextToken", "Text"), ("ClientToken", "Text"), ("TokenType", "Text"), ("HasToken", "Flag"), ("Url", "Text")];
    assert!(marks(&operation, &plain).is_empty());
    let secret = [("AccessToken", "Text"), ("Password", "Text"), ("State", "ConnectionToken")];
    let found = ["AccessToken", "Password", "State"].map(|member| format!("shapes.In.members.{member}"));
    assert_eq!(marks(&operation, &secret), found);
}

#[test]
fn a_list_of_secrets_is_hidden_by_its_elements() {
    let members = [("Passwords", "HiddenList"), ("AccessTokens", "HiddenList"), ("Tokens", "TextList")];
    assert_eq!(marks(&[("StopThing", "POST")], &members), ["shapes.In.members.Tokens"]);
}
