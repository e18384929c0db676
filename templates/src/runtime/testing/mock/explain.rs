//! Messages for a call that no rule answers: the nearest rule, and what differed.

use serde_json::Value;

use super::difference::Difference;
use super::entry::{Entry, Mismatch, times};
use super::question::Question;
use crate::runtime::call::mark::CallMarker;
use crate::runtime::testing::service::{Kind, ServiceModel, ShapeId};

/// The most characters of an input that a message shows.
const LONGEST: usize = 300;

/// The message for a call that no rule answers.
pub(super) fn explain(rules: &[&Entry], question: &Question, mark: &CallMarker) -> String {
    let Question { model, operation, input } = question;
    let mut shown = model.redacted(operation.input(), input).to_string();
    if shown.chars().count() > LONGEST {
        shown = shown.chars().take(LONGEST).chain(['…']).collect();
    }
    let call = format!("no rule of the mock answers {} {shown}", operation.name());
    let mut of_operation: Vec<(&&Entry, Vec<Mismatch>)> =
        rules.iter().filter(|rule| rule.is_for(mark)).map(|rule| (rule, rule.mismatches(input))).collect();
    // Of rules that differ as little as others, the last is the one that a test most likely wrote for this call.
    of_operation.reverse();
    of_operation.sort_by_key(|(_, mismatches)| mismatches.iter().map(weight).sum::<usize>());
    match of_operation.first() {
        Some((rule, mismatches)) => {
            let reasons = reasons(rule, mismatches, question);
            format!("{call}: the nearest rule, at {}, {}", rule.at, reasons.join("; "))
        }
        None => format!("{call}: {}", others(rules)),
    }
}

/// The distance of a mismatch from a match.
fn weight(mismatch: &Mismatch) -> usize {
    match mismatch {
        Mismatch::Members(differences) => differences.len(),
        Mismatch::Predicate => 1,
        Mismatch::Type(_) => 100,
    }
}

fn reasons(rule: &Entry, mismatches: &[Mismatch], question: &Question) -> Vec<String> {
    let mut reasons = Vec::new();
    for mismatch in mismatches {
        match mismatch {
            Mismatch::Members(differences) => {
                reasons.extend(differences.iter().map(|difference| differs(difference, question)));
            }
            Mismatch::Predicate => reasons.push("has a predicate that does not hold".to_owned()),
            Mismatch::Type(why) => reasons.push(format!("cannot read the input: {why}")),
        }
    }
    if rule.is_used_up() {
        reasons.push(format!("answers {} and was used up", times(rule.most.unwrap_or_default())));
    }
    reasons
}

/// The differences of a member, without sensitive values.
fn differs(difference: &Difference, question: &Question) -> String {
    let Difference { path, wanted, found } = difference;
    let Some((shape, sensitive)) = end_of(question.model, question.operation.input(), path) else {
        return format!("wants {path} = {wanted}, which the input of {} does not have", question.operation.name());
    };
    if sensitive {
        return format!("wants another {path}, which is sensitive");
    }
    let show = |value: &Value| question.model.redacted(Some(shape), value).to_string();
    match found {
        Some(found) => format!("wants {path} = {}, and the call has {}", show(wanted), show(found)),
        None => format!("wants {path} = {}, and the call has none", show(wanted)),
    }
}

/// The shape at the end of a path, and whether anything on the way is sensitive.
fn end_of(model: &ServiceModel, input: Option<ShapeId>, path: &str) -> Option<(ShapeId, bool)> {
    let mut id = input?;
    let mut sensitive = model.shape(id).is_sensitive();
    for name in path.split('.').filter(|name| !name.is_empty()) {
        let shape = model.shape(id);
        id = match shape.kind() {
            Kind::Map => shape.element()?,
            _ => {
                let member = shape.member(name)?;
                sensitive |= model.is_sensitive(member);
                member.shape()
            }
        };
    }
    Some((id, sensitive))
}

fn others(rules: &[&Entry]) -> String {
    let mut names: Vec<&str> = rules.iter().map(|rule| rule.operation).collect();
    names.sort_unstable();
    names.dedup();
    match names.as_slice() {
        [] => "the mock has no rules".to_owned(),
        names => format!("it has rules for {} only", names.join(", ")),
    }
}
