//! The features that a program needs: its Rust source is read as tokens, those within macros included, for the operations that it
//! calls, the shapes that it names, and the names that only a feature has.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use generator::tools::areas::{Index, Item, Kind};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use xtask::files::read_text;
use xtask::repository::Repository;

use crate::codegen::CRATE;

/// The features that a program has beside its areas, as they are on by default.
pub const BASE: [&str; 3] = ["client", "credentials", "serde"];

/// The line of Cargo.toml that has the features which these files, and the files of these folders, need.
///
/// # Errors
/// A path that cannot be read, or a file that is no Rust.
pub fn line(repository: &Repository, index: &Index, paths: &[PathBuf]) -> Result<String> {
    let mut files = Vec::new();
    for path in paths {
        find(path, &mut files)?;
    }
    if files.is_empty() {
        bail!("no Rust file was found: name files that end in .rs, or folders that have some");
    }
    let mut needs = ProgramNeeds::default();
    for file in &files {
        let tokens: TokenStream =
            read_text(file)?.parse().map_err(|error| anyhow::anyhow!("{}: not Rust: {error}", file.display()))?;
        needs.read(index, &flat(tokens), &file.display().to_string());
    }
    let features = needs.features(index);
    let others = needs.others.iter().map(|(feature, reasons)| (*feature, reasons));
    for (feature, reasons) in others.chain(needs.reasons.iter().map(|(feature, reasons)| (feature.as_str(), reasons))) {
        eprintln!("{feature}: {}", reasons.iter().cloned().collect::<Vec<_>>().join(", "));
    }
    if features.is_empty() {
        eprintln!("nothing there calls an operation of {CRATE} or names one of its types");
    }
    let manifest: toml::Table =
        read_text(&repository.generated().join("Cargo.toml"))?.parse().context("generated/Cargo.toml")?;
    let version = manifest.get("package").and_then(|package| package.get("version")).and_then(toml::Value::as_str);
    let others = needs.others.keys().copied();
    let features: Vec<String> = BASE
        .into_iter()
        .chain(others)
        .chain(features.iter().map(String::as_str))
        .map(|name| format!("\"{name}\""))
        .collect();
    Ok(format!(
        "{CRATE} = {{ version = \"{}\", default-features = false, features = [{}] }}\n",
        version.context("generated/Cargo.toml has no version")?,
        features.join(", ")
    ))
}

/// The files of Rust under a path. What cargo builds, and what is hidden, is nobody's source.
fn find(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(path).with_context(|| path.display().to_string())? {
        entries.push(entry.with_context(|| path.display().to_string())?.path());
    }
    entries.sort();
    for entry in entries {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_source = entry.extension().is_some_and(|extension| extension == "rs");
        if is_source || (entry.is_dir() && name != "target" && !name.starts_with('.')) {
            find(&entry, files)?;
        }
    }
    Ok(())
}

/// A token of the source.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Sign(char),
    Open(Delimiter),
    Close,
}

/// Tokens with those of all groups in their places.
fn flat(tokens: TokenStream) -> Vec<Token> {
    let mut all = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => all.push(Token::Word(ident.to_string().trim_start_matches("r#").to_owned())),
            TokenTree::Punct(sign) => all.push(Token::Sign(sign.as_char())),
            TokenTree::Literal(_) => all.push(Token::Sign('"')),
            TokenTree::Group(group) => {
                all.push(Token::Open(group.delimiter()));
                all.extend(flat(group.stream()));
                all.push(Token::Close);
            }
        }
    }
    all
}

/// The needs of a program.
#[derive(Debug, Default)]
struct ProgramNeeds<'a> {
    /// The features of operations and modules, each with what needs it.
    reasons: BTreeMap<String, BTreeSet<String>>,
    /// The features that are no areas, each with what needs it.
    others: BTreeMap<&'static str, BTreeSet<String>>,
    /// The shapes that are named: any of the features of each is enough.
    shapes: Vec<&'a Item>,
}

