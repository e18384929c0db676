//! Notes on a generation: what a model says that is left out of the crate, though nothing is wrong with it.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::json::Path;
use crate::model::{Member, ServiceModel};
use crate::planned::{Crate, Planned};
use crate::sources::{MODEL, PAGINATORS, WAITERS};

/// A note for each thing that is left out of the services, at its place.
pub(crate) fn notes(planned: &Crate<'_>) -> Vec<Diagnostic> {
    planned.services.iter().flat_map(of_service).collect()
}

fn of_service(planned: &Planned) -> Vec<Diagnostic> {
    let service = &planned.service;
    let emitted: BTreeSet<&str> = service.operations.iter().map(|operation| &*operation.name).collect();
    let unpaged = service.unpaged.iter().filter(|(operation, _)| emitted.contains(&***operation));
    let mut notes: Vec<Diagnostic> = unpaged
        .map(|(operation, reason)| {
            let message = format!("the operation gets no paginator: {reason}");
            Diagnostic::new(format!("{}/{PAGINATORS}", service.folder), format!("pagination.{operation}"), message)
        })
        .collect();
    let unwaited = service.unwaited.iter().filter(|(_, left_out)| emitted.contains(&*left_out.operation));
    notes.extend(unwaited.map(|(name, left_out)| {
        let place = format!("waiters.{name}.{}", left_out.place);
        let message = format!("the waiter is left out: {}", left_out.reason);
        Diagnostic::new(format!("{}/{WAITERS}", service.folder), place, message)
    }));
    let file = format!("{}/{MODEL}", service.folder);
    for operation in &service.streamed {
        let message = "the operation is left out: its request is a stream of events, which HTTP/1.1 cannot send while the \
                       response comes";
        notes.push(Diagnostic::new(&file, format!("operations.{operation}"), message));
    }
    let reached = ReachedShapes::of(&planned.model, &emitted);
    for (name, shape) in planned.model.shapes.iter().filter(|(name, _)| reached.holds(name)) {
        let at = Path::Root.key("shapes");
        let at = at.key(name);
        let mut note = |place: Path<'_>, message: &str| {
            notes.push(Diagnostic::new(&file, place.to_string(), format!("{message}, as in botocore")));
        };
        if shape.payload.is_some() && !reached.tops.contains(name.as_str()) {
            note(at.key("payload"), "a shape that others hold has no payload: the member is a key of the body");
        }
        for (member_name, member) in &shape.members {
            let members = at.key("members");
            let at = members.key(member_name);
            if let Some(message) = reached.unbound(name, member) {
                note(at.key("location"), message);
            }
            if member.idempotency_token
                && reached.requests.contains(name.as_str())
                && !reached.inputs.contains(name.as_str())
            {
                note(at.key("idempotencyToken"), "no token is made up for a member of a shape that an input holds");
            }
        }
    }
    notes
}

/// The shapes that the emitted operations reach, by what they are there.
#[derive(Default)]
struct ReachedShapes<'a> {
    inputs: BTreeSet<&'a str>,
    responses: BTreeSet<&'a str>,
    /// Inputs and responses.
    tops: BTreeSet<&'a str>,
    /// Inputs, and all that they hold.
    requests: BTreeSet<&'a str>,
    /// Responses, and all that they hold.
    replies: BTreeSet<&'a str>,
}

impl<'a> ReachedShapes<'a> {
    fn of(model: &'a ServiceModel, emitted: &BTreeSet<&str>) -> Self {
        let mut reached = Self::default();
        for (_, operation) in model.operations.iter().filter(|(name, _)| emitted.contains(name.as_str())) {
            reached.inputs.extend(operation.input.iter().map(|input| input.shape.as_str()));
            reached.responses.extend(operation.output.iter().map(|output| output.shape.as_str()));
            reached.responses.extend(operation.errors.iter().map(|error| error.shape.as_str()));
        }
        reached.tops = reached.inputs.union(&reached.responses).copied().collect();
        reached.requests = model.reached(reached.inputs.iter().copied());
        reached.replies = model.reached(reached.responses.iter().copied());
        reached
    }

    fn holds(&self, shape: &str) -> bool {
        self.requests.contains(shape) || self.replies.contains(shape)
    }

    /// Why a member is not bound where the model binds it.
    fn unbound(&self, shape: &str, member: &Member) -> Option<&'static str> {
        let location = member.location.as_deref()?;
        let (input, response) = (self.inputs.contains(shape), self.responses.contains(shape));
        match location {
            _ if !input && !response => Some("a shape that others hold is not bound: the member is a key of the body"),
            "statusCode" if !response => Some("a request has no status: the member is a key of the body"),
            "uri" | "querystring" if !input => Some("a response has no URI: the member is a key of the body"),
            _ => None,
        }
    }
}
