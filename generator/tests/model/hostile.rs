//! Models that are broken, or written by an enemy: each ends in an error that names its place, or in output that is harmless.
//! Two files beside this show the rest: `injection.rs` where hostile text may end up, `compile.rs` that it compiles.

use generator::{Inputs, ServiceInputs, generate};
use serde_json::{Value, json};

use super::limits::text_refusal;
use crate::support::{base, features_of_every_crate, from_model, inputs, of_model, refusal, with};

const NAMES: [&str; 24] = [
    "",
    "_",
    "__",
    ".",
    "..",
    "../../etc/passwd",
    "/etc/passwd",
    "a/b",
    "a\\b",
    "C:x",
    "a b",
    "a.b",
    "a-b",
    "a\"b",
    "a'b",
    "a\nb",
    "a\r\nb",
    "a\0b",
    "a*/b",
    "/*",
    "//",
    "é",
    "a\u{202e}b",
    "a\u{feff}b",
];

#[test]
fn names_that_cannot_become_rust_are_refused_wherever_they_stand() {
    for name in NAMES {
        let mut operation = base();
        operation["operations"][name] = json!({"name": name, "http": {"method": "GET", "requestUri": "/"}});
        let mut shape = base();
        shape["shapes"][name] = json!({"type": "string"});
        let mut member = base();
        member["shapes"]["Part"]["members"][name] = json!({"shape": "Text"});
        for (model, place) in [(operation, "operations."), (shape, "shapes."), (member, "shapes.Part.members.")] {
            let said = refusal(&model);
            assert!(said.starts_with(&format!("error: models/x/service-2.json: {place}")), "{name:?}: {said}");
            // One line, whatever the name holds.
            assert_eq!(said.lines().count(), 1, "{name:?}: {said}");
            assert!(said.contains(" name"), "{name:?}: {said}");
            assert!(!said.trim_end().contains(|c: char| c.is_control() || c == '\u{202e}'), "{name:?}: {said:?}");
        }
    }
}

#[test]
fn a_member_named_self_is_welcome() {
    let model =
        with(&[("shapes.Part.members.self", json!({"shape": "Text"})), ("shapes.Part.required", json!(["self"]))]);
    let files = from_model(&model).expect("self is a name");
    assert!(files["src/types/part.rs"].contains("self_: required text"), "{}", files["src/types/part.rs"]);
}

#[test]
fn text_that_is_no_model() {
    let whole = base().to_string();
    let cases = [
        ("", "the text ends before the document does"),
        ("null", "expected an object, found null"),
        ("[]", "expected an object, found a list"),
        ("{}", "metadata: this key is missing"),
        ("\u{feff}{}", "the file starts with a byte order mark (U+FEFF)"),
        ("{} {}", "something follows the end of the document"),
        ("{\"a\": 1e999}", "a: a number is too large"),
        ("{\"a\": 01}", "a: a number is not written as in JSON"),
        ("{\"a\": NaN}", "a: expected a value"),
        ("{\"metadata\": {}, \"metadata\": {}}", "metadata: this key appears twice in its object"),
        (
            "{\"shapes\": {\"A\": {\"type\": \"string\"}, \"A\": {\"type\": \"blob\"}}}",
            "shapes.A: this key appears twice in its object",
        ),
        ("{\"a\\u0062\": 1, \"ab\": 2}", "ab: this key appears twice in its object"),
        (&whole[..whole.len() / 2], "the text ends before the document does"),
    ];
    for (text, expected) in cases {
        let said = text_refusal(text);
        assert!(said.starts_with("error: models/x/service-2.json: "), "{said}");
        assert!(said.contains(expected), "{text:?}: {said}");
    }
    // Cut anywhere, it is an error and nothing worse.
    for end in (0..whole.len()).step_by(37).filter(|end| whole.is_char_boundary(*end)) {
        text_refusal(&whole[..end]);
    }
}

