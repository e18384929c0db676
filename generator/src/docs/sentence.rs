//! Sentences of operations, made of their names: `DescribeContact` becomes "Describes a contact".
//!
//! A name is a verb and its object. The object begins with an entity of the service where another operation creates, describes
//! or lists that entity: `UpdateQueueName` becomes "Updates the name of a queue", because there is a `CreateQueue`.

use std::collections::BTreeSet;

/// Verbs that names of operations begin with.
const VERBS: &[&str] = &[
    "Accept",
    "Activate",
    "Add",
    "Apply",
    "Approve",
    "Archive",
    "Assign",
    "Associate",
    "Attach",
    "Authorize",
    "Cancel",
    "Claim",
    "Complete",
    "Configure",
    "Confirm",
    "Copy",
    "Create",
    "Deactivate",
    "Delete",
    "Deprecate",
    "Deregister",
    "Describe",
    "Detach",
    "Detect",
    "Disable",
    "Disassociate",
    "Disconnect",
    "Dismiss",
    "Enable",
    "Evaluate",
    "Execute",
    "Export",
    "Generate",
    "Get",
    "Import",
    "Initiate",
    "Invoke",
    "List",
    "Merge",
    "Monitor",
    "Pause",
    "Publish",
    "Purchase",
    "Put",
    "Query",
    "Register",
    "Reject",
    "Release",
    "Remove",
    "Render",
    "Replace",
    "Replicate",
    "Reset",
    "Restore",
    "Resume",
    "Retrieve",
    "Revoke",
    "Search",
    "Send",
    "Set",
    "Start",
    "Stop",
    "Submit",
    "Suspend",
    "Tag",
    "Terminate",
    "Transfer",
    "Unarchive",
    "Untag",
    "Update",
    "Upgrade",
    "Upload",
    "Validate",
    "Verify",
];

/// Verbs whose object is a part of an entity where its name begins with one.
const VERBS_OF_PARTS: &[&str] = &[
    "Complete", "Delete", "Describe", "Dismiss", "Get", "List", "Pause", "Remove", "Reset", "Resume", "Start", "Stop",
    "Suspend", "Update",
];

/// Verbs of operations that show what the entities of a service are.
const VERBS_OF_ENTITIES: &[&str] = &["Add", "Create", "Delete", "Describe", "Get", "Put", "Update"];

/// Nouns without a plural, which take no article.
const MASS_NOUNS: &[&str] = &[
    "access",
    "authentication",
    "capacity",
    "concurrency",
    "content",
    "data",
    "feedback",
    "information",
    "media",
    "membership",
    "metadata",
    "visibility",
];

/// Words that make no part of an entity: contact data is no data of a contact.
const NO_PARTS: &[&str] = &["Data"];

/// Neighbours that are written as one word, as they stand in a sentence.
const COMPOUNDS: &[(&str, &str)] = &[("web RTC", "WebRTC"), ("cross region", "cross-region")];

/// Words that end the head of an object.
const PREPOSITIONS: &[&str] = &["By", "For", "From", "In", "Of", "On", "To", "With"];

/// Words that are written in full.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("Config", "configuration"),
    ("Configs", "configurations"),
    ("Info", "information"),
    ("Max", "maximum"),
    ("Uri", "URI"),
    ("Url", "URL"),
];

/// Words that keep their capital.
const PROPER_NOUNS: &[&str] = &["Lambda", "Lex"];

/// The sentence of an operation, without its full stop; `None` for a name that is not
/// in camel case or does not begin with a known verb. `operations` are all
/// names of the service.
pub(super) fn sentence(name: &str, operations: &BTreeSet<&str>) -> Option<String> {
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let mut words = words(name);
    let version = version(words.last()?);
    if version.is_some() {
        words.pop();
    }
    let mut batch = remove_batch(&mut words);
    let (verb, object) = words.split_first()?;
    if !VERBS.contains(verb) || object.is_empty() {
        return None;
    }
    if *verb == "List" || is_plural(object) {
        batch &= !is_plural(object);
    }
    let predicate = with_s(verb);
    if *verb == "Start" && VERBS.contains(&object[0]) {
        return Some(format!("{predicate} to {}", plain(object, false)));
    }
    let object = match part(verb, object, operations) {
        Some((entity, part)) => parts(verb, entity, part, batch),
        None => phrase(object, batch),
    };
    let batch = if batch { " in one batch" } else { "" };
    let version = version.map(|version| format!(" (version {version})")).unwrap_or_default();
    Some(format!("{predicate} {object}{batch}{version}"))
}

