//! Renames: pairs of a removed and an added thing of one place that look like one thing under another name.

use serde_json::{Map, Value};

/// Pairs of names, old and new. One name is in one pair at most, and only where no other would fit as well: a guess that
/// could as well be another is none.
pub(super) fn pairs(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<(String, String)> {
    let gone: Vec<_> = old.iter().filter(|(name, _)| !new.contains_key(*name)).collect();
    let fresh: Vec<_> = new.iter().filter(|(name, _)| !old.contains_key(*name)).collect();
    let score = |(name, value): (&String, &Value), (other, after): (&String, &Value)| {
        let same = definition(value) == definition(after);
        let words = likeness(name, other);
        // A wire name or a URI that stays is as good as a name that stays.
        let bound = bound(value).is_some() && bound(value) == bound(after);
        match (same, bound) {
            (true, true) => 3.0 + words,
            (true, false) | (false, true) => 1.0 + words,
            (false, false) => words,
        }
    };
    let mut pairs = Vec::new();
    for before in &gone {
        let mut ranked: Vec<_> = fresh.iter().map(|after| (score(*before, *after), after.0)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        if let Some((best, name)) = ranked.first() {
            let clear = ranked.get(1).is_none_or(|(second, _)| best - second > 0.1);
            // The best for one of the old names may be better still for another.
            let rivals = gone.iter().filter(|rival| rival.0 != before.0);
            let mine = rivals
                .clone()
                .all(|rival| fresh.iter().find(|f| f.0 == *name).is_none_or(|f| score(*rival, *f) < *best));
            if *best > 1.45 && clear && mine {
                pairs.push((before.0.clone(), (*name).clone()));
            }
        }
    }
    pairs
}

/// The content of a thing, but for its own name and its documentation.
fn definition(value: &Value) -> Value {
    let mut value = value.clone();
    if let Some(entries) = value.as_object_mut() {
        for key in ["name", "documentation", "locationName", "input", "output"] {
            entries.remove(key);
        }
    }
    value
}

/// The place of a thing on the wire.
fn bound(value: &Value) -> Option<&Value> {
    value.get("http").or_else(|| value.get("locationName"))
}

/// The share of words that two names have in common, from 0 to 1.
fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    let same = a.iter().filter(|word| b.contains(word)).count();
    same as f64 / a.len().max(b.len()).max(1) as f64
}

fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    for c in name.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() {
            words.push(String::new());
        }
        if let Some(last) = words.last_mut() {
            last.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::pairs;

    fn renamed(old: Value, new: Value) -> Vec<(String, String)> {
        let object = |value: Value| value.as_object().cloned().unwrap_or_default();
        pairs(&object(old), &object(new))
    }

    #[test]
    fn what_is_the_same_but_for_its_name_is_a_pair() {
        let text = json!({ "shape": "Text" });
        let pair = renamed(json!({ "QueueName": text, "Kept": text }), json!({ "QueueTitle": text, "Kept": text }));
        assert_eq!(pair, [("QueueName".to_owned(), "QueueTitle".to_owned())]);
        let bound = |shape: &str| json!({ "shape": shape, "location": "uri", "locationName": "id" });
        assert_eq!(renamed(json!({ "A": bound("X") }), json!({ "B": bound("X") })).len(), 1);
    }

    #[test]
    fn what_could_be_two_things_or_none_is_no_pair() {
        let text = json!({ "shape": "Text" });
        assert!(renamed(json!({ "Name": text }), json!({ "Colour": text })).is_empty(), "nothing but a common type");
        assert!(renamed(json!({ "UserName": text }), json!({ "UserFirst": text, "UserLast": text })).is_empty());
        assert!(renamed(json!({ "UserName": text, "UserTitle": text }), json!({ "UserNick": text })).is_empty());
        assert!(renamed(json!({ "A": text }), json!({})).is_empty());
    }
}
