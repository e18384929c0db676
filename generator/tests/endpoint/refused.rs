//! Refusals of the endpoint compiler, each with its place, all at once; and what hostile input cannot do.

use generator::endpoint;
use serde_json::{Value, json};

/// The messages for a rule set, without the `error: f: ` before each.
fn refused(rule_set: &Value) -> Vec<String> {
    messages(endpoint::Rules::compile("f", &rule_set.to_string()).map(|resolver| resolver.items().to_string()))
}

fn messages(result: Result<String, generator::Diagnostics>) -> Vec<String> {
    let errors = result.expect_err("something is wrong").to_string();
    errors.lines().map(|line| line.strip_prefix("error: f: ").expect("the file").to_owned()).collect()
}

/// A rule set of one rule.
fn rule(rule: &Value) -> Value {
    let parameters = json!({
        "Optional": {"type": "string"},
        "Region": {"type": "string", "builtIn": "AWS::Region", "required": true},
        "List": {"type": "stringArray", "required": true},
        "Flag": {"type": "boolean", "required": true},
    });
    json!({"version": "1.1", "parameters": parameters, "rules": [rule]})
}

/// A rule set whose one rule has one condition.
fn condition(condition: &Value) -> Value {
    rule(&json!({"type": "error", "conditions": [condition], "error": "x"}))
}

fn call(function: &str, arguments: &Value) -> Value {
    condition(&json!({"fn": function, "argv": arguments}))
}

fn parameter(parameter: &Value) -> Value {
    json!({"version": "1.0", "parameters": {"P": parameter}, "rules": [{"type": "error", "conditions": [], "error": "x"}]})
}

fn endpoint_object(endpoint: &Value) -> Value {
    rule(&json!({"type": "endpoint", "conditions": [], "endpoint": endpoint}))
}

#[test]
fn form() {
    let cases = [
        (json!([]), "expected an object, found a list"),
        (json!({"version": "1.0", "parameters": {}}), "rules: this key is missing"),
        (
            json!({"version": "2.0", "parameters": {}, "rules": [{"type": "error", "conditions": [], "error": ""}]}),
            "version: \"2.0\" is not known; expected one of 1.0, 1.1, 1.2, 1.3",
        ),
        (json!({"version": "1.0", "parameters": [], "rules": []}), "parameters: expected an object, found a list"),
        (json!({"version": "1.0", "parameters": {}, "rules": []}), "rules: there has to be a rule"),
        (
            json!({"version": "1.0", "parameters": {}, "rules": 1, "x\ny": 2}),
            "x\\ny: the generator does not know this key",
        ),
        (rule(&json!("x")), "rules[0]: expected an object, found a string"),
        (rule(&json!({"type": "loop"})), "rules[0].type: \"loop\" is not known; expected one of endpoint, error, tree"),
        (rule(&json!({"type": "error", "error": "x"})), "rules[0].conditions: this key is missing"),
        (
            rule(&json!({"type": "error", "conditions": [], "error": "x", "rules": []})),
            "rules[0].rules: the generator does not know this key",
        ),
        (rule(&json!({"type": "tree", "conditions": [], "rules": []})), "rules[0].rules: there has to be a rule"),
        (
            rule(&json!({"type": "error", "conditions": [], "error": null})),
            "rules[0].error: expected a string, a boolean, a whole number, a reference or a function, found null",
        ),
        (
            rule(&json!({"type": "error", "conditions": [], "error": true})),
            "rules[0].error: expected a string, found a boolean",
        ),
        (condition(&json!({"fn": "isSet"})), "rules[0].conditions[0].argv: this key is missing"),
        (condition(&json!({"fn": 1, "argv": []})), "rules[0].conditions[0].fn: expected a string, found a number"),
        (
            condition(&json!({"fn": "isSet", "argv": [{"ref": "Region", "x": 1}]})),
            "rules[0].conditions[0].argv[0].x: the generator does not know this key",
        ),
        (
            call("not", &json!([{"fn": "isSet", "argv": [{"ref": "Region"}], "assign": "x"}])),
            "rules[0].conditions[0].argv[0].assign: the generator does not know this key",
        ),
        (
            call("isSet", &json!([-1])),
            "rules[0].conditions[0].argv[0]: expected a string, a boolean, a whole number, a reference or a function, found a number",
        ),
    ];
    for (rule_set, expected) in cases {
        let messages = refused(&rule_set);
        assert!(messages.iter().any(|message| message == expected), "{rule_set}: {messages:#?}");
    }
}

