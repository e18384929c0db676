//! Lists and searches: which resources an answer shows, page by page.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::super::service::{OperationModel, ShapeId};
use super::engine::{Call, Engine, Outcome};
use super::facts::{data_members, is_label};
use super::field::is_member;
use super::paging::{Page, is_page_member};
use super::refusal::{Fault, Refusal};
use super::search::{Criteria, Reader, search_members};
use super::store::{Key, Record};
use super::view::View;

/// The parts of a list's response.
struct Answer<'a> {
    member: &'a str,
    element: ShapeId,
}

impl Engine {
    /// The resources of a family in one place.
    pub fn list(&mut self, call: Call<'_>, family: usize, list: Option<&str>) -> Outcome {
        self.check_instance(call)?;
        let scope = self.scope(call, family)?;
        let filters = self.filters(call, family);
        self.answer_list(call, family, scope, list, &|view| {
            filters.iter().all(|(name, value)| filter(view, name, value))
        })
    }

    /// The resources of a family that meet conditions.
    pub fn search(&mut self, call: Call<'_>, family: usize, list: Option<&str>) -> Outcome {
        self.check_instance(call)?;
        let scope = self.scope(call, family)?;
        let facts = Arc::clone(&self.facts);
        let of = &facts.families[family];
        let place = scope.clone();
        let with_children = |group: &str| super::groups::with_children(self, &place, group);
        let criteria = Criteria::new(call.input, &Reader { family: of, with_children: &with_children });
        self.check_fields(call, family, &criteria, list)?;
        self.answer_list(call, family, scope, list, &|view| criteria.accepts(view))
    }

    /// Refuses a condition on a field that neither a shape of the search, nor a creation, nor any resource has.
    fn check_fields(
        &self,
        call: Call<'_>,
        family: usize,
        criteria: &Criteria<'_>,
        list: Option<&str>,
    ) -> Result<(), Refusal> {
        let of = &self.facts.families[family];
        let element = list.and_then(|list| self.list_answer(call, list)).map(|answer| answer.element);
        let input = self.model.operation(&format!("Create{}", of.name)).and_then(OperationModel::input);
        for field in criteria.fields() {
            let name = field.unknown().unwrap_or_default();
            let is_known = |shape| is_member(&self.model, shape, name, &of.name, 0);
            let is_shaped = element.into_iter().chain(input).any(is_known);
            let is_held = || {
                self.state.store.of_family(family).any(|(key, record)| field.value(&self.view(key, record)).is_some())
            };
            if !is_shaped && !is_held() {
                let message = format!("the FieldName {name:?} is not a field of {}", of.name);
                return Err(self.refuse(call, Fault::Invalid, message));
            }
        }
        Ok(())
    }

