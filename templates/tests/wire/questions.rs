//! The questions and answers of the example `wire`, over a service of three operations written by hand.

use std::collections::HashMap;
use std::process::ExitCode;

use serde_json::{Value, json};
use templates::runtime::__private::{
    self as runtime, Blob, DateTime, Document, ErrorBody, OperationInfo, ServiceInfo, Visitor,
};
use templates::runtime::endpoint::{Endpoint, EndpointError, Params, refuse};
use templates::runtime::wire::{OperationHandle, ServiceHandle, Visit, run, service};

/// The service.
struct Shop;

impl runtime::Service for Shop {
    type Exception = Exception;
    const INFO: ServiceInfo = ServiceInfo {
        id: "Corner Shop",
        api_version: "2020-01-01",
        signing_name: "shop",
        endpoint_prefix: "shop",
        endpoint: resolve,
        #[cfg(any(feature = "mock", feature = "stand_in"))]
        model: "",
        #[cfg(feature = "stand_in")]
        resources: "",
    };
}

fn resolve(params: &Params<'_>) -> Result<Endpoint, EndpointError> {
    match (params.endpoint, params.region) {
        (Some(url), _) => Ok(Endpoint::new(url)),
        (None, Some(region)) => {
            let fips = if params.use_fips { "-fips" } else { "" };
            let stack = if params.use_dual_stack { "api.aws" } else { "amazonaws.com" };
            Ok(Endpoint::new(format!("https://shop{fips}.{region}.{stack}")))
        }
        (None, None) => refuse(params, "Invalid Configuration: Missing Region"),
    }
}

#[derive(Debug)]
enum Exception {
    SoldOut(SoldOut),
}

impl runtime::Exception for Exception {
    fn read(code: &str, from: ErrorBody<'_>) -> Option<Self> {
        (code == "SoldOut").then(|| from.read().map(Self::SoldOut))?
    }

    fn write<S: runtime::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self::SoldOut(exception) = self;
        runtime::derive::serialize(exception, to)
    }
}

#[derive(Clone, Default, PartialEq)]
struct SoldOut {
    message: Option<String>,
    until: Option<DateTime>,
}

runtime::members! { SoldOut {
    message: body("message").member("Message"),
    until: header("Until").wire("X-Until"),
} }

/// A request with everything in it, and a token.
#[derive(Clone, Default, PartialEq)]
struct Buy {
    id: String,
    note: Option<String>,
    at: Option<DateTime>,
    data: Option<Blob>,
    open: Option<Document>,
    ratio: Option<f64>,
    tags: Option<HashMap<String, String>>,
    token: Option<String>,
}

runtime::members! { Buy {
    id: label("Id").wire("id").required(),
    note: header("Note").wire("X-Note"),
    at: body("at").member("At"),
    data: body("Data"),
    open: body("Open"),
    ratio: body("Ratio"),
    tags: body("Tags"),
    token: body("Token"),
} }

impl runtime::Operation for Buy {
    type Service = Shop;
    type Output = Bought;
    const INFO: OperationInfo = OperationInfo::new("Buy")
        .http("POST", "/things/{id}")
        .input("Buy")
        .output("Bought")
        .errors(&["SoldOut"])
        .paginated();

    fn idempotency_token(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.token)
    }
}

#[derive(Clone, Default, PartialEq)]
struct Bought {
    status: Option<i32>,
    at: Option<DateTime>,
    data: Option<Blob>,
    ratio: Option<f64>,
}

runtime::members! { Bought {
    status: status("Status"),
    at: body("at").member("At"),
    data: body("Data"),
    ratio: body("Ratio"),
} }

/// A request whose body is bytes, with no answer.
#[derive(Clone, Default, PartialEq)]
struct Upload {
    bytes: Option<Blob>,
}

runtime::members! { Upload { bytes: payload("Bytes").blob(), } }

impl runtime::Operation for Upload {
    type Service = Shop;
    type Output = ();
    const INFO: OperationInfo = OperationInfo::new("Upload").http("PUT", "/bytes");
}

/// A request with a bearer token.
#[derive(Clone, Default, PartialEq)]
struct Look {
    id: Option<String>,
}

runtime::members! { Look { id: query("id"), } }

impl runtime::Operation for Look {
    type Service = Shop;
    type Output = ();
    const INFO: OperationInfo = OperationInfo::new("Look").http("GET", "/looks").bearer();
}

const ALL: &[OperationInfo] =
    &[<Buy as runtime::Operation>::INFO, <Upload as runtime::Operation>::INFO, <Look as runtime::Operation>::INFO];