#[test]
fn parameters() {
    let cases = [
        (
            json!({"type": "integer"}),
            "parameters.P.type: \"integer\" is not known; expected one of string, boolean, stringArray, String, Boolean, StringArray",
        ),
        (json!({"type": "string", "default": 1}), "parameters.P.default: expected a string, found a number"),
        (
            json!({"type": "stringArray", "default": ["a", 1]}),
            "parameters.P.default[1]: expected a string, found a number",
        ),
        (
            json!({"type": "string", "builtIn": "AWS::Magic"}),
            "parameters.P: the built-in \"AWS::Magic\" is not supported",
        ),
        (
            json!({"type": "boolean", "builtIn": "AWS::Region"}),
            "parameters.P: the built-in \"AWS::Region\" is of another type",
        ),
        (
            json!({"type": "boolean", "builtIn": "AWS::UseFIPS", "default": true}),
            "parameters.P: a default other than `false` is not supported for this built-in",
        ),
    ];
    for (given, expected) in cases {
        assert_eq!(refused(&parameter(&given)), [expected]);
    }
    let rules = json!([{"type": "error", "conditions": [], "error": "x"}]);
    for name in ["", "__", "a-b", "a b", "x\"; panic!(); \"", "*/", "a\nb", "\0", "é", "../x", &"a".repeat(10_000)] {
        let messages = refused(&json!({"version": "1.0", "parameters": {name: {"type": "string"}}, "rules": rules}));
        assert_eq!(messages.len(), 1);
        assert!(messages[0].contains("name"), "{}", messages[0]);
        assert!(messages[0].len() < 3_000);
    }
}

#[test]
fn names_and_types() {
    let at = "rules[0].conditions[0]";
    let url = json!({"fn": "parseURL", "argv": [{"ref": "Region"}]});
    let cases = [
        (call("magic", &json!([])), format!("{at}: the function \"magic\" is not supported")),
        (call("isSet", &json!([])), format!("{at}: the function `isSet` does not take 0 arguments")),
        (call("substring", &json!(["a", 0, 1])), format!("{at}: the function `substring` does not take 3 arguments")),
        (
            call("isSet", &json!([{"ref": "Nowhere"}])),
            format!("{at}.argv[0]: nothing in scope has the name \"Nowhere\""),
        ),
        (call("parseURL", &json!(["{Nowhere#x}"])), format!("{at}.argv[0]: nothing in scope has the name \"Nowhere\"")),
        (
            call("parseURL", &json!(["{Region"])),
            format!("{at}.argv[0]: the template \"{{Region\" has an unpaired brace"),
        ),
        (call("parseURL", &json!([true])), format!("{at}.argv[0]: expected a string, found a boolean")),
        (call("parseURL", &json!([1])), format!("{at}.argv[0]: expected no number")),
        (
            call("parseURL", &json!([{"ref": "Optional"}])),
            format!("{at}.argv[0]: this may have no value; `isSet` has to be asked first"),
        ),
        (call("not", &json!([{"ref": "Region"}])), format!("{at}.argv[0]: expected a boolean, found a string")),
        (call("not", &json!([url])), format!("{at}.argv[0]: expected a boolean, found a URL")),
        (
            call("stringEquals", &json!([{"ref": "List"}, "x"])),
            format!("{at}.argv[0]: expected a string, found a list of strings"),
        ),
        (
            call("getAttr", &json!([{"ref": "List"}, "x"])),
            format!("{at}.argv[1]: a list of strings has no \"x\" that is supported"),
        ),
        (
            call("getAttr", &json!([{"ref": "List"}, "[-1]"])),
            format!("{at}.argv[1]: the index of \"[-1]\" is not supported"),
        ),
        (
            call("getAttr", &json!([{"ref": "List"}, "[100]"])),
            format!("{at}.argv[1]: the index of \"[100]\" is not supported"),
        ),
        (
            call("getAttr", &json!([{"ref": "List"}, "[1"])),
            format!("{at}.argv[1]: the index of \"[1\" is not supported"),
        ),
        (call("getAttr", &json!([url, "user"])), format!("{at}.argv[1]: a URL has no \"user\" that is supported")),
        (call("getAttr", &json!([url, {"ref": "Region"}])), format!("{at}.argv[1]: expected the name of an attribute")),
        (
            call("substring", &json!([{"ref": "Region"}, 0, 70_000, true])),
            format!("{at}.argv[2]: expected a whole number up to 65535"),
        ),
        (
            call("substring", &json!([{"ref": "Region"}, 0, 1, {"ref": "Flag"}])),
            format!("{at}.argv[3]: expected `true` or `false`"),
        ),
        (
            call("ite", &json!([{"ref": "Flag"}, "a", true])),
            format!("{at}.argv[2]: expected a string, found a boolean"),
        ),
        (
            call("ite", &json!([{"ref": "Flag"}, "a", {"ref": "Optional"}])),
            format!("{at}: `ite` of a value that may not be there is not supported"),
        ),
        (
            call("coalesce", &json!([{"ref": "List"}, {"ref": "List"}])),
            format!("{at}.argv[0]: a choice between lists is not supported"),
        ),
        (
            condition(&json!({"fn": "uriEncode", "argv": ["a"], "assign": "Region"})),
            format!("{at}: \"Region\" is assigned, but it has a value already"),
        ),
        (
            condition(&json!({"fn": "uriEncode", "argv": ["a"], "assign": "a;b"})),
            format!("{at}: a name with the character ';'; only letters, digits and underscores are supported"),
        ),
        (
            condition(&json!({"fn": "split", "argv": ["{Region}{Region}", "-", 0], "assign": "parts"})),
            format!("{at}: a part of a computed string is not supported here; assign the string first"),
        ),
    ];
    for (rule_set, expected) in cases {
        assert_eq!(refused(&rule_set), [expected]);
    }
}

