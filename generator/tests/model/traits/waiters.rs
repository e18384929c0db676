//! The keys of waiters.

use serde_json::{Value, json};

use super::Becomes::{NoFact, Seen};
use super::{Edit, Row};

pub fn rows() -> Vec<Row> {
    let path = json!({"state": "success", "matcher": "path", "argument": "Text", "expected": "a"});
    let waiter = json!({"operation": "Foo", "delay": 1, "maxAttempts": 2, "acceptors": [path]});
    let before = || -> Vec<Edit> {
        let text = |place: &'static str| (place, json!({"shape": "Text"}));
        let other = json!({"name": "Bar", "http": {"method": "GET", "requestUri": "/bar"}, "output": {"shape": "Out"}});
        vec![
            text("shapes.Out.members.Text"),
            text("shapes.Out.members.More"),
            ("operations.Bar", other),
            ("waiters.Ready", waiter.clone()),
        ]
    };
    let row = |key, path, value: Value, becomes| -> Row { (key, before(), vec![(path, value)], becomes) };
    vec![
        row("read_waiters.version", "waiting.version", json!(2), NoFact("the version of the format")),
        row("read_waiters.waiters", "waiters.Other", waiter.clone(), Seen),
        row("Waiter.description", "waiters.Ready.description", json!("x"), NoFact("prose")),
        row("Waiter.operation", "waiters.Ready.operation", json!("Bar"), Seen),
        row("Waiter.delay", "waiters.Ready.delay", json!(5), Seen),
        row("Waiter.maxAttempts", "waiters.Ready.maxAttempts", json!(5), Seen),
        row("Waiter.acceptors", "waiters.Ready.acceptors", json!([]), Seen),
        row("Acceptor.state", "waiters.Ready.acceptors.0.state", json!("failure"), Seen),
        row("Acceptor.matcher", "waiters.Ready.acceptors.0.matcher", json!("pathAny"), Seen),
        row("Acceptor.expected", "waiters.Ready.acceptors.0.expected", json!("b"), Seen),
        row("Acceptor.argument", "waiters.Ready.acceptors.0.argument", json!("More"), Seen),
    ]
}
