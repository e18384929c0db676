//! BENCHMARKS.md, rendered from the kept results of all sections.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use xtask::files::Changes;

use crate::load_table;
use crate::pictures::{self, AREAS, GROWTH, LATENCY};
use crate::results::{AreasPoint, Figure, Point, Results};
use crate::rows::{ROWS, Row, Target, Unit};
use crate::section::Section;
use crate::sides::Side;

/// The title of each section and a description of its measurement.
const HEADS: [(Section, &str, &str); 6] = [
    (
        Section::Compile,
        "Build",
        "The program describes one contact with the default credential chain and TLS. \"The crate alone\" is its own \
         rustc with all dependencies built. For this crate that includes the runtime, which the peer has in crates of \
         its own. Its types implement serde's traits unless the feature `serde` is off; the peer's types do not, so \
         both are shown. A clean build starts from an empty target folder and needs no network. The floor of the crate \
         is every structure of the model as a bare Rust structure with the same derives. The floor of the program is \
         hyper and rustls with two handwritten calls and keys from the environment. With `--hint`, on nightly, the \
         peer's crate is built with `-Zprofile-hint-mostly-unused`, its best case.",
    ),
    (
        Section::Size,
        "Size",
        "The same program. Cargo strips the release binary (`strip = \"symbols\"`) and otherwise uses its default \
         settings. `nm` counts the functions in the release library. Generic and inline functions are compiled in the \
         program that uses them and are not counted.",
    ),
    (
        Section::Request,
        "Calls",
        "`DescribeContact`, with a response of 2 kB over HTTP/1.1 on a kept connection, from a server in another \
         process. Processor is user and system time of all threads of the program. \"Serialize and sign\" lasts from \
         `send()` until the transport gets the request (`DescribeContact`, `SearchUsers`); the transport responds from \
         memory. The peer's serializers cannot be reached otherwise, and all are measured alike. The client is made as \
         a program makes it, with environment, profile and credential chain, in a fresh process.",
    ),
    (
        Section::Decode,
        "Responses",
        "The time from the response of a transport in memory to the end of `send()`: `DescribeContact` with 2 kB, \
         `SearchUsers` with 1 MB.",
    ),
    (
        Section::Load,
        "Calls under load",
        "`DescribeContact` with 2 kB unless the row says otherwise, by so many tasks that each make one call after the \
         other, against a server in another process with a thread for each connection. CPU is user and system time of all threads of the \
         program for each call. Latencies are of whole calls, retries included. Each process makes one call a task before those that count. The \
         floor is hyper-util's client with two handwritten calls; it repeats nothing and so fails where the service does.",
    ),
    (
        Section::Codegen,
        "Generation",
        "Whole runs of `cargo xtask codegen --out`, release, into an empty folder. With `--sample`, cargo-progenitor \
         gets its own Nexus sample, a file that no registry ships. Otherwise it gets Connect's model as OpenAPI.",
    ),
];

/// The text of BENCHMARKS.md.
pub fn benchmarks(changes: &Changes, root: &Path, folder: &Path) -> Result<String> {
    let mut text = String::from(
        "<!-- Written by `cargo xtask bench`. Do not edit. -->\n# Benchmarks\n\n\
         This crate and aws-sdk-connect on the same machine, in the same run, with the same work. A ratio compares \
         medians: 3× means three times less time, memory or space than the peer. The floor is the least that the work \
         takes. Both columns of goals are the project's own: the goal that it has to reach, and the one that it aims \
         at.\n\n\
         `cargo xtask bench all` measures everything in about an hour and a half on two cores, most of it for building the peer. \
         The commands below measure a part. `--peer-cache` keeps the values of the peer. Nothing else should run \
         meanwhile.\n",
    );
    let mut circumstances = BTreeSet::new();
    for (section, title, how) in HEADS {
        let results = Results::load(folder, section)?;
        write!(text, "\n## {title}\n\n{how}\n\n    cargo xtask bench {}\n\n", section.name())?;
        if section == Section::Load {
            load_table::table(&mut text, &results)?;
            text.push_str(&pictures::markdown(changes, root, LATENCY));
            for figure in results.figures.values() {
                circumstances.insert(format!("{}: {}; {}", section.name(), figure.when, figure.with));
            }
            continue;
        }
        table(&mut text, section, &results)?;
        if section == Section::Compile {
            text.push_str(&pictures::markdown(changes, root, AREAS));
            areas(&mut text, &results.areas)?;
            text.push_str(&pictures::markdown(changes, root, GROWTH));
        }
        for row in ROWS.iter().filter(|row| row.section == section) {
            if let Some(figure) = results.figures.get(row.id) {
                circumstances.insert(format!("{}: {}; {}", section.name(), figure.when, figure.with));
            }
        }
        if section == Section::Codegen && !results.curve.is_empty() {
            growth(&mut text, &results.curve)?;
            circumstances.insert(format!("growth: {}", results.curve_with));
        }
    }
    text.push_str("\n## Dates and machines\n\n");
    for line in &circumstances {
        writeln!(text, "- {line}")?;
    }
    if circumstances.is_empty() {
        text.push_str("Nothing has been measured yet.\n");
    }
    Ok(text)
}