#[test]
fn endpoints() {
    let at = "rules[0].endpoint";
    let scheme = |scheme: Value| json!({"url": "https://x", "properties": {"authSchemes": [scheme]}});
    let cases = [
        (json!({}), format!("{at}.url: this key is missing")),
        (json!({"url": "x"}), format!("{at}.url: a URL has to start with `https://`, `http://` or a value")),
        (
            json!({"url": "ftp://{Region}"}),
            format!("{at}.url: a URL has to start with `https://`, `http://` or a value"),
        ),
        (json!({"url": {"ref": "Flag"}}), format!("{at}.url: expected a string, found a boolean")),
        (
            json!({"url": "https://x", "properties": {"backend": "x"}}),
            format!("{at}.properties.backend: the generator does not know this key"),
        ),
        (
            json!({"url": "https://x", "headers": {"X-a\r\n": ["x"]}}),
            format!("{at}.headers.X-a\\r\\n: expected the name of a header: lower-case letters, digits, hyphens"),
        ),
        (
            json!({"url": "https://x", "headers": {"x-a": "x"}}),
            format!("{at}.headers.x-a: expected a list, found a string"),
        ),
        (scheme(json!({})), format!("{at}.properties.authSchemes[0].name: this key is missing")),
        (
            scheme(json!({"name": "sigv4-s3express"})),
            format!(
                "{at}.properties.authSchemes[0].name: \"sigv4-s3express\" is not known; expected one of sigv4, sigv4a"
            ),
        ),
        (
            scheme(json!({"name": "sigv4", "signingName": "{Region}"})),
            format!("{at}.properties.authSchemes[0].signingName: a template is not supported here"),
        ),
        (
            scheme(json!({"name": "sigv4a", "signingRegionSet": ["{Region}"]})),
            format!("{at}.properties.authSchemes[0].signingRegionSet[0]: a template is not supported here"),
        ),
        (
            scheme(json!({"name": "sigv4", "x": 1})),
            format!("{at}.properties.authSchemes[0].x: the generator does not know this key"),
        ),
        (
            json!({"url": "https://x", "properties": {"authSchemes": [{"name": "sigv4"}, {"name": "sigv4"}]}}),
            format!("{at}.properties.authSchemes: an auth scheme appears here twice"),
        ),
        (
            json!({"url": "https://x", "properties": {"authSchemes": vec![json!({"name": "sigv4a"}); 21]}}),
            format!("{at}.properties.authSchemes: more than 20 are not supported"),
        ),
        (
            json!({"url": "https://x", "headers": {"x-a": vec!["x"; 21]}}),
            format!("{at}.headers.x-a: more than 20 are not supported"),
        ),
    ];
    for (endpoint, expected) in cases {
        let messages = refused(&endpoint_object(&endpoint));
        assert!(messages.contains(&expected), "{messages:#?}");
    }
}

