//! Values of data tables: records that primary values lead to, each with a value for an attribute.

use serde_json::{Value, json};

use super::engine::{Behaviour, Call, Engine, Outcome};
use super::instances::record;
use super::list::page_of;
use super::refusal::{Fault, Refusal};
use super::store::{Key, Record};

/// The operations on values that have code of their own.
pub(super) const OPERATIONS: [(&str, Behaviour); 8] = [
    ("BatchCreateDataTableValue", create),
    ("BatchDeleteDataTableValue", delete),
    ("BatchDescribeDataTableValue", describe),
    ("BatchUpdateDataTableValue", update),
    ("EvaluateDataTableValues", evaluate),
    ("ListDataTablePrimaryValues", list_primary),
    ("ListDataTableValues", list),
    ("UpdateDataTablePrimaryValues", move_record),
];

/// The list of a table that holds its values.
const VALUES: &str = "Value";

fn table(engine: &Engine, call: Call<'_>) -> Result<(Key, Record), Refusal> {
    record(engine, call, "DataTable", "DataTableId")
}

fn wanted(call: Call<'_>) -> Vec<Value> {
    call.input.get("Values").and_then(Value::as_array).cloned().unwrap_or_default()
}

/// Primary values in one order, so that they can be compared.
fn primary(of: &Value) -> Vec<(String, String)> {
    let values = of["PrimaryValues"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut pairs: Vec<_> = values.iter().map(|one| (text(&one["AttributeName"]), text(&one["Value"]))).collect();
    pairs.sort();
    pairs
}

fn is_same(one: &Value, other: &Value) -> bool {
    one["AttributeName"] == other["AttributeName"] && primary(one) == primary(other)
}

fn failed(of: &Value, message: &str) -> Value {
    json!({"PrimaryValues": primary_values(of), "AttributeName": of["AttributeName"], "Message": message})
}

fn primary_values(of: &Value) -> Value {
    if of["PrimaryValues"].is_array() { of["PrimaryValues"].clone() } else { json!([]) }
}

/// The type of an attribute of a table; `None` where there is none of that name.
fn value_type(engine: &Engine, key: &Key, table: &Record, attribute: &Value) -> Option<String> {
    let family = engine.facts.family("DataTableAttribute")?;
    let mut scope = key.scope.clone();
    scope.push(table.id.clone());
    let found = engine.state.store.by_id(family, &scope, attribute.as_str()?)?;
    let kind = engine.state.store.get(&found)?.members.get("ValueType")?.as_str()?;
    Some(kind.to_owned())
}

/// A change of the values for one of a request: the value as it is then, or why it fails.
type Change = dyn Fn(&mut Engine, &mut Vec<Value>, &Value) -> Result<Value, &'static str>;

/// Batch changes of a table's values: each succeeds or fails by itself.
fn change(engine: &mut Engine, call: Call<'_>, apply: &Change) -> Outcome {
    let (key, mut table) = table(engine, call)?;
    let mut values = table.slots.remove(VALUES).unwrap_or_default();
    let (mut done, mut failures) = (Vec::new(), Vec::new());
    for one in wanted(call) {
        if value_type(engine, &key, &table, &one["AttributeName"]).is_none() {
            failures.push(failed(&one, "the table has no such attribute"));
            continue;
        }
        match apply(engine, &mut values, &one) {
            Ok(mut stored) => {
                stored["PrimaryValues"] = primary_values(&one);
                done.push(stored);
            }
            Err(message) => failures.push(failed(&one, message)),
        }
    }
    table.slots.insert(VALUES.to_owned(), values);
    engine.keep(key, table);
    let answer = json!({"Successful": done, "Failed": failures});
    let output = call.operation.output();
    Ok(output.and_then(|output| super::view::fit(&engine.model, output, &answer)).unwrap_or(answer))
}

/// A value as it is kept: with the record that its primary values lead to, and a version that each change moves.
fn stored(engine: &mut Engine, values: &[Value], one: &Value) -> Value {
    let known = values.iter().find(|value| primary(value) == primary(one));
    let id = known.and_then(|value| value["RecordId"].as_str()).map(str::to_owned);
    let id = id.unwrap_or_else(|| engine.state.mint());
    json!({
        "RecordId": id,
        "PrimaryValues": primary_values(one),
        "AttributeName": one["AttributeName"],
        "Value": one["Value"],
        "LockVersion": {"Value": engine.state.mint()},
        "LastModifiedTime": engine.state.clock.now(),
        "LastModifiedRegion": engine.region,
    })
}

fn create(engine: &mut Engine, call: Call<'_>) -> Outcome {
    change(engine, call, &|engine, values, one| {
        if values.iter().any(|value| is_same(value, one)) {
            return Err("there is such a value already");
        }
        let made = stored(engine, values, one);
        values.push(made.clone());
        Ok(made)
    })
}

fn update(engine: &mut Engine, call: Call<'_>) -> Outcome {
    change(engine, call, &|engine, values, one| {
        let place = values.iter().position(|value| is_same(value, one)).ok_or("there is no such value")?;
        let made = stored(engine, values, one);
        values[place] = made.clone();
        Ok(made)
    })
}

fn delete(engine: &mut Engine, call: Call<'_>) -> Outcome {
    change(engine, call, &|_, values, one| {
        let place = values.iter().position(|value| is_same(value, one)).ok_or("there is no such value")?;
        Ok(values.remove(place))
    })
}

fn describe(engine: &mut Engine, call: Call<'_>) -> Outcome {
    change(engine, call, &|_, values, one| {
        values.iter().find(|value| is_same(value, one)).cloned().ok_or("there is no such value")
    })
}

/// The values that the records and the primary values of a request choose.
fn chosen(call: Call<'_>, table: &Record) -> Vec<Value> {
    let ids = call.input.get("RecordIds").and_then(Value::as_array).filter(|ids| !ids.is_empty());
    let filters = call.input.get("PrimaryAttributeValues").and_then(Value::as_array).cloned().unwrap_or_default();
    let fits = |value: &&Value| {
        ids.is_none_or(|ids| ids.contains(&value["RecordId"]))
            && filters.iter().all(|filter| {
                let values = filter["Values"].as_array().map(Vec::as_slice).unwrap_or_default();
                primary(value).iter().any(|(name, held)| {
                    filter["AttributeName"].as_str() == Some(name)
                        && values.iter().any(|one| one.as_str() == Some(held))
                })
            })
    };
    table.slots.get(VALUES).into_iter().flatten().filter(fits).cloned().collect()
}

fn list(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, table) = table(engine, call)?;
    let mut shown = chosen(call, &table);
    for value in &mut shown {
        let kind = value_type(engine, &key, &table, &value["AttributeName"]);
        value["ValueType"] = kind.unwrap_or_else(|| "TEXT".to_owned()).into();
    }
    page_of(engine, call, "Values", shown)
}

