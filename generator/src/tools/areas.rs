//! Areas for those who ask about them: the index of what each feature lets be compiled, and places in `areas.toml` for the
//! operations of a new model, which a person reads in the change that the update opens.

mod index;

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;

use crate::ServiceInputs;
use crate::areas::Areas;
use crate::diagnostic::Diagnostics;
use crate::json::{self, Json};
use crate::sources::MODEL;

pub use index::{Area, Index, Item, Kind, index};

/// The operations that an `areas.toml` lacks, and those that it has too many of, to fit a model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placements {
    /// Operations that are in no area, each with the area that it fits best.
    pub added: Vec<Placement>,
    /// Operations that the model no longer has, each with the area that it is in.
    pub gone: Vec<(String, String)>,
}

/// A place for an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// The operation.
    pub operation: String,
    /// The area.
    pub area: String,
    /// The operation of the area that is most like it; `None` where none has a word in common with it.
    pub like: Option<String>,
}

/// The number of nearest operations that decide the place of a new one.
const NEIGHBOURS: usize = 3;

/// Holds the areas of a service against its model. `None` where the service has no `areas.toml`.
///
/// # Errors
/// A model that is no JSON, an `areas.toml` that is not of the format, or one without any area.
pub fn place(service: &ServiceInputs) -> Result<Option<Placements>, Diagnostics> {
    let Some((file, text)) = &service.areas else { return Ok(None) };
    let areas = Areas::parse(file, text)?;
    let model = json::parse_file(&service.file(MODEL), &service.model)?;
    let operations = model.get("operations").and_then(Json::as_object).unwrap_or_default();
    let words: BTreeMap<&str, BTreeSet<String>> =
        operations.iter().map(|(name, operation)| (name.as_str(), words(name, uri(operation)))).collect();
    let mut placements = Placements::default();
    for (area, operation) in
        areas.list.iter().flat_map(|(name, area)| area.operations.iter().map(move |one| (name, one)))
    {
        if !words.contains_key(operation.as_str()) {
            placements.gone.push((area.clone(), operation.clone()));
        }
    }
    let placed: Vec<PlacedOperation<'_>> = words
        .iter()
        .filter_map(|(name, words)| Some(PlacedOperation { name, words, area: areas.area_of(name)? }))
        .collect();
    let weights = Weights::of(&placed);
    for (name, words) in words.iter().filter(|(name, _)| areas.area_of(name).is_none()) {
        placements.added.push(weights.place(name, words, &placed));
    }
    if placed.is_empty() {
        let mut problems = Diagnostics::default();
        problems.push(file, "areas", "no area has an operation of the model: write the areas by hand");
        return Err(problems);
    }
    Ok(Some(placements))
}

/// An operation that is in an area.
struct PlacedOperation<'a> {
    name: &'a str,
    words: &'a BTreeSet<String>,
    area: &'a str,
}

/// The weight of a word for the area: the more, the fewer areas have it.
struct Weights<'a> {
    areas: usize,
    areas_with: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Weights<'a> {
    fn of(placed: &[PlacedOperation<'a>]) -> Self {
        let mut areas_with: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for one in placed {
            for word in one.words {
                areas_with.entry(word).or_default().insert(one.area);
            }
        }
        let areas = placed.iter().map(|one| one.area).collect::<BTreeSet<_>>().len();
        Self { areas, areas_with }
    }

    fn sum<'w>(&self, words: impl Iterator<Item = &'w String>) -> f64 {
        let of = |word: &String| {
            let areas = self.areas_with.get(word.as_str()).map_or(1, BTreeSet::len);
            ((1 + self.areas) as f64 / areas as f64).ln()
        };
        words.map(of).sum()
    }

    /// The area of the operations whose words are most like those of a new one.
    fn place(&self, name: &str, words: &BTreeSet<String>, placed: &[PlacedOperation<'_>]) -> Placement {
        let mut ranked: Vec<(f64, &PlacedOperation<'_>)> = placed
            .iter()
            .map(|one| {
                let all = self.sum(words.union(one.words));
                (if all > 0.0 { self.sum(words.intersection(one.words)) / all } else { 0.0 }, one)
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.name.cmp(b.1.name)));
        ranked.truncate(NEIGHBOURS);
        let mut areas: BTreeMap<&str, f64> = BTreeMap::new();
        for (score, one) in &ranked {
            *areas.entry(one.area).or_default() += score;
        }
        let best = areas.iter().max_by(|a, b| a.1.total_cmp(b.1).then_with(|| b.0.cmp(a.0)));
        let area = best.map(|(area, _)| *area).unwrap_or_default();
        let like = ranked.iter().find(|(score, one)| *score > 0.0 && one.area == area);
        Placement { operation: name.to_owned(), area: area.to_owned(), like: like.map(|(_, one)| one.name.to_owned()) }
    }
}

fn uri(operation: &Json) -> &str {
    operation.get("http").and_then(|http| http.get("requestUri")).and_then(Json::as_str).unwrap_or_default()
}

/// The words that an operation is about: those of its name but for the verb, and those of its path but for labels.
fn words(name: &str, uri: &str) -> BTreeSet<String> {
    let name = name.strip_prefix("Batch").unwrap_or(name).to_snake_case();
    let path = uri.split('?').next().unwrap_or_default();
    let segments = path.split('/').filter(|segment| !segment.contains('{'));
    let of_path = segments.flat_map(|segment| segment.split(['-', '_', '.']));
    let words = name.split('_').skip(1).chain(of_path).filter(|word| !word.is_empty());
    words.map(|word| singular(&word.to_lowercase())).collect()
}

/// A noun without the ending of the plural, as far as that can be told from the ending.
fn singular(word: &str) -> String {
    match word {
        _ if word.ends_with("ies") => format!("{}y", &word[..word.len() - 3]),
        _ if word.ends_with("ses") => word[..word.len() - 2].to_owned(),
        _ if word.ends_with("ss") || word.ends_with("us") => word.to_owned(),
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}
