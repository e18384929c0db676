//! The report of the suites: a table, followed by skipped and failed cases. Does no I/O.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

/// The results of one suite.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    pub suite: String,
    pub passed: u64,
    pub failed: u64,
    /// Why cases were not run, and how many for each reason.
    pub skipped: BTreeMap<String, u64>,
    /// The first of the failures.
    pub failures: Vec<Failure>,
}

/// A case that failed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    pub case: String,
    pub problem: String,
}

impl Report {
    /// Whether nothing failed, and there was something to fail.
    pub fn is_good(&self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    fn skips(&self) -> u64 {
        self.skipped.values().sum()
    }
}

/// All reports, for a person.
pub fn table(reports: &[Report]) -> String {
    let width = reports.iter().map(|report| report.suite.len()).max().unwrap_or(0).max("suite".len());
    let mut table = String::new();
    // `write!` into a String cannot fail; neither can those below.
    let _ = writeln!(table, "{:width$}  {:>7}  {:>7}  {:>7}  {:>7}", "suite", "cases", "passed", "skipped", "failed");
    for report in reports {
        let Report { suite, passed, failed, .. } = report;
        let (skipped, cases) = (report.skips(), passed + failed + report.skips());
        let _ = writeln!(table, "{suite:width$}  {cases:>7}  {passed:>7}  {skipped:>7}  {failed:>7}");
    }
    for report in reports {
        for (reason, count) in &report.skipped {
            let _ = writeln!(table, "\nskipped in {}, {count} of {reason}", report.suite);
        }
    }
    for report in reports {
        for Failure { case, problem } in &report.failures {
            let _ = writeln!(table, "\nfailed in {}: {case}\n    {problem}", report.suite);
        }
        if let Some(more) = report.failed.checked_sub(report.failures.len() as u64).filter(|more| *more > 0) {
            let _ = writeln!(table, "\nfailed in {}: {more} more", report.suite);
        }
        if report.passed + report.failed == 0 {
            let _ = writeln!(table, "\nnothing was run in {}", report.suite);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{Report, table};

    fn report(json: &str) -> Report {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn every_suite_is_a_row_and_every_failure_is_told() {
        let good = report(r#"{"suite":"a","passed":10,"failed":0,"skipped":{"x: why":2},"failures":[]}"#);
        let bad = report(
            r#"{"suite":"longer","passed":1,"failed":2,"skipped":{},"failures":[{"case":"one","problem":"no"}]}"#,
        );
        assert!(good.is_good() && !bad.is_good());
        let expected = "\
suite     cases   passed  skipped   failed
a            12       10        2        0
longer        3        1        0        2

skipped in a, 2 of x: why

failed in longer: one
    no

failed in longer: 1 more
";
        assert_eq!(table(&[good, bad]), expected);
    }

    #[test]
    fn a_suite_without_cases_is_not_good() {
        let empty = report(r#"{"suite":"a","passed":0,"failed":0,"skipped":{},"failures":[]}"#);
        assert!(!empty.is_good());
        assert!(table(&[empty]).contains("nothing was run in a"));
    }
}
