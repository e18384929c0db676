//! The block of README.md that the bench writes, so that no figure there is older than those that are kept.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use xtask::block;
use xtask::files::{Changes, read_text};

use crate::pictures::{self, AREAS};
use crate::render::{ratio, times};
use crate::results::{Figure, Results};
use crate::rows;
use crate::section::Section;
use crate::sides::{PEER, Side};

/// The name of the block.
const BLOCK: &str = "bench";

/// The rows of the table, and how they are called there: the areas first.
const ROWS: [(Section, &str, &str); 18] = [
    (Section::Compile, "area.check", "one area, `cargo check` of the crate (median of all areas)"),
    (Section::Compile, "area.debug", "… debug"),
    (Section::Compile, "area.release", "… release"),
    (Section::Compile, "area.check.memory", "… peak memory of rustc, check"),
    (Section::Compile, "area.clean.debug", "clean debug build of a program with one area"),
    (Section::Compile, "typical.check", "15 operations of a typical program, `cargo check`"),
    (Section::Compile, "alone.check", "all operations, `cargo check` of the crate"),
    (Section::Compile, "alone.debug", "… debug"),
    (Section::Compile, "alone.release", "… release"),
    (Section::Compile, "alone.release.memory", "… peak memory of rustc, release"),
    (Section::Compile, "clean.debug", "clean debug build of a program with all operations"),
    (Section::Compile, "clean.release", "… release"),
    (Section::Compile, "hint.release", "… release, on nightly with `-Zprofile-hint-mostly-unused`"),
    (Section::Size, "packages", "packages in the tree"),
    (Section::Size, "binary", "the program, stripped"),
    (Section::Request, "loopback.cpu", "processor time of a call"),
    (Section::Request, "first.construct", "creation of a client"),
    (Section::Load, "load.threads.64.cpu", "… under load, 64 tasks"),
];

/// Writes the block. A README without one stays as it is.
pub fn write(changes: &mut Changes, root: &Path, results: &Path) -> Result<()> {
    let path = root.join("README.md");
    let text = read_text(&path)?;
    match block::replace(&text, BLOCK, &table(changes, root, results)?) {
        Some(new) => changes.write(path, new),
        None => Ok(()),
    }
}

/// The table and the chart of the areas. A row that is not measured is left out.
fn table(changes: &Changes, root: &Path, results: &Path) -> Result<String> {
    let mut text = format!("| | this crate | {} {} | |\n|---|---|---|---|\n", PEER.0, PEER.1);
    let mut days = Vec::new();
    for (section, id, what) in ROWS {
        let of = Results::load(results, section)?;
        let Some(figure) = of.figures.get(id) else { continue };
        line(&mut text, id, what, figure)?;
        days.push(figure.when.clone());
    }
    days.sort();
    days.dedup();
    writeln!(
        text,
        "\nMeasured on {}, on two cores; [BENCHMARKS.md](BENCHMARKS.md) has all figures.",
        days.join(" and ")
    )?;
    if days.is_empty() {
        return Ok("Not measured yet: `cargo xtask bench all`.\n".to_owned());
    }
    text.push_str(&pictures::markdown(changes, root, AREAS));
    Ok(text)
}

fn line(text: &mut String, id: &str, what: &str, figure: &Figure) -> Result<()> {
    let unit = match rows::find(id) {
        Some(row) => row.unit,
        // Rows of load are by their last word.
        None => crate::load::unit(id).with_context(|| format!("{id} is not a row"))?,
    };
    let value = |side| figure.median(side).map(|value| unit.show(value)).unwrap_or_default();
    let ratio = ratio(figure).map(times).unwrap_or_default();
    writeln!(text, "| {what} | {} | {} | {ratio} |", value(Side::Ours), value(Side::Peer))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use xtask::files::Changes;

    use super::{ROWS, write};
    use crate::results::{Figure, Results};
    use crate::section::Section;
    use crate::sides::Side;
    use crate::{load, rows};

    #[test]
    fn every_row_of_the_readme_is_one_of_the_bench() {
        for (section, id, _) in ROWS {
            match rows::find(id) {
                Some(row) => assert_eq!(row.section, section, "{id}"),
                None => assert!(load::unit(id).is_some() && section == Section::Load, "{id}"),
            }
        }
    }

    fn rewrite(root: &Path, results: &Path) -> String {
        let mut changes = Changes::default();
        write(&mut changes, root, results).unwrap();
        changes.apply().unwrap();
        std::fs::read_to_string(root.join("README.md")).unwrap()
    }

    #[test]
    fn the_block_has_what_is_measured() {
        let folder = tempfile::tempdir().unwrap();
        let (root, results) = (folder.path(), folder.path().join("results"));
        let readme = root.join("README.md");
        std::fs::write(&readme, "# A\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nrest\n").unwrap();
        assert!(rewrite(root, &results).contains("Not measured yet"));

        let mut figure = Figure { when: "2026-01-31".to_owned(), ..Figure::default() };
        figure.samples.insert(Side::Ours, vec![2.0]);
        figure.samples.insert(Side::Peer, vec![60.0]);
        let mut kept = Results::default();
        kept.figures.insert("area.check".to_owned(), figure);
        kept.save(&results, Section::Compile).unwrap();
        let text = rewrite(root, &results);
        assert!(text.contains("(median of all areas) | 2.00 s | 60.0 s | 30× |\n"), "{text}");
        assert!(text.contains("Measured on 2026-01-31") && text.ends_with("<!-- bench: end -->\nrest\n"), "{text}");
    }
}
