//! Analytics data sets that an instance shares with accounts: each association has a resource share of its own.

use serde_json::{Value, json};

use super::engine::{ACCOUNT, Behaviour, Call, Engine, Outcome};
use super::instances::{nothing, record};
use super::refusal::Fault;

/// The operations on data sets that have code of their own; the rest is a list of the instance.
pub(super) const OPERATIONS: [(&str, Behaviour); 3] = [
    ("AssociateAnalyticsDataSet", associate),
    ("BatchAssociateAnalyticsDataSet", associate_all),
    ("BatchDisassociateAnalyticsDataSet", dissociate_all),
];

/// The list of an instance that holds its associations.
const DATA_SETS: &str = "AnalyticsDataSet";

fn wanted(call: Call<'_>) -> Vec<String> {
    let ids = call.input.get("DataSetIds").and_then(Value::as_array);
    ids.into_iter().flatten().filter_map(|id| Some(id.as_str()?.to_owned())).collect()
}

/// A new association, with the account of the instance where the call names none.
fn association(engine: &mut Engine, call: Call<'_>, id: &str) -> Value {
    let share = engine.state.mint();
    let arn = format!("arn:aws:ram:{}:{ACCOUNT}:resource-share/{share}", engine.region);
    json!({
        "DataSetId": id,
        "TargetAccountId": call.text("TargetAccountId").unwrap_or(ACCOUNT),
        "ResourceShareId": share,
        "ResourceShareArn": arn,
        "ResourceShareStatus": "ACTIVE",
    })
}

fn is_of(association: &Value, id: &str) -> bool {
    association["DataSetId"].as_str() == Some(id)
}

fn associate(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut instance) = record(engine, call, "Instance", "InstanceId")?;
    let id = call.text("DataSetId").unwrap_or_default();
    let list = instance.slots.entry(DATA_SETS.to_owned()).or_default();
    if list.iter().any(|known| is_of(known, id)) {
        return Err(engine.refuse(call, Fault::Invalid, format!("{id} is associated already")));
    }
    let made = association(engine, call, id);
    list.push(made.clone());
    engine.keep(key, instance);
    Ok(match (nothing(engine, call)?, made) {
        (Value::Object(mut output), Value::Object(members)) => {
            // The output has no status; the list has one.
            output.extend(members.into_iter().filter(|(name, _)| name != "ResourceShareStatus"));
            Value::Object(output)
        }
        (output, _) => output,
    })
}

fn associate_all(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut instance) = record(engine, call, "Instance", "InstanceId")?;
    let list = instance.slots.entry(DATA_SETS.to_owned()).or_default();
    let (mut created, mut errors) = (Vec::new(), Vec::new());
    for id in wanted(call) {
        if list.iter().any(|known| is_of(known, &id)) {
            let message = format!("{id} is associated already");
            errors.push(json!({"ErrorCode": "INVALID_PARAMETER", "ErrorMessage": message}));
            continue;
        }
        let made = association(engine, call, &id);
        list.push(made.clone());
        created.push(made);
    }
    engine.keep(key, instance);
    Ok(json!({"Created": created, "Errors": errors}))
}

fn dissociate_all(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut instance) = record(engine, call, "Instance", "InstanceId")?;
    let list = instance.slots.entry(DATA_SETS.to_owned()).or_default();
    let (mut deleted, mut errors) = (Vec::new(), Vec::new());
    for id in wanted(call) {
        let before = list.len();
        list.retain(|known| !is_of(known, &id));
        if list.len() < before {
            deleted.push(Value::from(id));
        } else {
            errors.push(json!({"ErrorCode": "RESOURCE_NOT_FOUND", "ErrorMessage": format!("{id} is not associated")}));
        }
    }
    engine.keep(key, instance);
    Ok(json!({"Deleted": deleted, "Errors": errors}))
}