fn table(text: &mut String, section: Section, results: &Results) -> Result<()> {
    text.push_str(
        "| what | ratio | at least | aim | this crate | aws-sdk-connect | floor |\n|---|---|---|---|---|---|---|\n",
    );
    let mut notes = Vec::new();
    for row in ROWS.iter().filter(|row| row.section == section) {
        match results.figures.get(row.id) {
            Some(figure) => {
                line(text, row, figure)?;
                // Values that another row of the same day has are no older than the row.
                if let Some(day) = figure.kept.as_ref().filter(|day| **day != figure.when) {
                    notes.push(format!("{}: the values of the peer are from {day}.", row.what));
                }
            }
            None => {
                let why = results.missing.get(row.id).map_or("not measured yet", String::as_str);
                notes.push(format!("{}: {}.", row.what, why.lines().next().unwrap_or_default()));
            }
        }
    }
    for note in notes {
        write!(text, "\n{note}\n")?;
    }
    Ok(())
}

fn line(text: &mut String, row: &Row, figure: &Figure) -> Result<()> {
    let value = |side| figure.median(side).map(|value| row.unit.show(value));
    let ratio = ratio(figure).filter(|_| !matches!(row.target, Target::AtMost(..)));
    let ratio = ratio.map_or(String::new(), |ratio| format!("**{}**", times(ratio)));
    let (least, aim) = match row.target {
        Target::Times(least, aim) => (times(least), times(aim)),
        Target::AtMost(least, aim) => (row.unit.show(least), row.unit.show(aim)),
        Target::None => (String::new(), String::new()),
    };
    let ours = value(Side::Ours).unwrap_or_default();
    let mut peer = value(Side::Peer).unwrap_or_default();
    if let Some(name) = row.peer {
        write!(peer, " ({name})")?;
    }
    let floor = value(Side::Floor).unwrap_or_default();
    let row = format!("| {} | {ratio} | {least} | {aim} | {ours} | {peer} | {floor} |\n", row.what);
    text.push_str(&row);
    Ok(())
}

/// How many times less ours is than the peer's.
pub fn ratio(figure: &Figure) -> Option<f64> {
    let (ours, peer) = (figure.median(Side::Ours)?, figure.median(Side::Peer)?);
    (ours > 0.0).then(|| peer / ours)
}

pub fn times(ratio: f64) -> String {
    let digits = usize::from(ratio < 100.0 && ratio.fract() != 0.0);
    format!("{ratio:.digits$}×")
}

/// The table of growth by number of areas.
fn areas(text: &mut String, points: &[AreasPoint]) -> Result<()> {
    if points.is_empty() {
        return Ok(());
    }
    text.push_str(
        "\n### Areas\n\nThe crate alone with some of its areas, evenly spread over all.\n\n\
         | areas | operations | check | debug | release |\n|---|---|---|---|---|\n",
    );
    for AreasPoint { areas, operations, check, debug, release } in points {
        let [check, debug, release] = [check, debug, release]
            .map(|value| value.map_or_else(|| "–".to_owned(), |value| Unit::Seconds.show(value)));
        writeln!(text, "| {areas} | {operations} | {check} | {debug} | {release} |")?;
    }
    Ok(())
}

fn growth(text: &mut String, points: &[Point]) -> Result<()> {
    text.push_str(
        "\n### Growth\n\nParts of Connect with operations spread evenly over the whole, and larger services of the same protocol. \
         \"Check\" is the crate alone.\n\n    cargo xtask bench codegen --only growth\n\n\
         | model | operations | files | lines | generate | µs a line | check | µs a line |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for point in points {
        let seconds = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| Unit::Seconds.show(value));
        let each = |value: Option<f64>| match value {
            Some(value) if point.lines > 0 => format!("{:.1}", value * 1e6 / point.lines as f64),
            _ => String::new(),
        };
        let Point { model, operations, files, lines, generate, check, .. } = point;
        write!(text, "| {model} | {operations} | {files} | {lines} |")?;
        for value in [*generate, *check] {
            write!(text, " {} | {} |", seconds(value), each(value))?;
        }
        text.push('\n');
    }
    for point in points {
        if let Some(why) = &point.refused {
            write!(text, "\n{} with {} operations: `{}`\n", point.model, point.operations, why.replace('`', "'"))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use xtask::files::Changes;

    use super::{Section, benchmarks};
    use crate::results::{Figure, Point, Results};
    use crate::sides::Side;

    #[test]
    fn what_is_kept_is_shown_and_what_is_not_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let empty = benchmarks(&Changes::default(), folder.path(), folder.path()).unwrap();
        assert!(empty.contains("Nothing has been measured yet."));
        assert!(empty.contains("packages in the tree: not measured yet."));

        let mut figure = Figure { when: "2026-01-31".to_owned(), with: "a machine".to_owned(), ..Figure::default() };
        for (side, values) in [(Side::Ours, vec![2.0, 9.0, 1.0]), (Side::Peer, vec![59.0]), (Side::Floor, vec![0.5])] {
            figure.samples.insert(side, values);
        }
        let mut results = Results::default();
        results.figures.insert("alone.check".to_owned(), figure);
        results.save(folder.path(), Section::Compile).unwrap();
        let point = Point {
            model: "connect".to_owned(),
            operations: 50,
            files: 3,
            lines: 1000,
            generate: Some(0.5),
            check: None,
            refused: Some("error: `no`".to_owned()),
        };
        let results = Results { curve: vec![point], ..Results::default() };
        results.save(folder.path(), Section::Codegen).unwrap();

        let text = benchmarks(&Changes::default(), folder.path(), folder.path()).unwrap();
        let row = "| the crate alone, `cargo check` | **29.5×** | 6× | 8× | 2.00 s | 59.0 s | 0.50 s |";
        assert!(text.contains(row), "{text}");
        assert!(text.contains("- compile: 2026-01-31; a machine\n"), "{text}");
        assert!(text.contains("| connect | 50 | 3 | 1000 | 0.50 s | 500.0 | – |  |"), "{text}");
        assert!(text.contains("connect with 50 operations: `error: 'no'`"), "{text}");
    }
}