impl<'a> ProgramNeeds<'a> {
    fn read(&mut self, index: &'a Index, tokens: &[Token], file: &str) {
        let mut globs = Vec::new();
        for at in 0..tokens.len() {
            let Token::Word(word) = &tokens[at] else { continue };
            if is_path(tokens, at) || after_path(tokens, at) {
                if let Some(module) = index.modules.iter().find(|module| *module == word) {
                    self.add(module, word, file);
                }
            }
            for (feature, name) in others(index, tokens, at) {
                self.others.entry(feature).or_default().insert(format!("{name} ({file})"));
            }
            let module = before(tokens, at).filter(|before| index.modules.iter().any(|module| module == before));
            match word.as_str() {
                "operation" | "types" if is_path(tokens, at) => {
                    let kind = if word == "types" { Kind::Shape } else { Kind::Operation };
                    for name in named(&tokens[at + 3..]) {
                        match name {
                            "*" => globs.push((kind, module)),
                            _ => self.name(index, kind, module, name, file),
                        }
                    }
                }
                _ if is_method(tokens, at) || before(tokens, at) == Some("Client") => {
                    self.name(index, Kind::Operation, None, word, file);
                }
                _ => {}
            }
        }
        self.read_globs(index, tokens, file, &globs);
    }

    /// Adds what the names need that a file may have from `use …::types::*` or `use …::operation::*`: a type by itself, and the module of an
    /// operation at the start of a path.
    fn read_globs(&mut self, index: &'a Index, tokens: &[Token], file: &str, globs: &[(Kind, Option<&str>)]) {
        for at in 0..tokens.len() {
            let Token::Word(word) = &tokens[at] else { continue };
            let is_member = at > 0 && is_sign(tokens.get(at - 1), '.');
            if is_member || after_path(tokens, at) {
                continue;
            }
            for (kind, module) in globs {
                if *kind == Kind::Shape || is_path(tokens, at) {
                    self.name(index, *kind, *module, word, file);
                }
            }
        }
    }

    /// Adds what an item of a name needs.
    fn name(&mut self, index: &'a Index, kind: Kind, module: Option<&str>, name: &str, file: &str) {
        let is_it = |item: &&Item| {
            // Of whose client a method is cannot be told from its name.
            let any = kind == Kind::Operation && module.is_none();
            item.kind == kind && item.names.contains(name) && (any || item.module.as_deref() == module)
        };
        for item in index.items.iter().filter(is_it) {
            match kind {
                Kind::Operation => item.features.iter().for_each(|feature| self.add(feature, name, file)),
                Kind::Shape => self.shapes.push(item),
            }
        }
    }

    fn add(&mut self, feature: &str, name: &str, file: &str) {
        self.reasons.entry(feature.to_owned()).or_default().insert(format!("{name} ({file})"));
    }

    /// The features: those of operations, and for a shape that none of them brings the one that brings the least beside it.
    fn features(&mut self, index: &Index) -> BTreeSet<String> {
        let mut features: BTreeSet<String> = self.reasons.keys().cloned().collect();
        let size = |feature: &String| index.items.iter().filter(|item| item.features.contains(feature)).count();
        let mut shapes = std::mem::take(&mut self.shapes);
        shapes.sort_by_key(|item| (item.features.len(), item.file.clone()));
        for item in shapes {
            if item.features.iter().any(|feature| features.contains(feature)) {
                continue;
            }
            if let Some(least) = item.features.iter().min_by_key(|feature| size(feature)) {
                features.insert(least.clone());
                let name = item.names.iter().next().map_or("", String::as_str);
                self.reasons.entry(least.clone()).or_default().insert(format!("the type {name}"));
            }
        }
        features
    }
}

