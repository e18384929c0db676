//! The reader of patterns.

use super::class::{Class, Item, Set};

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Empty,
    Char(char),
    Class(Class),
    Start,
    End,
    /// Between a character of a word and one of none; `false` is anywhere else.
    Boundary(bool),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Repeat(Box<Node>, u32, Option<u32>),
    /// A lookahead: the rest matches, or with `false` does not.
    Ahead(Box<Node>, bool),
}

/// The greatest depth of nested groups.
const DEEPEST: usize = 50;

/// Reads a pattern; `None` where it is none, or has something that is not supported.
pub(super) fn parse(pattern: &str) -> Option<Node> {
    let mut parser = Parser { rest: pattern, depth: 0 };
    let node = parser.choice()?;
    parser.rest.is_empty().then_some(node)
}

struct Parser<'p> {
    rest: &'p str,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let next = chars.next();
        self.rest = chars.as_str();
        next
    }

    fn take(&mut self, text: &str) -> bool {
        let after = self.rest.strip_prefix(text);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn choice(&mut self) -> Option<Node> {
        let mut ways = vec![self.sequence()?];
        while self.take("|") {
            ways.push(self.sequence()?);
        }
        if ways.len() == 1 { ways.pop() } else { Some(Node::Choice(ways)) }
    }

    fn sequence(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        while self.peek().is_some_and(|next| next != '|' && next != ')') {
            let atom = self.atom()?;
            nodes.push(self.repeated(atom)?);
        }
        Some(if nodes.is_empty() { Node::Empty } else { Node::Sequence(nodes) })
    }

    fn repeated(&mut self, atom: Node) -> Option<Node> {
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(atom),
            _ => return Some(atom),
        };
        self.next();
        self.take("?");
        Some(Node::Repeat(Box::new(atom), min, max))
    }

    /// A repetition `{2}`, `{2,}` or `{2,5}`. Other text in braces stands for itself.
    fn counted(&mut self, atom: Node) -> Option<Node> {
        let counts = self.rest[1..].split_once('}').map(|(counts, rest)| (counts.split_once(',').ok_or(counts), rest));
        let bounds = counts.and_then(|(counts, rest)| match counts {
            Ok((min, "")) => Some((min.parse().ok()?, None, rest)),
            Ok((min, max)) => Some((min.parse().ok()?, Some(max.parse().ok()?), rest)),
            Err(count) => count.parse().ok().map(|count| (count, Some(count), rest)),
        });
        let Some((min, max, rest)) = bounds else { return Some(atom) };
        self.rest = rest;
        self.take("?");
        Some(Node::Repeat(Box::new(atom), min, max))
    }

    fn atom(&mut self) -> Option<Node> {
        Some(match self.next()? {
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::Class(Class::any()),
            '(' => return self.group(),
            '[' => Node::Class(self.class()?),
            '\\' => return self.escape(),
            '*' | '+' | '?' => return None,
            char => Node::Char(char),
        })
    }

    fn group(&mut self) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let ahead = if self.take("?=") {
            Some(true)
        } else if self.take("?!") {
            Some(false)
        } else if self.take("?<") {
            // A name; an assertion that looks behind has none.
            let (name, rest) = self.rest.split_once('>')?;
            self.rest = rest;
            name.chars().all(|char| char.is_alphanumeric() || char == '_').then_some(())?;
            None
        } else {
            self.take("?:");
            None
        };
        let node = self.choice()?;
        self.depth -= 1;
        self.take(")").then_some(match ahead {
            Some(wanted) => Node::Ahead(Box::new(node), wanted),
            None => node,
        })
    }

    fn escape(&mut self) -> Option<Node> {
        match self.peek()? {
            'b' => self.next().map(|_| Node::Boundary(true)),
            'B' => self.next().map(|_| Node::Boundary(false)),
            '1'..='9' => None,
            _ => self.escaped().map(|item| match item {
                Item::Range(from, to) if from == to => Node::Char(from),
                item => Node::Class(Class::of(item)),
            }),
        }
    }

    /// The meaning of an escape, inside of a class or outside.
    fn escaped(&mut self) -> Option<Item> {
        let one = |char| Some(Item::Range(char, char));
        match self.next()? {
            'd' => Some(Item::Set(Set::Digit)),
            'D' => Some(Item::Not(Set::Digit)),
            'w' => Some(Item::Set(Set::Word)),
            'W' => Some(Item::Not(Set::Word)),
            's' => Some(Item::Set(Set::Space)),
            'S' => Some(Item::Not(Set::Space)),
            'p' => self.category().map(Item::Set),
            'P' => self.category().map(Item::Not),
            'n' => one('\n'),
            'r' => one('\r'),
            't' => one('\t'),
            'f' => one('\u{c}'),
            'v' => one('\u{b}'),
            '0' => one('\0'),
            'x' => self.hexadecimal(2),
            'u' if self.peek() == Some('{') => {
                let (digits, rest) = self.rest[1..].split_once('}')?;
                self.rest = rest;
                one(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?)
            }
            'u' => self.hexadecimal(4),
            char => one(char),
        }
    }

    fn hexadecimal(&mut self, count: usize) -> Option<Item> {
        let digits = self.rest.get(..count)?;
        let char = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
        self.rest = &self.rest[count..];
        Some(Item::Range(char, char))
    }

    fn category(&mut self) -> Option<Set> {
        if !self.take("{") {
            let name = self.next()?;
            return Set::category(name.encode_utf8(&mut [0; 4]));
        }
        let (name, rest) = self.rest.split_once('}')?;
        self.rest = rest;
        Set::category(name)
    }

    fn class(&mut self) -> Option<Class> {
        let mut class = Class { negated: self.take("^"), items: Vec::new() };
        loop {
            let item = match self.next()? {
                ']' => return Some(class),
                // `[[:word:]]` and nested classes are of other dialects.
                '\\' => self.class_escape()?,
                char => Item::Range(char, char),
            };
            class.items.push(self.range(item)?);
        }
    }

    /// In a class, `\b` is a backspace.
    fn class_escape(&mut self) -> Option<Item> {
        if self.take("b") { Some(Item::Range('\u{8}', '\u{8}')) } else { self.escaped() }
    }

    /// A range where a hyphen and its end follow. A hyphen beside a set or at the end of the class stands for itself.
    fn range(&mut self, first: Item) -> Option<Item> {
        let Item::Range(from, _) = first else { return Some(first) };
        let before = self.rest;
        if !self.take("-") || self.peek()? == ']' {
            self.rest = before;
            return Some(first);
        }
        let last = match self.next()? {
            '\\' => self.class_escape()?,
            char => Item::Range(char, char),
        };
        match last {
            Item::Range(to, _) => (from <= to).then_some(Item::Range(from, to)),
            _ => {
                self.rest = before;
                Some(first)
            }
        }
    }
}
