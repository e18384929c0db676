//! The modules of one file: the names that they define and bind, and the paths in their code.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The references of one module, a file's or an inline one, to others.
#[derive(Debug, Default)]
pub(crate) struct Module {
    /// The module of the file that this is written in.
    pub file: Vec<String>,
    /// The items that are defined here.
    pub items: BTreeSet<String>,
    /// The names that `use` declarations bind, with the path of each as written.
    pub bound: BTreeMap<String, Vec<String>>,
    /// The paths that `use` declarations import everything of.
    pub globs: Vec<Vec<String>>,
    /// The other paths in the code, as written.
    pub paths: BTreeSet<Vec<String>>,
}

/// The words that a definition's name follows.
const DEFINES: [&str; 9] = ["fn", "struct", "enum", "union", "trait", "type", "const", "static", "mod"];

/// Adds the modules of a file, which is the module `at`; and the paths of those that only tests have.
pub(crate) fn read(
    at: &[String],
    text: &str,
    modules: &mut BTreeMap<Vec<String>, Module>,
    tests: &mut BTreeSet<Vec<String>>,
) -> Result<(), String> {
    let tokens: TokenStream = text.parse().map_err(|error| format!("{error}"))?;
    Reader { file: at, modules, tests }.module(at, tokens);
    Ok(())
}

struct Reader<'a> {
    file: &'a [String],
    modules: &'a mut BTreeMap<Vec<String>, Module>,
    tests: &'a mut BTreeSet<Vec<String>>,
}

impl Reader<'_> {
    fn module(&mut self, at: &[String], tokens: TokenStream) {
        self.of(at);
        self.items(at, &tokens.into_iter().collect::<Vec<_>>(), true);
    }

    fn of(&mut self, at: &[String]) -> &mut Module {
        let file = self.file.to_vec();
        self.modules.entry(at.to_vec()).or_insert_with(|| Module { file, ..Module::default() })
    }

    /// Reads tokens of a module; `top` where they are not within a body, and so may define items of the module.
    fn items(&mut self, at: &[String], tokens: &[TokenTree], top: bool) {
        let mut index = 0;
        while index < tokens.len() {
            let rest = &tokens[index..];
            index += match rest {
                [TokenTree::Punct(sign), TokenTree::Group(attribute), ..] if sign.as_char() == '#' => {
                    if is_test(attribute) { 2 + self.skip_test(at, &rest[2..]) } else { 2 }
                }
                [TokenTree::Ident(word), TokenTree::Punct(_), TokenTree::Ident(name), TokenTree::Group(_), ..]
                    if word == "macro_rules" =>
                {
                    self.of(at).items.insert(name.to_string());
                    4
                }
                [TokenTree::Ident(word), ..] if word == "use" => {
                    let length = rest.iter().take_while(|token| !is_punct(token, ';')).count();
                    self.uses(at, &[], &rest[1..length]);
                    length + 1
                }
                [TokenTree::Ident(word), TokenTree::Ident(name), TokenTree::Group(body), ..]
                    if word == "mod" && body.delimiter() == Delimiter::Brace =>
                {
                    self.of(at).items.insert(name.to_string());
                    let inner = [at, &[name.to_string()]].concat();
                    self.module(&inner, body.stream());
                    3
                }
                [TokenTree::Ident(word), TokenTree::Ident(name), ..]
                    if top && DEFINES.iter().any(|kind| word == kind) =>
                {
                    // `const fn` and `const unsafe fn` define what follows.
                    if !DEFINES.iter().any(|kind| name == kind) {
                        self.of(at).items.insert(name.to_string());
                    }
                    1
                }
                [TokenTree::Ident(_), ..] => self.path(at, rest),
                [TokenTree::Group(group), ..] => {
                    self.items(at, &group.stream().into_iter().collect::<Vec<_>>(), false);
                    1
                }
                // What follows a dot or a quote is a field, a method or a lifetime.
                [TokenTree::Punct(sign), TokenTree::Ident(_), ..] if matches!(sign.as_char(), '.' | '\'') => 2,
                _ => 1,
            };
        }
    }

    /// Reads a path of two names or more; gives the number of its tokens.
    fn path(&mut self, at: &[String], tokens: &[TokenTree]) -> usize {
        let mut path = Vec::new();
        let mut index = 0;
        while let Some(TokenTree::Ident(name)) = tokens.get(index) {
            path.push(name.to_string());
            index += 1;
            match &tokens[index..] {
                [first, second, TokenTree::Ident(_), ..] if is_punct(first, ':') && is_punct(second, ':') => index += 2,
                _ => break,
            }
        }
        if path.len() > 1 {
            self.of(at).paths.insert(path);
        }
        index
    }

    /// Reads the tree of a `use` declaration.
    fn uses(&mut self, at: &[String], prefix: &[String], tokens: &[TokenTree]) {
        let mut path = prefix.to_vec();
        let mut name = None;
        let mut tokens = tokens.iter();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(word) if word == "as" => {
                    if let Some(TokenTree::Ident(given)) = tokens.next() {
                        name = Some(given.to_string());
                    }
                }
                TokenTree::Ident(word) if word == "self" && !path.is_empty() => {}
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Punct(sign) if sign.as_char() == '*' => return self.of(at).globs.push(path),
                TokenTree::Group(group) => {
                    let inner: Vec<_> = group.stream().into_iter().collect();
                    for tree in inner.split(|token| is_punct(token, ',')).filter(|tree| !tree.is_empty()) {
                        self.uses(at, &path, tree);
                    }
                    return;
                }
                _ => {}
            }
        }
        if let Some(name) = name.or_else(|| path.last().cloned()) {
            self.of(at).bound.insert(name, path);
        }
    }

    /// Passes over an item that only tests have; gives the number of its tokens.
    fn skip_test(&mut self, at: &[String], tokens: &[TokenTree]) -> usize {
        let ends = |token: &TokenTree| {
            is_punct(token, ';') || matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
        };
        let words: Vec<_> = tokens.iter().take_while(|token| !ends(token)).collect();
        if let [.., TokenTree::Ident(word), TokenTree::Ident(name)] = &words[..] {
            if *word == "mod" {
                self.tests.insert([at, &[name.to_string()]].concat());
            }
        }
        (words.len() + 1).min(tokens.len())
    }
}

/// Whether an attribute is `cfg(test)`.
fn is_test(attribute: &Group) -> bool {
    let text: String = attribute.stream().to_string().chars().filter(|c| !c.is_whitespace()).collect();
    text == "cfg(test)"
}

fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}
