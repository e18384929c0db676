//! Nouns in the names of operations: `ListQueueQuickConnects` is `List` of `QueueQuickConnects`.

/// The verbs that operations on resources begin with.
const VERBS: [&str; 9] =
    ["Create", "Describe", "List", "Search", "Update", "Delete", "Associate", "Disassociate", "Put"];

/// The verb and the noun of an operation's name.
pub(super) fn split(operation: &str) -> Option<(&'static str, &str)> {
    VERBS.into_iter().find_map(|verb| {
        let noun = operation.strip_prefix(verb)?;
        noun.starts_with(|first: char| first.is_ascii_uppercase()).then_some((verb, noun))
    })
}

/// The plural of a noun, as names of operations have it.
pub(super) fn plural(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        return format!("{stem}ies");
    }
    if noun.ends_with('s') { format!("{noun}es") } else { format!("{noun}s") }
}

/// A noun without the mark of a plural: the same text for `QuickConnect` and `QuickConnects`.
pub(super) fn stem(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix("ies") {
        return format!("{stem}y");
    }
    if noun.ends_with("sses") {
        return noun.trim_end_matches("es").to_owned();
    }
    let singular = noun.strip_suffix('s').filter(|stem| !stem.ends_with(['a', 's', 'u']));
    singular.unwrap_or(noun).to_owned()
}

/// The labels of a URI template, in order.
pub(super) fn labels(uri: &str) -> Vec<&str> {
    let parts = uri.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}')).map(|(label, _)| label.trim_end_matches('+')).collect()
}

#[cfg(test)]
mod tests {
    use super::{labels, plural, split, stem};

    #[test]
    fn names_of_operations_are_a_verb_and_a_noun() {
        assert_eq!(split("ListQueueQuickConnects"), Some(("List", "QueueQuickConnects")));
        assert_eq!(split("Listen"), None);
        assert_eq!(split("StartChatContact"), None);
        assert_eq!(
            [plural("Queue"), plural("AgentStatus"), plural("Vocabulary")],
            ["Queues", "AgentStatuses", "Vocabularies"]
        );
        assert_eq!(
            [plural("SecurityKey"), stem("EmailAddresses"), stem("Alias")],
            ["SecurityKeys", "EmailAddress", "Alias"]
        );
        assert_eq!([stem("QuickConnects"), stem("Vocabularies"), stem("Flow")], ["QuickConnect", "Vocabulary", "Flow"]);
        assert_eq!(labels("/users/{InstanceId}/{UserId}/config"), ["InstanceId", "UserId"]);
    }
}
