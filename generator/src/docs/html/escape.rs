//! Escapes: words of a text as Markdown in which no character means anything but itself.

use crate::text::printable;

/// Words, and a space for each run of blanks between them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let blank = rest.chars().next()?.is_whitespace();
        let end = rest.find(|c: char| c.is_whitespace() != blank).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(if blank { " " } else { word })
    })
}

/// A word in which no character means anything but itself.
pub(super) fn escape(word: &str) -> String {
    // rustdoc wants an address to be a link. One that Markdown could take apart is shown as code.
    if let Some(at) = word.find("http://").or_else(|| word.find("https://")) {
        let (before, address) = word.split_at(at);
        let end = address.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '/').len();
        let (address, after) = address.split_at(end);
        let plain = address.chars().all(|c| c.is_ascii_alphanumeric() || "-._~/:?#=&%+@".contains(c));
        let address = if plain && address.len() > 8 { format!("<{address}>") } else { span(address) };
        return format!("{}{address}{}", escape_characters(before), escape_characters(after));
    }
    escape_characters(word)
}

fn escape_characters(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    for c in word.chars().flat_map(shown) {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '{' | '}' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A paragraph whose first characters begin no list, heading or rule.
pub(super) fn guarded(text: &str) -> String {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    match text[digits..].chars().next() {
        Some('#' | '-' | '+' | '=' | ':') if digits == 0 => format!("\\{text}"),
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text.to_owned(),
    }
}

/// Code, whatever is in it.
pub(super) fn span(text: &str) -> String {
    let shown: String = text.chars().flat_map(shown).collect();
    let longest = shown.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if shown.starts_with('`') || shown.ends_with('`') || shown.is_empty() { " " } else { "" };
    format!("{fence}{pad}{shown}{pad}{fence}")
}

pub(super) fn shown(c: char) -> Vec<char> {
    if c == '\t' { vec![' '] } else { printable(c) }
}
