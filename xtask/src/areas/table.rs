//! The table of areas: what is in each, what it costs to compile, and which areas share its shapes.

use std::collections::BTreeMap;
use std::fmt::Write;

use generator::Files;
use generator::tools::areas::{Index, Item, Kind};

/// How many of the areas that share shapes with another are named.
const NAMED: usize = 4;

/// The table as Markdown. The lines are those that a feature adds: the time of a check follows them.
pub fn markdown(index: &Index, files: &Files) -> String {
    let lines = |item: &Item| files.get(&item.file).map_or(0, |text| text.lines().count());
    let all: usize = index.items.iter().map(lines).sum();
    let mut text = String::from(
        "| feature | operations about | operations | shapes | only here | lines | of all | shares shapes with |\n\
         |---|---|---:|---:|---:|---:|---:|---|\n",
    );
    for area in &index.areas {
        let items: Vec<&Item> = index.items.iter().filter(|item| item.features.contains(&area.feature)).collect();
        let shapes: Vec<&&Item> = items.iter().filter(|item| item.kind == Kind::Shape).collect();
        let own = shapes.iter().filter(|item| item.features.len() == 1).count();
        let sum: usize = items.iter().map(|item| lines(item)).sum();
        let share = 100.0 * sum as f64 / all.max(1) as f64;
        // `write!` into a String cannot fail.
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {own} | {sum} | {share:.1} % | {} |",
            area.feature,
            area.title,
            items.len() - shapes.len(),
            shapes.len(),
            shared_with(index, &area.feature)
        );
    }
    text
}

/// The areas that reach the most shapes of another, with how many.
fn shared_with(index: &Index, feature: &str) -> String {
    let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
    for item in index.items.iter().filter(|item| item.features.contains(feature)) {
        for other in item.features.iter().filter(|other| *other != feature) {
            *shared.entry(other).or_default() += 1;
        }
    }
    let mut ranked: Vec<_> = shared.into_iter().collect();
    ranked.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let more = ranked.len().saturating_sub(NAMED);
    ranked.truncate(NAMED);
    let mut names: Vec<_> = ranked.into_iter().map(|(name, count)| format!("`{name}` {count}")).collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    names.join(", ")
}
