//! Texts that a pattern describes.

use super::class::{Class, Item};
use super::parser::Node;

/// The most repetitions beyond the fewest that a pattern allows.
const MORE: usize = 4;

pub(super) fn sample(node: &Node, choose: &mut dyn FnMut(usize) -> usize) -> String {
    let mut text = String::new();
    push(node, choose, &mut text);
    text
}

fn push(node: &Node, choose: &mut dyn FnMut(usize) -> usize, to: &mut String) {
    match node {
        Node::Empty | Node::Start | Node::End | Node::Boundary(_) | Node::Ahead(..) => {}
        Node::Char(char) => to.push(*char),
        Node::Class(class) => to.push(character(class, choose)),
        Node::Sequence(nodes) => nodes.iter().for_each(|node| push(node, choose, to)),
        Node::Choice(ways) => push(&ways[choose(ways.len()) % ways.len()], choose, to),
        Node::Repeat(node, min, max) => {
            let most = max.unwrap_or(u32::MAX).saturating_sub(*min) as usize;
            let times = *min as usize + choose(most.min(MORE) + 1);
            (0..times).for_each(|_| push(node, choose, to));
        }
    }
}

/// A character of a class: a plain one if there is any.
fn character(class: &Class, choose: &mut dyn FnMut(usize) -> usize) -> char {
    let plain: Vec<char> = ('0'..='9').chain('a'..='z').chain('A'..='Z').filter(|char| class.has(*char)).collect();
    if !plain.is_empty() {
        return plain[choose(plain.len()) % plain.len()];
    }
    let first = class.items.iter().find_map(|item| match item {
        Item::Range(from, _) if !class.negated => Some(*from),
        _ => None,
    });
    first.or_else(|| (' '..='~').find(|char| class.has(*char))).unwrap_or('\u{e9}')
}
