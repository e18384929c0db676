//! Words of a command line or a section header, split as a POSIX shell splits them, without expansion.
//!
//! Both are split as botocore does it: by Python's `shlex.split`, and on Windows, for command lines, by the rules of the
//! Microsoft C runtime as far as botocore follows them.

/// The characters that separate words.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// The meaning of a backslash outside of double quotes, and whether a single quote is a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quoting {
    /// A backslash escapes the next character, and both quotes are quotes.
    Posix,
    /// A backslash is a part of a path, and only the double quote is a quote.
    #[cfg_attr(not(windows), allow(dead_code, reason = "command lines are split so on Windows only"))]
    Windows,
}

/// The words of a line; `None` where a quote or an escape does not end.
pub(crate) fn split(line: &str, quoting: Quoting) -> Option<Vec<String>> {
    let is_posix = quoting == Quoting::Posix;
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\\', None) if is_posix => word.get_or_insert_default().push(rest.next()?),
            // Within double quotes a backslash escapes what would be special there, and is itself otherwise.
            ('\\', Some('"')) => {
                let special = rest.next_if(|next| *next == '"' || (is_posix && *next == '\\'));
                word.get_or_insert_default().push(special.unwrap_or('\\'));
            }
            ('"', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            ('\'', None) if is_posix => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, None) if BLANKS.contains(&c) => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}
