//! The engine over a small model: routes, inputs, checks, outputs, exceptions.

use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value, json};
use templates::runtime::testing::ServiceModel;
use templates::runtime::testing::service::Fill;

const MODEL: &str = include_str!("model.txt");

fn model() -> ServiceModel {
    ServiceModel::parse(MODEL).unwrap()
}

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
}

#[track_caller]
fn read(method: &str, path_and_query: &str, head: &HeaderMap, body: &[u8]) -> Result<Value, String> {
    let model = model();
    let route = model.route(method, path_and_query).expect("a route");
    let query = path_and_query.split_once('?').map_or("", |(_, query)| query);
    model.read_input(&route, query, head, body).map_err(|error| error.to_string())
}

#[test]
fn a_template_with_more_text_goes_first() {
    let model = model();
    let name = |method, path| model.route(method, path).map(|route| route.operation.name().to_owned());
    assert_eq!(name("GET", "/things/a%2Fb").as_deref(), Some("GetThing"));
    assert_eq!(name("GET", "/things/summary").as_deref(), Some("GetSummary"));
    assert_eq!(name("GET", "/things/a?view=full&x=1").as_deref(), Some("GetFullThing"));
    assert_eq!(name("GET", "/files/a/b/c/meta").as_deref(), Some("GetFile"));
    assert_eq!(name("POST", "/things").as_deref(), Some("MakeThing"));
    assert_eq!(name("PATCH", "/things"), None);
    assert_eq!(name("GET", "/things/"), None);
    assert_eq!(name("GET", "/things/a/b"), None);
    assert_eq!(model.route("GET", "/things/a%2Fb").unwrap().label("Id"), Some("a/b"));
    assert_eq!(model.route("GET", "/files/a/b%20/c/meta").unwrap().label("Path"), Some("a/b /c"));
}

#[test]
fn a_known_operation_is_found_behind_the_path_of_an_endpoint() {
    let model = model();
    let operation = model.operation("GetThing").unwrap();
    assert_eq!(model.route_to(operation, "/proxy/v1/things/7").unwrap().label("Id"), Some("7"));
    assert!(model.route_to(operation, "/others/7").is_none());
}

#[test]
fn an_input_is_read_from_every_place() {
    let head = headers(&[("x-when", "Thu, 01 Jan 1970 00:01:00 GMT"), ("x-kinds", "a, \"b,c\""), ("x-meta-one", "1")]);
    let query = "count=3&tag=x&tag=y%20z&since=1970-01-01T00%3A00%3A05Z&other=o";
    let body = br#"{"nm":"Zo\u00eb","When":7.5,"Iso":"1970-01-01T00:00:09Z","Data":"AAEC","Unknown":[1],"Gone":null,"Inner":{"Text":"t","Next":{"Text":"u"}},"Numbers":[1,null,2],"Choice":{"B":2},"Any":{"x":[null]}}"#;
    let found = read("POST", &format!("/things/9/parts?{query}"), &head, body).unwrap();
    assert_eq!(
        found,
        json!({
            "Id": 9, "Count": 3, "Tags": ["x", "y z"], "Since": 5, "Others": {"other": "o"}, "AtTime": 60,
            "Kinds": ["a", "b,c"], "Meta": {"one": "1"}, "Name": "Zoë", "When": 7.5, "Iso": 9, "Data": "AAEC",
            "Inner": {"Text": "t", "Next": {"Text": "u"}}, "Numbers": [1, 2], "Choice": {"B": 2}, "Any": {"x": [null]},
        })
    );
}

