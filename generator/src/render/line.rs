//! Tokens on one line, spaced as people write Rust. prettyplease lays out items, but no rows of a macro's table.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The text of tokens that hold paths, types, calls and literals; operators other than those of types are not known.
pub(crate) fn line(tokens: &TokenStream) -> String {
    let mut line = Line { text: String::new(), before: Before::Nothing };
    line.tokens(tokens);
    line.text
}

/// The token before the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The start, or something that the next token follows without a space.
    Nothing,
    /// A word, a literal or the end of a group.
    Word,
    /// Punctuation that is followed by a space.
    Space,
}

struct Line {
    text: String,
    before: Before,
}

impl Line {
    fn tokens(&mut self, tokens: &TokenStream) {
        let mut tokens = tokens.clone().into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(ident) => self.word(&ident.to_string()),
                TokenTree::Literal(literal) => self.word(&literal.to_string()),
                TokenTree::Group(group) => self.group(group.delimiter(), &group.stream()),
                TokenTree::Punct(first) => {
                    let mut text = first.as_char().to_string();
                    let joins = |text: &str, next: char| matches!((text, next), ("-" | "=", '>') | (":", ':'));
                    if first.spacing() == Spacing::Joint {
                        if let Some(TokenTree::Punct(second)) = tokens.peek() {
                            if joins(&text, second.as_char()) {
                                text.push(second.as_char());
                                tokens.next();
                            }
                        }
                    }
                    self.punctuation(&text);
                }
            }
        }
    }

    fn word(&mut self, text: &str) {
        self.open(self.before != Before::Nothing);
        self.text.push_str(text);
        self.before = Before::Word;
    }

    fn group(&mut self, delimiter: Delimiter, inner: &TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => ("", ""),
        };
        self.open(self.before == Before::Space || delimiter == Delimiter::Brace);
        self.text.push_str(open);
        self.before = Before::Nothing;
        self.tokens(inner);
        self.text.push_str(close);
        self.before = Before::Word;
    }

    fn punctuation(&mut self, text: &str) {
        let (space, after) = match text {
            "," | ";" | ":" => (false, Before::Space),
            "::" | "." | "<" | "!" => (false, Before::Nothing),
            ">" | "?" => (false, Before::Word),
            "&" | "'" | "#" | "*" => (self.before != Before::Nothing, Before::Nothing),
            _ => (true, Before::Space),
        };
        self.open(space || (self.before == Before::Space && text != ">"));
        self.text.push_str(text);
        self.before = after;
    }

    fn open(&mut self, space: bool) {
        if space && !self.text.is_empty() {
            self.text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::line;

    #[test]
    fn tokens_are_spaced_as_people_write_them() {
        let cases = [
            (quote!(instance_id: label("InstanceId").required()), r#"instance_id: label("InstanceId").required()"#),
            (quote!(errors(&["A", "B"])), r#"errors(&["A", "B"])"#),
            (quote!(CreateUserCall<A: name, B: r#type>(Request)), "CreateUserCall<A: name, B: r#type>(Request)"),
            (quote!(Foo<'c, A> => Vec<Option<Bar>>), "Foo<'c, A> => Vec<Option<Bar>>"),
            (quote!(tags(map into String => into std::String) -> (runtime::Set, B)), {
                "tags(map into String => into std::String) -> (runtime::Set, B)"
            }),
            (quote!(General = "GENERAL"), r#"General = "GENERAL""#),
            (quote!(items(page?.list?): [Item]), "items(page?.list?): [Item]"),
            (quote!(#[deprecated(note = "x")]), r#"#[deprecated(note = "x")]"#),
            (quote!(sensitive Shape { a: b }), "sensitive Shape { a: b }"),
            (quote!(HashMap<String, Vec<i32>>), "HashMap<String, Vec<i32>>"),
        ];
        for (tokens, text) in cases {
            assert_eq!(line(&tokens), text);
        }
    }
}
