//! A comparison as Markdown: in full for a review, in short for a changelog.

use generator::tools::diff::{Change, Kind, Verdict};

use super::comparison::{Report, ServiceReport};

/// Every change, breaking ones first.
pub fn markdown(report: &Report) -> String {
    let mut text =
        format!("# Model changes from {} to {}\n\nVerdict: **{}**\n", report.old, report.new, report.verdict);
    for service in &report.services {
        let count = |verdict| service.changes.iter().filter(|change| change.verdict == verdict).count();
        text.push_str(&format!("\n## {}\n\n{}\n", service.name, summary(service, count)));
        for (verdict, title) in [
            (Verdict::Major, "Breaking"),
            (Verdict::Minor, "New or deprecated"),
            (Verdict::Patch, "Without effect on programs"),
        ] {
            let changes: Vec<_> = service.changes.iter().filter(|change| change.verdict == verdict).collect();
            if !changes.is_empty() {
                text.push_str(&format!("\n### {title}\n\n"));
                changes.into_iter().for_each(|change| text.push_str(&line(change)));
            }
        }
    }
    text
}

fn summary(service: &ServiceReport, count: impl Fn(Verdict) -> usize) -> String {
    match service.whole {
        Some(whole) => format!("The service is {whole}: {}.", service.verdict),
        None if service.changes.is_empty() => "No change.".to_owned(),
        None => format!(
            "{}: {} programs, {} or {}, {} without effect.",
            service.verdict,
            counted(count(Verdict::Major), "change that breaks", "changes that break"),
            counted(count(Verdict::Minor), "that adds", "that add"),
            if count(Verdict::Minor) == 1 { "deprecates" } else { "deprecate" },
            count(Verdict::Patch)
        ),
    }
}

/// A number with the word for one or for several.
fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

fn line(change: &Change) -> String {
    format!("- `{}`: {} ({}: {})\n", change.place, change.what, change.verdict, change.reasons.join("; "))
}

/// The entry of a changelog: whatever breaks, new operations by name, and the other new items in numbers. What comes or goes
/// with an operation or a shape of the list is not named once more.
pub fn entry(report: &Report) -> String {
    // `botocore 1.44.5 (HEAD)`: which commit it was means nothing later.
    let version = |name: &str| name.split(" (").next().unwrap_or_default().to_owned();
    let (new, old) = (version(&report.new), version(&report.old));
    let mut text = format!("- Model of {new}, was {old} ({}).\n", report.verdict);
    for service in &report.services {
        if let Some(whole) = service.whole {
            text.push_str(&format!("  - {}: {whole}.\n", service.name));
        }
        let breaks = |change: &&Change| change.verdict == Verdict::Major && change.within.is_none();
        for change in service.changes.iter().filter(breaks) {
            text.push_str(&format!("  - Breaking: `{}`: {}.\n", change.place, change.what));
        }
        let new = |prefix: &str| {
            // A shape that is no type of the crate is nothing that users meet.
            let met = |change: &Change| change.kind == Kind::Added && change.verdict > Verdict::Patch;
            let named = |change: &&Change| met(change) && change.place.starts_with(prefix);
            let rest = move |change: &Change| change.place[prefix.len()..].to_owned();
            service.changes.iter().filter(named).map(rest).collect::<Vec<_>>()
        };
        let operations = new("operations.");
        if !operations.is_empty() {
            text.push_str(&format!("  - New operations: `{}`.\n", operations.join("`, `")));
        }
        let is_area = |change: &&Change| change.kind == Kind::Area && change.verdict == Verdict::Minor;
        let areas: Vec<_> =
            service.changes.iter().filter(is_area).filter_map(|change| change.place.strip_prefix("areas.")).collect();
        if !areas.is_empty() {
            text.push_str(&format!("  - New areas: `{}`.\n", areas.join("`, `")));
        }
        let (members, shapes): (Vec<_>, Vec<_>) = new("shapes.").into_iter().partition(|place| place.contains('.'));
        let values = service
            .changes
            .iter()
            .filter(|change| change.kind == Kind::Value && change.verdict == Verdict::Minor)
            .count();
        let counts = [
            (shapes.len(), "shape", "shapes"),
            (members.len(), "member", "members"),
            (values, "enumeration value", "enumeration values"),
        ];
        let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
        let counts: Vec<_> = counts.map(|(count, one, several)| counted(count, one, several)).collect();
        if !counts.is_empty() {
            text.push_str(&format!("  - New: {}.\n", counts.join(", ")));
        }
    }
    text
}

/// The heading of what no version has yet.
const UNRELEASED: &str = "## Unreleased\n";

/// The heading of changes, in a changelog that has one for each sort of news.
const CHANGED: &str = "### Changed\n";

