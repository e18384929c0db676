//! Streams of events: what an event is, and where its members stand in the message that it comes in.

use std::collections::{BTreeMap, BTreeSet};

use super::checker::{Checker, SHAPES};
use crate::json::Path;
use crate::model::{Shape, ShapeType};
use crate::resolve::usage::Usage;

impl Checker<'_> {
    /// Checks the streams that operations reach, and their events.
    pub(super) fn check_events(&mut self, usage: &BTreeMap<String, Usage>) {
        let reached = || self.model.shapes.iter().filter(|(name, _)| usage.contains_key(*name));
        let mut events: BTreeSet<&str> = BTreeSet::new();
        for (name, stream) in reached().filter(|(_, shape)| shape.eventstream) {
            for (member_name, member) in &stream.members {
                let event = self.shape(&member.shape);
                if event.kind != ShapeType::Structure || event.union || event.document {
                    let at = SHAPES.key(name);
                    let members = at.key("members");
                    self.problem(
                        members.key(member_name),
                        format!("{} is not a structure, as an event has to be", member.shape),
                    );
                }
                events.insert(&member.shape);
            }
        }
        let held: BTreeSet<&str> = reached()
            .filter(|(_, shape)| !shape.eventstream)
            .flat_map(|(_, shape)| shape.references().map(|(_, target)| target))
            .collect();
        for (name, shape) in reached().filter(|(_, shape)| shape.has_event_bindings()) {
            let at = SHAPES.key(name);
            if !events.contains(name.as_str()) || shape.exception {
                self.problem(at, "`eventheader` and `eventpayload` are for the members of an event");
            } else if held.contains(name.as_str()) {
                self.problem(at, "an event with bindings that another shape holds is not supported");
            }
            self.check_event_members(at, shape);
        }
    }

    fn check_event_members(&mut self, at: Path<'_>, shape: &Shape) {
        use ShapeType::{Boolean, Byte, Integer, Long, Short, String, Timestamp};
        let members = at.key("members");
        let payload = shape.members.iter().find(|(_, member)| member.event_payload).map(|(name, _)| name);
        for (name, member) in &shape.members {
            let target = self.shape(&member.shape);
            let at = members.key(name);
            if member.event_header
                && !matches!(target.kind, Boolean | Byte | Short | Integer | Long | String | Timestamp)
            {
                self.problem(at.key("eventheader"), format!("a {} is not supported here", target.kind.name()));
            }
            if payload.is_some_and(|payload| payload != name) && !member.event_header {
                self.problem(at, "another member is the whole payload of the event: this is not sent");
            }
        }
    }
}