#[test]
fn values_of_another_type_are_refused_at_their_place() {
    let rows = [
        ("metadata", json!([]), "metadata: expected an object, found a list"),
        ("metadata.serviceId", json!(1), "metadata.serviceId: expected a string, found a number"),
        ("metadata.protocols", json!(["rest-json", null]), "metadata.protocols[1]: expected a string, found null"),
        ("metadata.auth", json!("aws.auth#sigv4"), "metadata.auth: expected a list, found a string"),
        ("metadata.jsonVersion", json!(1.1), "metadata.jsonVersion: expected a string, found a number"),
        ("examples", json!([]), "examples: expected an object, found a list"),
        ("documentation", json!(1), "documentation: expected a string, found a number"),
        ("operations", json!("x"), "operations: expected an object, found a string"),
        ("operations.Foo", json!(null), "operations.Foo: expected an object, found null"),
        ("operations.Foo", json!(["Foo"]), "operations.Foo: expected an object, found a list"),
        ("operations.Foo.http", json!(["GET", "/", 200]), "operations.Foo.http: expected an object, found a list"),
        ("operations.Foo.http.method", json!(5), "operations.Foo.http.method: expected a string, found a number"),
        ("operations.Foo.http", json!({"requestUri": "/"}), "operations.Foo.http.method: this key is missing"),
        (
            "operations.Foo.http.responseCode",
            json!(70_000),
            "operations.Foo.http.responseCode: expected an HTTP status, found 70000",
        ),
        (
            "operations.Foo.http.responseCode",
            json!(-1),
            "operations.Foo.http.responseCode: expected an HTTP status, found -1",
        ),
        (
            "operations.Foo.http.responseCode",
            json!("200"),
            "operations.Foo.http.responseCode: expected an HTTP status, found a string",
        ),
        ("operations.Foo.input", json!(null), "operations.Foo.input: expected an object, found null"),
        ("operations.Foo.input", json!(["In"]), "operations.Foo.input: expected an object, found a list"),
        ("operations.Foo.errors", json!({"shape": "Ex"}), "operations.Foo.errors: expected a list, found an object"),
        ("operations.Foo.errors", json!([["Ex"]]), "operations.Foo.errors[0]: expected an object, found a list"),
        (
            "operations.Foo.errors",
            json!([{"shape": "Ex", "error": []}]),
            "operations.Foo.errors[0].error: expected an object, found a list",
        ),
        ("operations.Foo.endpoint", json!(["a."]), "operations.Foo.endpoint: expected an object, found a list"),
        ("operations.Foo.readonly", json!("true"), "operations.Foo.readonly: expected a boolean, found a string"),
        (
            "operations.Foo.staticContextParams",
            json!({"A": ["x"]}),
            "operations.Foo.staticContextParams.A: expected an object, found a list",
        ),
        ("operations.Foo.httpChecksum", json!([true]), "operations.Foo.httpChecksum: expected an object, found a list"),
        (
            "operations.Foo.requestcompression",
            json!([["gzip"]]),
            "operations.Foo.requestcompression: expected an object, found a list",
        ),
        ("shapes", json!([1]), "shapes: expected an object, found a list"),
        ("shapes.Part", json!(7), "shapes.Part: expected an object, found a number"),
        (
            "shapes.Part.type",
            json!("Structure"),
            "shapes.Part.type: \"Structure\" is not known; expected one of structure, list, map",
        ),
        ("shapes.Part.type", json!({"structure": null}), "shapes.Part.type: expected a string, found an object"),
        ("shapes.Part.members", json!(true), "shapes.Part.members: expected an object, found a boolean"),
        ("shapes.Part.members.Text", json!([]), "shapes.Part.members.Text: expected an object, found a list"),
        (
            "shapes.Part.members.Text.shape",
            json!({}),
            "shapes.Part.members.Text.shape: expected a string, found an object",
        ),
        (
            "shapes.Part.members.Text.contextParam",
            json!(["A"]),
            "shapes.Part.members.Text.contextParam: expected an object, found a list",
        ),
        (
            "shapes.Part.members.Text.eventpayload",
            json!(1),
            "shapes.Part.members.Text.eventpayload: expected a boolean, found a number",
        ),
        ("shapes.List.member", json!(["Text", null, null]), "shapes.List.member: expected an object, found a list"),
        ("shapes.Map.key", json!(["Text"]), "shapes.Map.key: expected an object, found a list"),
        ("shapes.Map.value", json!("Part"), "shapes.Map.value: expected an object, found a string"),
        ("shapes.Ex.error", json!([400]), "shapes.Ex.error: expected an object, found a list"),
        ("shapes.Ex.retryable", json!([true]), "shapes.Ex.retryable: expected an object, found a list"),
        ("shapes.Text.min", json!("1"), "shapes.Text.min: expected a number, found a string"),
        ("shapes.Colour.enum", json!([1]), "shapes.Colour.enum[0]: expected a string, found a number"),
        ("shapes.Colour.enum", json!([null]), "shapes.Colour.enum[0]: expected a string, found null"),
        ("shapes.Part.required", json!(["Text", 1]), "shapes.Part.required[1]: expected a string, found a number"),
    ];
    for (path, value, expected) in rows {
        let said = refusal(&with(&[(path, value)]));
        assert!(said.contains(&format!("models/x/service-2.json: {expected}")), "{path}: {said}");
    }
}

