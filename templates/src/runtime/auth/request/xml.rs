//! Text of elements in XML as AWS's query protocol writes it: no attributes, no prefixes.

/// The text of the first element of a name that has some.
pub(super) fn text(xml: &str, name: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    Some(unescaped(text)).filter(|text| !text.is_empty())
}

/// Text in which the five entities that XML names are the characters that they stand for.
fn unescaped(text: &str) -> String {
    const ENTITIES: [(&str, char); 5] =
        [("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&apos;", '\''), ("&amp;", '&')];
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let entity = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
        let (length, character) =
            entity.map_or((next.len_utf8(), next), |(entity, character)| (entity.len(), *character));
        plain.push(character);
        rest = &rest[length..];
    }
    plain
}
