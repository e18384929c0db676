//! The table of calls under load, in BENCHMARKS.md.

use std::fmt::Write;

use anyhow::Result;

use crate::load::{FIGURES, SCENARIOS, Scenario};
use crate::results::Results;
use crate::sides::Side;

/// The sides, and how they are called.
const SIDES: [(Side, &str); 3] = [(Side::Ours, "this crate"), (Side::Peer, "aws-sdk-connect"), (Side::Floor, "floor")];

/// A row for each side of each scenario.
pub fn table(text: &mut String, results: &Results) -> Result<()> {
    let shown = &FIGURES[..FIGURES.len() - 1];
    text.push_str("| what | side |");
    for (_, head, _) in shown {
        write!(text, " {head} |")?;
    }
    writeln!(text, " |\n|---|---|{}", "---|".repeat(shown.len() + 1))?;
    for scenario in SCENARIOS {
        for (side, name) in SIDES {
            line(text, scenario, (side, name), results)?;
        }
    }
    if !SCENARIOS.iter().any(|scenario| results.figures.contains_key(scenario.rows[0])) {
        text.push_str("\nNot measured yet.\n");
    }
    Ok(())
}

fn line(text: &mut String, scenario: &Scenario, (side, name): (Side, &str), results: &Results) -> Result<()> {
    let value = |place: usize| results.figures.get(scenario.rows[place]).and_then(|figure| figure.median(side));
    if (0..FIGURES.len()).all(|place| value(place).is_none()) {
        return Ok(());
    }
    write!(text, "| {} | {name} |", scenario.what)?;
    let last = FIGURES.len() - 1;
    for (place, (.., unit)) in FIGURES[..last].iter().enumerate() {
        write!(text, " {} |", value(place).map(|value| unit.show(value)).unwrap_or_default())?;
    }
    match (scenario.other, value(last)) {
        (Some((_, head, unit)), Some(value)) => writeln!(text, " {head}: {} |", unit.show(value))?,
        _ => text.push_str(" |\n"),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::table;
    use crate::results::{Figure, Results};
    use crate::sides::Side;

    #[test]
    fn a_scenario_has_a_row_for_each_side() {
        let mut results = Results::default();
        let mut figure = Figure::default();
        figure.samples.insert(Side::Ours, vec![900.0]);
        results.figures.insert("load.threads.64.p50".to_owned(), figure);
        let mut text = String::new();
        table(&mut text, &results).unwrap();
        assert!(text.contains("| several threads, 64 tasks | this crate |  | 900 µs |"), "{text}");
    }
}