/// Whatever is set at whatever place of a file, what is said of it names a place that leads there, and is said in words of
/// this program.
#[test]
fn errors_of_reading_name_the_whole_path() {
    let mut places = Vec::new();
    leaves(&base(), "", &mut places);
    assert!(places.len() > 40, "{places:?}");
    for pointer in &places {
        for wrong in [json!(null), json!(7.5), json!([[]]), json!({"odd": 1})] {
            let mut model = base();
            *model.pointer_mut(pointer).expect("a place") = wrong.clone();
            let said = refusal(&model);
            let path = pointer[1..].replace('/', ".");
            let lines: Vec<&str> = said.lines().collect();
            let at = |line: &&str| line.starts_with(&format!("error: models/x/service-2.json: {path}"));
            assert!(lines.iter().any(at), "{path} = {wrong}: {said}");
            for words in ["invalid type", "missing field", "unknown field", "unknown variant", "expected struct"] {
                assert!(!said.contains(words), "{path} = {wrong}: {said}");
            }
        }
    }
}

/// The places of a value that hold neither an object nor a list, as JSON pointers.
fn leaves(value: &Value, pointer: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| leaves(value, &format!("{pointer}/{key}"), places)),
        Value::Array(_) => {}
        _ => places.push(pointer.to_owned()),
    }
}

#[test]
fn numbers_may_be_huge_where_they_are_only_shown() {
    let huge = json!({"type": "integer", "min": i64::MIN, "max": u64::MAX});
    let files = from_model(&with(&[("shapes.Number", huge)])).expect("they are documentation");
    assert!(files["src/types/choice.rs"].contains("-9223372036854775808 to 18446744073709551615"));
}

#[test]
fn a_service_without_operations_is_refused() {
    let expected =
        "error: models/x/service-2.json: operations: the service has no operation: there is nothing to call\n";
    assert_eq!(refusal(&with(&[("operations", json!({}))])), expected);
    // Not even the objects.
    let mut model = base();
    model.as_object_mut().expect("an object").retain(|key, _| key == "metadata");
    assert_eq!(refusal(&model), expected);
    let none = Inputs { services: Vec::new(), ..inputs(ServiceInputs::default()) };
    generate(&none).expect("no service is no crate, and no panic");
}