/// The features that are no areas and alone have what a word names, each with that name.
fn others<'t>(index: &Index, tokens: &'t [Token], at: usize) -> Vec<(&'static str, &'t str)> {
    let Token::Word(word) = &tokens[at] else { return Vec::new() };
    let within = if is_path(tokens, at) { named(&tokens[at + 3..]) } else { Vec::new() };
    match word.as_str() {
        "blocking" | "send_blocking" | "wait_blocking" if is_method(tokens, at) => vec![("blocking", word)],
        "testing" => within
            .into_iter()
            .filter_map(|name| match name {
                "mock" | "Mock" | "Called" | "Recorder" | "Recording" => Some(("mock", name)),
                "stand_in" | "StandIn" | "StandInOptions" => Some(("stand_in", name)),
                _ => None,
            })
            .collect(),
        "builder" if is_function_of_type(tokens, at) => {
            let of = before(tokens, at).unwrap_or_default();
            let shape = index.items.iter().find(|item| item.kind == Kind::Shape && item.names.contains(of));
            let is_end = ["Request", "Response", "Input", "Output"].iter().any(|end| of.ends_with(end));
            // Those that requests hold have a builder in any case.
            let is_asked_for = shape.map_or(is_end, |shape| !shape.names.contains(&format!("{of}Builder")));
            is_asked_for.then_some(("builders", of)).into_iter().collect()
        }
        _ if *word == CRATE.replace('-', "_") && within.contains(&"sdk") => vec![("sdk_compat", "sdk")],
        _ => Vec::new(),
    }
}

/// Whether the word is the name of a function of a type, and is called.
fn is_function_of_type(tokens: &[Token], at: usize) -> bool {
    after_path(tokens, at) && tokens.get(at + 1) == Some(&Token::Open(Delimiter::Parenthesis))
}

fn is_sign(token: Option<&Token>, sign: char) -> bool {
    token == Some(&Token::Sign(sign))
}

/// Whether a path goes on after the word.
fn is_path(tokens: &[Token], at: usize) -> bool {
    is_sign(tokens.get(at + 1), ':') && is_sign(tokens.get(at + 2), ':')
}

/// Whether a path leads to the word.
fn after_path(tokens: &[Token], at: usize) -> bool {
    before(tokens, at).is_some()
}

/// The word before a word in its path.
fn before(tokens: &[Token], at: usize) -> Option<&str> {
    let start = at.checked_sub(3)?;
    match (&tokens[start], is_sign(tokens.get(start + 1), ':') && is_sign(tokens.get(start + 2), ':')) {
        (Token::Word(word), true) => Some(word),
        _ => None,
    }
}

/// Whether the word is the name of a method that is called.
fn is_method(tokens: &[Token], at: usize) -> bool {
    let called = tokens.get(at + 1) == Some(&Token::Open(Delimiter::Parenthesis)) || is_path(tokens, at);
    at > 0 && is_sign(tokens.get(at - 1), '.') && called
}