fn visit(name: &str) -> Option<OperationHandle> {
    match name {
        "Buy" => Some(Visitor::<Shop>::visit::<Buy>(Visit)),
        "Upload" => Some(Visitor::<Shop>::visit::<Upload>(Visit)),
        "Look" => Some(Visitor::<Shop>::visit::<Look>(Visit)),
        _ => None,
    }
}

fn services() -> [ServiceHandle; 1] {
    [service::<Shop>(ALL, visit)]
}

/// Asks, and gives one answer a line.
fn ask_with(arguments: &[&str], questions: impl AsRef<[u8]>) -> (ExitCode, Vec<Value>) {
    let mut answers = Vec::new();
    let arguments = arguments.iter().map(|argument| (*argument).to_owned());
    let code = run(&services(), arguments, questions.as_ref(), &mut answers).unwrap();
    let lines = answers.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    (code, lines.map(|line| serde_json::from_slice(line).unwrap()).collect())
}

fn ask(question: &Value) -> Value {
    let (_, mut answers) = ask_with(&[], question.to_string());
    assert_eq!(answers.len(), 1, "{answers:?}");
    answers.remove(0)
}

fn kind(answer: &Value) -> &str {
    answer["error"]["kind"].as_str().unwrap_or_else(|| panic!("no error: {answer}"))
}

const AT: &str = "2026-01-02T03:04:05Z";

#[test]
fn a_request_is_the_one_a_call_sends() {
    let params = json!({
        "Id": "a/b", "Note": "n", "At": 1.5, "Data": "AQI=", "Open": {"x": [null, true]}, "Ratio": "NaN",
        "Tags": {"k": "v"}, "Token": "t",
    });
    let answer = ask(&json!({"operation": "Buy", "params": params, "at": AT}));
    assert_eq!(answer["method"], "POST");
    assert_eq!(answer["url"], "https://shop.us-west-2.amazonaws.com/things/a%2Fb");
    let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    let expected = json!({
        "at": 1.5, "Data": "AQI=", "Open": {"x": [null, true]}, "Ratio": "NaN", "Tags": {"k": "v"}, "Token": "t",
    });
    assert_eq!(body, expected);
    let headers = &answer["headers"];
    assert_eq!(headers["host"], "shop.us-west-2.amazonaws.com");
    assert_eq!(headers["x-note"], "n");
    assert_eq!(headers["x-amz-date"], "20260102T030405Z");
    assert_eq!(headers["content-type"], "application/json");
    let signed = headers["authorization"].as_str().unwrap();
    assert!(signed.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/us-west-2/shop/aws4_request"));
}

#[test]
fn a_token_that_is_left_out_is_made_as_in_a_call() {
    let answer = ask(&json!({"operation": "Buy", "params": {"Id": "i"}, "at": AT}));
    let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["Token"].as_str().unwrap().len(), 36);
}

#[test]
fn a_body_that_is_no_text_comes_in_base64() {
    let answer = ask(&json!({"operation": "Upload", "params": {"Bytes": "//79"}}));
    assert_eq!(answer["body_base64"], "//79");
    assert_eq!(answer.get("body"), None);
    let answer = ask(&json!({"operation": "Upload", "params": {}}));
    assert_eq!(answer["body"], "");
}

