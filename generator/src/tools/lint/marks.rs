//! The rules of marks that upstream leaves out, by name: operations that read, and members that are secrets.

use std::collections::BTreeSet;

use super::facts::{Facts, Occurrences, at_member, at_operation};
use crate::model::{Operation, Shape, ShapeType};

/// The first words of operations that only read, after a `Batch`.
const READS: &[&str] =
    &["count", "describe", "detect", "evaluate", "get", "list", "lookup", "preview", "query", "render", "search"];

/// Operations that are named like reads, and that neither their method nor a trait lets a client repeat.
pub(super) fn unmarked_read(facts: &Facts<'_>) -> Occurrences {
    let reads = |name: &str| {
        let words = words(name);
        let first = words.iter().find(|word| *word != "batch");
        first.is_some_and(|first| READS.contains(&first.as_str()))
    };
    let repeated = |operation: &Operation| {
        operation.readonly || operation.idempotent || matches!(operation.http.method.as_str(), "GET" | "HEAD")
    };
    let unmarked = facts.model.operations.iter().filter(|(name, operation)| reads(name) && !repeated(operation));
    unmarked
        .map(|(name, operation)| (at_operation(name), format!("{} without `readonly`", operation.http.method)))
        .collect()
}

/// Words by which a value gives its bearer access to something.
const SECRETS: &[&str] = &[
    "apikey",
    "bearer",
    "cookie",
    "credential",
    "credentials",
    "jwt",
    "passcode",
    "password",
    "presigned",
    "secret",
    "secrets",
    "signed",
    "token",
    "tokens",
];

/// Pairs of words that mean the same as one of those.
const SECRET_PAIRS: &[[&str; 2]] = &[
    ["access", "key"],
    ["api", "key"],
    ["auth", "code"],
    ["authentication", "url"],
    ["authorization", "code"],
    ["private", "key"],
];

/// Last words of names that speak of a secret and are none.
const ABOUT: &[&str] = &[
    "arn",
    "arns",
    "count",
    "expiration",
    "expiry",
    "id",
    "identifier",
    "ids",
    "name",
    "provider",
    "state",
    "status",
    "type",
    "types",
];

/// Members that are named like secrets, or whose shape is, and that `Debug` shows.
pub(super) fn unmarked_secret(facts: &Facts<'_>) -> Occurrences {
    let made_up = client_tokens(facts);
    let mut found = Occurrences::new();
    for (name, shape) in facts.model.shapes.iter().filter(|(name, _)| facts.usage.contains_key(*name)) {
        for (member_name, member) in &shape.members {
            let Some(target) = facts.model.shapes.get(&member.shape) else { continue };
            let hidden = shape.is_sensitive() || facts.model.hides(member);
            if hidden || member.idempotency_token || !is_text(facts, target) || is_page_token(facts, name, member_name)
            {
                continue;
            }
            // What a client makes up to be recognized by opens nothing, and neither does its echo. What else is called so may.
            if member_name.eq_ignore_ascii_case("ClientToken") && made_up.contains(member.shape.as_str()) {
                continue;
            }
            if is_secret(member_name) || is_secret(&member.shape) {
                found.insert(at_member(name, member_name), format!("{} without `sensitive`", member.shape));
            }
        }
    }
    found
}

/// The shapes of the members of requests by which clients make themselves recognized.
fn client_tokens<'a>(facts: &Facts<'a>) -> BTreeSet<&'a str> {
    let requests =
        facts.model.shapes.iter().filter(|(name, _)| facts.usage.get(*name).is_some_and(|usage| usage.input));
    let members = requests.flat_map(|(_, shape)| &shape.members);
    members
        .filter(|(name, _)| name.eq_ignore_ascii_case("ClientToken"))
        .map(|(_, member)| member.shape.as_str())
        .collect()
}

/// Whether the values of a shape, or their elements, are texts or bytes that a secret could be.
fn is_text(facts: &Facts<'_>, shape: &Shape) -> bool {
    let mut shape = shape;
    // Lists and maps end, as resolving has made sure.
    while let Some(element) = shape.element().and_then(|name| facts.model.shapes.get(name)) {
        shape = element;
    }
    matches!(shape.kind, ShapeType::String | ShapeType::Blob) && !shape.is_enumeration()
}

fn is_secret(name: &str) -> bool {
    let words = words(name);
    let about = words.last().is_some_and(|last| ABOUT.contains(&last.as_str()));
    let one = words.iter().any(|word| SECRETS.contains(&word.as_str()));
    let two = words.windows(2).any(|pair| SECRET_PAIRS.iter().any(|secret| secret[..] == pair[..]));
    (one || two) && !about
}

/// Whether a member is the token of a page: it says where a list goes on, and opens nothing.
fn is_page_token(facts: &Facts<'_>, shape: &str, member: &str) -> bool {
    let paged = facts.paginators.iter().any(|(operation, paginator)| {
        let ends = facts.model.operations.get(operation).into_iter().flat_map(|operation| operation.ends());
        let tokens = paginator.input_token.as_slice().iter().chain(paginator.output_token.as_slice());
        ends.into_iter().any(|(_, end)| end == shape) && tokens.into_iter().any(|token| token == member)
    });
    let words = words(member);
    paged || words.first().is_some_and(|first| ["next", "page", "pagination", "previous"].contains(&first.as_str()))
}

/// The words of a name in camel case, in lower case: `X-Amz-Bearer`, `HTTPToken` and `next_token` have two or three.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let chars: Vec<char> = name.chars().collect();
    for (index, c) in chars.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| chars.get(before));
        let starts = match before {
            None => true,
            Some(before) if !before.is_alphanumeric() => true,
            Some(before) if before.is_uppercase() => {
                c.is_uppercase() && chars.get(index + 1).is_some_and(|after| after.is_lowercase())
            }
            Some(_) => c.is_uppercase(),
        };
        if c.is_alphanumeric() {
            match words.last_mut() {
                Some(word) if !starts => word.extend(c.to_lowercase()),
                _ => words.push(c.to_lowercase().collect()),
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{is_secret, words};

    #[test]
    fn names_are_split_into_words() {
        for (name, expected) in [
            ("PreSignedAttachmentUrl", &["pre", "signed", "attachment", "url"][..]),
            ("HTTPToken", &["http", "token"]),
            ("next_token", &["next", "token"]),
            ("X-Amz-Bearer", &["x", "amz", "bearer"]),
            ("url2Go", &["url2", "go"]),
            ("", &[]),
        ] {
            assert_eq!(words(name), expected, "{name}");
        }
    }

    #[test]
    fn secrets_are_known_by_name() {
        for name in [
            "ConnectionToken",
            "ParticipantToken",
            "X-Amz-Bearer",
            "PromptPresignedUrl",
            "AuthCode",
            "apiKey",
            "SecretAccessKey",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in
            ["TokenType", "SecretArn", "CredentialProviderIdentifier", "AuthCodeEntityType", "KeyName", "UnsignedUrl"]
        {
            assert!(!is_secret(name), "{name}");
        }
    }
}
