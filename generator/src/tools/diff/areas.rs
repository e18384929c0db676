//! Changes of areas: a feature that comes or goes, and operations that a program finds behind another feature than before.

use super::change::{Change, Kind, Verdict};
use crate::plan::{PlannedArea, Service};

/// The changes between the areas of two versions.
pub(super) fn compare(old: &Service, new: &Service) -> Vec<Change> {
    let (before, after) = (&old.areas.list, &new.areas.list);
    let find = |areas: &'_ [PlannedArea], name: &str| areas.iter().any(|area| area.name == name);
    let mut changes = Vec::new();
    for area in before.iter().filter(|area| !find(after, &area.name)) {
        changes.push(change(area, "removed", Verdict::Major, format!("the feature `{}` is gone", area.feature)));
    }
    for area in after.iter().filter(|area| !find(before, &area.name)) {
        // Who has turned the default features off has had everything until now.
        let verdict = if before.is_empty() { Verdict::Major } else { Verdict::Minor };
        let first = if before.is_empty() { ", and without it its operations are not there" } else { "" };
        changes.push(change(area, "added", verdict, format!("the feature `{}` is new{first}", area.feature)));
    }
    for operation in &new.operations {
        let area_of = |areas: &'_ [PlannedArea]| {
            let area = areas.iter().find(|area| area.operations.contains(&operation.name));
            area.map(|area| (area.name.clone(), area.feature.clone()))
        };
        let place = |area: &str| format!("areas.{area}.operations.{}", operation.name);
        let known = old.operations.iter().any(|one| one.name == operation.name);
        match (area_of(before), area_of(after)) {
            (Some((was, old_feature)), Some((is, feature))) if was != is => {
                let what = format!("moved here from the area `{was}`");
                let reason =
                    format!("`{}` needs the feature `{feature}`, needed `{old_feature}`", operation.method_name);
                changes.push(at(place(&is), what, Verdict::Major, reason));
            }
            (None, Some((area, feature))) if !known && !before.is_empty() => {
                let what = "the place of a new operation".to_owned();
                let reason = format!("`{}` needs the feature `{feature}`", operation.method_name);
                changes.push(at(place(&area), what, Verdict::Patch, reason));
            }
            _ => {}
        }
    }
    for item in &new.items {
        let Some(was) = old.items.iter().find(|was| was.shape == item.shape) else { continue };
        let lost: Vec<&str> = was.gate.features().filter(|feature| !item.gate.admits(feature)).collect();
        let always = was.gate.is_open() && !before.is_empty();
        if (always && !item.gate.is_open()) || !lost.is_empty() {
            let without = if always { "no feature".to_owned() } else { format!("`{}`", lost.join("`, `")) };
            let reason = format!("`{}` is no longer there with {without} alone", item.path());
            changes.push(at(
                format!("shapes.{}", item.shape),
                "other areas reach it".to_owned(),
                Verdict::Major,
                reason,
            ));
        }
    }
    changes
}

fn change(area: &PlannedArea, what: &str, verdict: Verdict, reason: String) -> Change {
    at(format!("areas.{}", area.name), what.to_owned(), verdict, reason)
}

fn at(place: String, what: String, verdict: Verdict, reason: String) -> Change {
    Change { verdict, reasons: vec![reason], ..Change::new(Kind::Area, place, what) }
}
