//! Fields of resources by the names that searches have for them: `name`, `resourceId`, `Username`, `FirstName`.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::facts::Family;
use super::view::View;

/// A field, looked up in many records of one family.
pub(super) enum Field<'c> {
    Id,
    Arn,
    Named {
        /// The name that the search has for it.
        name: &'c str,
        /// The member of that name.
        member: String,
        /// The name under which records keep the member, where its value is what they keep.
        kept: Option<String>,
        /// Whether that is the family's first unique member.
        is_name: bool,
    },
}

impl<'c> Field<'c> {
    /// The field that a condition names.
    pub fn of(condition: &'c Map<String, Value>, family: &Family) -> Option<Self> {
        let name = condition.get("FieldName")?.as_str()?;
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is("id") || is("resourceid") {
            return Some(Self::Id);
        }
        if is("arn") || is("resourcearn") {
            return Some(Self::Arn);
        }
        let mut member = name.to_owned();
        if let Some(first) = member.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let kept = View::kept(family, &member).map(Cow::into_owned);
        let is_name = kept.is_some() && kept.as_ref() == family.unique.first();
        Some(Self::Named { name, member, kept, is_name })
    }

    /// The text of the first unique member in lower case, where that is the field.
    pub fn folded<'a>(&self, view: &View<'a>) -> Option<&'a str> {
        match self {
            Self::Named { is_name: true, .. } => view.record.folded.as_deref(),
            _ => None,
        }
    }

    /// The value of the field. Nothing is copied that a record keeps.
    pub fn value<'a>(&self, view: &View<'a>) -> Option<Cow<'a, Value>> {
        match self {
            Self::Id => Some(Cow::Owned(view.record.id.as_str().into())),
            Self::Arn => Some(Cow::Owned(view.record.arn.as_str().into())),
            Self::Named { name, member, kept, .. } => {
                if let Some(value) = kept.as_ref().and_then(|kept| view.record.members.get(kept)) {
                    return Some(Cow::Borrowed(value));
                }
                let found = || find(&view.record.members, name, &view.family.name, 0).map(Cow::Borrowed);
                view.get(member).or_else(found)
            }
        }
    }
}

/// A member by its name in any case, with or without the family's name before it, up to two structures deep.
fn find<'a>(members: &'a Map<String, Value>, wanted: &str, family: &str, depth: usize) -> Option<&'a Value> {
    let is_prefixed = wanted.get(..family.len()).is_some_and(|start| start.eq_ignore_ascii_case(family));
    let short = if is_prefixed { &wanted[family.len()..] } else { wanted };
    let own = members
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(wanted) || (!short.is_empty() && name.eq_ignore_ascii_case(short)));
    own.map(|(_, value)| value).or_else(|| {
        let inner = members.values().filter_map(Value::as_object).filter(|_| depth < 2);
        inner.filter_map(|members| find(members, wanted, family, depth + 1)).next()
    })
}
