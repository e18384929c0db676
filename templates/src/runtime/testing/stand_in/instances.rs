//! Settings of instances: attributes, the levels of the hierarchy, routing across regions, traffic, and replication.

use serde_json::{Map, Value, json};

use super::engine::{Behaviour, Call, Engine, Outcome};
use super::list::page_of;
use super::refusal::{Fault, Refusal};
use super::store::{Key, Record};

/// The operations on settings that have code of their own.
pub(super) const OPERATIONS: [(&str, Behaviour); 10] = [
    ("DescribeInstanceAttribute", attribute),
    ("DescribeUserHierarchyStructure", hierarchy),
    ("GetCrossRegionRouting", routing),
    ("GetTrafficDistribution", traffic),
    ("ListInstanceAttributes", attributes),
    ("ReplicateInstance", replicate),
    ("UpdateCrossRegionRouting", set_routing),
    ("UpdateInstanceAttribute", set_attribute),
    ("UpdateTrafficDistribution", set_traffic),
    ("UpdateUserHierarchyStructure", set_hierarchy),
];

/// The member of an instance that holds its attributes; no shape has it.
const ATTRIBUTES: &str = "$Attributes";
pub(super) const HIERARCHY: &str = "$Hierarchy";
const ISOLATED: &str = "$Isolated";

/// The record of the instance of a call.
fn instance(engine: &Engine, call: Call<'_>) -> Result<(Key, Record), Refusal> {
    record(engine, call, "Instance", "InstanceId")
}

/// The record of a family that a member names.
pub(super) fn record(engine: &Engine, call: Call<'_>, family: &str, member: &str) -> Result<(Key, Record), Refusal> {
    let given = call.text(member).unwrap_or_default();
    let missing = || engine.refuse(call, Fault::NotFound, format!("there is no {family} {given}"));
    let of = engine.facts.family(family).ok_or_else(missing)?;
    let scope = engine.scope(call, of)?;
    let key = engine.resolve(of, &scope, given).ok_or_else(missing)?;
    let found = engine.state.store.get(&key).cloned().ok_or_else(missing)?;
    Ok((key, found))
}

/// The answer that says nothing.
pub(super) fn nothing(engine: &Engine, call: Call<'_>) -> Outcome {
    Ok(engine.model.empty_output(call.operation))
}

fn object(record: &Record, name: &str) -> Map<String, Value> {
    record.members.get(name).and_then(Value::as_object).cloned().unwrap_or_default()
}

/// The attributes of an instance by their types. Inbound and outbound calls are also members of the instance.
fn all_attributes(engine: &Engine, call: Call<'_>, record: &Record) -> Vec<(String, Value)> {
    let set = object(record, ATTRIBUTES);
    let types = call.operation.output().and_then(|output| {
        let model = &engine.model;
        let list = model.shape(output).member("Attributes")?;
        let element = model.shape(model.shape(list.shape()).element()?);
        Some(model.shape(element.member("AttributeType")?.shape()).values().map(str::to_owned).collect::<Vec<_>>())
    });
    let types = types.unwrap_or_default();
    types.into_iter().map(|name| (name.clone(), attribute_value(record, &set, &name))).collect()
}

fn attribute_value(record: &Record, set: &Map<String, Value>, name: &str) -> Value {
    let member = match name {
        "INBOUND_CALLS" => record.members.get("InboundCallsEnabled"),
        "OUTBOUND_CALLS" => record.members.get("OutboundCallsEnabled"),
        _ => None,
    };
    let value = set.get(name).cloned().or_else(|| Some(member?.as_bool()?.to_string().into()));
    value.unwrap_or_else(|| "false".into())
}

fn attribute(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (_, record) = instance(engine, call)?;
    let name = call.text("AttributeType").unwrap_or_default();
    let value = attribute_value(&record, &object(&record, ATTRIBUTES), name);
    Ok(json!({"Attribute": {"AttributeType": name, "Value": value}}))
}

fn attributes(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (_, record) = instance(engine, call)?;
    let all = all_attributes(engine, call, &record).into_iter();
    let shown = all.map(|(name, value)| json!({"AttributeType": name, "Value": value})).collect();
    page_of(engine, call, "Attributes", shown)
}

