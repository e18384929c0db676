//! The table and the chart of calls under load, in BENCHMARKS.md and beside it.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Result, anyhow};
use plotters::prelude::*;

use crate::load::{FIGURES, SCENARIOS, Scenario};
use crate::results::Results;
use crate::sides::Side;

/// The sides, and how they are called.
const SIDES: [(Side, &str, RGBColor); 3] = [
    (Side::Ours, "this crate", RGBColor(0, 90, 200)),
    (Side::Peer, "aws-sdk-connect", RGBColor(220, 120, 0)),
    (Side::Floor, "floor", RGBColor(120, 120, 120)),
];

/// A row for each side of each scenario.
pub fn table(text: &mut String, results: &Results) -> Result<()> {
    let shown = &FIGURES[..FIGURES.len() - 1];
    text.push_str("| what | side |");
    for (_, head, _) in shown {
        write!(text, " {head} |")?;
    }
    writeln!(text, " |\n|---|---|{}", "---|".repeat(shown.len() + 1))?;
    for scenario in SCENARIOS {
        for (side, name, _) in SIDES {
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

/// Draws the latency of a call over the number of tasks, several threads: median in full, 99th percentile thin. `false` where
/// nothing is measured.
pub fn chart(path: &Path, results: &Results) -> Result<bool> {
    let points = |side: Side, figure: usize| -> Vec<(f64, f64)> {
        let at = |tasks: u32| {
            let id = format!("load.threads.{tasks}.{}", FIGURES[figure].0);
            results.figures.get(&id)?.median(side).map(|value| (f64::from(tasks), value))
        };
        [1, 8, 64, 512].into_iter().filter_map(at).collect()
    };
    let all: Vec<_> = SIDES.iter().flat_map(|(side, ..)| [points(*side, 1), points(*side, 2)].concat()).collect();
    if all.is_empty() {
        return Ok(false);
    }
    let most = all.iter().map(|(_, value)| *value).fold(1.0, f64::max);
    draw(path, most, &|side, figure| points(side, figure)).map_err(|error| anyhow!("{}: {error}", path.display()))?;
    Ok(true)
}

type Points<'p> = dyn Fn(Side, usize) -> Vec<(f64, f64)> + 'p;

fn draw(path: &Path, most: f64, points: &Points<'_>) -> Result<(), Box<dyn std::error::Error>> {
    let area = SVGBackend::new(path, (720, 420)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption("Latency of a call over tasks, several threads", ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(36)
        .y_label_area_size(64)
        .build_cartesian_2d((1f64..512f64).log_scale(), (10f64..most * 1.2).log_scale())?;
    chart.configure_mesh().x_desc("tasks").y_desc("µs: median in full, p99 thin").draw()?;
    for (side, name, color) in SIDES {
        for (figure, width) in [(1, 3), (2, 1)] {
            let line = LineSeries::new(points(side, figure), color.stroke_width(width));
            let drawn = chart.draw_series(line)?;
            if figure == 1 {
                drawn.label(name).legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(3)));
            }
        }
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE)
        .border_style(BLACK)
        .draw()?;
    area.present()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{chart, table};
    use crate::results::{Figure, Results};
    use crate::sides::Side;

    #[test]
    fn a_scenario_has_a_row_for_each_side_and_a_line_in_the_chart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("latency.svg");
        let mut results = Results::default();
        assert!(!chart(&path, &results).unwrap());
        for (tasks, value) in [(1, 90.0), (8, 120.0), (64, 900.0)] {
            let mut figure = Figure::default();
            figure.samples.insert(Side::Ours, vec![value]);
            results.figures.insert(format!("load.threads.{tasks}.p50"), figure);
        }
        assert!(chart(&path, &results).unwrap());
        let svg = std::fs::read_to_string(&path).unwrap();
        assert!(svg.starts_with("<svg") && svg.contains("this crate"), "{svg}");
        let mut text = String::new();
        table(&mut text, &results).unwrap();
        assert!(text.contains("| several threads, 64 tasks | this crate |  | 900 µs |"), "{text}");
    }
}