#[test]
fn partition_tables() {
    let outputs = json!({
        "dnsSuffix": "a.b", "dualStackDnsSuffix": "c", "implicitGlobalRegion": "r", "supportsDualStack": true,
        "supportsFIPS": true,
    });
    let partition = json!({"id": "p", "outputs": outputs, "regionRegex": "^x$", "regions": {}});
    let with = |path: &str, value: Value| {
        let mut partition = partition.clone();
        *partition.pointer_mut(path).expect("a place") = value;
        json!({"version": "1.1", "partitions": [partition]})
    };
    let at = "partitions[0]";
    let cases = [
        (json!({"version": "1.1", "partitions": []}), "partitions: there has to be a partition".to_owned()),
        (
            json!({"version": "9", "partitions": [partition]}),
            "version: \"9\" is not known; expected one of 1.1".to_owned(),
        ),
        (
            json!({"version": "1.1", "partitions": [partition, partition]}),
            "partitions[1]: the partition \"p\" is at partitions[0] already".to_owned(),
        ),
        (with("/id", json!("p/q")), format!("{at}.id: expected a part of a host name")),
        (
            with("/outputs/dnsSuffix", json!("evil.example/")),
            format!("{at}.outputs.dnsSuffix: expected a part of a host name"),
        ),
        (
            with("/outputs/supportsFIPS", json!("yes")),
            format!("{at}.outputs.supportsFIPS: expected a boolean, found a string"),
        ),
        (with("/outputs", json!({})), format!("{at}.outputs.dnsSuffix: this key is missing")),
        (
            with("/regions", json!({"r": {"dnsSuffix": "x"}})),
            format!("{at}.regions.r.dnsSuffix: the generator does not know this key"),
        ),
        (with("/regions", json!({"r\n": {}})), format!("{at}.regions.r\\n: expected the name of a region")),
    ];
    for (table, expected) in cases {
        let result = endpoint::Partitions::read("f", &table.to_string()).map(|table| table.items().to_string());
        let messages = messages(result);
        assert!(messages.contains(&expected), "{table}: {messages:#?}");
    }
    for regex in [
        "",
        "x",
        "^x",
        "x$",
        "^$",
        "^x-$",
        "^-x$",
        "^.+$",
        r"^\w*$",
        r"^\w+\d+$",
        "^x|y$",
        "^(x|)$",
        "^(x-y|z)$",
        "^(x$",
        "^x)$",
        "^[xy]$",
        "^x{2}$",
        "^x?$",
        r"^\s+$",
        r"^x\.y$",
        "^x$$",
        "^^x$",
        "^((x))$",
        "^x y$",
        "^é$",
    ] {
        let result = endpoint::Partitions::read("f", &with("/regionRegex", json!(regex)).to_string());
        let expected = format!("{at}.regionRegex: a regular expression of the form {regex:?} is not supported");
        assert_eq!(messages(result.map(|table| table.items().to_string())), [expected]);
    }
}

#[test]
fn everything_is_said_at_once() {
    let rule_set = json!({
        "version": "1.0",
        "parameters": {"a b": {"type": "string"}, "P": {"type": "string", "builtIn": "x"}},
        "rules": [
            {"type": "error", "conditions": [{"fn": "no", "argv": []}, {"fn": "isSet", "argv": [{"ref": "Q"}]}], "error": "{R}"},
            {"type": "endpoint", "conditions": [], "endpoint": {"url": "{S}"}},
            {"type": "error", "conditions": [], "error": "{unreachable}"},
        ],
    });
    let places: Vec<_> =
        refused(&rule_set).iter().map(|message| message.split(": ").next().unwrap_or("").to_owned()).collect();
    let expected = [
        "parameters.P",
        "parameters.a b",
        "rules[0].conditions[0]",
        "rules[0].conditions[1].argv[0]",
        "rules[0].error",
        "rules[1].endpoint.url",
        "rules[2].error",
    ];
    assert_eq!(places, expected);
}

#[test]
fn nesting_is_bounded() {
    let leaf = json!({"type": "error", "conditions": [], "error": "x"});
    let flag = json!({"fn": "booleanEquals", "argv": [{"ref": "Flag"}, true]});
    // Plain conditions and assignments by turns, so that no two share an `if`.
    let condition = |index: usize| match index % 2 {
        0 => json!({"fn": "parseURL", "argv": [{"ref": "Region"}], "assign": format!("u{index}")}),
        _ => flag.clone(),
    };
    let conditions = |range: std::ops::Range<usize>| range.map(condition).collect::<Vec<_>>();
    let wide = |count| rule(&json!({"type": "error", "conditions": conditions(0..count), "error": "x"}));
    let items = endpoint::Rules::compile("f", &wide(64).to_string()).expect("as deep as is taken").items();
    let file = syn::parse2(items).expect("Rust");
    assert!(prettyplease::unparse(&file).contains("resolve"));
    assert_eq!(refused(&wide(10_000)), ["rules[0].conditions[64]: more than 64 conditions surround this"]);

    let tree = (0..40).rev().fold(
        leaf,
        |tree, level| json!({"type": "tree", "conditions": conditions(level * 2..level * 2 + 2), "rules": [tree]}),
    );
    let [message] = refused(&rule(&tree)).try_into().expect("one message");
    assert!(message.ends_with("conditions[0]: more than 64 conditions surround this"), "{message}");

    for open in ["[", "{\"a\":", "{\"version\":\"1.0\",\"parameters\":{},\"rules\":["] {
        assert!(endpoint::Rules::compile("f", &open.repeat(100_000)).is_err());
        assert!(endpoint::Partitions::read("f", &open.repeat(100_000)).is_err());
    }
}

#[test]
fn broken_json() {
    for text in ["", "{", "null", "{\"version\": \"1.0\", \"version\": \"1.0\"}", "\u{feff}{}", "{} {}"] {
        assert!(endpoint::Rules::compile("f", text).is_err(), "{text}");
        assert!(endpoint::Partitions::read("f", text).is_err(), "{text}");
    }
}