fn list_primary(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (_, table) = table(engine, call)?;
    let mut shown: Vec<Value> = Vec::new();
    for value in chosen(call, &table) {
        if shown.iter().all(|known| known["RecordId"] != value["RecordId"]) {
            shown.push(json!({
                "RecordId": value["RecordId"],
                "PrimaryValues": value["PrimaryValues"],
                "LastModifiedTime": value["LastModifiedTime"],
                "LastModifiedRegion": value["LastModifiedRegion"],
            }));
        }
    }
    page_of(engine, call, "PrimaryValuesList", shown)
}

/// Values are taken as they are: expressions in them are not computed.
fn evaluate(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, table) = table(engine, call)?;
    let values = table.slots.get(VALUES).cloned().unwrap_or_default();
    let mut shown = Vec::new();
    for one in wanted(call) {
        for attribute in one["AttributeNames"].as_array().into_iter().flatten() {
            let sought = json!({"PrimaryValues": one["PrimaryValues"], "AttributeName": attribute});
            let found = values.iter().find(|value| is_same(value, &sought));
            let kind = value_type(engine, &key, &table, attribute);
            shown.push(json!({
                "RecordId": found.map_or("", |value| value["RecordId"].as_str().unwrap_or_default()),
                "PrimaryValues": primary_values(&one),
                "AttributeName": attribute,
                "ValueType": kind.clone().unwrap_or_else(|| "TEXT".to_owned()),
                "Found": found.is_some(),
                "Error": kind.is_none(),
                "EvaluatedValue": found.map_or("", |value| value["Value"].as_str().unwrap_or_default()),
            }));
        }
    }
    page_of(engine, call, "Values", shown)
}

/// Replaces the primary values of a record.
fn move_record(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut table) = table(engine, call)?;
    let of = |member: &str| json!({"PrimaryValues": call.input.get(member).cloned().unwrap_or_default()});
    let (from, to) = (of("PrimaryValues"), of("NewPrimaryValues"));
    let version = engine.state.mint();
    let values = table.slots.entry(VALUES.to_owned()).or_default();
    if primary(&from) != primary(&to) && values.iter().any(|value| primary(value) == primary(&to)) {
        return Err(engine.refuse(call, Fault::Duplicate, "the table has a record of the new primary values already"));
    }
    let mut moved = 0;
    for value in values.iter_mut().filter(|value| primary(value) == primary(&from)) {
        value["PrimaryValues"] = primary_values(&to);
        moved += 1;
    }
    if moved == 0 {
        return Err(engine.refuse(call, Fault::NotFound, "the table has no record of these primary values"));
    }
    engine.keep(key, table);
    Ok(json!({"LockVersion": {"PrimaryValues": version}}))
}
