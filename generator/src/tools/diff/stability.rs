//! Property test of the record of names, over random sequences of versions of a model: a Rust name means the same for as long
//! as the thing that it stands for exists.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::compare::{DifferenceKind, differences, scope};
use super::surface::{self, Declaration, PublicItem, Surface};
use crate::ServiceInputs;
use crate::pipeline;
use crate::planned::Planned;

/// Names of which several become one in Rust, and names that builders, calls and requests have as well.
const SHAPES: &[&str] = &[
    "Foo",
    "FOO",
    "foo",
    "Foo2",
    "FooBuilder",
    "foo_builder",
    "FooBuilder2",
    "FooCall",
    "GetFooCall",
    "get_foo_call",
    "GetFooRequest",
    "GetFooRequest2",
    "Arn",
    "ARN",
    "Self",
    "Vec",
    "Unknown",
];
const OPERATIONS: &[&str] = &["GetFoo", "GETFoo", "getFoo", "Get_Foo", "Foo", "Send", "send", "Self", "3", "GetFoo2"];
const MEMBERS: &[&str] = &[
    "Arn",
    "ARN",
    "arn",
    "aRN",
    "Arn2",
    "arn_2",
    "Self",
    "self",
    "self_",
    "Unknown",
    "UNKNOWN",
    "unknown_value",
    "3",
    "send",
];
const VALUES: &[&str] = &[
    "A_B",
    "AB",
    "a-b",
    "aB",
    "a b",
    "A_B2",
    "a-b2",
    "Unknown",
    "UNKNOWN",
    "UnknownValue",
    "UNKNOWN_VALUE",
    "",
    "-",
    "2",
    "Value2",
    "VALUE_2",
    "Self",
    "self",
];

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }

    fn of(&mut self, several: &[&'static str]) -> &'static str {
        several[self.below(several.len())]
    }
}

/// The content of one version of the model.
#[derive(Debug, Clone, Default)]
struct Version {
    /// Input and output of each operation.
    operations: BTreeMap<&'static str, [Option<&'static str>; 2]>,
    /// The members of each structure and union, with their shapes.
    members: BTreeMap<&'static str, BTreeMap<&'static str, &'static str>>,
    values: BTreeMap<&'static str, BTreeSet<&'static str>>,
}

/// The kind of a shape; it stays so in all versions.
fn kind(shape: &str) -> usize {
    SHAPES.iter().position(|name| *name == shape).unwrap() % 3
}

impl Version {
    /// Adds something, or takes it away where it is there.
    fn mutate(&mut self, random: &mut Random) {
        match random.below(4) {
            0 => {
                let name = random.of(OPERATIONS);
                if self.operations.remove(name).is_none() {
                    let mut end = || Some(random.of(SHAPES)).filter(|shape| kind(shape) == 0);
                    self.operations.insert(name, [end(), end()]);
                }
            }
            1 => {
                let values = self.values.entry(random.of(SHAPES)).or_default();
                let value = random.of(VALUES);
                if !values.remove(value) {
                    values.insert(value);
                }
            }
            _ => {
                let members = self.members.entry(random.of(SHAPES)).or_default();
                let member = random.of(MEMBERS);
                if members.remove(member).is_none() {
                    members.insert(member, random.of(SHAPES));
                }
            }
        }
    }