fn set_attribute(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = instance(engine, call)?;
    let (name, value) = (call.text("AttributeType").unwrap_or_default(), call.text("Value").unwrap_or_default());
    let mut set = object(&record, ATTRIBUTES);
    set.insert(name.to_owned(), value.into());
    record.members.insert(ATTRIBUTES.to_owned(), set.into());
    let member = match name {
        "INBOUND_CALLS" => Some("InboundCallsEnabled"),
        "OUTBOUND_CALLS" => Some("OutboundCallsEnabled"),
        _ => None,
    };
    if let Some(member) = member {
        record.members.insert(member.to_owned(), (value.eq_ignore_ascii_case("true")).into());
    }
    engine.keep(key, record);
    nothing(engine, call)
}

fn hierarchy(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (_, record) = instance(engine, call)?;
    Ok(json!({"HierarchyStructure": object(&record, HIERARCHY)}))
}

/// A level that is named gets an id and an ARN, which it keeps when its name changes.
fn set_hierarchy(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = instance(engine, call)?;
    let wanted = call.input.get("HierarchyStructure").and_then(Value::as_object).cloned().unwrap_or_default();
    let before = object(&record, HIERARCHY);
    let (now, region) = (engine.state.clock.now(), engine.region.clone());
    let mut levels = Map::new();
    for (level, entry) in wanted {
        let id = match before.get(&level).and_then(|known| known["Id"].as_str()) {
            Some(id) => id.to_owned(),
            None => engine.state.mint(),
        };
        let arn = format!("{}/agent-group-level/{id}", record.arn);
        let level_now = json!({
            "Id": id, "Arn": arn, "Name": entry["Name"], "LastModifiedTime": now, "LastModifiedRegion": region,
        });
        levels.insert(level, level_now);
    }
    record.members.insert(HIERARCHY.to_owned(), levels.into());
    engine.keep(key, record);
    nothing(engine, call)
}

fn routing(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (_, record) = instance(engine, call)?;
    let isolated = record.members.get(ISOLATED) == Some(&Value::Bool(true));
    let regions = if isolated { vec![engine.region.clone()] } else { Vec::new() };
    Ok(json!({"IsolatedRegions": regions}))
}

fn set_routing(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = instance(engine, call)?;
    record.members.insert(ISOLATED.to_owned(), call.input.get("IsolatedAll").cloned().unwrap_or_default());
    engine.keep(key, record);
    nothing(engine, call)
}

fn traffic(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (_, record) = record(engine, call, "TrafficDistributionGroup", "Id")?;
    // Until it is distributed, all traffic is that of the first region.
    let whole = json!({"Distributions": [{"Region": engine.region, "Percentage": 100}]});
    let sign_in = json!({"Distributions": [{"Region": engine.region, "Enabled": true}]});
    let set = |name: &str, usual: &Value| record.members.get(name).cloned().unwrap_or_else(|| usual.clone());
    Ok(json!({
        "Id": record.id,
        "Arn": record.arn,
        "TelephonyConfig": set("TelephonyConfig", &whole),
        "AgentConfig": set("AgentConfig", &whole),
        "SignInConfig": set("SignInConfig", &sign_in),
    }))
}

fn set_traffic(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = record(engine, call, "TrafficDistributionGroup", "Id")?;
    for (name, value) in call.input.iter().filter(|(name, _)| *name != "Id") {
        record.members.insert(name.clone(), value.clone());
    }
    engine.keep(key, record);
    nothing(engine, call)
}

/// A replica has the id of its instance, in another region.
fn replicate(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (_, record) = instance(engine, call)?;
    let region = call.text("ReplicaRegion").unwrap_or_default();
    if region == engine.region {
        return Err(engine.refuse(call, Fault::Invalid, "ReplicaRegion is the region of the instance itself"));
    }
    let arn = record.arn.replacen(&format!(":{}:", engine.region), &format!(":{region}:"), 1);
    Ok(json!({"Id": record.id, "Arn": arn}))
}
