//! The sections of a config or credentials file.
//!
//! The format is what botocore reads, which is Python's `configparser` without interpolation: names of settings in any
//! case, comments on lines of their own, values that continue on deeper indented lines. Space within the brackets of a
//! header is tolerated, which botocore does not do.

use crate::runtime::base::words::{Quoting, split};

/// The kinds of sections that a config file has, besides the default profile.
const KINDS: [&str; 3] = ["profile", "sso-session", "services"];

/// The two kinds of files, which differ in what a header means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// `[default]`, or a kind and a name, quoted as for a shell: `[profile 'a name']`.
    Config,
    /// The name of a profile, as it is: `[it's me]`.
    Credentials,
}

/// The sections of a file.
#[derive(Default)]
pub(super) struct Ini {
    sections: Vec<Section>,
    /// The lines of headers that begin with a kind and are not a kind and a name.
    unsplit: Vec<usize>,
}

/// One section.
pub(super) struct Section {
    /// A kind of [`KINDS`]; empty where the header is a name alone.
    kind: &'static str,
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
    pub(super) fn parse(text: &str, format: Format) -> Result<Self, usize> {
        let mut ini = Self::default();
        // The section that settings belong to, and how deep its last setting is indented.
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
            if let Some(line) = trimmed.strip_prefix('[') {
                current = Some(ini.open(header(line).ok_or(index + 1)?, format, index + 1));
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
        self.position(kind, name).map(|position| &self.sections[position])
    }

    /// The lines of headers that begin with a kind and cannot be split into a kind and a name.
    pub(super) fn unsplit(&self) -> &[usize] {
        &self.unsplit
    }

    fn position(&self, kind: &str, name: &str) -> Option<usize> {
        self.sections.iter().position(|section| section.kind == kind && section.name == name)
    }

    /// The index of the section with this header; a second one of the same name continues the first.
    fn open(&mut self, header: &str, format: Format, line: usize) -> usize {
        let kind = KINDS.into_iter().find(|kind| format == Format::Config && header.starts_with(kind));
        let (kind, name) = match kind {
            None => (Some(""), header.to_owned()),
            Some(kind) => match split(header, Quoting::Posix).as_deref() {
                Some([_, name]) => (Some(kind), name.clone()),
                _ => {
                    self.unsplit.push(line);
                    (None, String::new())
                }
            },
        };
        // Settings of a section that has no name belong to nothing that can be asked for.
        let position = kind.and_then(|kind| self.position(kind, &name));
        position.unwrap_or_else(|| {
            self.sections.push(Section { kind: kind.unwrap_or("unsplit"), name, settings: Vec::new() });
            self.sections.len() - 1
        })
    }
}

/// The text that stands between the brackets of a header: up to the first bracket that only a comment follows, or else up to the last.
fn header(line: &str) -> Option<&str> {
    let before_comment = line.match_indices(']').find(|(at, _)| {
        let rest = line[at + 1..].trim_start();
        rest.is_empty() || rest.starts_with(['#', ';'])
    });
    let (end, _) = before_comment.or_else(|| line.rmatch_indices(']').next())?;
    Some(line[..end].trim()).filter(|header| !header.is_empty())
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
