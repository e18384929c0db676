//! Classes of characters.

/// A class: the characters that any of its items has, or all others.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Class {
    pub(super) negated: bool,
    pub(super) items: Vec<Item>,
}

/// A part of a class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Item {
    Range(char, char),
    Set(Set),
    /// All that the set does not have.
    Not(Set),
}

/// A set of characters that has a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Set {
    Digit,
    Word,
    Space,
    Letter,
    Uppercase,
    Lowercase,
    Number,
    Separator,
    Mark,
    Punctuation,
    Symbol,
    Other,
}

impl Class {
    pub(super) fn of(item: Item) -> Self {
        Self { negated: false, items: vec![item] }
    }

    /// Any character but the end of a line.
    pub(super) fn any() -> Self {
        let items = ['\n', '\r', '\u{2028}', '\u{2029}'].map(|end| Item::Range(end, end)).to_vec();
        Self { negated: true, items }
    }

    pub(super) fn has(&self, char: char) -> bool {
        let any = self.items.iter().any(|item| match item {
            Item::Range(from, to) => (*from..=*to).contains(&char),
            Item::Set(set) => set.has(char),
            Item::Not(set) => !set.has(char),
        });
        any != self.negated
    }
}

impl Set {
    /// The set that a category of Unicode names (`\p{L}`); `None` for one that is not known here.
    pub(super) fn category(name: &str) -> Option<Self> {
        let name = name.strip_prefix("General_Category=").or_else(|| name.strip_prefix("gc=")).unwrap_or(name);
        Some(match name {
            "L" | "Letter" => Self::Letter,
            "Lu" => Self::Uppercase,
            "Ll" => Self::Lowercase,
            "N" | "Nd" | "Number" => Self::Number,
            "Z" | "Zs" | "Separator" => Self::Separator,
            "M" | "Mark" => Self::Mark,
            "P" | "Punctuation" => Self::Punctuation,
            "S" | "Symbol" => Self::Symbol,
            "C" | "Other" => Self::Other,
            _ => return None,
        })
    }

    fn has(self, char: char) -> bool {
        let is_separator = |char: char| char.is_whitespace() && !char.is_control();
        // The standard library has no marks and symbols: beyond ASCII, they are what no other category has.
        let is_rest = |char: char| {
            !char.is_ascii() && !char.is_alphanumeric() && !is_separator(char) && !char.is_control() && !is_format(char)
        };
        match self {
            Self::Digit => char.is_ascii_digit(),
            Self::Word => char.is_ascii_alphanumeric() || char == '_',
            Self::Space => char.is_whitespace() || char == '\u{feff}',
            Self::Letter => char.is_alphabetic(),
            Self::Uppercase => char.is_uppercase(),
            Self::Lowercase => char.is_lowercase(),
            Self::Number => char.is_numeric(),
            Self::Separator => is_separator(char),
            Self::Mark => is_rest(char),
            Self::Punctuation => (char.is_ascii_punctuation() && !is_symbol(char)) || is_rest(char),
            Self::Symbol => is_symbol(char) || is_rest(char),
            Self::Other => char.is_control() || is_format(char),
        }
    }
}

/// The symbols among the punctuation of ASCII.
fn is_symbol(char: char) -> bool {
    matches!(char, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~')
}

/// Characters that are not seen (category `Cf`) or are for private use (`Co`).
fn is_format(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{180e}' | '\u{feff}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}' | '\u{e0001}'..='\u{e007f}')
}
