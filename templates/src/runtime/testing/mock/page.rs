//! Pages of one list, by the tokens and the limit of their operation.

use serde_json::{Map, Value};

use super::fault::Fault;
use super::question::{Question, Reply};
use crate::runtime::testing::service::{Kind, Paging, ServiceModel, ShapeId};

/// The prefix of a mock's tokens; the place of the page's first item follows.
const TOKEN: &str = "mock-page-";

/// A list that is answered page by page.
pub(super) struct Pages {
    items: Vec<Value>,
    size: usize,
}

impl Pages {
    pub(super) fn new(items: Vec<Value>, size: usize) -> Self {
        // A page without items would have the same token for ever.
        Self { items, size: size.max(1) }
    }

    /// The page that a call asks for.
    pub(super) fn answer(&self, question: &Question) -> Reply {
        let Question { model, operation, input } = question;
        let (Some(paging), Some(output)) = (operation.paging(), operation.output()) else {
            return Reply::Wrong(format!("{} does not answer in pages", operation.name()));
        };
        let Some(path) = paging.items.first() else {
            return Reply::Wrong(format!("the model does not say which member of {} has the items", operation.name()));
        };
        let Some(start) = self.start(paging, input) else {
            return Reply::Fault(Fault::code(model.refusal(operation), "the token is not one that the mock gave"));
        };
        let asked = paging.limit.as_ref().and_then(|limit| input.get(&**limit)?.as_u64());
        let size = asked.map_or(self.size, |asked| self.size.min(usize::try_from(asked).unwrap_or(self.size)).max(1));
        let end = (start + size).min(self.items.len());
        let items = &self.items[start..end];
        let mut page = model.empty_output(operation);
        let items = if is_map(model, output, path) { entries(items) } else { Value::Array(items.to_vec()) };
        put(&mut page, path, items);
        if end < self.items.len() {
            put(&mut page, &paging.next, format!("{TOKEN}{end}").into());
        }
        Reply::Output(page)
    }

    /// The place of the first item; `None` for a token that is none.
    fn start(&self, paging: &Paging, input: &Value) -> Option<usize> {
        match input.get(&*paging.token).and_then(Value::as_str) {
            None | Some("") => Some(0),
            Some(token) => token.strip_prefix(TOKEN)?.parse().ok().filter(|start| *start < self.items.len()),
        }
    }
}

/// Whether a path through members of structures leads to a map.
fn is_map(model: &ServiceModel, output: ShapeId, path: &str) -> bool {
    let end = path.split('.').try_fold(output, |id, name| model.shape(id).member(name).map(|member| member.shape()));
    end.is_some_and(|id| model.shape(id).kind() == Kind::Map)
}

/// Pairs of a key and a value as an object.
fn entries(pairs: &[Value]) -> Value {
    let entry = |pair: &Value| Some((pair.get(0)?.as_str()?.to_owned(), pair.get(1)?.clone()));
    Value::Object(pairs.iter().filter_map(entry).collect())
}

/// Sets the member at the end of a path, and makes the structures on the way.
fn put(to: &mut Value, path: &str, value: Value) {
    let mut at = to;
    for name in path.split('.') {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        let Value::Object(members) = at else { return };
        at = members.entry(name).or_insert(Value::Null);
    }
    *at = value;
}