#[test]
fn payloads_are_read_whole() {
    let none = HeaderMap::new();
    assert_eq!(read("PUT", "/blob", &none, b"\0\x01").unwrap(), json!({"Content": "AAE="}));
    assert_eq!(read("PUT", "/text", &none, "Zoë".as_bytes()).unwrap(), json!({"Content": "Zoë"}));
    assert_eq!(read("PUT", "/inner", &none, br#"{"Text":"t"}"#).unwrap(), json!({"Content": {"Text": "t"}}));
    assert_eq!(read("PUT", "/inner", &none, b"").unwrap(), json!({}));
}

#[test]
fn an_error_names_the_place_and_nothing_of_the_request() {
    let none = HeaderMap::new();
    let wrong = |body: &str| read("POST", "/things/9/parts", &none, body.as_bytes()).unwrap_err();
    assert_eq!(wrong(r#"{"Inner":{"Next":{"Text":4711}}}"#), "Inner.Next.Text is not a string");
    assert_eq!(wrong(r#"{"Numbers":[1,"secret"]}"#), "Numbers[1] is not an integer");
    assert_eq!(wrong(r#"{"Choice":{"A":"a","B":2}}"#), "Choice is not an object with one member that the union has");
    assert_eq!(wrong("[]"), "the body is not an object");
    assert!(wrong("{\"a\"").starts_with("the body is not JSON: "));
    assert!(wrong(&"[".repeat(100_000)).starts_with("the body is not JSON: "));
    let number = read("POST", "/things/nine/parts", &none, b"").unwrap_err();
    assert_eq!(number, "Id is not a whole number in the range of its type");
}

#[test]
fn violations_say_where_and_what() {
    let model = model();
    let operation = model.operation("MakeThing").unwrap();
    let input = json!({
        "Name": "", "Size": 12, "Kind": "purple", "Phone": "12", "Inners": [{"Text": "x"}, {}], "Extra": 1,
        "Tags": {"aws:x": "v"},
    });
    let found: Vec<String> = model.check(operation, &input).iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "Token is required and missing",
            "Extra is not a member of its shape",
            "Inners[1].Text is required and missing",
            "Kind must be one of RED, BLUE",
            "Name has the length 0 and must have 1 to 10",
            r"Phone does not match the pattern ^\+[1-9]\d{1,14}$",
            "Size must be at most 10",
            r#"Tags["aws:x"] does not match the pattern ^(?!aws:)[a-z:]+$"#,
        ]
    );
    assert_eq!(model.check(operation, &input)[2].member(), "Inners");
    assert_eq!(model.refusal(operation), "InvalidRequestException");
    assert_eq!(model.refusal(model.operation("GetThing").unwrap()), "ValidationException");
}

#[test]
fn an_output_goes_to_every_place() {
    let model = model();
    let operation = model.operation("GetThing").unwrap();
    let output =
        json!({"Status": 206, "ETag": "é", "Kinds": ["a", "b,c"], "At": 60, "Name": "n", "Iso": 9, "When": 7.5});
    let response = model.write_output(operation, &output).unwrap();
    assert_eq!(response.status(), 206);
    assert_eq!(response.headers()["etag"].as_bytes(), "é".as_bytes());
    assert_eq!(response.headers()["x-kinds"], "a, \"b,c\"");
    assert_eq!(response.headers()["x-at"], "Thu, 01 Jan 1970 00:01:00 GMT");
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(body, json!({"nm": "n", "Iso": "1970-01-01T00:00:09Z", "When": 7.5}));

    let unknown = model.write_output(operation, &json!({"Nmae": "n"})).unwrap_err();
    assert_eq!(unknown.to_string(), "the shape has no member Nmae");
    let wrong = model.write_output(operation, &json!({"Name": 1})).unwrap_err();
    assert_eq!(wrong.to_string(), "Name is not a string");
}

#[test]
fn a_success_without_content_has_no_body() {
    let model = model();
    let response = model.write_output(model.operation("RemoveThing").unwrap(), &json!({})).unwrap();
    assert_eq!((response.status().as_u16(), response.body().len()), (204, 0));
}

#[test]
fn an_exception_has_its_status_its_code_and_its_members() {
    let model = model();
    let members = Map::from_iter([("Reason".to_owned(), json!("taken")), ("Stranger".to_owned(), json!(1))]);
    let response = model.write_exception("ConflictException", "no", &members);
    assert_eq!(response.status(), 409);
    assert_eq!(response.headers()["x-amzn-errortype"], "ConflictException");
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(body, json!({"Message": "no", "reason": "taken"}));
    let unknown = model.write_exception("NoSuchException", "no", &members);
    assert_eq!(unknown.status(), 400);
    assert_eq!(unknown.headers()["x-amzn-errortype"], "NoSuchException");
}

#[test]
fn examples_are_valid() {
    let model = model();
    let mut seed = 3_usize;
    let mut choose = |of: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % of
    };
    for operation in model.operations() {
        assert_eq!(model.check_output(operation, &model.empty_output(operation)), [], "{}", operation.name());
        for fill in [Fill::Required, Fill::Everything] {
            let input = model.example(operation.input(), fill, &mut choose);
            assert_eq!(model.check(operation, &input), [], "{}: {input}", operation.name());
        }
    }
}

#[test]
fn a_text_that_codegen_did_not_write_is_refused_with_its_line() {
    for (text, message) in [
        ("", "the service model has no line that names the service"),
        ("service\tA\n\nwhat\tB", "line 3 of the service model has the unknown kind what"),
        ("operation\tA\tGET\t/\tinput=B", "line 1 of the service model refers to the shape B, which has no line"),
        ("string\tA\tmin=x", "line 1 of the service model has \"x\" where a number belongs"),
    ] {
        assert_eq!(ServiceModel::parse(text).unwrap_err().to_string(), message);
    }
}
