//! The table of areas: what is in each, what it costs to compile, and which areas share its shapes.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Context, Result};
use generator::Files;
use generator::tools::areas::{Index, Item, Kind};
use serde::Deserialize;
use xtask::files::read_optional;
use xtask::repository::Repository;

/// The number of areas sharing shapes that are named.
const NAMED: usize = 4;

/// The seconds that the crate takes with an area, by feature and kind of build, as the bench measured them.
pub type Costs = BTreeMap<String, BTreeMap<String, f64>>;

/// The kinds of build, in the order of their columns.
const KINDS: [&str; 3] = ["check", "debug", "release"];

/// What the bench has kept of the areas; nothing where it has not measured them.
///
/// # Errors
/// Results that are not of the bench's format.
pub fn costs(repository: &Repository) -> Result<Costs> {
    #[derive(Deserialize)]
    struct Kept {
        #[serde(default)]
        by_area: Costs,
    }
    let path = repository.bench_results().join("compile.json");
    let Some(text) = read_optional(&path)? else { return Ok(Costs::new()) };
    let kept: Kept = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
    Ok(kept.by_area)
}

/// The table as Markdown. The lines are those that a feature adds: the time of a check follows them. The times themselves have
/// columns where the bench has measured them.
pub fn markdown(index: &Index, files: &Files, costs: &Costs) -> String {
    let lines = |item: &Item| files.get(&item.file).map_or(0, |text| text.lines().count());
    let all: usize = index.items.iter().map(lines).sum();
    let heads = if costs.is_empty() { "" } else { " check | debug | release |" };
    let rule = if costs.is_empty() { "" } else { "---:|---:|---:|" };
    let mut text = format!(
        "| feature | operations about | operations | shapes | only here | lines | of all |{heads} shares shapes with |\n\
         |---|---|---:|---:|---:|---:|---:|{rule}---|\n",
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
            "| `{}` | {} | {} | {} | {own} | {sum} | {share:.1} % |{} {} |",
            area.feature,
            area.title,
            items.len() - shapes.len(),
            shapes.len(),
            times(costs, &area.feature),
            shared_with(index, &area.feature)
        );
    }
    text
}

/// The columns of the times.
fn times(costs: &Costs, feature: &str) -> String {
    if costs.is_empty() {
        return String::new();
    }
    let of = |kind: &str| costs.get(feature).and_then(|times| times.get(kind));
    KINDS.map(|kind| of(kind).map_or_else(|| " – |".to_owned(), |seconds| format!(" {seconds:.2} s |"))).concat()
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

#[cfg(test)]
mod tests {
    use std::fs;

    use generator::Files;
    use generator::tools::areas::{Area, Index, Item, Kind};
    use xtask::repository::Repository;

    use super::{Costs, costs, markdown};

    fn index() -> Index {
        let area =
            |feature: &str, title: &str| Area { feature: feature.to_owned(), module: None, title: title.to_owned() };
        let item = |name: &str, kind, features: &[&str]| Item {
            kind,
            module: None,
            names: [name.to_owned()].into(),
            features: features.iter().map(|feature| (*feature).to_owned()).collect(),
            file: format!("src/{name}.rs"),
        };
        Index {
            areas: vec![area("users", "Users"), area("views", "Views")],
            items: vec![
                item("get_user", Kind::Operation, &["users"]),
                item("User", Kind::Shape, &["users"]),
                item("Tags", Kind::Shape, &["users", "views"]),
            ],
            modules: Vec::new(),
        }
    }

    #[test]
    fn an_area_has_its_operations_shapes_lines_and_neighbours() {
        let files = Files::from([
            ("src/get_user.rs".to_owned(), "a\nb\n".to_owned()),
            ("src/User.rs".to_owned(), "a\nb\n".to_owned()),
        ]);
        let table = markdown(&index(), &files, &Costs::new());
        assert!(table.contains("| `users` | Users | 1 | 2 | 1 | 4 | 100.0 % | `views` 1 |\n"), "{table}");
    }

    #[test]
    fn times_are_those_that_the_bench_has_kept() {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::new(Some(folder.path().to_owned()));
        assert!(costs(&repository).unwrap().is_empty());
        fs::create_dir_all(repository.bench_results()).unwrap();
        fs::write(repository.bench_results().join("compile.json"), r#"{"by_area":{"users":{"check":1.5}}}"#).unwrap();
        let kept = Costs::from([("users".to_owned(), [("check".to_owned(), 1.5)].into())]);
        let table = markdown(&index(), &Files::new(), &kept);
        assert!(table.contains("| 0.0 % | 1.50 s | – | – | `views` 1 |\n"), "{table}");
        assert!(table.contains("| 0.0 % | – | – | – | `users` 1 |\n"), "{table}");
        assert_eq!(costs(&repository).unwrap(), kept);
    }
}
