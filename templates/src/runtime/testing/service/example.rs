//! Examples: valid values of a shape, with no more than the model requires or with everything.

use serde_json::{Map, Value};

use super::model::{Kind, OperationModel, ServiceModel, ShapeId, ShapeModel};
use crate::runtime::shape::blob;
use crate::runtime::shape::member::Location;

/// The extent of an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// The required members only.
    Required,
    /// Every member, but for those in which a shape would contain itself once more.
    Everything,
}

/// The number of shapes that may contain one another before members that are not required are left out.
const DEEPEST: usize = 12;

/// The number of texts that are tried before one that the pattern does not match is used.
const TRIES: usize = 50;

impl ServiceModel {
    /// A valid output that holds what the model requires: the empty answer of an operation.
    #[must_use]
    pub fn empty_output(&self, operation: &OperationModel) -> Value {
        self.example(operation.output, Fill::Required, &mut |_| 0)
    }

    /// A valid value of a shape. `choose` makes every choice: of as many as it is told, one.
    pub fn example(&self, id: Option<ShapeId>, fill: Fill, choose: &mut dyn FnMut(usize) -> usize) -> Value {
        let mut example = Example { model: self, fill, choose, within: Vec::new(), fewest: 0 };
        id.map_or(Value::Object(Map::new()), |id| example.value(id))
    }
}

struct Example<'m, 'c> {
    model: &'m ServiceModel,
    fill: Fill,
    choose: &'c mut dyn FnMut(usize) -> usize,
    /// The shapes that contain the value.
    within: Vec<ShapeId>,
    /// The fewest elements of a list or a map here: outside of a body, none are the same as no list.
    fewest: usize,
}

impl Example<'_, '_> {
    fn choose(&mut self, of: usize) -> usize {
        (self.choose)(of.max(1)) % of.max(1)
    }

    fn value(&mut self, id: ShapeId) -> Value {
        let model = self.model;
        let shape = model.shape(id);
        self.within.push(id);
        let value = match shape.kind {
            Kind::Structure | Kind::Exception => self.structure(shape),
            Kind::Union => self.union(shape),
            Kind::Document => Value::Object(Map::from_iter([("key".to_owned(), Value::from("value"))])),
            Kind::List => self.list(shape),
            Kind::Map => self.map(shape),
            Kind::String => self.string(shape).into(),
            Kind::Blob => {
                let length = self.length(shape, 4);
                blob::encode((0..length).map(|_| self.choose(256) as u8).collect::<Vec<u8>>()).into()
            }
            Kind::Boolean => (self.choose(2) == 1).into(),
            Kind::Byte | Kind::Short | Kind::Integer | Kind::Long => {
                let min = shape.min.unwrap_or(0.0);
                let most = shape.max.unwrap_or(min + 100.0).min(min + 100.0);
                (min as i64 + self.choose((most - min) as usize + 1) as i64).into()
            }
            Kind::Float | Kind::Double => {
                let min = shape.min.unwrap_or(0.0);
                let most = shape.max.unwrap_or(min + 10.0).min(min + 10.0);
                // Halves have the same value in every float.
                (min + self.choose(((most - min) * 2.0) as usize + 1) as f64 / 2.0).into()
            }
            Kind::Timestamp => (1_700_000_000 + self.choose(100_000_000) as i64).into(),
        };
        self.within.pop();
        value
    }

    /// Whether a member that is not required is left out.
    fn leaves_out(&self, id: ShapeId) -> bool {
        self.fill == Fill::Required || self.within.len() > DEEPEST || self.contains_itself(id)
    }

    /// Whether a value of the shape would stand inside of another of it.
    fn contains_itself(&self, id: ShapeId) -> bool {
        let mut next = Some(id);
        while let Some(id) = next {
            if self.within.contains(&id) {
                return true;
            }
            next = self.model.shape(id).element;
        }
        false
    }

    fn structure(&mut self, shape: &ShapeModel) -> Value {
        let mut members = Map::new();
        for member in &shape.members {
            if member.location == Location::Status {
                members.insert(member.name.to_string(), 200.into());
            } else if member.required || !self.leaves_out(member.shape) {
                self.fewest = usize::from(member.location != Location::Body);
                let value = if member.json {
                    Value::Object(Map::from_iter([("key".to_owned(), Value::from("value"))]))
                } else {
                    self.value(member.shape)
                };
                members.insert(member.name.to_string(), value);
            }
        }
        Value::Object(members)
    }

    fn union(&mut self, shape: &ShapeModel) -> Value {
        let ends: Vec<_> = shape.members.iter().filter(|member| !self.contains_itself(member.shape)).collect();
        let members: Vec<_> = if ends.is_empty() { shape.members.iter().collect() } else { ends };
        let mut found = Map::new();
        if !members.is_empty() {
            let member = members[self.choose(members.len())];
            found.insert(member.name.to_string(), self.value(member.shape));
        }
        Value::Object(found)
    }

    fn list(&mut self, shape: &ShapeModel) -> Value {
        let Some(element) = shape.element else { return Value::Array(Vec::new()) };
        let length = self.count(shape, element);
        (0..length).map(|_| self.value(element)).collect()
    }

    fn map(&mut self, shape: &ShapeModel) -> Value {
        let (Some(key), Some(element)) = (shape.key, shape.element) else { return Value::Object(Map::new()) };
        let length = self.count(shape, element);
        let mut entries = Map::new();
        for _ in 0..length {
            let key = self.string(self.model.shape(key));
            let value = self.value(element);
            entries.insert(key, value);
        }
        Value::Object(entries)
    }

    /// The number of elements that a list or a map has.
    fn count(&mut self, shape: &ShapeModel, element: ShapeId) -> usize {
        let least = (shape.min.unwrap_or(0.0) as usize).max(std::mem::take(&mut self.fewest));
        if self.leaves_out(element) { least } else { self.length(shape, 2).max(1) }
    }

    /// A length: at most so many more than the least.
    fn length(&mut self, shape: &ShapeModel, more: usize) -> usize {
        let least = shape.min.unwrap_or(0.0).max(0.0) as usize;
        let most = shape.max.map_or(least + more, |max| (max as usize).min(least + more));
        least + self.choose(most.saturating_sub(least) + 1)
    }

    fn string(&mut self, shape: &ShapeModel) -> String {
        if !shape.values.is_empty() {
            let chosen = self.choose(shape.values.len());
            return shape.values[chosen].to_string();
        }
        let Some(pattern) = shape.compiled() else { return self.letters(shape) };
        let fits = |text: &str| {
            let length = text.chars().count() as f64;
            shape.min.is_none_or(|min| length >= min)
                && shape.max.is_none_or(|max| length <= max)
                && pattern.is_match(text)
        };
        let letters = self.letters(shape);
        if fits(&letters) {
            return letters;
        }
        for attempt in 0..TRIES {
            // Where every choice is the first, another one is made the next time.
            let choose = &mut *self.choose;
            let text = pattern.sample(&mut |of| (choose(of.max(1)) + attempt / 2) % of.max(1));
            if fits(&text) {
                return text;
            }
        }
        letters
    }

    fn letters(&mut self, shape: &ShapeModel) -> String {
        let length = self.length(shape, 8).max(usize::from(shape.max.is_none_or(|max| max >= 1.0)));
        (0..length).map(|_| char::from(b'a' + self.choose(26) as u8)).collect()
    }
}