    /// The text of the model, with the keys of objects forwards or backwards.
    fn text(&self, backwards: bool) -> String {
        let object = |mut entries: Vec<(&str, String)>| {
            if backwards {
                entries.reverse();
            }
            let entries = entries.into_iter().map(|(key, value)| format!("{}:{value}", json!(key)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        };
        let reference = |shape: &str| json!({ "shape": shape }).to_string();
        let shapes = SHAPES.iter().map(|name| {
            let members = self.members.get(name).into_iter().flatten();
            let members = object(members.map(|(member, shape)| (*member, reference(shape))).collect());
            let mut entries = vec![("type", "\"structure\"".to_owned()), ("members", members)];
            match kind(name) {
                0 => {}
                1 => entries.push(("union", "true".to_owned())),
                _ => {
                    let values: Vec<Value> = self.values.get(name).into_iter().flatten().map(|v| json!(v)).collect();
                    let values = if values.is_empty() { vec![json!("only")] } else { values };
                    entries = vec![("type", "\"string\"".to_owned()), ("enum", json!(values).to_string())];
                }
            }
            (*name, object(entries))
        });
        let operations = self.operations.iter().map(|(name, [input, output])| {
            let http = json!({ "method": "POST", "requestUri": format!("/{name}") });
            let mut entries = vec![("name", json!(name).to_string()), ("http", http.to_string())];
            entries.extend(input.map(|shape| ("input", reference(shape))));
            entries.extend(output.map(|shape| ("output", reference(shape))));
            (*name, object(entries))
        });
        let metadata = json!({
            "apiVersion": "1", "endpointPrefix": "tiny", "protocol": "rest-json", "serviceFullName": "Tiny",
            "serviceId": "Tiny", "signatureVersion": "v4"
        });
        let operations = object(operations.collect());
        let shapes = object(shapes.collect());
        object(vec![("metadata", metadata.to_string()), ("operations", operations), ("shapes", shapes)])
    }

    fn plan(&self, names: Option<&str>, backwards: bool) -> Planned {
        let inputs = ServiceInputs {
            folder: "models/tiny".to_owned(),
            model: self.text(backwards),
            names: names.map(|text| ("names.toml".to_owned(), text.to_owned())),
            ..ServiceInputs::default()
        };
        pipeline::plan_service(&inputs).unwrap_or_else(|problems| panic!("{problems}{inputs:#?}"))
    }
}

/// The Rust paths of everything that stands for a name of the model, each by what it is a part of and that name.
///
/// Not of inputs and outputs in the files of operations: where a second operation takes one, each gets a request of its own.
fn paths(surface: &Surface) -> BTreeMap<(String, String), String> {
    let is_end =
        |path: &str, item: &PublicItem| item.declaration == Declaration::Structure && !path.starts_with("types");
    let named = surface.iter().filter(|(path, item)| !item.meaning.name.is_empty() && !is_end(path, item));
    named.map(|(path, item)| ((scope(path, item).to_owned(), item.meaning.name.clone()), path.clone())).collect()
}

/// The builders of calls and of structures, by whether it is a call and by the name of the model that it is for.
fn builders(surface: &Surface) -> BTreeMap<(bool, String), String> {
    let parts = surface.iter().filter_map(|(path, item)| match &item.declaration {
        Declaration::Builder if path.contains("types::") => Some((false, path.clone(), item)),
        // The method stands for the operation, and `send` is a part of both.
        Declaration::Output(_) => Some((true, path.trim_end_matches("::send").to_owned(), item)),
        _ => None,
    });
    let of = |item: &PublicItem| surface[item.parent.as_ref().unwrap()].meaning.name.clone();
    parts.map(|(call, path, item)| ((call, of(item)), path)).collect()
}

#[test]
fn a_rust_name_means_the_same_for_as_long_as_its_thing_exists() {
    for seed in 0..60 {
        let mut random = Random(seed);
        // A service without an operation is refused.
        let mut version = Version { operations: BTreeMap::from([("Ping", [None, None])]), ..Version::default() };
        let mut record: Option<String> = None;
        let mut before = Surface::new();
        for step in 0..10 {
            for _ in 0..1 + random.below(12) {
                version.mutate(&mut random);
            }
            let at = format!("seed {seed}, step {step}: {version:#?}\n{}", record.as_deref().unwrap_or_default());
            let planned = version.plan(record.as_deref(), false);
            let text = planned.service.record.text();
            let after = surface::of(&planned.service, &planned.model);

            let (old, new) = (paths(&before), paths(&after));
            for (key, path) in &old {
                assert!(new.get(key).is_none_or(|other| other == path), "{key:?} was {path} and is {new:?}; {at}");
            }
            let (old, new) = (builders(&before), builders(&after));
            for (of, builder) in &old {
                assert!(new.get(of).is_none_or(|other| other == builder), "{of:?} had {builder}; {at}");
            }
            // A name that means another thing has lost the thing that it meant before, and the verdict says so.
            let moved = differences(&before, &after).into_iter().filter(|one| one.sort == DifferenceKind::Moved);
            for one in moved {
                let (was, is) = (&before[&one.path].meaning.name, &after[&one.path].meaning.name);
                let scope = before[&one.path].parent.clone();
                let there = after.values().any(|item| item.parent == scope && item.meaning.name == *was);
                assert!(!there, "{}: {was} is {is}; {at}", one.path);
            }

            let again = version.plan(Some(&text), true);
            assert_eq!(again.service.record.text(), text, "the record follows from itself, in any order of keys; {at}");
            assert_eq!(paths(&surface::of(&again.service, &again.model)), paths(&after), "{at}");
            let backwards = version.plan(record.as_deref(), true);
            assert_eq!(backwards.service.record.text(), text, "{at}");
            (before, record) = (after, Some(text));
        }
    }
}
