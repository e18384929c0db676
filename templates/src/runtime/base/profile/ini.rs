//! Takes the text of a config or credentials file; gives its sections.
//!
//! The format is what botocore reads, which is Python's `configparser` without interpolation: names of settings in any
//! case, comments on lines of their own, values that go on over deeper indented lines.

/// What a header can begin with. Any other is a name, with its spaces.
const KINDS: [&str; 3] = ["profile", "sso-session", "services"];

/// The sections of a file.
#[derive(Default)]
pub(super) struct Ini {
    sections: Vec<Section>,
}

/// One section: `[kind name]`, or `[name]` with no kind.
pub(super) struct Section {
    kind: String,
    name: String,
    /// Names in lower case.
    settings: Vec<(String, String)>,
}

impl Section {
    /// The value of a setting, the last one where there are several.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.settings.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

impl Ini {
    /// Reads a file. The error is the number of the line that is not understood.
    pub(super) fn parse(text: &str) -> Result<Self, usize> {
        let mut ini = Self::default();
        // Where the section that settings belong to is, and how deep its last setting was indented.
        let mut current: Option<usize> = None;
        let mut indentation: Option<usize> = None;
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
                continue;
            }
            let deep = line.len() - line.trim_start().len();
            let section = current.and_then(|current| ini.sections.get_mut(current));
            if indentation.is_some_and(|before| deep > before) {
                if let Some((_, value)) = section.and_then(|section| section.settings.last_mut()) {
                    value.push('\n');
                    value.push_str(trimmed);
                }
                continue;
            }
            if let Some(header) = trimmed.strip_prefix('[') {
                let (header, _) = header.split_once(']').ok_or(index + 1)?;
                current = Some(ini.open(header));
                indentation = None;
                continue;
            }
            let (section, setting) = section.zip(setting(trimmed)).ok_or(index + 1)?;
            section.settings.push(setting);
            indentation = Some(deep);
        }
        Ok(ini)
    }

    /// The section of a kind and a name.
    pub(super) fn section(&self, kind: &str, name: &str) -> Option<&Section> {
        self.place(kind, name).map(|place| &self.sections[place])
    }

    fn place(&self, kind: &str, name: &str) -> Option<usize> {
        self.sections.iter().position(|section| section.kind == kind && section.name == name)
    }

    /// The index of the section with this header; one that comes twice goes on where it was.
    fn open(&mut self, header: &str) -> usize {
        let header = header.trim();
        let (kind, name) = match header.split_once(char::is_whitespace) {
            Some((kind, name)) if KINDS.contains(&kind) => (kind, unquoted(name.trim())),
            _ => ("", unquoted(header)),
        };
        self.place(kind, name).unwrap_or_else(|| {
            self.sections.push(Section { kind: kind.to_owned(), name: name.to_owned(), settings: Vec::new() });
            self.sections.len() - 1
        })
    }
}

/// A setting of a value that is itself lines of `name = value`.
pub(super) fn nested<'a>(value: &'a str, key: &str) -> Option<&'a str> {
    value.lines().filter_map(|line| line.split_once('=')).find_map(|(name, value)| {
        let is_it = name.trim().eq_ignore_ascii_case(key);
        is_it.then_some(value.trim()).filter(|value| !value.is_empty())
    })
}

fn setting(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(['=', ':'])?;
    let name = name.trim();
    (!name.is_empty()).then(|| (name.to_ascii_lowercase(), value.trim().to_owned()))
}

fn unquoted(name: &str) -> &str {
    let inner = |quote: char| name.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(name)
}