/// The names that follow `types::`: one, or those in braces; `*` is one of them.
fn named(rest: &[Token]) -> Vec<&str> {
    match rest.first() {
        Some(Token::Word(name)) => vec![name],
        Some(Token::Sign('*')) => vec!["*"],
        Some(Token::Open(Delimiter::Brace)) => {
            let mut names = Vec::new();
            let mut depth = 0;
            for at in 0..rest.len() {
                match &rest[at] {
                    Token::Open(_) => depth += 1,
                    Token::Close => depth -= 1,
                    // `as Other` is a name of the program's own, and what follows `::` is another module's.
                    token if at > 0 && (matches!(rest[at - 1], Token::Open(_)) || is_sign(rest.get(at - 1), ',')) => {
                        match token {
                            Token::Word(name) => names.push(name.as_str()),
                            Token::Sign('*') => names.push("*"),
                            _ => {}
                        }
                    }
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            names
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use generator::tools::areas::{Index, Item, Kind};

    use super::{ProgramNeeds, flat};

    fn item(kind: Kind, module: Option<&str>, names: &[&str], features: &[&str]) -> Item {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        let file = format!("src/{}.rs", names[0]);
        Item { kind, module: module.map(str::to_owned), names: set(names), file, features: set(features) }
    }

    fn index() -> Index {
        let items = vec![
            item(Kind::Operation, None, &["get_thing"], &["things"]),
            item(Kind::Operation, None, &["get_user"], &["users"]),
            item(Kind::Operation, None, &["list_tags"], &["tags"]),
            item(Kind::Shape, None, &["Tag", "TagBuilder"], &["tags", "things", "users"]),
            item(Kind::Shape, None, &["Colour"], &["things"]),
            item(Kind::Shape, None, &["Odd"], &["odd", "things"]),
            item(Kind::Shape, Some("other"), &["Colour"], &["other_colours"]),
        ];
        Index { areas: Vec::new(), items, modules: vec!["other".to_owned()] }
    }

    fn features(source: &str) -> Vec<String> {
        let index = index();
        let mut needs = ProgramNeeds::default();
        needs.read(&index, &flat(source.parse().unwrap()), "main.rs");
        needs.features(&index).into_iter().collect()
    }

    /// The features of a program that are no areas.
    fn other_features(source: &str) -> Vec<&'static str> {
        let index = index();
        let mut needs = ProgramNeeds::default();
        needs.read(&index, &flat(source.parse().unwrap()), "main.rs");
        needs.others.into_keys().collect()
    }

    #[test]
    fn names_that_only_a_feature_has_need_it() {
        for (source, expected) in [
            ("use amazon_connect::sdk::{self, Client};", &["sdk_compat"][..]),
            ("use amazon_connect::{sdk, Client};", &["sdk_compat"]),
            ("use other::sdk::Client;", &[]),
            ("use amazon_connect::testing::Mock;", &["mock"]),
            ("use amazon_connect::{testing::{Mock, StandIn}, types::Tag};", &["mock", "stand_in"]),
            ("use amazon_connect::testing::stand_in::Fault;", &["stand_in"]),
            ("fn main() { client.get_user().send_blocking(); }", &["blocking"]),
            ("fn main() { Tag::builder().build(); }", &[]),
            ("fn main() { Colour::builder().build(); GetUserResponse::builder(); }", &["builders"]),
            ("fn main() { Own::builder(); Request::new(); }", &[]),
        ] {
            assert_eq!(other_features(source), expected, "{source}");
        }
    }

    #[test]
    fn calls_and_names_of_types_need_features() {
        for (source, expected) in [
            ("fn main() { client.get_user().send(); }", &["users"][..]),
            (
                "fn main() { tokio::join!(client.get_user().send(), async { client.get_thing() }); }",
                &["things", "users"],
            ),
            ("fn main() { Client::get_user(&client); }", &["users"]),
            ("use a::operation::get_user::GetUserRequest;", &["users"]),
            ("use a::operation::{get_user, get_thing as other};", &["things", "users"]),
            ("use a::{Client, types::{Colour as Own, Tag}};", &["things"]),
            ("fn main() { let tag = a::types::Tag::builder(); client.get_user(); }", &["users"]),
            ("fn main() { let odd: types::Odd; client.get_thing(); }", &["things"]),
            ("use a::types::{self, Odd};", &["odd"]),
            ("use a::types::*; fn f(_: Odd) {}", &["odd"]),
            ("use a::{Client, types::*}; fn f(c: Client) -> Vec<Odd> { c.get_user() }", &["odd", "users"]),
            ("use a::types::{self, *}; fn f(_: Odd) {}", &["odd"]),
            ("use a::types::{error::*}; fn f(_: Odd) {}", &[]),
            ("use a::operation::*; fn f(_: get_user::GetUserRequest) {}", &["users"]),
            ("use a::operation::*; fn f(get_user: u8, _: own::Odd) {}", &[]),
            ("use a::other::types::*; fn f(_: Colour) {}", &["other", "other_colours"]),
            ("use a::other::Client; use a::other::types::Colour;", &["other", "other_colours"]),
            ("// client.get_user()\nfn get_user() { let get_user = \"client.get_user()\"; }", &[]),
            ("struct Own { get_user: u8 } fn f(own: &Own) -> u8 { own.get_user }", &[]),
        ] {
            assert_eq!(features(source), expected, "{source}");
        }
    }
}