#[test]
fn an_input_that_cannot_be_sent_is_an_error_of_building() {
    for params in [json!({}), json!({"Id": ""}), json!({"Id": ".."}), json!({"Id": "i", "Note": "a\r\nb: c"})] {
        assert_eq!(kind(&ask(&json!({"operation": "Buy", "params": params}))), "build", "{params}");
    }
    let (_, answers) = ask_with(&["--region", ""], r#"{"operation":"Buy","params":{"Id":"i"}}"#);
    assert_eq!(answers[0]["error"]["kind"], "build");
    assert!(answers[0]["error"]["message"].as_str().unwrap().contains("region"));
}

#[test]
fn an_answer_is_read_as_a_call_reads_it() {
    let read = |response: Value| ask(&json!({"operation": "Buy", "response": response}));
    let body = r#"{"at":1.5,"Data":"AQI=","Ratio":"-Infinity","more":1}"#;
    assert_eq!(
        read(json!({"status": 201, "headers": {}, "body": body})),
        json!({"output": {"Status": 201, "At": 1.5, "Data": "AQI=", "Ratio": "-Infinity"}})
    );
    assert_eq!(read(json!({"body_base64": "e30="})), json!({"output": {"Status": 200}}));
    assert_eq!(kind(&read(json!({"body": "nonsense"}))), "decode");
    assert_eq!(ask(&json!({"operation": "Upload", "response": {"body": "anything"}})), json!({"output": {}}));
}

#[test]
fn an_exception_is_told_whole_whether_the_model_knows_it_or_not() {
    let read = |response: Value| ask(&json!({"operation": "Buy", "response": response}));
    let headers = json!({
        "x-amzn-errortype": "shop#SoldOut:http://x", "x-amzn-requestid": "r",
        "x-until": "Fri, 02 Jan 2026 03:04:05 GMT",
    });
    assert_eq!(
        read(json!({"status": 410, "headers": headers, "body": "{\"message\":\"gone\"}"})),
        json!({"exception": {
            "code": "SoldOut", "message": "gone", "status": 410, "request_id": "r",
            "fields": {"Message": "gone", "Until": 1_767_323_045},
        }})
    );
    assert_eq!(
        read(json!({"status": 400, "body": "{\"__type\":\"Else\"}"})),
        json!({"exception":
            {"code": "Else", "message": null, "status": 400, "request_id": null, "fields": {}}})
    );
}

#[test]
fn a_line_that_is_not_understood_does_not_end_the_conversation() {
    let ok = r#"{"operation":"Upload","params":{}}"#;
    let wrong: [&[u8]; 14] = [
        b"nonsense",
        b"[]",
        b"{}",
        b"\xff",
        br#"{"operation":"Sell","params":{}}"#,
        br#"{"operation":"Buy"}"#,
        br#"{"operation":"Buy","params":[]}"#,
        br#"{"operation":"Buy","params":{"Id":{}}}"#,
        br#"{"operation":"Buy","params":{},"response":{}}"#,
        br#"{"operation":"Buy","params":{},"at":"noon"}"#,
        br#"{"operation":"Buy","parms":{},"params":{}}"#,
        br#"{"operation":"Buy","response":{"status":7}}"#,
        br#"{"operation":"Buy","response":{"headers":{"a b":"c"}}}"#,
        br#"{"operation":"Buy","response":{"body":"a","body_base64":"YQ=="}}"#,
    ];
    for line in wrong {
        let (code, answers) = ask_with(&[], [line, b"\n\n", ok.as_bytes()].concat());
        assert_eq!(code, ExitCode::SUCCESS);
        assert_eq!(answers.len(), 2);
        assert_eq!(kind(&answers[0]), "usage", "{}", String::from_utf8_lossy(line));
        assert_eq!(answers[1]["method"], "PUT");
    }
}

#[test]
fn a_request_with_a_bearer_token_carries_the_one_of_all_answers() {
    let answer = ask(&json!({"operation": "Look", "params": {}, "at": AT}));
    assert_eq!(answer["headers"]["authorization"], "Bearer TOKENEXAMPLE", "{answer}");
}

#[test]
fn the_flags_choose_where_a_request_goes() {
    let url = |flags: &[&str]| {
        let (_, answers) = ask_with(flags, r#"{"operation":"Upload","params":{}}"#);
        answers[0]["url"].as_str().map(str::to_owned)
    };
    assert_eq!(url(&["--region", "eu-west-2"]).unwrap(), "https://shop.eu-west-2.amazonaws.com/bytes");
    assert_eq!(url(&["--region=eu-west-2", "--fips"]).unwrap(), "https://shop-fips.eu-west-2.amazonaws.com/bytes");
    assert_eq!(url(&["--dual-stack"]).unwrap(), "https://shop.us-west-2.api.aws/bytes");
    assert_eq!(url(&["--endpoint-url", "http://localhost:5/a"]).unwrap(), "http://localhost:5/a/bytes");
    assert_eq!(url(&["--service", "corner-shop"]).unwrap(), "https://shop.us-west-2.amazonaws.com/bytes");
}

#[test]
fn misuse_is_told_from_failure() {
    for flags in [&["--region"][..], &["--fips=yes"], &["x"], &["--service", "other"]] {
        let (code, answers) = ask_with(flags, "");
        assert_eq!(code, ExitCode::from(2), "{flags:?}");
        assert!(answers.is_empty());
    }
}

#[test]
fn the_operations_are_listed_with_what_the_model_says() {
    let (_, mut answers) = ask_with(&["--operations"], "");
    let expected = json!([
        {"name": "Buy", "method": "POST", "uri": "/things/{id}", "input": "Buy", "output": "Bought",
         "errors": ["SoldOut"], "paginated": true},
        {"name": "Upload", "method": "PUT", "uri": "/bytes", "input": null, "output": null,
         "errors": [], "paginated": false},
        {"name": "Look", "method": "GET", "uri": "/looks", "input": null, "output": null,
         "errors": [], "paginated": false},
    ]);
    assert_eq!(answers.remove(0), expected);
}
