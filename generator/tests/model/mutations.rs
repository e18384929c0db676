//! The real model, broken at random a thousand times: each run ends in errors that name their place, or in files that are
//! Rust and stay where they belong. A sample of the latter is compiled.
//!
//! `MUTATIONS=100000 MUTATIONS_COMPILED=300 MUTATIONS_SEED=7 cargo test -p generator --test main mutations` tries others,
//! and more.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::thread;

use generator::{Inputs, ServiceInputs, generate};
use serde_json::{Map, Value, json};

use crate::emit::compile::compile;
use crate::support::mutate::mutate;
use crate::support::sound;
use crate::support::{base, inputs, of_model, read};
use tries::{Random, setting};

/// Models of a few operations of Connect each, with what they reach: small, so that a thousand take seconds.
static PIECES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let real: Value = serde_json::from_str(&read("models/connect/2017-08-08/service-2.json")).expect("JSON");
    let operations: Vec<String> = real["operations"].as_object().expect("operations").keys().cloned().collect();
    let pieces = operations.chunks(3).map(|names| piece(&real, names));
    let mut pieces: Vec<Value> = pieces.filter(|piece| shapes(piece).len() <= 60).collect();
    // What Connect does not use.
    pieces.push(base());
    pieces
});

fn shapes(model: &Value) -> &Map<String, Value> {
    model["shapes"].as_object().expect("shapes")
}

/// Some operations of a model, with what they reach.
fn piece(real: &Value, operations: &[String]) -> Value {
    let chosen = operations.iter().map(|name| (name.clone(), real["operations"][name].clone()));
    let chosen: Value = chosen.collect::<Map<_, _>>().into();
    let (mut reached, mut open) = (BTreeSet::new(), Vec::new());
    targets(&chosen, &mut open);
    while let Some(name) = open.pop() {
        if reached.insert(name.clone()) {
            targets(&real["shapes"][&name], &mut open);
        }
    }
    let shapes = reached.into_iter().map(|name| (name.clone(), real["shapes"][&name].clone()));
    json!({"metadata": real["metadata"], "operations": chosen, "shapes": shapes.collect::<Map<_, _>>()})
}

fn targets(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("shape").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| targets(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| targets(value, found)),
        _ => {}
    }
}

/// The text of a model that is broken in one to four places, and in what ways.
fn broken(seed: u64) -> (String, Vec<&'static str>) {
    let mut random = Random::new(seed);
    let mut model = random.of(&PIECES).clone();
    let count = 1 + random.below(4);
    let changes = (0..count).map(|_| mutate(&mut model, &mut random)).collect();
    let mut text = model.to_string();
    // What no JSON value can say.
    match random.below(40) {
        0 => text.truncate((0..text.len()).rev().nth(random.below(text.len() / 2)).unwrap_or(0)),
        1 => text = text.replacen("\"shapes\":{", "\"shapes\":{},\"shapes\":{", 1),
        _ => {}
    }
    (text, changes)
}

/// Generates, and checks what must hold however that ends. Whether files were emitted.
fn run(text: &str) -> Result<bool, String> {
    match catch_unwind(AssertUnwindSafe(|| generate(&of_model(text)))) {
        Err(_) => Err("a panic".to_owned()),
        Ok(Ok(files)) => sound::check(&files).map(|()| true),
        Ok(Err(problems)) => {
            let said = problems.to_string();
            let named = said.lines().all(|line| line.starts_with("error: models/x/service-2.json: "));
            if said.is_empty() || !named {
                return Err(format!("errors that do not name their file: {said}"));
            }
            if said.contains("this is a bug in it") {
                return Err(format!("a fault of the generator: {said}"));
            }
            Ok(false)
        }
    }
}

#[test]
fn a_thousand_broken_models_end_in_errors_or_in_rust() {
    let (first, count) = (setting("MUTATIONS_SEED", 1), setting("MUTATIONS", 1_000));
    let check = |seed: u64| {
        let (text, changes) = broken(seed);
        run(&text).unwrap_or_else(|fault| panic!("seed {seed} ({changes:?}): {fault}\n{text}"))
    };
    let threads = 2;
    let emitted: u64 = thread::scope(|scope| {
        let part = |part: u64| {
            scope.spawn(move || (first + part..first + count).step_by(2).filter(|seed| check(*seed)).count())
        };
        let parts: Vec<_> = (0..threads).map(part).collect();
        parts.into_iter().map(|part| part.join().expect("the panic above")).map(|count| count as u64).sum()
    });
    println!("{count} models from seed {first}: {emitted} emitted, {} refused", count - emitted);
    // Both ways are taken often enough for the test to mean something.
    assert!(emitted * 10 > count && (count - emitted) * 10 > count, "{emitted} of {count} were emitted");
}

#[test]
fn a_sample_of_broken_models_compiles() {
    let sample =
        (setting("MUTATIONS_SEED", 1)..).map(|seed| (seed, broken(seed).0)).filter(|(_, text)| run(text) == Ok(true));
    let count = usize::try_from(setting("MUTATIONS_COMPILED", 24)).expect("a count");
    let services = sample.take(count).map(|(seed, text)| ServiceInputs {
        module: Some(format!("seed{seed}")),
        ..of_model(&text).services.remove(0)
    });
    let root = of_model(&base().to_string()).services;
    let services = root.into_iter().chain(services).collect();
    compile("mutated", Inputs { services, ..inputs(ServiceInputs::default()) });
}
