//! Tokens of a JMESPath expression.

use serde_json::Value;

use super::expression::Comparison;

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Name(String),
    /// A name between double quotes, which is no name of a function.
    Quoted(String),
    Number(i64),
    Literal(Value),
    Compare(Comparison),
    And,
    Or,
    Not,
    Pipe,
    Dot,
    Star,
    At,
    Comma,
    Colon,
    Open,
    Close,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `[]`
    Flatten,
    /// `[?`
    Filter,
    OpenBrace,
    CloseBrace,
    /// `&`
    Reference,
    End,
}

/// The tokens of an expression, with an [`End`](Token::End) after them.
///
/// # Errors
/// A character that starts no token, and a text without an end.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let characters: Vec<char> = text.chars().collect();
    let mut lexer = Lexer { characters, at: 0 };
    let mut tokens = Vec::new();
    while let Some(character) = lexer.next() {
        if !character.is_whitespace() {
            tokens.push(lexer.token(character)?);
        }
    }
    tokens.push(Token::End);
    Ok(tokens)
}

struct Lexer {
    characters: Vec<char>,
    at: usize,
}

impl Lexer {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    /// Whether the next character is this one, which is then read.
    fn follows(&mut self, character: char) -> bool {
        let follows = self.peek() == Some(character);
        self.at += usize::from(follows);
        follows
    }

    fn either(&mut self, character: char, longer: Token, shorter: Token) -> Token {
        if self.follows(character) { longer } else { shorter }
    }

    fn token(&mut self, first: char) -> Result<Token, String> {
        use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};

        Ok(match first {
            '.' => Token::Dot,
            '*' => Token::Star,
            '@' => Token::At,
            ',' => Token::Comma,
            ':' => Token::Colon,
            '(' => Token::Open,
            ')' => Token::Close,
            ']' => Token::CloseBracket,
            '{' => Token::OpenBrace,
            '}' => Token::CloseBrace,
            '[' if self.follows('?') => Token::Filter,
            '[' => self.either(']', Token::Flatten, Token::OpenBracket),
            '&' => self.either('&', Token::And, Token::Reference),
            '|' => self.either('|', Token::Or, Token::Pipe),
            '!' => self.either('=', Token::Compare(NotEqual), Token::Not),
            '<' => self.either('=', Token::Compare(LessOrEqual), Token::Compare(Less)),
            '>' => self.either('=', Token::Compare(GreaterOrEqual), Token::Compare(Greater)),
            '=' if self.follows('=') => Token::Compare(Equal),
            '\'' => Token::Literal(Value::String(self.raw()?)),
            '`' => Token::Literal(self.json()?),
            '"' => Token::Quoted(self.quoted()?),
            '-' | '0'..='9' => self.number(first)?,
            first if first.is_ascii_alphabetic() || first == '_' => Token::Name(self.name(first)),
            other => return Err(format!("the character {other:?} starts nothing")),
        })
    }

    fn name(&mut self, first: char) -> String {
        let mut name = String::from(first);
        while let Some(character) = self.peek().filter(|c| c.is_ascii_alphanumeric() || *c == '_') {
            name.push(character);
            self.at += 1;
        }
        name
    }

    fn number(&mut self, first: char) -> Result<Token, String> {
        let mut digits = String::from(first);
        while let Some(digit) = self.peek().filter(char::is_ascii_digit) {
            digits.push(digit);
            self.at += 1;
        }
        digits.parse().map(Token::Number).map_err(|_| format!("{digits:?} is no number of 64 bits"))
    }

    /// The text up to the next mark. A backslash before the mark escapes it; any other backslash stays in the text.
    fn until(&mut self, mark: char) -> Result<String, String> {
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err(format!("there is no {mark} at the end of {text:?}")),
                Some('\\') if self.follows(mark) => text.push(mark),
                Some('\\') => {
                    text.push('\\');
                    text.extend(self.next());
                }
                Some(character) if character == mark => return Ok(text),
                Some(character) => text.push(character),
            }
        }
    }

    fn raw(&mut self) -> Result<String, String> {
        Ok(self.until('\'')?.replace("\\\\", "\\"))
    }

    fn quoted(&mut self) -> Result<String, String> {
        let mut text = String::from('"');
        loop {
            match self.next() {
                None => return Err(format!("there is no \" at the end of {text:?}")),
                Some('\\') => {
                    text.push('\\');
                    text.extend(self.next());
                }
                Some('"') => break,
                Some(character) => text.push(character),
            }
        }
        text.push('"');
        serde_json::from_str(&text).map_err(|error| format!("{text} is not a name: {error}"))
    }

    /// A literal between backticks. One that is no JSON is a text, as before the literals in single quotes.
    fn json(&mut self) -> Result<Value, String> {
        let text = self.until('`')?;
        let text = text.trim_start();
        let as_text = || serde_json::from_str(&format!("\"{text}\""));
        serde_json::from_str(text).or_else(|_| as_text()).map_err(|_| format!("{text:?} is not JSON"))
    }
}
