//! Text of the model that may hold anything ends up in literals, documentation and comments, and nowhere else.
//!
//! The proof: a model whose free texts are hostile is emitted as the same tokens as one whose texts are harmless, but for
//! the contents of literals. What breaks out of a literal or a comment adds tokens.

use std::collections::BTreeMap;

use generator::{Files, Inputs, ServiceInputs, generate};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::{Value, json};

use crate::support::{base, inputs, sound};

/// Texts that would be code, were they let out.
const HOSTILE: [&str; 20] = [
    "\"); panic!(\"INJECTED",
    "\\\"); panic!(\"INJECTED",
    "\\",
    "\n#[INJECTED]\nfn injected() {}\n",
    "\r\nfn injected() {} //",
    "\r fn injected() {}",
    "*/ fn injected() {} /*",
    "/* /* /*",
    "// INJECTED",
    "/// INJECTED",
    "//! INJECTED",
    "#![INJECTED]",
    "r#\"INJECTED\"#",
    "\"##; injected!(); r##\"",
    "${INJECTED} {} {0} {{crate}} {{example}}",
    "'; injected!(); '",
    "\u{0}\u{1b}[2J\u{7f}\u{85}\u{2028}\u{2029}",
    "\u{202e}\u{2066}\u{200b}\u{feff}",
    "```\nfn injected() {}\n```\n    indented();",
    "[a](javascript:x) <script>INJECTED</script> [`Injected`] &quot;",
];

/// The inputs with `text` wherever the model may hold any text. Enumeration values keep a name before it: they become names.
fn with_texts(text: &str) -> Inputs {
    let mut model = base();
    let set = |model: &mut Value, path: &str, value: Value| {
        *path.split('.').fold(model, |place, step| &mut place[step]) = value;
    };
    set(&mut model, "documentation", json!(text));
    set(&mut model, "metadata.serviceFullName", json!(text));
    for key in ["jsonVersion", "serviceAbbreviation", "checksumFormat", "globalEndpoint", "targetPrefix"] {
        set(&mut model, &format!("metadata.{key}"), json!(text));
    }
    for place in
        ["operations.Foo", "shapes.Part", "shapes.Choice", "shapes.Colour", "shapes.In.members.Text", "shapes.Ex"]
    {
        set(&mut model, &format!("{place}.documentation"), json!(text));
        set(&mut model, &format!("{place}.deprecated"), json!(true));
        set(&mut model, &format!("{place}.deprecatedMessage"), json!(text));
        set(&mut model, &format!("{place}.deprecatedSince"), json!(text));
    }
    set(&mut model, "operations.Foo.staticContextParams", json!({"Stage": {"value": text}}));
    set(&mut model, "shapes.Text.pattern", json!(text));
    set(&mut model, "shapes.Colour.enum", json!([format!("red{text}"), text, "green"]));
    set(&mut model, "shapes.In.members.Text.enum", json!([text]));
    set(&mut model, "shapes.Part.members.Text.locationName", json!(text));
    set(&mut model, "shapes.Choice.members.Number.locationName", json!(text));
    set(
        &mut model,
        "shapes.In.members.Query",
        json!({"shape": "Text", "location": "querystring", "locationName": text}),
    );
    set(&mut model, "shapes.Ex.error", json!({"code": text, "httpStatusCode": 400}));
    let rules = json!({
        "version": "1.0",
        "parameters": {"Stage": {"type": "string", "documentation": text, "default": text, "required": true}},
        "rules": [
            {"type": "error", "conditions": [{"fn": "stringEquals", "argv": [{"ref": "Stage"}, {"fn": "uriEncode", "argv": [{"ref": "Stage"}]}]}], "error": text.replace(['{', '}'], "")},
            {"type": "endpoint", "conditions": [], "endpoint": {"url": "https://example.com", "headers": {"x": [text.replace(['{', '}'], "")]}}}
        ]
    });
    // An expression: a text that is a name would have to be that of a member.
    let path = format!("{text} || {text}");
    let page = json!({"pagination": {"Foo": {"input_token": path, "output_token": path, "result_key": path}}});
    let template = "# {{service}} {{version}} {{folder}} {{selection}}\n{{example}}\n".to_owned();
    Inputs {
        templates: BTreeMap::from([("crate/lib.md".to_owned(), template)]),
        ..inputs(ServiceInputs {
            folder: format!("models/{text}"),
            model: model.to_string(),
            paginators: Some(page.to_string()),
            rule_set: Some(rules.to_string()),
            ..ServiceInputs::default()
        })
    }
}

/// Services for `compile.rs`, one for each hostile text. Without documentation: what becomes of that is `docs`'s own matter.
pub fn services() -> Vec<ServiceInputs> {
    let service = |(index, text): (usize, &&str)| {
        let mut service = with_texts(text).services.remove(0);
        let mut model: Value = serde_json::from_str(&service.model).expect("JSON");
        drop_documentation(&mut model);
        service.model = model.to_string();
        service.module = Some(format!("hostile{index}"));
        service
    };
    HOSTILE.iter().enumerate().map(service).collect()
}