    fn answer_list(
        &self,
        call: Call<'_>,
        family: usize,
        scope: Vec<String>,
        list: Option<&str>,
        accepts: &dyn Fn(&View<'_>) -> bool,
    ) -> Outcome {
        let Some(answer) = list.and_then(|list| self.list_answer(call, list)) else {
            return Ok(self.model.empty_output(call.operation));
        };
        let page = Page::of(self, call)?;
        let counted = call.operation.output().and_then(|output| {
            let shape = self.model.shape(output);
            ["ApproximateTotalCount", "TotalCount"].into_iter().find(|name| shape.member(name).is_some())
        });
        let (mut elements, mut total, mut next) = (Vec::new(), 0u64, None);
        let now = self.state.clock.now();
        let mut visit = |key: &Key, record: &Record| {
            let view = self.view_at(key, record, now);
            if !accepts(&view) {
                return true;
            }
            total += 1;
            if key.number > page.after {
                if elements.len() == page.size {
                    next = next.or_else(|| elements.last().map(|(number, _)| *number));
                    return counted.is_some();
                }
                elements.push((key.number, self.element_of(&view, answer.element)));
            }
            true
        };
        // What is behind the page counts only where the answer says how many there are.
        let after = if counted.is_some() { 0 } else { page.after };
        let place = self.facts.families[family].labels.len().saturating_sub(1);
        if scope.len() == place {
            let _ = self.state.store.within(family, &scope, after).all(|(key, record)| visit(key, record));
        } else {
            let mut everywhere = self.state.store.of_family(family).filter(|(key, _)| key.scope.starts_with(&scope));
            let _ = everywhere.all(|(key, record)| visit(key, record));
        }
        let mut output = self.model.empty_output(call.operation);
        if let Value::Object(members) = &mut output {
            members.insert(answer.member.to_owned(), elements.into_iter().map(|(_, element)| element).collect());
            page.put_next(self, call, next, members);
            members.extend(counted.map(|name| (name.to_owned(), total.into())));
        }
        Ok(output)
    }

    fn list_answer<'a>(&self, call: Call<'_>, member: &'a str) -> Option<Answer<'a>> {
        let shape = self.model.shape(call.operation.output()?).member(member)?.shape();
        Some(Answer { member, element: self.model.shape(shape).element()? })
    }

    /// A resource as an element of a list: a structure, or its id.
    fn element_of(&self, view: &View<'_>, element: ShapeId) -> Value {
        if self.model.shape(element).members().is_empty() {
            return view.get("Name").map_or_else(|| view.record.id.as_str().into(), std::borrow::Cow::into_owned);
        }
        view.shape(element)
    }

    /// The members of a list's input that say what is shown. A label does where the resources have no place of that name, as
    /// phone numbers have none in an instance.
    fn filters<'c>(&self, call: Call<'c>, family: usize) -> Vec<(&'c str, &'c Value)> {
        let known: Vec<&str> = data_members(&self.model, call.operation).collect();
        let places = &self.facts.families[family].labels;
        let says =
            |name: &String| known.contains(&name.as_str()) || is_label(call.operation, name) && !places.contains(name);
        let chosen = call.input.iter().filter(|(name, _)| says(name));
        let chosen = chosen.filter(|(name, _)| !is_page_member(call, name) && !search_members(name));
        chosen.map(|(name, value)| (name.as_str(), value)).collect()
    }
}

/// Whether a resource has what a member of a list's input says: `QueueTypes` is a list of values of `QueueType`. A member that
/// the resource does not have says nothing.
fn filter(view: &View<'_>, name: &str, wanted: &Value) -> bool {
    if let (Some(start), Some(member)) =
        (wanted.as_str(), name.strip_suffix("StartsWith").or(name.strip_suffix("Prefix")))
    {
        let value = view.get(member);
        return value.as_deref().and_then(Value::as_str).is_none_or(|value| value.starts_with(start));
    }
    let value = view.get(name).or_else(|| view.get(name.strip_suffix('s')?));
    let Some(value) = value else { return true };
    match wanted {
        Value::Array(wanted) => wanted.is_empty() || wanted.contains(&value),
        Value::String(wanted) if value.is_string() => {
            // References are given as ids or as ARNs.
            let held = value.as_str().unwrap_or_default();
            held == wanted || wanted.ends_with(&format!("/{held}")) || held.ends_with(&format!("/{wanted}"))
        }
        wanted => *value == *wanted,
    }
}

/// Elements of a list that is not one of records, in pages.
pub(super) fn page_of(engine: &Engine, call: Call<'_>, member: &str, elements: Vec<Value>) -> Outcome {
    let page = Page::of(engine, call)?;
    let mut output = match engine.model.empty_output(call.operation) {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    let from = usize::try_from(page.after).unwrap_or(usize::MAX).min(elements.len());
    let end = from.saturating_add(page.size).min(elements.len());
    let next = (end < elements.len()).then_some(end as u64);
    let total = elements.len();
    let elements: Vec<Value> = elements.into_iter().skip(from).take(end - from).collect();
    output.insert(member.to_owned(), elements.into());
    page.put_next(engine, call, next, &mut output);
    for name in ["ApproximateTotalCount", "TotalCount"] {
        let shape = call.operation.output().map(|output| engine.model.shape(output));
        if shape.is_some_and(|shape| shape.member(name).is_some()) {
            output.insert(name.to_owned(), total.into());
        }
    }
    Ok(Value::Object(output))
}
