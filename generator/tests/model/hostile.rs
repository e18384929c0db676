//! Models that are broken, or written by an enemy: each ends in an error that names its place, or in output that is harmless.
//! Two files beside this show the rest: `injection.rs` where hostile text may end up, `compile.rs` that it compiles.

use generator::{Inputs, ServiceInputs, generate};
use serde_json::{Map, Value, json};

use crate::support::{base, from_model, inputs, of_model, read, refusal, with};

/// What is printed where the text of a model is refused.
fn text_refusal(text: &str) -> String {
    generate(&of_model(text)).expect_err("this is not refused").to_string()
}

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
fn a_name_may_be_as_long_as_a_file_and_no_longer() {
    let named = |name: &str| {
        let mut model = base();
        model["operations"][name] = json!({"name": name, "http": {"method": "GET", "requestUri": "/"}});
        model
    };
    // The longest in snake case: an underscore for every second letter.
    let longest = "aB".repeat(80);
    let files = from_model(&named(&longest)).expect("160 characters");
    let file = files.keys().filter_map(|path| path.rsplit('/').next()).map(str::len).max();
    assert!(file.is_some_and(|length| (200..=255).contains(&length)), "{file:?}");
    for name in [format!("{longest}c"), "x".repeat(10_000)] {
        let said = refusal(&named(&name));
        assert!(said.contains("bytes; at most 160 are supported"), "{said}");
        assert!(said.len() < 1_000, "a message of {} bytes", said.len());
    }
}

#[test]
fn a_member_named_self_is_welcome() {
    let model =
        with(&[("shapes.Part.members.self", json!({"shape": "Text"})), ("shapes.Part.required", json!(["self"]))]);
    let files = from_model(&model).expect("self is a name");
    assert!(files["src/types/part.rs"].contains("pub self_: String"), "{}", files["src/types/part.rs"]);
}

#[test]
fn lists_without_an_end_and_structures_without_a_bottom() {
    let list = |of: &str| json!({"type": "list", "member": {"shape": of}});
    let itself = with(&[("shapes.List", list("List"))]);
    assert!(refusal(&itself).contains("shapes.List: a list or map that holds only itself"));
    let ring = with(&[
        ("shapes.List", list("Ring")),
        ("shapes.Ring", json!({"type": "map", "key": {"shape": "Text"}, "value": {"shape": "List"}})),
    ]);
    let said = refusal(&ring);
    assert!(said.contains("shapes.List: a list or map that holds only itself"), "{said}");
    assert!(said.contains("shapes.Ring: a list or map that holds only itself"), "{said}");
    // A chain of 20,000 would end the stack of whatever recursed along it.
    for length in [100, 20_000] {
        let said = refusal(&chain(length, |next| list(next)));
        assert!(said.contains("shapes.List: lists and maps that hold more than 16 others in one another"), "{said}");
        let said = refusal(&chain(length, |next| json!({"type": "structure", "members": {"Next": {"shape": next}}})));
        assert!(
            said.contains("operations.Foo.output: Out holds types in one another on more than 96 levels"),
            "{said}"
        );
    }
}

/// The base model with a chain of shapes from `List` down.
fn chain(length: usize, link: impl Fn(&str) -> Value) -> Value {
    let mut model = base();
    for index in 0..length {
        let name = if index == 0 { "List".to_owned() } else { format!("Link{index}") };
        let next = if index + 1 == length { "Text".to_owned() } else { format!("Link{}", index + 1) };
        model["shapes"][name] = link(&next);
    }
    model
}

/// A model that is just about taken in every direction, for `compile.rs`.
pub fn at_the_limits() -> Value {
    let list = |next: &str| json!({"type": "list", "member": {"shape": next}});
    let structure = |next: &str| json!({"type": "structure", "members": {"Next": {"shape": next}}});
    let mut model = chain(16, list);
    let structures = chain(46, structure);
    for (name, shape) in structures["shapes"].as_object().expect("shapes") {
        let name = name.replace("Li", "Deep");
        let next = shape["members"]["Next"]["shape"].as_str().map(|next| next.replace("Li", "Deep"));
        if let Some(next) = next.filter(|_| name.starts_with("Deep")) {
            model["shapes"][name] = structure(&next);
        }
    }
    let long = "aB".repeat(80);
    let members = (0..100).map(|index| (format!("M{index}"), json!({"shape": "Text"})));
    let members: Map<_, _> = members.chain([(long.clone(), json!({"shape": "Text"}))]).collect();
    let required: Vec<&String> = members.keys().take(100).collect();
    model["shapes"]["Many"] = json!({"type": "structure", "required": required, "members": members});
    model["shapes"][&long] = json!({"type": "string", "enum": ["x".repeat(10_000), "X".repeat(9_999), "!"]});
    let values: Vec<String> = (1..=500).map(|count| "!".repeat(count)).collect();
    model["shapes"]["Colour"]["enum"] = json!(values);
    model["shapes"]["In"]["members"]["Deep"] = json!({"shape": "Deepst"});
    model["shapes"]["In"]["members"]["Many"] = json!({"shape": "Many"});
    model["shapes"]["In"]["members"]["Long"] = json!({"shape": long});
    model["operations"][&long] =
        json!({"name": long, "http": {"method": "POST", "requestUri": "/x"}, "input": {"shape": "Many"}});
    model
}

