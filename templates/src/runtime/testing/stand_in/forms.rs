//! Evaluation forms and evaluations: versions that are active, and evaluations that are submitted.

use serde_json::{Value, json};

use super::engine::{Behaviour, Call, Engine, Outcome};
use super::instances::record;
use super::list::page_of;
use super::refusal::Fault;
use super::view::fit;

/// The operations on forms and evaluations that have code of their own.
pub(super) const OPERATIONS: [(&str, Behaviour); 5] = [
    ("ActivateEvaluationForm", activate),
    ("DeactivateEvaluationForm", deactivate),
    ("DescribeContactEvaluation", describe),
    ("ListEvaluationFormVersions", versions),
    ("SubmitContactEvaluation", submit),
];

fn set_status(engine: &mut Engine, call: Call<'_>, status: &str) -> Outcome {
    let (key, mut form) = record(engine, call, "EvaluationForm", "EvaluationFormId")?;
    let version = call.input.get("EvaluationFormVersion").cloned().unwrap_or_default();
    if Some(&version) != form.members.get("Version") {
        return Err(engine.refuse(call, Fault::NotFound, format!("the form {} has no version {version}", form.id)));
    }
    form.members.insert("Status".to_owned(), status.into());
    match status {
        "ACTIVE" => drop(form.members.insert("ActiveVersion".to_owned(), version.clone())),
        _ => drop(form.members.remove("ActiveVersion")),
    }
    form.modified = engine.state.clock.now();
    let answer = json!({"EvaluationFormId": form.id, "EvaluationFormArn": form.arn, "EvaluationFormVersion": version});
    engine.keep(key, form);
    Ok(answer)
}

fn activate(engine: &mut Engine, call: Call<'_>) -> Outcome {
    set_status(engine, call, "ACTIVE")
}

fn deactivate(engine: &mut Engine, call: Call<'_>) -> Outcome {
    set_status(engine, call, "DRAFT")
}

/// A stand-in keeps the newest version of a form only.
fn versions(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, form) = record(engine, call, "EvaluationForm", "EvaluationFormId")?;
    let list = call.operation.output().and_then(|output| {
        let member = engine.model.shape(output).member("EvaluationFormVersionSummaryList")?;
        engine.model.shape(member.shape()).element()
    });
    let shown = list.map(|element| vec![engine.view(&key, &form).shape(element)]);
    page_of(engine, call, "EvaluationFormVersionSummaryList", shown.unwrap_or_default())
}

/// Answers take the places of those before, and the evaluation is no longer a draft.
fn submit(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut evaluation) = record(engine, call, "ContactEvaluation", "EvaluationId")?;
    if evaluation.members.get("Status").and_then(Value::as_str) == Some("SUBMITTED") {
        let message = format!("the evaluation {} is submitted already", evaluation.id);
        return Err(engine.refuse(call, Fault::State, message));
    }
    for name in ["Answers", "Notes"] {
        if let Some(value) = call.input.get(name) {
            evaluation.members.insert(name.to_owned(), value.clone());
        }
    }
    evaluation.members.insert("Status".to_owned(), "SUBMITTED".into());
    evaluation.modified = engine.state.clock.now();
    let answer = json!({"EvaluationId": evaluation.id, "EvaluationArn": evaluation.arn});
    engine.keep(key, evaluation);
    Ok(answer)
}

/// An evaluation, and the form that it follows.
fn describe(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut evaluation) = record(engine, call, "ContactEvaluation", "EvaluationId")?;
    let contact = evaluation.members.get("ContactId").cloned().unwrap_or_default();
    let evaluator = format!("arn:aws:iam::{}:root", super::engine::ACCOUNT);
    evaluation.members.insert("Metadata".to_owned(), json!({"ContactId": contact, "EvaluatorArn": evaluator}));
    let form = evaluation.members.get("EvaluationFormId").and_then(Value::as_str).unwrap_or_default();
    let form = engine.facts.family("EvaluationForm").and_then(|family| engine.resolve(family, &key.scope, form));
    let mut answer = engine.model.empty_output(call.operation);
    let Some(output) = call.operation.output() else { return Ok(answer) };
    let shape = engine.model.shape(output);
    if let Some(member) = shape.member("Evaluation") {
        answer["Evaluation"] = engine.view(&key, &evaluation).shape(member.shape());
    }
    if let (Some(member), Some(view)) =
        (shape.member("EvaluationForm"), form.as_ref().and_then(|form| engine.view_of(form)))
    {
        answer["EvaluationForm"] = view.shape(member.shape());
    }
    Ok(fit(&engine.model, output, &answer).unwrap_or(answer))
}
