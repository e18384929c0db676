//! Fields of resources by the names that searches have for them: `name`, `resourceId`, `Username`, `FirstName`.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::super::service::{ServiceModel, ShapeId};
use super::facts::Family;
use super::view::View;

/// The fields that searches have under names of their own: the family, the name, and the member, or the list of the resource and
/// the member of its elements.
const NAMED: [(&str, &str, &[&str]); 4] = [
    ("User", "SecurityProfileId", &["SecurityProfileIds"]),
    ("RoutingProfile", "associatedQueueIds", &["Queue", "QueueId"]),
    ("UserHierarchyGroup", "parentId", &["ParentGroupId"]),
    ("PredefinedAttribute", "value", &["Values", "StringList"]),
];

/// A field, looked up in many records of one family.
pub(super) enum Field<'c> {
    Id,
    Arn,
    /// A member within members, or of the elements of a list that belongs to the resource.
    Path(&'static [&'static str]),
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
        let named = NAMED.iter().find(|(of, known, _)| *of == family.name && is(known));
        if let Some((_, _, path)) = named {
            return Some(Self::Path(path));
        }
        let mut member = name.to_owned();
        if let Some(first) = member.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let kept = View::kept(family, &member).map(Cow::into_owned);
        let is_name = kept.is_some() && kept.as_ref() == family.unique.first();
        Some(Self::Named { name, member, kept, is_name })
    }

    /// The name of the field, where only shapes and resources tell whether there is such a field.
    pub fn unknown(&self) -> Option<&'c str> {
        match self {
            Self::Named { name, .. } => Some(name),
            _ => None,
        }
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
            Self::Path(path) => at(view, path),
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

/// The value at a path of members, or those of a list's elements.
fn at<'a>(view: &View<'a>, path: &[&str]) -> Option<Cow<'a, Value>> {
    if let [slot, member] = path {
        if let Some(elements) = view.record.slots.get(*slot) {
            return Some(Cow::Owned(elements.iter().filter_map(|element| element.get(member)).cloned().collect()));
        }
    }
    let (first, rest) = path.split_first()?;
    let found = view.record.members.get(*first)?;
    rest.iter().try_fold(found, |value, name| value.get(name)).map(Cow::Borrowed)
}

/// Whether a member has a name, in any case, with or without the family's name before it.
fn is_named(member: &str, wanted: &str, family: &str) -> bool {
    let short = |name: &str| {
        let is_prefixed = name.get(..family.len()).is_some_and(|start| start.eq_ignore_ascii_case(family));
        if is_prefixed { name[family.len()..].to_ascii_lowercase() } else { name.to_ascii_lowercase() }
    };
    member.eq_ignore_ascii_case(wanted) || (!short(wanted).is_empty() && short(member) == short(wanted))
}

/// Whether a shape, or one within it, has a member of a name.
pub(super) fn is_member(model: &ServiceModel, shape: ShapeId, wanted: &str, family: &str, depth: usize) -> bool {
    let shape = model.shape(shape);
    shape.members().iter().any(|member| is_named(member.name(), wanted, family))
        || depth < 3 && {
            let inner = shape.members().iter().map(|member| member.shape()).chain(shape.element());
            inner.into_iter().any(|inner| is_member(model, inner, wanted, family, depth + 1))
        }
}

/// A member by its name in any case, with or without the family's name before it, up to two structures deep.
fn find<'a>(members: &'a Map<String, Value>, wanted: &str, family: &str, depth: usize) -> Option<&'a Value> {
    let own = members.iter().find(|(name, _)| is_named(name, wanted, family));
    own.map(|(_, value)| value).or_else(|| {
        let inner = members.values().filter_map(Value::as_object).filter(|_| depth < 2);
        inner.filter_map(|members| find(members, wanted, family, depth + 1)).next()
    })
}