#[test]
fn structures_that_double_at_every_step() {
    let double = |next: &str| json!({"type": "structure", "members": {"A": {"shape": next}, "B": {"shape": next}}});
    let said = refusal(&chain(50, double));
    assert!(said.contains("a structure larger than 1048576 bytes, with what it holds"), "{said}");
    from_model(&chain(8, double)).expect("this is small enough");
}

#[test]
fn more_required_members_than_a_builder_has_parameters_for() {
    let names: Vec<String> = (0..101).map(|index| format!("M{index}")).collect();
    let members: Value =
        names.iter().map(|name| (name.clone(), json!({"shape": "Text"}))).collect::<Map<_, _>>().into();
    let model = with(&[("shapes.Part", json!({"type": "structure", "required": names, "members": members}))]);
    let said = refusal(&model);
    assert!(said.contains("shapes.Part.required: 101 required members; at most 100 are taken"), "{said}");
}

#[test]
fn a_clique_of_structures_is_cut_in_time() {
    let clique = |size: usize| {
        let names: Vec<String> = (0..size).map(|index| format!("Node{index:03}")).collect();
        let mut model = with(&[("shapes.Part.members.Node", json!({"shape": "Node000"}))]);
        for name in &names {
            let members = names.iter().map(|other| (format!("To{other}"), json!({"shape": other})));
            model["shapes"][name] = json!({"type": "structure", "members": members.collect::<Map<_, _>>()});
        }
        model
    };
    let files = from_model(&clique(6)).expect("every cycle is boxed");
    let boxes: usize = files.values().map(|text| text.matches("Option<Box<Node").count()).sum();
    // All hold one another and themselves: each holds itself and those after it in boxes.
    assert_eq!(boxes, 6 * 7 / 2);
    // What is not boxed doubles from one to the next.
    assert!(refusal(&clique(200)).contains("a structure larger than"));
}

#[test]
fn thousands_of_values_of_one_name() {
    let values: Vec<String> = (1..=4_000).map(|count| "!".repeat(count)).collect();
    let files = from_model(&with(&[("shapes.Colour.enum", json!(values))])).expect("each gets a number");
    assert!(files["src/types/colour.rs"].contains("Empty4000 = "));
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
        ("{\"a\": 01}", "a: a number is not written as JSON writes it"),
        ("{\"a\": NaN}", "a: expected a value"),
        ("{\"metadata\": {}, \"metadata\": {}}", "metadata: this key stands twice in its object"),
        (
            "{\"shapes\": {\"A\": {\"type\": \"string\"}, \"A\": {\"type\": \"blob\"}}}",
            "shapes.A: this key stands twice in its object",
        ),
        ("{\"a\\u0062\": 1, \"ab\": 2}", "ab: this key stands twice in its object"),
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
fn nesting_ends_before_the_stack_does() {
    let nested = |depth: usize| format!("{{\"metadata\": {}1{}}}", "[".repeat(depth), "]".repeat(depth));
    assert!(
        text_refusal(&nested(100)).contains("metadata: expected an object, found a list"),
        "100 deep is JSON all the same"
    );
    assert!(text_refusal(&nested(100_000)).contains("more than 127 lists and objects hold one another here"));
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
    let manifest = read("templates/crate/Cargo.toml");
    let (_, features) = manifest.split_once("[features]").expect("features");
    let (features, _) = features.split_once("{{features}}").expect("a place for those of areas and modules");
    let features: toml::Table = features.replace("{{full}}", "").parse().expect("a table");
    assert!(features.contains_key("serde"));
    let model = base().to_string();
    for feature in features.keys().map(String::as_str).chain(["full"]) {
        let mut inputs = of_model(&model);
        inputs.services[0].module = Some(feature.to_owned());
        let error = generate(&inputs).expect_err(feature).to_string();
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
        ("[types\n", "line 1: this is no TOML: "),
    ] {
        let mut inputs = of_model(&base().to_string());
        inputs.services[0].names = Some(("models/x/names.toml".to_owned(), text.to_owned()));
        let said = generate(&inputs).expect_err(text).to_string();
        assert!(said.contains(&format!("error: models/x/names.toml: {expected}")), "{text}: {said}");
    }
}
