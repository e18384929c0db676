//! Text of the model as it may be shown: in documentation, in banners and in errors; and the names nearest to one that is
//! not known.

/// Text of the model as a code span: no backtick, line end or control character of it can end the span or the comment.
pub(crate) fn code(text: &str) -> String {
    const LONGEST: usize = 300;
    let shown: String = text.chars().take(LONGEST).flat_map(printable).collect();
    let shown = if text.chars().nth(LONGEST).is_some() { format!("{shown}…") } else { shown };
    let longest_run = shown.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest_run + 1);
    let pad = if shown.starts_with('`') || shown.ends_with('`') || shown.is_empty() { " " } else { "" };
    format!("{fence}{pad}{shown}{pad}{fence}")
}

/// A character of the model as it is shown: one that cannot be seen is shown by its number.
pub(crate) fn printable(c: char) -> Vec<char> {
    if is_hidden(c) { c.escape_unicode().collect() } else { vec![c] }
}

/// Whether a character cannot be seen. Bidirectional controls could make a reviewer read another text than the compiler does.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The three names that take the fewest edits to become `name`.
pub(crate) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut ranked: Vec<_> =
        names.map(|other| (distance(&name.to_lowercase(), &other.to_lowercase()), other)).collect();
    ranked.sort_unstable();
    ranked.into_iter().take(3).map(|(_, other)| other).collect()
}

/// The characters of a name that are compared: a longer one is nobody's slip of the pen.
const COMPARED: usize = 160;

/// The Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().take(COMPARED).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(left != *right);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
