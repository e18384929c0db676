//! Resources that are kept: records by family and place, with their ids, ARNs and unique names as indices.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

/// The key of a record: its family, the ids of what it belongs to, and its number among all that were made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    pub family: usize,
    pub scope: Vec<String>,
    pub number: u64,
}

/// One resource.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    pub id: String,
    pub arn: String,
    /// The members by their canonical names.
    pub members: Map<String, Value>,
    /// The lists that belong to the resource.
    pub slots: BTreeMap<String, Vec<Value>>,
    pub created: f64,
    pub modified: f64,
    /// The resources that this one refers to: family and id.
    pub refers: Vec<(usize, String)>,
    /// The text of the family's first unique member, in lower case. A search by it looks at every record of an instance, and at no
    /// more of each: members lie scattered in memory.
    pub folded: Option<Box<str>>,
}

/// All records.
#[derive(Debug, Clone, Default)]
pub(super) struct Store {
    rows: BTreeMap<Key, Record>,
    ids: HashMap<(usize, Vec<String>, String), u64>,
    names: HashMap<(usize, Vec<String>, String, String), u64>,
    arns: HashMap<String, Key>,
    last: u64,
}

impl Store {
    /// The number of records.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn get(&self, key: &Key) -> Option<&Record> {
        self.rows.get(key)
    }

    /// The record of an id.
    pub fn by_id(&self, family: usize, scope: &[String], id: &str) -> Option<Key> {
        let number = *self.ids.get(&(family, scope.to_vec(), id.to_owned()))?;
        Some(Key { family, scope: scope.to_vec(), number })
    }

    /// The record of an ARN.
    pub fn by_arn(&self, arn: &str) -> Option<&Key> {
        self.arns.get(arn)
    }

    /// The record that has a value in a unique member.
    pub fn by_name(&self, family: usize, scope: &[String], member: &str, value: &str) -> Option<Key> {
        let number = *self.names.get(&(family, scope.to_vec(), member.to_owned(), value.to_owned()))?;
        Some(Key { family, scope: scope.to_vec(), number })
    }

    /// Keeps a record, in the place of the one that its key has.
    pub fn put(&mut self, key: Key, mut record: Record, unique: &[String]) {
        self.remove(&key, unique);
        let name = unique.first().and_then(|member| record.members.get(member)?.as_str());
        record.folded = name.map(|name| name.to_lowercase().into());
        self.ids.insert((key.family, key.scope.clone(), record.id.clone()), key.number);
        if !record.arn.is_empty() {
            self.arns.insert(record.arn.clone(), key.clone());
        }
        for member in unique {
            if let Some(value) = record.members.get(member).and_then(Value::as_str) {
                let name = (key.family, key.scope.clone(), member.clone(), value.to_owned());
                self.names.insert(name, key.number);
            }
        }
        self.last = self.last.max(key.number);
        self.rows.insert(key, record);
    }

    /// The key of a record that is about to be kept.
    pub fn next_key(&self, family: usize, scope: Vec<String>) -> Key {
        Key { family, scope, number: self.last + 1 }
    }

    pub fn remove(&mut self, key: &Key, unique: &[String]) -> Option<Record> {
        let record = self.rows.remove(key)?;
        self.ids.remove(&(key.family, key.scope.clone(), record.id.clone()));
        self.arns.remove(&record.arn);
        for member in unique {
            if let Some(value) = record.members.get(member).and_then(Value::as_str) {
                self.names.remove(&(key.family, key.scope.clone(), member.clone(), value.to_owned()));
            }
        }
        Some(record)
    }

    /// The records of a family in one place, behind a number, in the order of their making.
    pub fn within<'a>(
        &'a self,
        family: usize,
        scope: &[String],
        after: u64,
    ) -> impl Iterator<Item = (&'a Key, &'a Record)> {
        let from = Key { family, scope: scope.to_vec(), number: after.saturating_add(1) };
        let to = Key { family, scope: scope.to_vec(), number: u64::MAX };
        self.rows.range(from..=to)
    }

    /// The records of a family in all places.
    pub fn of_family(&self, family: usize) -> impl Iterator<Item = (&Key, &Record)> {
        let from = Key { family, scope: Vec::new(), number: 0 };
        self.rows.range(from..).take_while(move |(key, _)| key.family == family)
    }

    pub fn all(&self) -> impl Iterator<Item = (&Key, &Record)> {
        self.rows.iter()
    }

    /// The records as JSON, families by name.
    pub fn to_json(&self, family: &dyn Fn(usize) -> String) -> Value {
        let rows = self.rows.iter().map(|(key, record)| {
            json!({
                "family": family(key.family),
                "scope": key.scope,
                "number": key.number,
                "id": record.id,
                "arn": record.arn,
                "members": record.members,
                "slots": record.slots,
                "created": record.created,
                "modified": record.modified,
                "refers": record.refers.iter().map(|(of, id)| json!([family(*of), id])).collect::<Vec<_>>(),
            })
        });
        Value::Array(rows.collect())
    }

    /// Reads what [`to_json`](Self::to_json) wrote. Records of families that there are no more are left out.
    ///
    /// # Errors
    /// The first record that is none.
    pub fn from_json(
        rows: &Value,
        family: &dyn Fn(&str) -> Option<usize>,
        unique: &dyn Fn(usize) -> Vec<String>,
    ) -> Result<Self, String> {
        let mut store = Self::default();
        let rows = rows.as_array().ok_or("records: expected a list")?;
        for (index, row) in rows.iter().enumerate() {
            let Some(of) = row["family"].as_str().and_then(family) else { continue };
            let read = read_record(row, of, family);
            let (key, record) = read.ok_or_else(|| format!("records[{index}]: not a record"))?;
            store.put(key, record, &unique(of));
        }
        Ok(store)
    }
}

fn read_record(row: &Value, of: usize, family: &dyn Fn(&str) -> Option<usize>) -> Option<(Key, Record)> {
    let scope = row["scope"].as_array()?.iter().map(|id| id.as_str().map(str::to_owned)).collect::<Option<_>>()?;
    let mut slots = BTreeMap::new();
    for (name, elements) in row["slots"].as_object()? {
        slots.insert(name.clone(), elements.as_array()?.clone());
    }
    let refers = row["refers"].as_array()?.iter();
    let record = Record {
        id: row["id"].as_str()?.to_owned(),
        arn: row["arn"].as_str()?.to_owned(),
        members: row["members"].as_object()?.clone(),
        slots,
        created: row["created"].as_f64()?,
        modified: row["modified"].as_f64()?,
        refers: refers.filter_map(|pair| Some((family(pair[0].as_str()?)?, pair[1].as_str()?.to_owned()))).collect(),
        folded: None,
    };
    Some((Key { family: of, scope, number: row["number"].as_u64()? }, record))
}
