//! The nearest name: the one among those that exist which somebody probably meant.

/// The number of letters that may differ; a longer text is no name.
const MOST: usize = 3;
const LONGEST: usize = 100;

/// The name that takes the fewest changes of a letter to get from what was given, where few are enough; a difference in
/// case is no change.
pub(crate) fn nearest<'n>(given: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    if given.len() > LONGEST {
        return None;
    }
    let most = MOST.min(given.len() / 3);
    names.map(|name| (distance(given, name), name)).filter(|(changes, _)| *changes <= most).min().map(|(_, name)| name)
}

/// The number of letters that have to be put in, taken out or exchanged to make one text of the other (Levenshtein distance).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (above, a) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], above + 1);
        for (at, b) in other.chars().enumerate() {
            let exchanged = diagonal + usize::from(!a.eq_ignore_ascii_case(&b));
            diagonal = row[at + 1];
            row[at + 1] = exchanged.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
