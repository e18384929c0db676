//! The charts of the results: which figures each shows, and the lines of a document that show it.

use std::path::Path;

use anyhow::Result;
use xtask::files::Changes;

use crate::chart::{self, Bar, Bars, Lines, Series};
use crate::results::Results;
use crate::rows::Unit;
use crate::section::Section;
use crate::sides::Side;

/// The folder of the charts, from the root of the repository.
const FOLDER: &str = "xtask/bench/charts";

/// What one or all areas cost beside the peer.
pub const AREAS: (&str, &str) =
    ("areas", "Build cost of one area, of a typical program's operations, of all operations, and of the peer");
/// Growth by number of areas.
pub const GROWTH: (&str, &str) = ("growth", "Build time of the crate over the number of areas");
/// Latency over tasks.
pub const LATENCY: (&str, &str) = ("latency", "Latency of a call over tasks");

/// Draws all charts that there are figures for.
pub fn draw(changes: &mut Changes, root: &Path, results: &Path) -> Result<()> {
    let folder = root.join(FOLDER);
    let compile = Results::load(results, Section::Compile)?;
    let groups = areas(&compile);
    if !groups.is_empty() {
        chart::bars(changes, (&folder, AREAS.0), &Bars { title: "The crate alone: build time and memory", groups })?;
    }
    if !compile.areas.is_empty() {
        let (title, x, y) = ("The crate alone over the number of areas", "areas", "seconds");
        chart::lines(changes, (&folder, GROWTH.0), &Lines { title, x, y, powers: false, series: growth(&compile) })?;
    }
    let series = latency(&Results::load(results, Section::Load)?);
    if series.iter().any(|series| !series.points.is_empty()) {
        let (title, x) = ("Latency of a call over tasks, several threads", "tasks");
        chart::lines(
            changes,
            (&folder, LATENCY.0),
            &Lines { title, x, y: "µs: median in full, p99 thin", powers: true, series },
        )?;
    }
    Ok(())
}

/// The lines of a document that show a chart, in the colours of the reader's page; nothing where it is not drawn yet.
pub fn markdown(changes: &Changes, root: &Path, (name, alt): (&str, &str)) -> String {
    if !changes.leaves(&root.join(FOLDER).join(format!("{name}.light.svg"))) {
        return String::new();
    }
    format!(
        "\n<picture>\n  <source media=\"(prefers-color-scheme: dark)\" srcset=\"{FOLDER}/{name}.dark.svg\">\n  \
         <img alt=\"{alt}\" src=\"{FOLDER}/{name}.light.svg\">\n</picture>\n"
    )
}

/// Bars of each kind of build: its time, and its memory for the check.
fn areas(results: &Results) -> Vec<(String, Vec<Bar>)> {
    let kinds = [
        ("cargo check", "check", "", Unit::Seconds),
        ("debug build", "debug", "", Unit::Seconds),
        ("release build", "release", "", Unit::Seconds),
        ("peak memory of rustc, check", "check", ".memory", Unit::Bytes),
    ];
    let group = |(title, kind, end, unit): (&str, &str, &str, Unit)| {
        let bar = |name: &str, color, row: &str, side| {
            let value = results.figures.get(&format!("{row}.{kind}{end}"))?.median(side)?;
            Some(Bar { name: name.to_owned(), color, value, shown: unit.show(value) })
        };
        let bars: Vec<Bar> = [
            bar("one area, median of all", 0, "area", Side::Ours),
            bar("15 operations", 3, "typical", Side::Ours),
            bar("all operations", 2, "alone", Side::Ours),
            bar("aws-sdk-connect", 1, "alone", Side::Peer),
        ]
        .into_iter()
        .flatten()
        .collect();
        // Without an area there is nothing that the chart is about.
        results.figures.contains_key(&format!("area.{kind}{end}")).then(|| (title.to_owned(), bars))
    };
    kinds.into_iter().filter_map(group).collect()
}

fn growth(results: &Results) -> Vec<Series> {
    let line = |name: &str, color, of: fn(&crate::results::AreasPoint) -> Option<f64>| Series {
        name: name.to_owned(),
        color,
        width: 3,
        points: results.areas.iter().filter_map(|point| Some((point.areas as f64, of(point)?))).collect(),
    };
    vec![
        line("check", 0, |point| point.check),
        line("debug", 1, |point| point.debug),
        line("release", 3, |point| point.release),
    ]
}

/// Two lines of each side: the median in full, the 99th percentile thin.
fn latency(results: &Results) -> Vec<Series> {
    let sides = [(Side::Ours, "this crate"), (Side::Peer, "aws-sdk-connect"), (Side::Floor, "floor")];
    let figures = [("p50", 3), ("p99", 1)];
    let of = |(color, (side, name)): (usize, (Side, &str))| {
        figures.map(|(figure, width)| {
            let at = |tasks: u32| {
                let row = format!("load.threads.{tasks}.{figure}");
                results.figures.get(&row)?.median(side).map(|value| (f64::from(tasks), value))
            };
            let name = if figure == "p50" { name.to_owned() } else { String::new() };
            Series { name, color, width, points: [1, 8, 64, 512].into_iter().filter_map(at).collect() }
        })
    };
    sides.into_iter().enumerate().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use xtask::files::Changes;

    use super::{AREAS, GROWTH, LATENCY, draw, markdown};
    use crate::results::{AreasPoint, Figure, Results};
    use crate::section::Section;
    use crate::sides::Side;

    fn figure(values: &[(Side, f64)]) -> Figure {
        let samples = values.iter().map(|(side, value)| (*side, vec![*value])).collect();
        Figure { samples, ..Figure::default() }
    }

    #[test]
    fn charts_are_drawn_of_what_there_is() {
        let folder = tempfile::tempdir().unwrap();
        let (root, results) = (folder.path().join("root"), folder.path().join("results"));
        let mut changes = Changes::default();
        draw(&mut changes, &root, &results).unwrap();
        assert_eq!(markdown(&changes, &root, AREAS), "");

        let mut compile = Results::default();
        compile.figures.insert("alone.check".to_owned(), figure(&[(Side::Ours, 6.0), (Side::Peer, 59.0)]));
        compile.figures.insert("area.check".to_owned(), figure(&[(Side::Ours, 1.5)]));
        compile.areas = vec![AreasPoint { areas: 1, operations: 9, check: Some(1.0), debug: None, release: None }];
        compile.save(&results, Section::Compile).unwrap();
        let mut load = Results::default();
        load.figures.insert("load.threads.8.p50".to_owned(), figure(&[(Side::Ours, 90.0)]));
        load.save(&results, Section::Load).unwrap();
        draw(&mut changes, &root, &results).unwrap();
        for chart in [AREAS, GROWTH, LATENCY] {
            assert!(markdown(&changes, &root, chart).contains(&format!("{}.dark.svg", chart.0)), "{chart:?}");
        }
        changes.apply().unwrap();
        let svg = std::fs::read_to_string(root.join("xtask/bench/charts/areas.light.svg")).unwrap();
        assert!(svg.contains("59.0 s") && svg.contains("one area"), "{svg}");
    }
}
