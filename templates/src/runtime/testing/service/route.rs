//! Routes: the operation that a method, a path and a query string call, and the labels of the path.

use std::borrow::Cow;
use std::collections::HashMap;

use super::model::{OperationModel, ServiceModel, Text};
use super::text::decoded;

/// A request's operation, and the texts of the labels in its path.
#[derive(Debug, Clone)]
pub struct Route<'m> {
    /// The operation.
    pub operation: &'m OperationModel,
    /// The labels by their names in the URI template.
    pub(super) labels: Vec<(&'m str, String)>,
}

impl Route<'_> {
    /// The text of a label of the path.
    #[must_use]
    pub fn label(&self, name: &str) -> Option<&str> {
        self.labels.iter().find(|(label, _)| *label == name).map(|(_, text)| &**text)
    }
}

/// The URI templates of a service, by method and first segment.
#[derive(Debug, Default)]
pub(super) struct Routes {
    /// The templates of each operation, by the operation's place.
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
    /// What counts when two templates match: text before a label, and that before a greedy one.
    fn rank(&self) -> u8 {
        match self {
            Self::Static(_) => 0,
            Self::Label(_) => 1,
            Self::Greedy(_) => 2,
        }
    }
}

impl Routes {
    pub(super) fn new(operations: &[OperationModel]) -> Self {
        let templates: Vec<Template> = operations.iter().map(|operation| Template::new(&operation.uri)).collect();
        let mut places: HashMap<(Text, Text), Vec<usize>> = HashMap::new();
        for (place, (operation, template)) in operations.iter().zip(&templates).enumerate() {
            let first = match template.segments.first() {
                Some(Segment::Static(text)) => text.clone(),
                _ => Text::default(),
            };
            places.entry((operation.method.clone(), first.clone())).or_default().push(place);
            if operation.form {
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

impl ServiceModel {
    /// The operation that a request calls; `None` where none has its method and path.
    ///
    /// Text in a template goes before a label, and a template with a constant query string before one without.
    #[must_use]
    pub fn route(&self, method: &str, path_and_query: &str) -> Option<Route<'_>> {
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        let query = parameters(query);
        let first = decoded(segments.first().copied().unwrap_or_default()).into_owned();
        for first in [Text::Owned(first), Text::default()] {
            let places = self.routes.places.get(&(Text::Owned(method.to_owned()), first));
            for place in places.into_iter().flatten() {
                if let Some(labels) = self.routes.templates[*place].labels(&segments, &query) {
                    return Some(Route { operation: &self.operations[*place], labels });
                }
            }
        }
        None
    }

    /// The route of a request that is known to call an operation. The path may begin with one that the template does not
    /// have, as it does where an endpoint URL has a path.
    #[must_use]
    pub fn route_to<'m>(&'m self, operation: &'m OperationModel, path_and_query: &str) -> Option<Route<'m>> {
        let place = self.operations.binary_search_by(|other| other.name.cmp(&operation.name)).ok()?;
        let template = self.routes.templates.get(place)?;
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        let query = parameters(query);
        let starts = 0..segments.len();
        let labels = starts.into_iter().find_map(|start| template.labels(&segments[start..], &query))?;
        Some(Route { operation, labels })
    }
}
