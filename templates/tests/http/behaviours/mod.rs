//! The misbehaving server: a table of what a network, a balancer or a service can do to a call, and what five calls of each kind
//! of operation come to. `cargo xtask behaviours` prints it with its outcomes.
//!
//! Each row is data in `table`. Its calls run under a virtual clock against a server on loopback, and leave no connection and no
//! task behind. A row whose outcome differs from what is right is a fault of the runtime.

mod clock;
mod outcome;
mod row;
mod run;
mod table;

use std::fmt::Write;
use std::path::Path;

use row::{Expected, OPERATIONS, Row};

/// Runs the rows of a group, prints them, and compares what came of them with what they expect.
fn group(name: &str, rows: Vec<Row>) {
    let (mut shown, mut wrong) = (String::new(), String::new());
    for row in rows {
        let found = run::run(&row);
        show(&mut shown, &row.name, &found);
        if found != row.expected {
            show(&mut wrong, &format!("{}: expected", row.name), &row.expected);
            show(&mut wrong, &format!("{}: found", row.name), &found);
        }
    }
    if let Some(folder) = std::env::var_os("BEHAVIOURS_FOLDER") {
        let place = GROUPS.iter().position(|group| *group == name).unwrap() + 1;
        std::fs::write(Path::new(&folder).join(format!("{place:02}-{name}.txt")), &shown).unwrap();
    }
    assert!(wrong.is_empty(), "{name}\n{wrong}");
}

/// A row and what came of its calls: one line, or one for each operation where they differ.
fn show(to: &mut String, name: &str, found: &Expected) {
    let _ = writeln!(to, "{name}");
    let mut line = |who: &str, five: &row::Five| {
        let connections = if five.connections == 1 { "connection" } else { "connections" };
        let _ = writeln!(
            to,
            "    {who:<6} {:<44} {:>3} requests {:>3} {connections}",
            five.outcomes, five.requests, five.connections
        );
    };
    if found.iter().all(|five| *five == found[0]) {
        line("all", &found[0]);
        return;
    }
    for (operation, five) in OPERATIONS.iter().zip(found) {
        line(&format!("{operation:?}").to_lowercase(), five);
    }
}

macro_rules! groups {
    ($($name:ident)*) => {
        /// The names of the groups, in the order in which they are printed.
        const GROUPS: &[&str] = &[$(stringify!($name)),*];

        $(
            #[test]
            fn $name() {
                group(stringify!($name), table::$name::rows());
            }
        )*

        #[test]
        fn there_are_two_hundred_and_each_has_a_name_of_its_own() {
            let mut names: Vec<_> = [$(table::$name::rows()),*].into_iter().flatten().map(|row| row.name).collect();
            assert!(names.len() >= 200, "{}", names.len());
            names.sort();
            let repeated: Vec<_> = names.windows(2).filter(|two| two[0] == two[1]).collect();
            assert!(repeated.is_empty(), "{repeated:?}");
        }
    };
}

groups! {
    connection
    status_line
    headers
    length
    body
    exceptions
    throttling
    clocks
    timeouts
    kept
    detours
    charset
}
