//! Operations on several resources, and on what a user sees: files, flow associations, child hours, notifications, status.

use serde_json::{Value, json};

use super::engine::{Behaviour, Call, Engine, Outcome};
use super::instances::{nothing, record};
use super::list::page_of;
use super::refusal::Fault;

/// The operations that have code of their own here.
pub(super) const OPERATIONS: [(&str, Behaviour); 6] = [
    ("BatchGetAttachedFileMetadata", files),
    ("BatchGetFlowAssociation", flows),
    ("ListChildHoursOfOperations", child_hours),
    ("ListUserNotifications", notifications),
    ("PutUserStatus", user_status),
    ("UpdateUserNotificationStatus", notification_status),
];

/// The elements of a list of texts in the input.
fn texts<'c>(call: Call<'c>, member: &str) -> impl Iterator<Item = &'c str> {
    call.input.get(member).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// The records of files that there are, and an error for each other.
fn files(engine: &mut Engine, call: Call<'_>) -> Outcome {
    engine.check_instance(call)?;
    let Some(family) = engine.facts.family("AttachedFile") else { return nothing(engine, call) };
    let scope = engine.scope(call, family)?;
    let element = call.operation.output().and_then(|output| {
        let list = engine.model.shape(output).member("Files")?;
        engine.model.shape(list.shape()).element()
    });
    let Some(element) = element else { return nothing(engine, call) };
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for id in texts(call, "FileIds") {
        let key = engine.resolve(family, &scope, id);
        match key.as_ref().and_then(|key| engine.view_of(key)) {
            Some(view) => found.push(view.shape(element)),
            None => errors.push(json!({"FileId": id, "ErrorCode": "ResourceNotFoundException", "ErrorMessage": "there is no such file"})),
        }
    }
    Ok(json!({"Files": found, "Errors": errors}))
}

fn flows(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (_, instance) = record(engine, call, "Instance", "InstanceId")?;
    let held = instance.slots.get("Flow").cloned().unwrap_or_default();
    let kind = call.input.get("ResourceType");
    let wanted: Vec<&str> = texts(call, "ResourceIds").collect();
    let found: Vec<Value> = held
        .into_iter()
        .filter(|one| one["ResourceId"].as_str().is_some_and(|id| wanted.contains(&id)))
        .filter(|one| kind.is_none_or(|kind| one["ResourceType"] == *kind))
        .collect();
    Ok(json!({"FlowAssociationSummaryList": found}))
}

/// The hours that have these for a parent.
fn child_hours(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, parent) = record(engine, call, "HoursOfOperation", "HoursOfOperationId")?;
    let all = engine.state.store.within(key.family, &key.scope, 0);
    let children =
        all.filter(|(other, child)| **other != key && child.refers.contains(&(key.family, parent.id.clone())));
    let shown = children.map(|(_, child)| json!({"Id": child.id, "Arn": child.arn, "Name": child.members.get("Name")}));
    let shown = shown.collect();
    page_of(engine, call, "ChildHoursOfOperationsSummaryList", shown)
}

/// The member of a user that holds the states of its notifications; no shape has it.
const NOTIFICATIONS: &str = "$Notifications";

/// The notifications that have a user, or the whole instance, among their recipients.
fn notifications(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, user) = record(engine, call, "User", "UserId")?;
    let Some(family) = engine.facts.family("Notification") else { return nothing(engine, call) };
    let states = user.members.get(NOTIFICATIONS).cloned().unwrap_or_default();
    let instance = key.scope.first().cloned().unwrap_or_default();
    let all = engine.state.store.within(family, &key.scope, 0);
    let own = all.filter(|(_, notification)| {
        let recipients = notification.members.get("Recipients").and_then(Value::as_array);
        let names = |id: &str| id == user.id || id == user.arn || id.ends_with(&format!("instance/{instance}"));
        recipients.is_some_and(|recipients| recipients.iter().filter_map(Value::as_str).any(names))
    });
    let shown: Vec<Value> = own
        .map(|(_, notification)| {
            let member = |name: &str| notification.members.get(name).cloned().unwrap_or_default();
            json!({
                "NotificationId": notification.id,
                "NotificationStatus": states[&notification.id].as_str().unwrap_or("UNREAD"),
                "InstanceId": instance,
                "RecipientId": user.id,
                "Content": member("Content"),
                "Priority": member("Priority"),
                "Source": "CUSTOMER",
                "CreatedAt": notification.created,
                "ExpiresAt": member("ExpiresAt"),
            })
        })
        .collect();
    page_of(engine, call, "UserNotifications", shown)
}

fn notification_status(engine: &mut Engine, call: Call<'_>) -> Outcome {
    record(engine, call, "Notification", "NotificationId")?;
    let (key, mut user) = record(engine, call, "User", "UserId")?;
    let mut states = user.members.get(NOTIFICATIONS).and_then(Value::as_object).cloned().unwrap_or_default();
    let id = call.text("NotificationId").unwrap_or_default();
    states.insert(id.to_owned(), call.input.get("Status").cloned().unwrap_or_default());
    user.members.insert(NOTIFICATIONS.to_owned(), states.into());
    engine.keep(key, user);
    nothing(engine, call)
}

fn user_status(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut user) = record(engine, call, "User", "UserId")?;
    let status = call.text("AgentStatusId").unwrap_or_default();
    let family = engine.facts.family("AgentStatus");
    if family.and_then(|family| engine.resolve(family, &key.scope, status)).is_none() {
        return Err(engine.refuse(call, Fault::NotFound, format!("there is no AgentStatus {status}")));
    }
    let now = engine.state.clock.now();
    user.members.insert("$Status".to_owned(), json!({"AgentStatusId": status, "Since": now}));
    engine.keep(key, user);
    nothing(engine, call)
}
