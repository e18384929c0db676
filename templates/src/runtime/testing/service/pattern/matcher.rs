//! The matcher: a pattern as instructions, all ways through it taken at once.

use super::class::Class;
use super::parser::Node;

/// The most instructions of a pattern. One that would have more, by repetitions of repetitions, is not compiled.
const MOST: usize = 50_000;

#[derive(Debug)]
enum Step {
    Char(char),
    Class(Class),
    Start,
    End,
    Boundary(bool),
    Ahead(Program, bool),
    /// Goes on in both places.
    Split(usize, usize),
    Jump(usize),
    Match,
}

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Program(Vec<Step>);

impl Program {
    pub(super) fn new(node: &Node) -> Option<Self> {
        let mut steps = Vec::new();
        compile(node, &mut steps)?;
        steps.push(Step::Match);
        Some(Self(steps))
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.run(text, 0, false)
    }

    /// Whether the program matches from a place on; from there only, where `anchored`.
    fn run(&self, text: &str, start: usize, anchored: bool) -> bool {
        let mut now = Places::new(self.0.len());
        let mut next = Places::new(self.0.len());
        let mut at = start;
        loop {
            if (at == start || !anchored) && self.add(0, text, at, &mut now) {
                return true;
            }
            if anchored && now.list.is_empty() {
                return false;
            }
            let Some(char) = text[at..].chars().next() else { return false };
            let after = at + char.len_utf8();
            for &place in &now.list {
                let goes_on = match &self.0[place] {
                    Step::Char(wanted) => *wanted == char,
                    Step::Class(class) => class.has(char),
                    _ => false,
                };
                if goes_on && self.add(place + 1, text, after, &mut next) {
                    return true;
                }
            }
            std::mem::swap(&mut now, &mut next);
            next.clear();
            at = after;
        }
    }

    /// Adds a place and all that are reached from it without a character. Says whether the end is among them.
    fn add(&self, place: usize, text: &str, at: usize, to: &mut Places) -> bool {
        let mut open = vec![place];
        while let Some(place) = open.pop() {
            if !to.insert(place) {
                continue;
            }
            let goes_on = match &self.0[place] {
                Step::Match => return true,
                Step::Split(one, other) => {
                    open.extend([*other, *one]);
                    continue;
                }
                Step::Jump(target) => {
                    open.push(*target);
                    continue;
                }
                Step::Start => at == 0,
                Step::End => at == text.len(),
                Step::Boundary(wanted) => is_boundary(text, at) == *wanted,
                Step::Ahead(program, wanted) => program.run(text, at, true) == *wanted,
                Step::Char(_) | Step::Class(_) => {
                    to.list.push(place);
                    continue;
                }
            };
            if goes_on {
                open.push(place + 1);
            }
        }
        false
    }
}

/// Places in a program, each once.
struct Places {
    seen: Vec<bool>,
    /// Those that were seen, for a quick end.
    touched: Vec<usize>,
    /// Those that wait for a character.
    list: Vec<usize>,
}

impl Places {
    fn new(steps: usize) -> Self {
        Self { seen: vec![false; steps], touched: Vec::new(), list: Vec::new() }
    }

    fn insert(&mut self, place: usize) -> bool {
        if self.seen[place] {
            return false;
        }
        self.seen[place] = true;
        self.touched.push(place);
        true
    }

    fn clear(&mut self) {
        for place in self.touched.drain(..) {
            self.seen[place] = false;
        }
        self.list.clear();
    }
}

fn is_boundary(text: &str, at: usize) -> bool {
    let is_word = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let before = text[..at].chars().next_back().is_some_and(is_word);
    before != text[at..].chars().next().is_some_and(is_word)
}

fn compile(node: &Node, to: &mut Vec<Step>) -> Option<()> {
    if to.len() > MOST {
        return None;
    }
    match node {
        Node::Empty => {}
        Node::Char(char) => to.push(Step::Char(*char)),
        Node::Class(class) => to.push(Step::Class(class.clone())),
        Node::Start => to.push(Step::Start),
        Node::End => to.push(Step::End),
        Node::Boundary(wanted) => to.push(Step::Boundary(*wanted)),
        Node::Ahead(node, wanted) => to.push(Step::Ahead(Program::new(node)?, *wanted)),
        Node::Sequence(nodes) => nodes.iter().try_for_each(|node| compile(node, to))?,
        Node::Choice(ways) => compile_choice(ways, to)?,
        Node::Repeat(node, min, max) => {
            for _ in 0..*min {
                compile(node, to)?;
            }
            match max {
                Some(max) => compile_optional(node, max.saturating_sub(*min), to)?,
                None => compile_loop(node, to)?,
            }
        }
    }
    Some(())
}

fn compile_choice(ways: &[Node], to: &mut Vec<Step>) -> Option<()> {
    let mut ends = Vec::new();
    for (index, way) in ways.iter().enumerate() {
        if index + 1 == ways.len() {
            compile(way, to)?;
            break;
        }
        let split = to.len();
        to.push(Step::Match);
        compile(way, to)?;
        ends.push(to.len());
        to.push(Step::Match);
        to[split] = Step::Split(split + 1, to.len());
    }
    let end = to.len();
    ends.into_iter().for_each(|jump| to[jump] = Step::Jump(end));
    Some(())
}

fn compile_optional(node: &Node, times: u32, to: &mut Vec<Step>) -> Option<()> {
    let mut splits = Vec::new();
    for _ in 0..times {
        splits.push(to.len());
        to.push(Step::Match);
        compile(node, to)?;
    }
    let end = to.len();
    splits.into_iter().for_each(|split| to[split] = Step::Split(split + 1, end));
    Some(())
}

fn compile_loop(node: &Node, to: &mut Vec<Step>) -> Option<()> {
    let split = to.len();
    to.push(Step::Match);
    compile(node, to)?;
    to.push(Step::Jump(split));
    to[split] = Step::Split(split + 1, to.len());
    Some(())
}
