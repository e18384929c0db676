//! Goldens: files that hold what is expected. A test that finds another text shows the difference and names the command that
//! rewrites the files.

use std::time::Duration;

use similar::TextDiff;

/// The most lines of a difference that are shown.
const LINES: usize = 100;

/// Whether the goldens are to be rewritten rather than compared.
pub fn updating() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some()
}

/// The advice for goldens that differ, for the tests of a module.
pub fn advice(module: &str) -> String {
    format!(
        "Read the difference. If it is intended, run\n    UPDATE_GOLDEN=1 cargo test -p generator --test main {module}\n\
         and commit the files."
    )
}

/// Compares a text with the golden at `path`.
///
/// # Panics
///
/// If they differ.
#[track_caller]
pub fn compare(path: &str, expected: &str, found: &str, module: &str) {
    assert!(
        expected == found,
        "{path} differs from what is generated now:\n{}{}",
        difference(path, expected, found),
        advice(module)
    );
}

/// The unified difference from the golden to the text, cut after [`LINES`] lines.
fn difference(path: &str, expected: &str, found: &str) -> String {
    // The difference of two long and unlike texts takes minutes; past the time it is coarser, not wrong.
    let diff = TextDiff::configure().timeout(Duration::from_secs(1)).diff_lines(expected, found);
    let whole = diff.unified_diff().context_radius(3).header(&format!("{path} (golden)"), "generated now").to_string();
    let mut shown: String = whole.split_inclusive('\n').take(LINES).collect();
    if let Some(more) = whole.lines().count().checked_sub(LINES).filter(|more| *more > 0) {
        shown.push_str(&format!("… {more} more lines\n"));
    }
    shown
}

#[test]
fn a_difference_is_unified_and_short() {
    let old: String = (0..20).map(|line| format!("{line}\n")).collect();
    let shown = difference("a.rs", &old, &old.replace("10\n", "ten\n"));
    let expected = "--- a.rs (golden)\n+++ generated now\n@@ -8,7 +8,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n";
    assert_eq!(shown, expected);
    let long = difference("a.rs", "", &"x\n".repeat(LINES));
    assert!(long.ends_with("+x\n… 3 more lines\n"), "{long}");
    assert_eq!(long.lines().count(), LINES + 1);
}

#[test]
#[should_panic(expected = "UPDATE_GOLDEN=1 cargo test -p generator --test main emit::cases")]
fn a_golden_that_differs_names_the_command() {
    compare("a.rs", "old\n", "new\n", "emit::cases");
}
