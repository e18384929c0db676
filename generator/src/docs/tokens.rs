//! Tokens of HTML, however broken: its tags and texts. Every input is some sequence of tokens; what is no tag is text.

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Characters, with the entities resolved.
    Text(String),
    /// `<name …>`, in lower case, with the target of a link.
    Open { name: String, href: Option<String> },
    /// `</name>`.
    Close(String),
}

/// Elements whose content is for machines.
const UNSEEN: &[&str] = &["script", "style", "template", "iframe", "object", "noscript"];

/// Reads a text.
pub(super) fn read(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let (text, tag) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        if !text.is_empty() {
            tokens.push(Token::Text(unescape(text)));
        }
        rest = tag;
        if rest.is_empty() {
            break;
        }
        rest = match read_tag(rest) {
            Some((token, after)) => {
                let unseen = matches!(&token, Some(Token::Open { name, .. }) if UNSEEN.contains(&name.as_str()));
                match token {
                    Some(Token::Open { name, .. }) if unseen => skip_to_close(after, &name),
                    token => {
                        tokens.extend(token);
                        after
                    }
                }
            }
            // A `<` that opens nothing.
            None => {
                tokens.push(Token::Text("<".to_owned()));
                &rest[1..]
            }
        };
    }
    tokens
}

/// The tag at the start of a text and what follows it; no token for a comment or a declaration.
fn read_tag(text: &str) -> Option<(Option<Token>, &str)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        // One that never ends takes the rest with it, as in browsers.
        return Some((None, comment.split_once("-->").map_or("", |(_, after)| after)));
    }
    if text.starts_with("<!") || text.starts_with("<?") {
        return text.split_once('>').map(|(_, after)| (None, after));
    }
    let (closing, inside) = match text.strip_prefix("</") {
        Some(inside) => (true, inside),
        None => (false, text.strip_prefix('<')?),
    };
    let length = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    if length == 0 || !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (name, attributes) = inside.split_at(length);
    // `a<b` and `<instance_id>` are texts of people who meant no tag.
    if !attributes.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/')) {
        return None;
    }
    let end = end_of_tag(attributes)?;
    let (name, after) = (name.to_ascii_lowercase(), &attributes[end + 1..]);
    let token = if closing { Token::Close(name) } else { Token::Open { href: href(&attributes[..end]), name } };
    Some((Some(token), after))
}

/// Where the `>` of a tag is: not one within quotes, but for quotes that nothing closes.
fn end_of_tag(attributes: &str) -> Option<usize> {
    // Longer than any tag that means something.
    const LONGEST: usize = 5_000;
    let mut quote = None;
    for (at, c) in attributes.char_indices().take(LONGEST) {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '<') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    attributes.char_indices().take(LONGEST).find(|(_, c)| *c == '>').map(|(at, _)| at)
}

/// The value of the attribute `href`.
fn href(attributes: &str) -> Option<String> {
    // Found by its name after a space: `data-href` is another.
    let at = attributes.to_ascii_lowercase().match_indices("href").map(|(at, _)| at).find(|at| {
        let before = attributes[..*at].chars().next_back();
        before.is_some_and(char::is_whitespace) && attributes[at + 4..].trim_start().starts_with('=')
    })?;
    let value = attributes[at + 4..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split(char::is_whitespace).next()?,
    };
    Some(unescape(value))
}

/// The text that follows the end of an unseen element; nothing where it does not end.
fn skip_to_close<'a>(text: &'a str, name: &str) -> &'a str {
    let closes = |at: &usize| text.get(at + 2..at + 2 + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name));
    let at = text.match_indices("</").map(|(at, _)| at).find(closes);
    at.and_then(|at| text[at..].split_once('>')).map_or("", |(_, after)| after)
}

/// The named entities that people write; any other stays as it is written.
const ENTITIES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("times", "×"),
    ("deg", "°"),
    ("le", "≤"),
    ("ge", "≥"),
    ("ne", "≠"),
    ("rarr", "→"),
    ("larr", "←"),
    ("eacute", "é"),
    ("uuml", "ü"),
];

/// Resolves entities.
fn unescape(text: &str) -> String {
    const LONGEST: usize = 10;
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let end = after.char_indices().take(LONGEST).find(|(_, c)| *c == ';').map(|(at, _)| at);
        match end.and_then(|end| Some((entity(&after[..end])?, end))) {
            Some((character, end)) => {
                plain.push_str(&character);
                rest = &after[end + 1..];
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain + rest
}

fn entity(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, character)| (*character).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Token, read};

    fn open(name: &str, href: Option<&str>) -> Token {
        Token::Open { name: name.to_owned(), href: href.map(str::to_owned) }
    }

    fn text(text: &str) -> Token {
        Token::Text(text.to_owned())
    }

    #[test]
    fn tags_texts_and_entities_are_told_apart() {
        assert_eq!(
            read("<P class='x'>a &amp; b&#33;&#x2014;</p><br/>"),
            [open("p", None), text("a & b!—"), Token::Close("p".to_owned()), open("br", None)]
        );
        for html in ["<a href=\"https://a/?x=1&amp;y>2\">", "<a data-href=n HREF = 'https://a/?x=1&y>2' >"] {
            assert_eq!(read(html), [open("a", Some("https://a/?x=1&y>2"))], "{html}");
        }
    }

    #[test]
    fn what_is_no_tag_is_text() {
        for html in ["<", "a<b", "<>", "< p>", "<1>", "<instance_id>", "<p", "<a href=\"x", "</", "<ünder>", "<p <"] {
            let plain: String = read(html)
                .into_iter()
                .map(|token| match token {
                    Token::Text(text) => text,
                    other => panic!("{html}: {other:?}"),
                })
                .collect();
            assert_eq!(plain, html);
        }
        assert_eq!(read("&bogus; &#xffffffff; &# &"), [text("&bogus; &#xffffffff; &# &")]);
    }

    #[test]
    fn what_is_for_machines_is_not_there() {
        assert_eq!(
            read("a<script>alert('</p>')</SCRIPT >b<!-- <p> -->c<!DOCTYPE x>d<?x?>"),
            [text("a"), text("b"), text("c"), text("d")]
        );
        assert_eq!(read("a<style>b"), [text("a")]);
        assert_eq!(read("a<!-- b"), [text("a")]);
    }
}
