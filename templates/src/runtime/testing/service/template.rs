//! URI templates (Smithy trait `http`): which of them a path matches, and the labels in it.

use std::borrow::Cow;
use std::collections::HashMap;

use super::percent::{Text, decoded};

/// The URI templates of a service, by method and first segment.
#[derive(Debug, Default)]
pub(super) struct Routes {
    /// The templates, by the operation's place.
    templates: Vec<Template>,
    /// The places of the operations whose templates may match, the more exact before the less. A first segment that is a
    /// label has no name.
    places: HashMap<(Text, Text), Vec<usize>>,
}

#[derive(Debug, Clone, Default)]
struct Template {
    segments: Vec<Segment>,
    /// The constant parameters of the query string: name, and value where it has one.
    constants: Vec<(String, Option<String>)>,
}

/// A part of a path between slashes. The order is that in which templates are tried.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Static(Text),
    Label(Text),
    /// A label that takes this segment and all after it, but for as many as the rest of the template needs.
    Greedy(Text),
}

impl Segment {
    /// The order of two templates that match: text before a label, and that before a greedy one.
    fn rank(&self) -> u8 {
        match self {
            Self::Static(_) => 0,
            Self::Label(_) => 1,
            Self::Greedy(_) => 2,
        }
    }
}

impl Routes {
    /// The routes of operations: the method, the URI template, and whether the query may come as the form of a `POST`.
    pub(super) fn new<'o>(operations: impl Iterator<Item = (&'o Text, &'o Text, bool)> + Clone) -> Self {
        let templates: Vec<Template> = operations.clone().map(|(_, uri, _)| Template::new(uri)).collect();
        let mut places: HashMap<(Text, Text), Vec<usize>> = HashMap::new();
        for (place, ((method, _, form), template)) in operations.zip(&templates).enumerate() {
            let first = match template.segments.first() {
                Some(Segment::Static(text)) => text.clone(),
                _ => Text::default(),
            };
            places.entry((method.clone(), first.clone())).or_default().push(place);
            if form {
                places.entry((Text::Borrowed("POST"), first)).or_default().push(place);
            }
        }
        for candidates in places.values_mut() {
            candidates.sort_by_key(|place| {
                let template = &templates[*place];
                let ranks: Vec<u8> = template.segments.iter().map(Segment::rank).collect();
                (ranks, std::cmp::Reverse(template.constants.len()))
            });
        }
        Self { templates, places }
    }
}

/// A path and its query string, taken apart.
pub(super) struct Target<'t> {
    segments: Vec<&'t str>,
    query: Vec<(Cow<'t, str>, Cow<'t, str>)>,
}

impl<'t> Target<'t> {
    pub(super) fn new(path_and_query: &'t str) -> Self {
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        let segments = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        Self { segments, query: parameters(query) }
    }
}

/// The names and the texts of the labels of a path.
pub(super) type Labels<'m> = Vec<(&'m str, String)>;

impl Routes {
    /// The place of the operation that a request calls, and the labels of its path.
    pub(super) fn find(&self, method: &str, target: &Target<'_>) -> Option<(usize, Labels<'_>)> {
        let first = decoded(target.segments.first().copied().unwrap_or_default()).into_owned();
        [Text::Owned(first), Text::default()].into_iter().find_map(|first| {
            let places = self.places.get(&(Text::Owned(method.to_owned()), first))?;
            places.iter().find_map(|place| {
                let labels = self.templates.get(*place)?.labels(&target.segments, &target.query)?;
                Some((*place, labels))
            })
        })
    }

    /// The labels of a path that calls the operation at a place; the path may begin with one that the template does not have.
    pub(super) fn labels(&self, place: usize, target: &Target<'_>) -> Option<Labels<'_>> {
        let template = self.templates.get(place)?;
        let mut starts = 0..target.segments.len();
        starts.find_map(|start| template.labels(&target.segments[start..], &target.query))
    }
}

impl Template {
    fn new(uri: &Text) -> Self {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let segment = |text: &str| match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            Some(label) => match label.strip_suffix('+') {
                Some(label) => Segment::Greedy(label.to_owned().into()),
                None => Segment::Label(label.to_owned().into()),
            },
            None => Segment::Static(text.to_owned().into()),
        };
        let constant = |pair: &str| match pair.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (pair.to_owned(), None),
        };
        Self {
            segments: path.trim_start_matches('/').split('/').map(segment).collect(),
            constants: query.split('&').filter(|pair| !pair.is_empty()).map(constant).collect(),
        }
    }

    /// The labels of a path that the template matches.
    fn labels(&self, path: &[&str], query: &[(Cow<'_, str>, Cow<'_, str>)]) -> Option<Vec<(&str, String)>> {
        let constant = |(name, value): &(String, Option<String>)| {
            let value = value.as_deref().unwrap_or_default();
            query.iter().any(|(key, found)| key == name && found == value)
        };
        if path.len() < self.segments.len() || !self.constants.iter().all(constant) {
            return None;
        }
        let mut labels = Vec::new();
        let mut at = 0;
        for (place, segment) in self.segments.iter().enumerate() {
            let rest = self.segments.len() - place - 1;
            match segment {
                Segment::Static(text) if decoded(path[at]) == **text => at += 1,
                Segment::Static(_) => return None,
                Segment::Label(_) if path[at].is_empty() => return None,
                Segment::Label(name) => {
                    labels.push((&**name, decoded(path[at]).into_owned()));
                    at += 1;
                }
                Segment::Greedy(name) => {
                    let end = path.len() - rest;
                    let text: Vec<_> = path[at..end].iter().map(|segment| decoded(segment)).collect();
                    labels.push((&**name, text.join("/")));
                    at = end;
                }
            }
        }
        (at == path.len()).then_some(labels)
    }
}

/// The parameters of a query string, decoded, in their order.
pub(super) fn parameters(query: &str) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (plus_decoded(name), plus_decoded(value))
    });
    pairs.collect()
}

/// Clients may write a space as a plus sign; a plus sign itself is always encoded.
fn plus_decoded(text: &str) -> Cow<'_, str> {
    if text.contains('+') { Cow::Owned(decoded(&text.replace('+', " ")).into_owned()) } else { decoded(text) }
}