/// Puts an entry at the top of what is unreleased, under the heading of changes where there are headings. One that is there
/// already is left alone.
pub fn insert(changelog: &str, entry: &str) -> String {
    if changelog.contains(entry) {
        return changelog.to_owned();
    }
    if let Some((before, after)) = changelog.split_once(UNRELEASED) {
        let end = after.find("\n## ").map_or(after.len(), |at| at + 1);
        let (unreleased, rest) = after.split_at(end);
        let unreleased = match unreleased.split_once(CHANGED) {
            Some((above, changes)) => format!("{above}{CHANGED}{}", on_top(entry, changes)),
            None if unreleased.trim_start().starts_with("### ") => {
                format!("\n{CHANGED}\n{entry}\n{}", unreleased.trim_start())
            }
            None => on_top(entry, unreleased),
        };
        return format!("{before}{UNRELEASED}{unreleased}{rest}");
    }
    // Above the newest version, below what the file says of itself.
    let at = changelog.find("\n## ").map_or(changelog.len(), |at| at + 1);
    let (before, after) = changelog.split_at(at);
    let gap = if after.is_empty() { "" } else { "\n" };
    format!("{before}{UNRELEASED}\n{entry}{gap}{after}")
}

/// An entry above a list, with one empty line above it.
fn on_top(entry: &str, list: &str) -> String {
    format!("\n{entry}{}", list.strip_prefix('\n').unwrap_or(list))
}

#[cfg(test)]
mod tests {
    use generator::tools::diff::{Change, Kind, Verdict};

    use super::{Report, ServiceReport, entry, insert, markdown};

    fn report() -> Report {
        let change = |kind, place: &str, what: &str, verdict, reason: &str| Change {
            kind,
            place: place.to_owned(),
            what: what.to_owned(),
            verdict,
            reasons: vec![reason.to_owned()],
            within: None,
        };
        let changes = vec![
            change(Kind::Added, "operations.ListFoos", "added", Verdict::Minor, "`Client::list_foos` is new"),
            change(Kind::Added, "shapes.Bar.members.B", "added", Verdict::Minor, "`types::Bar.b` is new"),
            change(Kind::Constraint, "shapes.Text", "min `1`, was `0`", Verdict::Patch, "documentation only"),
            change(Kind::Added, "shapes.Word", "added", Verdict::Patch, "no public item changes"),
            change(Kind::Removed, "shapes.Old", "removed", Verdict::Major, "`types::Old` is gone"),
            Change {
                within: Some("types::Old".to_owned()),
                ..change(Kind::Removed, "shapes.OldPart", "removed", Verdict::Major, "`types::OldPart` is gone")
            },
        ];
        let tiny = ServiceReport { name: "tiny".to_owned(), verdict: Verdict::Major, whole: None, changes };
        let other =
            ServiceReport { name: "other".to_owned(), verdict: Verdict::Minor, whole: Some("added"), changes: vec![] };
        Report {
            old: "botocore 1".to_owned(),
            new: "botocore 2".to_owned(),
            verdict: Verdict::Major,
            services: vec![tiny, other],
        }
    }

    #[test]
    fn a_review_shows_the_gravest_first_and_a_reason_for_each() {
        let text = markdown(&report());
        assert_eq!(
            text,
            "# Model changes from botocore 1 to botocore 2\n\nVerdict: **major**\n\n## tiny\n\nmajor: 2 changes that break \
             programs, 2 that add or deprecate, 2 without effect.\n\n### Breaking\n\n- `shapes.Old`: removed (major: \
             `types::Old` is gone)\n- `shapes.OldPart`: removed (major: `types::OldPart` is gone)\n\n### New or deprecated\n\n- `operations.ListFoos`: added (minor: `Client::list_foos` is \
             new)\n- `shapes.Bar.members.B`: added (minor: `types::Bar.b` is new)\n\n### Without effect on programs\n\n- \
             `shapes.Text`: min `1`, was `0` (patch: documentation only)\n- `shapes.Word`: added (patch: no public item changes)\n\n## other\n\nThe service is added: minor.\n"
        );
    }

    #[test]
    fn a_changelog_names_operations_and_what_breaks() {
        assert_eq!(
            entry(&report()),
            "- Model of botocore 2, was botocore 1 (major).\n  - Breaking: `shapes.Old`: removed.\n  - New \
             operations: `ListFoos`.\n  - New: 1 member.\n  - other: added.\n"
        );
    }

    #[test]
    fn an_entry_goes_to_the_top_of_what_is_unreleased_once() {
        let with = "# Log\n\n## Unreleased\n\n- new\n- old\n\n## 1.0\n";
        assert_eq!(insert("# Log\n\n## Unreleased\n\n- old\n\n## 1.0\n", "- new\n"), with);
        assert_eq!(insert(with, "- new\n"), with);
        assert_eq!(insert("# Log\n\n## 1.0\n", "- new\n"), "# Log\n\n## Unreleased\n\n- new\n\n## 1.0\n");
        assert_eq!(insert("", "- new\n"), "## Unreleased\n\n- new\n");
        let headed = "## Unreleased\n\n### Added\n\n- a\n\n## 1.0\n\n### Changed\n\n- b\n";
        assert_eq!(insert(headed, "- new\n"), headed.replace("\n### Added", "\n### Changed\n\n- new\n\n### Added"));
        let changed = headed.replace("### Added\n\n- a", "### Changed\n\n- a");
        assert_eq!(insert(&changed, "- new\n"), changed.replace("- a", "- new\n- a"));
    }
}