fn drop_documentation(value: &mut Value) {
    if let Some(object) = value.as_object_mut() {
        object.remove("documentation");
        object.values_mut().for_each(drop_documentation);
    }
}

/// The tokens of a source: the content of literals is left out, and the names of variants, which follow their values.
fn skeleton(path: &str, text: &str) -> Vec<String> {
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}:\n{text}"));
    let mut found = Vec::new();
    walk(tokens, path.ends_with("types/colour.rs"), &mut found);
    found
}

/// Commas, and braces around the value of an arm, come and go with the length of a line: they are left out as well.
fn walk(tokens: TokenStream, values: bool, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let arm = group.delimiter() == Delimiter::Brace && found.ends_with(&["=".to_owned(), ">".to_owned()]);
                if !arm {
                    found.push(format!("{:?}", group.delimiter()));
                }
                walk(group.stream(), values, found);
                if !arm {
                    found.push("end".to_owned());
                }
            }
            TokenTree::Literal(_) => found.push("literal".to_owned()),
            TokenTree::Ident(_) if values => found.push("name".to_owned()),
            TokenTree::Punct(comma) if comma.as_char() == ',' => {}
            token => found.push(token.to_string()),
        }
    }
}

/// Documentation is an attribute a line, and a text may have several: runs of them are one.
fn without_documentation(skeleton: &[String]) -> Vec<&String> {
    let mut kept = Vec::new();
    let mut rest = skeleton;
    while let Some(first) = rest.first() {
        let attribute = usize::from(rest.get(1).is_some_and(|token| token == "!")) + 1;
        let starts = first == "#" && rest.get(attribute).is_some_and(|token| token == "Bracket");
        let is_doc = starts && rest.get(attribute + 1).is_some_and(|token| token == "doc" || token == "name");
        let is_doc = is_doc && rest.get(attribute + 2).is_some_and(|token| token == "=");
        if is_doc {
            rest = &rest[attribute + 5..];
        } else {
            kept.push(first);
            rest = &rest[1..];
        }
    }
    kept
}

fn emit(text: &str) -> Files {
    generate(&with_texts(text)).unwrap_or_else(|errors| panic!("{text:?}:\n{errors}"))
}

#[test]
fn hostile_texts_stay_inside_literals_and_documentation() {
    let harmless = emit("harmless");
    for text in HOSTILE {
        let hostile = emit(text);
        sound::check(&hostile).unwrap_or_else(|fault| panic!("{text:?}: {fault}"));
        assert!(hostile.keys().eq(harmless.keys()), "{text:?} changes which files there are");
        for (path, source) in hostile.iter().filter(|(path, _)| path.ends_with(".rs")) {
            let (one, other) = (skeleton(path, source), skeleton(path, &harmless[path]));
            assert_eq!(without_documentation(&one), without_documentation(&other), "{text:?} in {path}:\n{source}");
        }
    }
}

/// The harmless texts are there: the test above would hold of a generator that drops them as well.
#[test]
fn harmless_texts_are_in_what_is_emitted() {
    let files = emit("harmless");
    let places = [
        ("src/types/colour.rs", "\"redharmless\""),
        ("src/types/part.rs", "body(\"harmless\")"),
        ("src/types/part.rs", "note = \"harmless; deprecated since harmless\""),
        ("src/types/part.rs", "/// harmless"),
        ("src/types/choice.rs", "body(\"harmless\")"),
        ("src/operation/foo.rs", ".wire(\"harmless\")"),
        ("src/operation/foo.rs", "\"Stage\" = \"harmless\""),
        ("src/error.rs", "= \"harmless\""),
        ("src/endpoint.rs", "\"harmless\""),
        ("src/lib.rs", "harmless"),
    ];
    for (path, needle) in places {
        assert!(files[path].contains(needle), "{needle} is not in {path}:\n{}", files[path]);
    }
}

#[test]
fn names_that_a_caller_gives_are_checked_as_well() {
    let refusal = |change: &dyn Fn(&mut Inputs)| {
        let mut inputs = with_texts("harmless");
        change(&mut inputs);
        generate(&inputs).expect_err("this is not refused").to_string()
    };
    for name in ["", "1a", "a b", "a/b", "a\"\n[dependencies]", "é"] {
        let said = refusal(&|inputs| inputs.crate_name = name.to_owned());
        assert!(said.contains("the inputs: crate_name: "), "{said}");
    }
    for module in [
        "",
        "A",
        "a b",
        "a/b",
        "..",
        "type",
        "self",
        "crate",
        "runtime",
        "types",
        "mod",
        "con",
        "1a",
        "a__b",
        "wire",
        "rustcrypto",
        "default",
    ] {
        let said = refusal(&|inputs| inputs.services[0].module = Some(module.to_owned()));
        assert!(said.contains("the inputs: services[0].module: "), "{module:?}: {said}");
    }
    let said = refusal(&|inputs| inputs.services.push(inputs.services[0].clone()));
    assert_eq!(said, "error: the inputs: services[1].module: another service is emitted there as well\n");
}
