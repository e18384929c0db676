//! Waiters: the emitted ones end as botocore's do, and a crate of a service without any has nothing of them.
//!
//! `waits/record.py` records what botocore makes of responses to the case `waits`; it says with which versions.

use generator::{Files, Inputs, ServiceInputs, generate, notes};
use serde_json::{Value, json};

use super::cases;
use super::compile::{emit, run};
use crate::support::{inputs, read, templates};

const VECTORS: &str = include_str!("waits/vectors.json");
const PROGRAM: &str = include_str!("waits/program.rs");

/// The case as the root of a crate.
fn case() -> Inputs {
    inputs(ServiceInputs { module: None, ..cases::service("waits") })
}

fn files(inputs: Inputs) -> Files {
    generate(&Inputs { templates: templates(), ..inputs }).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn waits_end_as_in_botocore() {
    let entries: Value = serde_json::from_str(&read("generator/tests/cases/waits/waiters-2.json")).unwrap();
    let source = &files(case())["src/waiters.rs"];
    let methods = source.lines().filter_map(|line| {
        let (method, waiter) = line.trim().strip_prefix("pub fn ")?.split_once("(self) -> waiter::Waiting<")?;
        Some((method, waiter.split('>').next()?))
    });
    let arms = methods.map(|(method, waiter)| {
        // A waiter of the model whose name is spelled in another way has its type in the usual one.
        let (name, waiter) = if waiter == "ThingReady2" { ("thing_ready", waiter) } else { (waiter, waiter) };
        let call = match entries["waiters"][name]["operation"].as_str() {
            Some("GetThing") => "get_thing().id(\"x\")",
            Some("GetOther") => "get_other().id(\"x\")",
            Some("Touch") => "touch()",
            other => panic!("{waiter}: {other:?}"),
        };
        format!("{name:?} => state(client.{call}.{method}()).await,\n")
    });
    let program = PROGRAM.replace("/* arms */", &arms.collect::<String>());
    let beside = [("examples/waits.rs", program.as_str()), ("examples/vectors.json", VECTORS)];
    let folder = emit("waiting", &case(), &beside);
    let said = run(&folder, &["run", "--example", "waits"], "rustcrypto");
    assert!(said.is_ok(), "{}", said.unwrap_err());
}

#[test]
fn what_is_not_supported_is_left_out_by_name() {
    let notes = notes(&case()).unwrap();
    let notes: Vec<String> = notes.iter().map(ToString::to_string).collect();
    let head = "cases/waits/waiters-2.json: waiters";
    let argument = |waiter: &str, reason: &str| {
        format!("{head}.Refuse{waiter}.acceptors[0].argument: the waiter is left out: {reason}")
    };
    let expression = |waiter: &str, expression: &str, reason: &str| {
        argument(waiter, &format!("{expression:?} is not supported: {reason}"))
    };
    let expected = [
        expression("Function", "abs(Count)", "the function abs of 1 arguments is not supported"),
        expression("Grammar", "State ==", "End does not start an expression"),
        expression("Hash", "{a: Id}", "hashes of several values are not supported"),
        expression("ListMember", "Parts.Name", "Parts is not a structure with a member \"Name\""),
        expression("Member", "Gone", "Thing has no member \"Gone\""),
        argument("NoOutput", "the operation has no output"),
        expression("Reference", "sort_by(Parts, &Name)", "references to expressions are not supported"),
        expression("Slice", "Names[0:1]", "slices are not supported"),
        expression("Sparse", "length(Sparse)", "Sparse may hold nulls"),
        expression("SparseIndex", "Sparse[0]", "Sparse may hold nulls"),
        format!(
            "{head}.RefuseStreamed.operation: the waiter is left out: its request is streamed, and cannot be sent twice"
        ),
        expression("Structure", "Detail == Extra", "Detail is not a value to compare"),
        expression("Time", "At", "Time is not a value to compare"),
        expression("Truth", "!Extra", "Detail is neither true nor false"),
        expression("Union", "Choice.One", "Choice is not a structure with a member \"One\""),
    ];
    assert_eq!(notes, expected);
}

/// No expression of a model ends the generator in another way than by a note.
#[test]
fn hostile_expressions_are_left_out() {
    let many = |text: &str| text.repeat(20_000);
    let doubled = format!("State{}", " | (@ && @)".repeat(40));
    for argument in [
        many("!"),
        many("("),
        many("["),
        many("[?"),
        many("a."),
        many("State || "),
        format!("State{}", many("[0]")),
        doubled,
        "'".to_owned(),
        "`".to_owned(),
        "`\"a`".to_owned(),
        "\"".to_owned(),
        "\"\\".to_owned(),
        "State[99999999999999999999]".to_owned(),
        "length()".to_owned(),
        "contains(Names".to_owned(),
        "State #".to_owned(),
        "é".to_owned(),
        String::new(),
    ] {
        let acceptor = json!({"state": "success", "matcher": "path", "argument": argument, "expected": "a"});
        let waiter = json!({"operation": "GetThing", "delay": 1, "maxAttempts": 1, "acceptors": [acceptor]});
        let mut inputs = case();
        inputs.services[0].waiters = Some(json!({"version": 2, "waiters": {"Hostile": waiter}}).to_string());
        let notes = notes(&inputs).unwrap();
        assert_eq!(notes.len(), 1, "{:.40}: {notes:?}", argument);
        assert_eq!(notes[0].origin.place, "waiters.Hostile.acceptors[0].argument");
        assert!(!generate(&inputs).unwrap().contains_key("src/waiters.rs"));
    }
}

/// What the file of waiters says that cannot be.
#[test]
fn mistakes_in_the_file_are_errors_at_their_places() {
    let good = json!({"operation": "GetThing", "delay": 1, "maxAttempts": 1, "acceptors": []});
    let acceptor = json!({"state": "success", "matcher": "path", "argument": "State", "expected": "a"});
    for (pointer, value, expected) in [
        ("/operation", json!("Gone"), "operation: there is no operation \"Gone\""),
        ("/delay", json!(0), "delay: expected a whole number from 1 to 4294967295"),
        ("/maxAttempts", json!(1.5), "maxAttempts: expected a whole number from 1 to 4294967295"),
        ("/extra", json!(1), "extra: the generator does not know this key"),
        ("/acceptors/0/state", json!("done"), "state: \"done\" is not known; expected one of success, failure, retry"),
        ("/acceptors/0/matcher", json!("status"), "acceptors[0]: the matcher expects another type"),
        ("/acceptors/0/argument", Value::Null, "argument: expected a string, found null"),
        ("/acceptors/0/expected", json!([]), "expected: expected a string, a number or a boolean, found a list"),
    ] {
        let mut waiter = good.clone();
        waiter["acceptors"] = json!([acceptor]);
        match waiter.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => waiter["extra"] = value,
        }
        let mut inputs = case();
        inputs.services[0].waiters = Some(json!({"version": 2, "waiters": {"Bad": waiter}}).to_string());
        let said = generate(&inputs).unwrap_err().to_string();
        assert!(said.contains("cases/waits/waiters-2.json: waiters.Bad.") && said.contains(expected), "{said}");
    }
    let mut inputs = case();
    inputs.services[0].waiters = Some(json!({"version": 2, "waiters": {"a b": good}}).to_string());
    let said = generate(&inputs).unwrap_err().to_string();
    assert!(said.contains("a name with the character ' '"), "{said}");
}

#[test]
fn a_crate_without_waiters_has_nothing_of_them() {
    let plain = files(inputs(ServiceInputs { module: None, ..cases::service("pagination") }));
    assert!(plain.keys().all(|path| !path.contains("waiter")));
    // Other waiters wait for credentials.
    let naming = plain.iter().filter(|(path, text)| path.ends_with(".rs") && text.contains("waiter::"));
    let naming: Vec<&str> = naming.map(|(path, _)| path.as_str()).collect();
    assert!(naming.is_empty(), "{naming:?} name waiters");
    // The operation of its waiters is not chosen.
    let operations = ["Upload".to_owned()].into();
    assert!(files(Inputs { operations, ..case() }).keys().all(|path| !path.contains("waiter")));
    assert!(files(case()).contains_key("src/waiter/path.rs"));
}
