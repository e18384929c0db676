//! The fit of an `areas.toml` to another model: new operations are added where they fit best, and those that are gone are removed.
//! Everything else in the file stays, comments included.

use anyhow::{Context, Result};
use generator::ServiceInputs;
use generator::tools::areas::{self, Placement, Placements};
use toml_edit::{Array, DocumentMut, Value};

/// An `areas.toml` that fits the model again.
pub struct RepairedAreas {
    /// The name of the file in messages.
    pub file: String,
    pub text: String,
    /// The edits that were made, one a line.
    pub report: Vec<String>,
}

/// Fits the areas of a service to its model. `None` where the service has none, or they fit.
///
/// # Errors
/// An `areas.toml` that is not of the format.
pub fn fit(service: &ServiceInputs) -> Result<Option<RepairedAreas>> {
    let (Some((file, text)), Some(placements)) = (&service.areas, areas::place(service)?) else { return Ok(None) };
    if placements == Placements::default() {
        return Ok(None);
    }
    let (text, report) = edit(text, &placements).with_context(|| file.clone())?;
    Ok(Some(RepairedAreas { file: file.clone(), text, report }))
}

/// The text with every placement made, and what was done.
fn edit(text: &str, placements: &Placements) -> Result<(String, Vec<String>)> {
    let mut document: DocumentMut = text.parse()?;
    let mut report = Vec::new();
    for Placement { operation, area, like } in &placements.added {
        insert(operations(&mut document, area)?, operation);
        let reason = match like {
            Some(like) => format!("it is most like {like}"),
            None => "it is like no other operation, and any area is a guess".to_owned(),
        };
        report.push(format!("{operation} is new, in the area {area}: {reason}. Read whether it belongs there"));
    }
    for (area, operation) in &placements.gone {
        let list = operations(&mut document, area)?;
        remove(list, operation);
        report.push(format!("{operation} is gone, from the area {area}"));
        if list.is_empty() {
            document.get_mut("areas").and_then(|areas| areas.as_table_like_mut()).context("no areas")?.remove(area);
            report.push(format!("the area {area} has no more operations: it is gone, and its feature with it"));
        }
    }
    Ok((document.to_string(), report))
}

/// The operations of an area.
fn operations<'a>(document: &'a mut DocumentMut, area: &str) -> Result<&'a mut Array> {
    let list = document.get_mut("areas").and_then(|areas| areas.get_mut(area)?.get_mut("operations")?.as_array_mut());
    list.with_context(|| format!("areas.{area}.operations is not a list"))
}

/// Puts a name where it stands by the alphabet, on a line of its own where the others have theirs.
fn insert(list: &mut Array, name: &str) {
    let place = list.iter().position(|other| other.as_str() > Some(name)).unwrap_or(list.len());
    let last = list.iter().last();
    let lines = last.is_none_or(|last| {
        last.decor().prefix().and_then(|prefix| prefix.as_str()).is_none_or(|prefix| prefix.contains('\n'))
    });
    let prefix = match (lines, place) {
        (true, _) => "\n    ",
        (false, 0) => "",
        (false, _) => " ",
    };
    list.insert_formatted(place, Value::from(name).decorated(prefix, ""));
    if lines {
        list.set_trailing("\n");
        list.set_trailing_comma(true);
    }
}

/// Removes a name. The comment at the end of the line before it is the other name's: it stays.
fn remove(list: &mut Array, name: &str) {
    let Some(place) = list.iter().position(|other| other.as_str() == Some(name)) else { return };
    let removed = list.remove(place);
    let before = removed.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
    let comment = before.split_once('\n').map_or("", |(comment, _)| comment);
    match list.get_mut(place) {
        // On one line, the first has no space before it.
        Some(next) if place == 0 && !before.contains('\n') => next.decor_mut().set_prefix(before),
        Some(next) => {
            let prefix = next.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
            let prefix = format!("{comment}{prefix}");
            next.decor_mut().set_prefix(prefix);
        }
        None => {
            let trailing = format!("{comment}{}", list.trailing().as_str().unwrap_or_default());
            list.set_trailing(trailing);
        }
    }
}

#[cfg(test)]
mod tests {
    use generator::tools::areas::{Placement, Placements};

    use super::edit;

    const TEXT: &str = "# What the areas are.\n\n[areas.things]\ntitle = \"Things\"\noperations = [\n    \"GetThing\", # the first\n    \"ListThings\",\n]\n\n# Others.\n[areas.users]\ntitle = \"Users\"\noperations = [\"GetUser\"]\n";

    #[test]
    fn new_operations_stand_by_the_alphabet_and_comments_stay() {
        let add = |operation: &str, area: &str, like: Option<&str>| Placement {
            operation: operation.to_owned(),
            area: area.to_owned(),
            like: like.map(str::to_owned),
        };
        let added = vec![
            add("DropThing", "things", Some("GetThing")),
            add("Zap", "things", None),
            add("SetUser", "users", None),
        ];
        let (text, report) = edit(TEXT, &Placements { added, gone: Vec::new() }).unwrap();
        let expected = TEXT
            .replace("    \"GetThing\",", "    \"DropThing\",\n    \"GetThing\",")
            .replace("    \"ListThings\",\n", "    \"ListThings\",\n    \"Zap\",\n")
            .replace("[\"GetUser\"]", "[\"GetUser\", \"SetUser\"]");
        assert_eq!(text, expected);
        assert_eq!(report.len(), 3);
        assert!(report[0].contains("DropThing is new, in the area things: it is most like GetThing"), "{report:?}");
    }

    #[test]
    fn an_area_without_operations_goes() {
        let gone = vec![("users".to_owned(), "GetUser".to_owned()), ("things".to_owned(), "ListThings".to_owned())];
        let (text, report) = edit(TEXT, &Placements { added: Vec::new(), gone }).unwrap();
        assert!(!text.contains("users") && !text.contains("ListThings") && text.contains("# the first"), "{text}");
        assert_eq!(report.len(), 3);
    }
}
