//! Spelling: how a service writes names of one kind as a rule, and so the one name that is the usual spelling of a Rust name.

use heck::{ToKebabCase, ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// A way to write names of several words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    UpperCamel,
    LowerCamel,
    ScreamingSnake,
    Snake,
    Kebab,
}

impl Spelling {
    pub const ALL: [Self; 5] = [Self::UpperCamel, Self::LowerCamel, Self::ScreamingSnake, Self::Snake, Self::Kebab];

    /// Its name in a record.
    pub fn name(self) -> &'static str {
        match self {
            Self::UpperCamel => "UpperCamelCase",
            Self::LowerCamel => "lowerCamelCase",
            Self::ScreamingSnake => "SCREAMING_SNAKE_CASE",
            Self::Snake => "snake_case",
            Self::Kebab => "kebab-case",
        }
    }

    /// A Rust name in this spelling.
    pub fn spell(self, rust: &str) -> String {
        match self {
            Self::UpperCamel => rust.to_upper_camel_case(),
            Self::LowerCamel => rust.to_lower_camel_case(),
            Self::ScreamingSnake => rust.to_shouty_snake_case(),
            Self::Snake => rust.to_snake_case(),
            Self::Kebab => rust.to_kebab_case(),
        }
    }

    /// The spelling that most names have, each given with its Rust name; the first of several.
    pub fn of_most<'a>(names: impl Iterator<Item = (&'a str, String)>) -> Self {
        let mut counts = [0_usize; Self::ALL.len()];
        for (name, rust) in names {
            for (count, spelling) in counts.iter_mut().zip(Self::ALL) {
                *count += usize::from(spelling.spell(&rust) == name);
            }
        }
        let most = counts.iter().copied().max().unwrap_or_default();
        let first = counts.iter().position(|count| *count == most).unwrap_or_default();
        Self::ALL[first]
    }
}
