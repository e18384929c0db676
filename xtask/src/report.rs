//! Reports of the differences between expected and existing files, for a person. Does no I/O.

use std::borrow::Cow;
use std::fmt::Write;
use std::time::Duration;

use generator::Files;
use similar::TextDiff;

use xtask::files::Tree;
use xtask::output::Differences;

/// The most lines that the diff of one file takes: what comes after rarely says more.
const LINES: usize = 60;
/// The most files that are shown with their diff; a change of a template shows in thousands.
const DIFFS: usize = 20;
/// The most files that are named.
const NAMES: usize = 200;

/// The report, which ends in the counts and the command that mends it all.
pub fn report(differences: &Differences<'_>, files: &Files, found: &Tree, command: &str) -> String {
    let Differences { missing, stale, extra } = differences;
    let mut report = String::new();
    for path in stale.iter().take(DIFFS) {
        if let (Some(new), Some(old)) = (files.get(*path), found.get(*path)) {
            report.push_str(&diff(path, &String::from_utf8_lossy(old), new));
        }
    }
    name(&mut report, "stale", stale.get(DIFFS..).unwrap_or_default());
    name(&mut report, "missing", missing);
    name(&mut report, "extra", extra);
    let counts = format!("{} stale, {} missing, {} extra", stale.len(), missing.len(), extra.len());
    report.push_str(&format!("{counts} of {} files: run `{command}`\n", files.len()));
    report
}

/// Names files, one to a line.
fn name(report: &mut String, what: &str, paths: &[&str]) {
    for path in paths.iter().take(NAMES) {
        report.push_str(&format!("{what}: {path}\n"));
    }
    if let Some(more) = paths.len().checked_sub(NAMES).filter(|more| *more > 0) {
        report.push_str(&format!("{what}: {more} more\n"));
    }
}

/// The unified diff of one file, from what it holds to what it ought to hold.
fn diff(path: &str, old: &str, new: &str) -> String {
    // Two unlike texts of a hundred thousand lines would take minutes; past the time the diff is coarser, not wrong.
    let diff = TextDiff::configure().timeout(Duration::from_millis(300)).diff_lines(old, new);
    let whole = diff.unified_diff().context_radius(3).header(&format!("a/{path}"), &format!("b/{path}")).to_string();
    let mut shown: String = whole.split_inclusive('\n').take(LINES).map(clip).collect();
    if let Some(more) = whole.lines().count().checked_sub(LINES).filter(|more| *more > 0) {
        // `write!` into a String cannot fail.
        let _ = writeln!(shown, "… {more} more lines of the diff of {path}");
    }
    shown
}

/// Cuts a line of unreasonable length.
fn clip(line: &str) -> Cow<'_, str> {
    match line.char_indices().nth(400) {
        Some((end, _)) => format!("{}…\n", &line[..end]).into(),
        None => line.into(),
    }
}

#[cfg(test)]
mod tests {
    use generator::Files;

    use super::report;
    use xtask::files::Tree;
    use xtask::output::Differences;

    #[test]
    fn shows_what_is_stale_missing_and_extra() {
        let new = "a\nb\nc\nd\ne\nf\ng\nh\n";
        let files = Files::from([("src/a.rs".to_owned(), new.to_owned()), ("src/b.rs".to_owned(), String::new())]);
        let found = Tree::from([
            ("src/a.rs".to_owned(), new.replace('f', "x\ny").into_bytes()),
            ("src/c.rs".to_owned(), Vec::new()),
        ]);
        let differences = Differences { missing: vec!["src/b.rs"], stale: vec!["src/a.rs"], extra: vec!["src/c.rs"] };
        let expected = "--- a/src/a.rs\n+++ b/src/a.rs\n@@ -3,7 +3,6 @@\n c\n d\n e\n-x\n-y\n+f\n g\n h\nmissing: src/b.rs\n\
                        extra: src/c.rs\n1 stale, 1 missing, 1 extra of 2 files: run `mend`\n";
        assert_eq!(report(&differences, &files, &found, "mend"), expected);
    }

    #[test]
    fn stays_readable_where_everything_differs() {
        let many: Vec<String> = (0..1000).map(|n| format!("src/{n:04}.rs")).collect();
        let text = |word: &str| format!("{word}\n").repeat(500) + &word.repeat(1000) + "\n";
        let files: Files = many.iter().map(|path| (path.clone(), text("new"))).collect();
        let found: Tree = many.iter().map(|path| (path.clone(), text("old").into_bytes())).collect();
        let stale = many.iter().map(String::as_str).collect();
        let report = report(&Differences { stale, ..Differences::default() }, &files, &found, "mend");
        assert!(report.lines().count() < 1500, "{}", report.lines().count());
        assert!(report.lines().all(|line| line.chars().count() < 500));
        assert!(report.contains("… 945 more lines of the diff of src/0000.rs\n"), "{report}");
        assert!(report.contains("stale: 780 more\n"));
        assert!(report.ends_with("1000 stale, 0 missing, 0 extra of 1000 files: run `mend`\n"));
    }

    #[test]
    fn a_file_that_is_no_text_is_no_obstacle() {
        let files = Files::from([("src/a.rs".to_owned(), "a\n".to_owned())]);
        let found = Tree::from([("src/a.rs".to_owned(), vec![0xff, 0xfe])]);
        let report = report(&Differences { stale: vec!["src/a.rs"], ..Differences::default() }, &files, &found, "mend");
        assert!(report.contains("+a\n"), "{report}");
    }
}