#[test]
fn the_other_files_are_refused_by_their_names() {
    let service = |change: fn(&mut ServiceInputs)| {
        let mut inputs = of_model(&base().to_string());
        change(&mut inputs.services[0]);
        generate(&inputs).expect_err("this is not refused").to_string()
    };
    let said = service(|service| service.paginators = Some("{\"pagination\": {\"Foo\": {}}}".to_owned()));
    assert!(said.contains("models/x/paginators-1.json: pagination.Foo.input_token: this key is missing"), "{said}");
    let paginator = "{\"pagination\": {\"Gone\": {\"input_token\": \"a\", \"output_token\": \"b\"}}}";
    let mut inputs = of_model(&base().to_string());
    inputs.services[0].paginators = Some(paginator.to_owned());
    let said = generate(&inputs).expect_err("no such operation").to_string();
    assert_eq!(said, "error: models/x/paginators-1.json: pagination.Gone: there is no such operation\n");
    let said = service(|service| service.rule_set = Some("{}".to_owned()));
    assert!(said.contains("models/x/endpoint-rule-set-1.json"), "{said}");
    let said = service(|service| service.overrides = Some(("models/x/o.toml".to_owned(), "[[edit]]".to_owned())));
    assert!(said.contains("models/x/o.toml"), "{said}");
    let mut inputs = of_model(&base().to_string());
    inputs.partitions = "{".to_owned();
    assert!(generate(&inputs).expect_err("broken").to_string().contains("models/partitions.json: "));
}

#[test]
fn all_errors_come_at_once_sorted_and_each_once() {
    let mut inputs = of_model(
        &with(&[
            ("shapes.Part.members.Text.shape", json!("Gone")),
            ("shapes.Colour.enum", json!(["a", "a"])),
            ("operations.Foo.name", json!("Bar")),
        ])
        .to_string(),
    );
    inputs.services[0].rule_set = Some("[]".to_owned());
    inputs.partitions = "{".to_owned();
    let said = generate(&inputs).expect_err("all of it is wrong").to_string();
    let lines: Vec<&str> = said.lines().collect();
    let mut sorted = lines.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(lines, sorted);
    let places = [
        "error: models/partitions.json: ",
        "error: models/x/endpoint-rule-set-1.json: ",
        "error: models/x/service-2.json: operations.Foo.name: ",
        "error: models/x/service-2.json: shapes.Colour.enum[1]: ",
        "error: models/x/service-2.json: shapes.Part.members.Text.shape: ",
    ];
    for place in places {
        assert_eq!(lines.iter().filter(|line| line.starts_with(place)).count(), 1, "{place}: {said}");
    }
}

#[test]
fn no_message_forges_another() {
    let forged = "x`\nerror: models/y: all is well\u{1b}[2J\u{202e}";
    let said = refusal(&with(&[("metadata.protocol", json!(forged))]));
    assert_eq!(said.lines().count(), 1, "{said}");
    let mut model = base();
    model["metadata"][forged] = json!(1);
    let said = refusal(&model);
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
}

#[test]
fn a_feature_of_every_crate_is_no_name_of_a_module() {
    let model = base().to_string();
    for feature in features_of_every_crate() {
        let mut inputs = of_model(&model);
        inputs.services[0].module = Some(feature.clone());
        let error = generate(&inputs).expect_err(&feature).to_string();
        assert!(error.contains(&format!("\"{feature}\" cannot be the name of a module")), "{error}");
    }
}

#[test]
fn a_record_of_names_is_refused_by_its_place() {
    for (text, expected) in [
        ("[types]\nA = 1\n", "types.A: expected a string, found a number"),
        ("types = []\n", "types: expected an object, found a list"),
        ("[fields]\nPart = \"x\"\n", "fields.Part: expected an object, found a string"),
        ("[odd]\n", "odd: the generator does not know this key"),
        ("[spelling]\nmembers = \"odd\"\n", "spelling.members: \"odd\" is not known; expected one of UpperCamelCase"),
        ("[spelling]\nmembers = \"snake_case\"\n", "spelling.values: this key is missing"),
        ("[types\n", "line 1: this is not TOML: "),
    ] {
        let mut inputs = of_model(&base().to_string());
        inputs.services[0].names = Some(("models/x/names.toml".to_owned(), text.to_owned()));
        let said = generate(&inputs).expect_err(text).to_string();
        assert!(said.contains(&format!("error: models/x/names.toml: {expected}")), "{text}: {said}");
    }
}
