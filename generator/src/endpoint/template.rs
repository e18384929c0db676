//! Template strings, such as `https://{Region}.{PartitionResult#dnsSuffix}`, and their fragments.

/// A fragment of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fragment<'t> {
    /// Text as it is.
    Text(String),
    /// `{name}`, or `{name#path}`, which is short for `getAttr`.
    Reference { name: &'t str, path: Option<&'t str> },
}

/// The fragments of a template: no two texts in a row, and at least one fragment unless the template is empty.
///
/// # Errors
/// The problem.
pub(super) fn parse(template: &str) -> Result<Vec<Fragment<'_>>, String> {
    let mut fragments = Vec::new();
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        text.push_str(before);
        // Doubled braces stand for themselves.
        if let Some(after) = brace.strip_prefix("{{") {
            text.push('{');
            rest = after;
        } else if let Some(after) = brace.strip_prefix("}}") {
            text.push('}');
            rest = after;
        } else {
            let closed = brace.strip_prefix('{').and_then(|inner| inner.split_once('}'));
            let (reference, after) =
                closed.ok_or_else(|| format!("the template {template:?} has an unpaired brace"))?;
            if !text.is_empty() {
                fragments.push(Fragment::Text(std::mem::take(&mut text)));
            }
            let (name, path) = reference.split_once('#').map_or((reference, None), |(name, path)| (name, Some(path)));
            fragments.push(Fragment::Reference { name, path });
            rest = after;
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        fragments.push(Fragment::Text(text));
    }
    Ok(fragments)
}

#[cfg(test)]
mod tests {
    use super::{Fragment, parse};

    fn text(text: &str) -> Fragment<'_> {
        Fragment::Text(text.to_owned())
    }

    #[test]
    fn fragments() {
        let region = Fragment::Reference { name: "Region", path: None };
        let suffix = Fragment::Reference { name: "P", path: Some("dnsSuffix") };
        assert_eq!(parse(""), Ok(vec![]));
        assert_eq!(parse("plain"), Ok(vec![text("plain")]));
        assert_eq!(parse("{Region}"), Ok(vec![region.clone()]));
        assert_eq!(
            parse("https://{Region}.{P#dnsSuffix}/x"),
            Ok(vec![text("https://"), region.clone(), text("."), suffix, text("/x")])
        );
        assert_eq!(parse("{{{Region}}}"), Ok(vec![text("{"), region, text("}")]));
        assert_eq!(parse("a{{b}}c"), Ok(vec![text("a{b}c")]));
        assert_eq!(parse("{a#b[0]}"), Ok(vec![Fragment::Reference { name: "a", path: Some("b[0]") }]));
    }

    #[test]
    fn unpaired_braces() {
        for template in ["{", "}", "a{b", "a}b", "{a}}", "{{a}", "{a}{"] {
            assert!(parse(template).is_err(), "{template}");
        }
    }
}