/// The words of a name in camel case. A run of capitals is one word, as is a capital with digits.
fn words(name: &str) -> Vec<&str> {
    let bytes = name.as_bytes();
    let mut starts = vec![0];
    for at in 1..bytes.len() {
        let (before, here) = (bytes[at - 1], bytes[at]);
        let ends_run = before.is_ascii_uppercase() && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        // The plural of an acronym: `ARNs`.
        let plural = bytes.get(at + 1) == Some(&b's') && bytes.get(at + 2).is_none_or(u8::is_ascii_uppercase);
        if here.is_ascii_uppercase() && (!before.is_ascii_uppercase() || (ends_run && !plural)) {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([name.len()]);
    starts.iter().zip(ends).map(|(start, end)| &name[*start..end]).collect()
}

/// The number in `V2`.
fn version(word: &str) -> Option<&str> {
    word.strip_prefix('V').filter(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Removes `Batch` from the begin or the end of a name.
fn remove_batch(words: &mut Vec<&str>) -> bool {
    if words.first() == Some(&"Batch") {
        words.remove(0);
        return true;
    }
    let last = words.len() > 2 && words.last() == Some(&"Batch");
    if last {
        words.pop();
    }
    last
}

/// The entity that an object begins with, and the part of it that the rest names.
fn part<'w, 'n>(
    verb: &str,
    object: &'w [&'n str],
    operations: &BTreeSet<&str>,
) -> Option<(&'w [&'n str], &'w [&'n str])> {
    let links = ["Associate", "Disassociate"].contains(&verb);
    let in_parts = links || VERBS_OF_PARTS.contains(&verb);
    let prepositional =
        object.iter().enumerate().any(|(at, word)| at > 0 && *word != "Of" && PREPOSITIONS.contains(word));
    if !in_parts || prepositional || (!links && is_entity(object, operations)) {
        return None;
    }
    let longest = (1..object.len()).rev().find(|count| is_entity(&object[..*count], operations))?;
    let (entity, part) = object.split_at(longest);
    // `HoursOf` is no entity with a part.
    let apart = !matches!(part, [one] if NO_PARTS.contains(one)) && !PREPOSITIONS.contains(&part[0]);
    apart.then_some((entity, part))
}

/// Whether the service has operations on the thing of this name.
fn is_entity(words: &[&str], operations: &BTreeSet<&str>) -> bool {
    let name = words.concat();
    let singular = name.strip_suffix('s').unwrap_or(&name);
    let count =
        |name: &str| VERBS_OF_ENTITIES.iter().filter(|verb| operations.contains(&*format!("{verb}{name}"))).count();
    count(&name) > 1 || count(singular) > 1
}

/// A part of an entity, or what is linked to it.
fn parts(verb: &str, entity: &[&str], part: &[&str], batch: bool) -> String {
    let of = phrase(entity, batch);
    match verb {
        "Associate" => format!("{} with {of}", phrase(part, batch)),
        "Disassociate" => format!("{} from {of}", phrase(part, batch)),
        _ => format!("the {} of {of}", plain(part, batch)),
    }
}

/// The object with its article, and with that of what follows a preposition.
fn phrase(object: &[&str], batch: bool) -> String {
    let head = head(object);
    if let Some((preposition, rest)) = object[head.len()..].split_first() {
        if *preposition != "Of" && !rest.is_empty() {
            return format!("{} {} {}", phrase(head, batch), written(preposition), phrase(rest, false));
        }
    }
    let text = plain(object, batch);
    let last = written(head.last().copied().unwrap_or_default());
    let first = text.split(' ').next().unwrap_or_default();
    if batch || is_plural(object) || MASS_NOUNS.contains(&&*last) || last.ends_with("ing") || first == "all" {
        return text;
    }
    if first == "next" {
        return format!("the {text}");
    }
    format!("{} {text}", if begins_with_vowel(first) { "an" } else { "a" })
}

/// The words before a preposition. `Of` begins a part of the head where more than one word follows.
fn head<'w, 'n>(object: &'w [&'n str]) -> &'w [&'n str] {
    let end = object.iter().enumerate().position(|(at, word)| {
        let compound = *word == "Of" && object.len() - at > 2;
        at > 0 && PREPOSITIONS.contains(word) && !compound
    });
    &object[..end.unwrap_or(object.len())]
}

fn is_plural(object: &[&str]) -> bool {
    let last = head(object).last().copied().unwrap_or_default();
    let singular = ["ias", "is", "ss", "us"].iter().any(|end| last.ends_with(end));
    last.ends_with('s') && !singular
}

/// The words as a text.
fn plain(object: &[&str], plural: bool) -> String {
    let mut words: Vec<String> = object.iter().map(|word| written(word)).collect();
    let head = head(object);
    if plural && !is_plural(object) {
        if let Some(last) = words.get_mut(head.len() - 1).filter(|last| !MASS_NOUNS.contains(&last.as_str())) {
            *last = with_s(last);
        }
    }
    let mut text = words.join(" ");
    for (apart, joined) in COMPOUNDS {
        text = text.replace(apart, joined);
    }
    text
}

/// A word as it stands in a sentence.
fn written(word: &str) -> String {
    if let Some((_, full)) = ABBREVIATIONS.iter().find(|(short, _)| *short == word) {
        return (*full).to_owned();
    }
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    let acronym = capitals > 1 || !word.bytes().any(|byte| byte.is_ascii_lowercase());
    if acronym || PROPER_NOUNS.contains(&word) { word.to_owned() } else { word.to_ascii_lowercase() }
}

/// The third person of a verb, or the plural of a noun.
fn with_s(word: &str) -> String {
    let sibilant = ["s", "sh", "ch", "x", "z"].iter().any(|end| word.ends_with(end));
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if sibilant => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

/// Whether a word is spoken with a vowel at its begin.
fn begins_with_vowel(word: &str) -> bool {
    let spelled = word.len() > 1 && word.bytes().take(2).all(|byte| byte.is_ascii_uppercase());
    match word.chars().next() {
        // `use` and `user` are spoken with a consonant.
        Some('h') => word.starts_with("hour"),
        Some('u') => !(word.starts_with("us") || word.starts_with("uni")),
        Some(letter) if spelled => "AEFHILMNORSX".contains(letter),
        Some(letter) => "aeioAEIO".contains(letter),
        None => false,
    }
}

#[cfg(test)]
mod tests;
