//! URIs of requests, from a template, its labels and a query string (Smithy trait `http`).

use super::error::Problem;
use crate::runtime::base::percent::push_encoded;

/// The text of the labels of one request.
#[derive(Default)]
pub(super) struct Labels {
    texts: Vec<u8>,
    /// The name in the template, the member's name, and where its text ends. It begins where the one before ends.
    ends: Vec<(&'static str, &'static str, usize)>,
}

impl Labels {
    /// Appends to the text of the label that is next.
    pub(super) fn push(&mut self, text: &[u8]) {
        self.texts.extend_from_slice(text);
    }

    /// Ends the text of a label.
    pub(super) fn end(&mut self, wire: &'static str, name: &'static str) {
        self.ends.push((wire, name, self.texts.len()));
    }

    fn get(&self, wire: &str) -> Option<(&'static str, &[u8])> {
        let mut start = 0;
        for &(label, name, end) in &self.ends {
            if label == wire {
                return Some((name, &self.texts[start..end]));
            }
            start = end;
        }
        None
    }

    /// Puts the labels into a template, and a query string behind it.
    ///
    /// Returns the member that keeps it from being sent otherwise.
    pub(super) fn expand<'t>(&self, template: &'t str, query: &str) -> Result<String, (&'t str, Problem)>
    where
        'static: 't,
    {
        let mut uri = String::with_capacity(1 + template.len() + self.texts.len() + 1 + query.len());
        if !template.starts_with('/') {
            uri.push('/');
        }
        let mut rest = template;
        while let Some((before, label, after)) = next_label(rest) {
            uri.push_str(before);
            let (wire, greedy) = label.strip_suffix('+').map_or((label, false), |wire| (wire, true));
            let (name, text) = self.get(wire).ok_or((wire, Problem::EmptyLabel))?;
            check(text, greedy).map_err(|problem| (name, problem))?;
            push_encoded(&mut uri, text, greedy);
            rest = after;
        }
        uri.push_str(rest);
        if !query.is_empty() {
            uri.push(if template.as_bytes().contains(&b'?') { '&' } else { '?' });
            uri.push_str(query);
        }
        Ok(uri)
    }
}

/// The template up to a label, the label, and the template behind it.
pub(super) fn next_label(template: &str) -> Option<(&str, &str, &str)> {
    let (before, label) = template.split_once('{')?;
    let (label, after) = label.split_once('}')?;
    Some((before, label, after))
}

/// Text that would make the path that of another operation: paths are normalized, by servers and by signatures.
fn check(text: &[u8], greedy: bool) -> Result<(), Problem> {
    let dots = |segment: &[u8]| segment == b"." || segment == b"..";
    if text.is_empty() {
        Err(Problem::EmptyLabel)
    } else if dots(text) || (greedy && text.split(|byte| *byte == b'/').any(dots)) {
        Err(Problem::DotLabel)
    } else {
        Ok(())
    }
}
