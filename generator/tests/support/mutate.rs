//! Mutations of a model by random numbers, wrong or odd.

use serde_json::{Map, Value, json};

use tries::Random;

/// Names that are wrong, odd, or taken.
const NAMES: [&str; 28] = [
    "", "_", "..", "../x", "a/b", "a b", "a\"b", "a\nb", "a*/b", "a\0b", "é", "self", "Self", "type", "Type", "mod",
    "Mod", "Option", "Result", "Box", "Error", "Client", "Runtime", "std", "Text", "A", "1", "con",
];

/// Values that a key may be given, whatever it expects.
fn odd_value(random: &mut Random) -> Value {
    let values = [
        Value::Null,
        json!(true),
        json!(false),
        json!(-1),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!("\"); panic!(\""),
        json!("*/\n#[x]"),
        json!("x".repeat(300)),
        json!([]),
        json!({}),
        json!([[[[]]]]),
        json!(["a", "a"]),
        json!({"shape": "Gone"}),
        json!(*random.of(&NAMES)),
    ];
    random.of(&values).clone()
}

/// Keys of traits, with a value that fits where they belong.
fn traits() -> Vec<(&'static str, Value)> {
    vec![
        ("sensitive", json!(true)),
        ("box", json!(true)),
        ("sparse", json!(true)),
        ("union", json!(true)),
        ("exception", json!(true)),
        ("document", json!(true)),
        ("streaming", json!(true)),
        ("eventstream", json!(true)),
        ("jsonvalue", json!(true)),
        ("idempotencyToken", json!(true)),
        ("hostLabel", json!(true)),
        ("deprecated", json!(true)),
        ("deprecatedMessage", json!("Use \"x\" [y] <z>.")),
        ("retryable", json!({"throttling": true})),
        ("error", json!({"code": "Code", "httpStatusCode": 400})),
        ("timestampFormat", json!("iso8601")),
        ("location", json!("querystring")),
        ("location", json!("header")),
        ("location", json!("headers")),
        ("location", json!("uri")),
        ("location", json!("statusCode")),
        ("locationName", json!("x")),
        ("enum", json!(["a", "A", "", "1", "Unknown"])),
        ("required", json!([])),
        ("pattern", json!("`*/[x]")),
        ("min", json!(0)),
        ("idempotent", json!(true)),
        ("authtype", json!("none")),
        ("endpoint", json!({"hostPrefix": "x."})),
        ("httpChecksum", json!({"requestChecksumRequired": true})),
        ("unheardOf", json!(1)),
    ]
}

type Change = fn(&mut Value, &mut Random);

/// Changes one thing, and says which kind of change it was.
pub fn mutate(model: &mut Value, random: &mut Random) -> &'static str {
    let changes: [(&str, Change); 11] = [
        ("drop", drop_key),
        ("rename", rename_key),
        ("rename everywhere", rename_shape),
        ("retype", retype),
        ("cycle", redirect),
        ("redirect", redirect),
        ("duplicate", duplicate),
        ("odd value", put_odd_value),
        ("trait", add_trait),
        ("require", require),
        ("payload", make_payload),
    ];
    let (name, change) = *random.of(&changes);
    change(model, random);
    name
}

/// The objects of the model below `operations` and `shapes`, as JSON pointers.
fn objects(model: &Value) -> Vec<String> {
    fn walk(value: &Value, at: &str, found: &mut Vec<String>) {
        let Value::Object(map) = value else { return };
        if !map.is_empty() {
            found.push(at.to_owned());
        }
        for (key, value) in map {
            walk(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
        }
    }
    let mut found = Vec::new();
    walk(&model["operations"], "/operations", &mut found);
    walk(&model["shapes"], "/shapes", &mut found);
    found
}

/// One of the objects, and one of its keys.
fn any_place<'a>(model: &'a mut Value, random: &mut Random) -> Option<(&'a mut Map<String, Value>, String)> {
    let places = objects(model);
    if places.is_empty() {
        return None;
    }
    let map = model.pointer_mut(random.of(&places).as_str())?.as_object_mut()?;
    let keys: Vec<String> = map.keys().cloned().collect();
    let key = random.of(&keys).clone();
    Some((map, key))
}

fn drop_key(model: &mut Value, random: &mut Random) {
    if let Some((map, key)) = any_place(model, random) {
        map.remove(&key);
    }
}

