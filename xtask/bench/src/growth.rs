//! Growth of generation and check with the model: parts of Connect, and larger services of the same protocol.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use xtask::botocore::{self, PAGINATORS, RULE_SET, SERVICE};
use xtask::files::{put, read_text};
use xtask::manifest::Manifest;

use crate::bench::Bench;
use crate::results::{Point, median};
use crate::{emitted, machine};

/// How many of Connect's operations the parts have.
const PARTS: [usize; 4] = [50, 100, 200, usize::MAX];
/// Services that are larger, or nearly as large.
const LARGER: [(&str, &str); 3] = [("quicksight", "2018-04-01"), ("securityhub", "2018-10-26"), ("iot", "2015-05-28")];

/// Measures every point and keeps them.
pub fn run(bench: &mut Bench, xtask: &Path) -> Result<()> {
    let text = read_text(&emitted::model(bench))?;
    let model: Value = serde_json::from_str(&text).context("the model")?;
    let names: Vec<_> = model["operations"].as_object().context("a model has operations")?.keys().collect();
    let mut points = Vec::new();
    for part in PARTS {
        let chosen = spread(&names, part);
        let list = chosen.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(",");
        let arguments = ["--name", "amazon-connect", "--operations", &list].map(str::to_owned);
        points.push(point(bench, xtask, "connect", chosen.len(), &arguments));
        keep(bench, &points)?;
    }
    match larger(bench) {
        Ok(models) => {
            for (name, operations, folder) in models {
                let arguments = ["--name", &name, "--model", &folder].map(str::to_owned);
                points.push(point(bench, xtask, &name, operations, &arguments));
                keep(bench, &points)?;
            }
        }
        Err(error) => bench.failed("larger models", &error),
    }
    Ok(())
}

/// So many of the names, evenly spread: names that begin alike belong to operations that share shapes.
pub fn spread<T: Copy>(names: &[T], count: usize) -> Vec<T> {
    let count = count.min(names.len());
    (0..count).map(|number| names[number * names.len() / count]).collect()
}

fn keep(bench: &mut Bench, points: &[Point]) -> Result<()> {
    points.clone_into(&mut bench.results.curve);
    bench.results.curve_with = format!("{}; {}", machine::today(), bench.with);
    bench.results.save(&bench.results_folder(), bench.section)
}

/// Measures one model. What is refused is shown as such.
fn point(bench: &Bench, xtask: &Path, model: &str, operations: usize, arguments: &[String]) -> Point {
    bench.say(&format!("growth: {model}, {operations} operations"));
    let empty =
        Point { model: model.to_owned(), operations, files: 0, lines: 0, generate: None, check: None, refused: None };
    let measure = || -> Result<Point> {
        let mut walls = Vec::new();
        let mut out = None;
        for _ in 0..3 {
            let (usage, folder) = emitted::generate_with(bench, xtask, "growth", arguments)?;
            walls.push(usage.wall);
            out = Some(folder);
        }
        let out = out.context("three runs")?;
        let (files, lines) = emitted::count(&out)?;
        let mut point = Point { files, lines, generate: median(&walls), ..empty.clone() };
        match emitted::check(bench, &out) {
            Ok(seconds) => point.check = Some(seconds),
            Err(error) => point.refused = Some(brief(&error)),
        }
        Ok(point)
    };
    measure().unwrap_or_else(|error| Point { refused: Some(brief(&error)), ..empty.clone() })
}

/// The line of an error that says what is wrong.
fn brief(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    let line =
        text.lines().find(|line| line.starts_with("error") || line.starts_with("models")).or(text.lines().nth(1));
    line.unwrap_or(&text).chars().take(200).collect()
}

/// Puts the larger models where codegen reads them; gives name, number of operations and folder of each.
fn larger(bench: &Bench) -> Result<Vec<(String, usize, String)>> {
    let manifest = Manifest::read(bench.repository)?;
    let mut wheel = botocore::fetch(&bench.repository.downloads(), &manifest, Some(&manifest.version))?;
    let mut models = Vec::new();
    for (name, api) in LARGER {
        let folder = bench.folder.join("models").join(name);
        for file in [SERVICE, PAGINATORS, RULE_SET] {
            if let Some(json) = wheel.read(&format!("{name}/{api}/{file}"))? {
                put(&folder.join(file), &json.without_documentation().pretty()?)?;
            }
        }
        let model: Value = serde_json::from_str(&read_text(&folder.join(SERVICE))?).with_context(|| name.to_owned())?;
        let operations = model["operations"].as_object().map_or(0, serde_json::Map::len);
        models.push((name.to_owned(), operations, folder.to_string_lossy().into_owned()));
    }
    Ok(models)
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn a_part_is_spread_over_the_whole() {
        let names: Vec<_> = (0..10).collect();
        assert_eq!(spread(&names, 2), [0, 5]);
        assert_eq!(spread(&names, 4), [0, 2, 5, 7]);
        assert_eq!(spread(&names, usize::MAX), names);
    }
}
