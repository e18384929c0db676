//! Text of services, files and settings, made fit for one line of a log or a terminal.

use std::fmt::{self, Write as _};

/// The most characters of one text that a line shows, unless [`OneLine::at_most`] says otherwise.
const LONGEST: usize = 1000;

/// A text on one line: see [`one_line`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct OneLine<'a> {
    text: &'a str,
    longest: usize,
}

/// Shows a text so that it stays on its line, in its order and at its length: each character that would break or reorder
/// the line, or that nobody sees, becomes a space, and a long text is cut.
pub(crate) fn one_line(text: &str) -> OneLine<'_> {
    OneLine { text, longest: LONGEST }
}

impl OneLine<'_> {
    /// Shows at most this many characters.
    #[allow(dead_code, reason = "remarks of credential services, which are a feature, are shorter than errors")]
    pub(crate) fn at_most(mut self, characters: usize) -> Self {
        self.longest = characters;
        self
    }
}

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, c) in self.text.chars().enumerate() {
            if at == self.longest {
                return f.write_char('…');
            }
            f.write_char(if is_disruptive(c) { ' ' } else { c })?;
        }
        Ok(())
    }
}

/// Whether a character breaks lines, changes the order of its neighbours, or is invisible: the general categories Cc, Cf,
/// Zl and Zp of Unicode 16, and the code points that Unicode lists as ignorable by default.
fn is_disruptive(c: char) -> bool {
    if c.is_ascii() {
        return c.is_control();
    }
    matches!(c,
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{600}'..='\u{605}'
        | '\u{61c}'
        | '\u{6dd}'
        | '\u{70f}'
        | '\u{890}'..='\u{891}'
        | '\u{8e2}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{110bd}'
        | '\u{110cd}'
        | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// The scheme of a URL and what follows `://`; `None` where there is no scheme.
pub(crate) fn split_scheme(url: &str) -> Option<(&str, &str)> {
    url.split_once("://")
}

/// A URL without its user information, which may be a password, and without its query.
pub(crate) fn public_url(url: &str) -> String {
    let (scheme, rest) = match split_scheme(url) {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), url),
    };
    let shown = rest.split(['?', '#']).next().unwrap_or_default();
    // A password may hold any character, those that end an authority among them: what precedes the last @ is not shown.
    match rest.rsplit_once('@') {
        Some((_, after)) => format!("{scheme}…@{}", after.split(['?', '#']).next().unwrap_or_default()),
        None => format!("{scheme}{shown}"),
    }
}