fn rename_key(model: &mut Value, random: &mut Random) {
    let name = *random.of(&NAMES);
    if let Some((map, key)) = any_place(model, random) {
        if let Some(value) = map.remove(&key) {
            map.insert(name.to_owned(), value);
        }
    }
}

fn put_odd_value(model: &mut Value, random: &mut Random) {
    let value = odd_value(random);
    if let Some((map, key)) = any_place(model, random) {
        map.insert(key, value);
    }
}

/// The name of any shape.
fn shape(model: &Value, random: &mut Random) -> Option<String> {
    let names: Vec<&String> = model["shapes"].as_object()?.keys().collect();
    (!names.is_empty()).then(|| (*random.of(&names)).clone())
}

/// Renames a shape or an operation where it stands and wherever it is meant.
fn rename_shape(model: &mut Value, random: &mut Random) {
    let (Some(old), new) = (shape(model, random), *random.of(&NAMES)) else { return };
    fn walk(value: &mut Value, old: &str, new: &str) {
        match value {
            Value::Object(map) => {
                if map.get("shape").is_some_and(|target| target == old) {
                    map.insert("shape".to_owned(), json!(new));
                }
                map.values_mut().for_each(|value| walk(value, old, new));
            }
            Value::Array(values) => values.iter_mut().for_each(|value| walk(value, old, new)),
            _ => {}
        }
    }
    walk(model, &old, new);
    if let Some(shapes) = model["shapes"].as_object_mut() {
        if let Some(shape) = shapes.remove(&old) {
            shapes.insert(new.to_owned(), shape);
        }
    }
}

/// Sets a key of a shape, which another change may have made into something that has none.
fn set(model: &mut Value, shape: &str, key: &str, value: Value) {
    if let Some(shape) = model["shapes"][shape].as_object_mut() {
        shape.insert(key.to_owned(), value);
    }
}

fn retype(model: &mut Value, random: &mut Random) {
    let types =
        ["structure", "list", "map", "string", "boolean", "integer", "double", "timestamp", "blob", "bigdecimal"];
    let Some(name) = shape(model, random) else { return };
    set(model, &name, "type", json!(random.of(&types)));
}

/// Lets a reference lead to another shape: often to one that leads back.
fn redirect(model: &mut Value, random: &mut Random) {
    let Some(target) = shape(model, random) else { return };
    let pointers: Vec<String> = objects(model);
    let references = pointers.iter().filter(|at| model.pointer(at).is_some_and(|value| value["shape"].is_string()));
    let references: Vec<&String> = references.collect();
    if let Some(reference) = (!references.is_empty()).then(|| random.of(&references)) {
        if let Some(reference) = model.pointer_mut(reference) {
            reference["shape"] = json!(target);
        }
    }
}

/// Puts a copy of something beside it, under another name.
fn duplicate(model: &mut Value, random: &mut Random) {
    let name = *random.of(&NAMES);
    if let Some((map, key)) = any_place(model, random) {
        let value = map[&key].clone();
        map.insert(if random.below(2) == 0 { format!("{key}_") } else { name.to_owned() }, value);
    }
}

fn add_trait(model: &mut Value, random: &mut Random) {
    let traits = traits();
    let (key, value) = random.of(&traits).clone();
    let places = objects(model);
    if let Some(place) = (!places.is_empty()).then(|| random.of(&places)) {
        if let Some(map) = model.pointer_mut(place).and_then(Value::as_object_mut) {
            map.insert(key.to_owned(), value);
        }
    }
}

/// The members of a structure.
fn members<'a>(model: &'a Value, name: &str) -> Vec<&'a String> {
    model["shapes"][name]["members"].as_object().into_iter().flat_map(Map::keys).collect()
}

fn require(model: &mut Value, random: &mut Random) {
    let Some(name) = shape(model, random) else { return };
    let all: Vec<String> = members(model, &name).into_iter().cloned().collect();
    if !all.is_empty() {
        set(model, &name, "required", json!(all));
    }
}

fn make_payload(model: &mut Value, random: &mut Random) {
    let Some(name) = shape(model, random) else { return };
    let all: Vec<String> = members(model, &name).into_iter().cloned().collect();
    if !all.is_empty() {
        set(model, &name, "payload", json!(random.of(&all)));
    }
}
