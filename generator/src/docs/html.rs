//! Markdown for rustdoc, from the HTML of upstream's documentation. It is sound whatever the HTML is: no tag is passed on, no
//! character of a text counts as a mark, and nothing stays open.

mod blocks;
mod escape;

use blocks::{Blocks, Frame};
use escape::{escape, guarded, shown, span, words};

use super::tokens::{Token, read};

/// The most marks that are open at once.
const MARKS: usize = 16;
/// The most text that one item gets. The longest that AWS wrote for any service has 60,000 bytes.
const LONGEST: usize = 200_000;

/// Turns a text into Markdown. `link` gives the path of the item that a name of the model became.
pub(super) fn markdown(html: &str, link: &dyn Fn(&str) -> Option<String>) -> String {
    let mut writer = Writer::new(link);
    let end = html.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST * 2).last().unwrap_or(0);
    let html = if html.len() <= LONGEST * 2 { html } else { &html[..end] };
    for token in read(html) {
        if writer.size > LONGEST {
            writer.text("…");
            break;
        }
        match token {
            Token::Text(text) => writer.text(&text),
            Token::Open { name, href } => writer.open(&name, href),
            Token::Close(name) => writer.close(&name),
        }
    }
    writer.finish()
}

/// Marks within a paragraph, with where their content starts.
enum Mark {
    Around(&'static str, usize),
    Code(usize),
    Link(String, usize),
}

struct Writer<'a> {
    link: &'a dyn Fn(&str) -> Option<String>,
    blocks: Blocks,
    /// The paragraph that is being written.
    inline: String,
    marks: Vec<Mark>,
    /// The table that is being read, by rows and cells.
    table: Option<Vec<Vec<String>>>,
    /// The text of a block that keeps its lines.
    preformatted: Option<String>,
    size: usize,
}

impl<'a> Writer<'a> {
    fn new(link: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            link,
            blocks: Blocks::default(),
            inline: String::new(),
            marks: Vec::new(),
            table: None,
            preformatted: None,
            size: 0,
        }
    }

    fn text(&mut self, text: &str) {
        self.size += text.len();
        if let Some(kept) = &mut self.preformatted {
            return kept.push_str(text);
        }
        let in_code = self.marks.iter().any(|mark| matches!(mark, Mark::Code(_)));
        for word in words(text) {
            if word == " " {
                if !self.inline.is_empty() && !self.inline.ends_with(' ') {
                    self.inline.push(' ');
                }
            } else if in_code {
                self.inline.push_str(word);
            } else {
                self.inline.push_str(&escape(word));
            }
        }
    }

    fn open(&mut self, name: &str, href: Option<String>) {
        if self.preformatted.is_some() {
            return;
        }
        let at = self.inline.len();
        let in_code = self.marks.iter().any(|mark| matches!(mark, Mark::Code(_)));
        let is_mark = matches!(name, "b" | "strong" | "i" | "em" | "code" | "tt" | "kbd" | "a");
        // Code has no marks in it, and nobody means as many as this at once.
        if is_mark && (in_code || self.marks.len() >= MARKS) {
            return;
        }
        match name {
            "b" | "strong" => self.marks.push(Mark::Around("**", at)),
            "i" | "em" => self.marks.push(Mark::Around("*", at)),
            "code" | "tt" | "kbd" => self.marks.push(Mark::Code(at)),
            // A link has no other link in it.
            "a" if !self.marks.iter().any(|mark| matches!(mark, Mark::Link(..))) => {
                self.marks.push(Mark::Link(href.unwrap_or_default(), at));
            }
            "pre" => {
                self.paragraph();
                self.preformatted = Some(String::new());
            }
            "ul" | "dl" => self.begin(Frame::List { ordered: false, count: 0 }),
            "ol" => self.begin(Frame::List { ordered: true, count: 0 }),
            "li" | "dt" => self.item(),
            "note" => self.begin(Frame::Quote("Note".to_owned())),
            "important" | "caution" | "warning" | "tip" => {
                let label = name[..1].to_uppercase() + &name[1..];
                self.begin(Frame::Quote(label));
            }
            "table" => {
                self.paragraph();
                self.table.get_or_insert_default();
            }
            "tr" => {
                self.paragraph();
                self.table.iter_mut().for_each(|rows| rows.push(Vec::new()));
            }
            "td" | "th" => {
                self.paragraph();
                if let Some(rows) = &mut self.table {
                    if rows.is_empty() {
                        rows.push(Vec::new());
                    }
                    rows.iter_mut().last().into_iter().for_each(|row| row.push(String::new()));
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.paragraph();
                self.marks.push(Mark::Around("**", 0));
            }
            _ if is_block(name) => self.paragraph(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(text) = self.preformatted.take() {
            if name == "pre" {
                self.fenced(&text);
            } else {
                self.preformatted = Some(text);
            }
            return;
        }
        let closes = |mark: &Mark| match mark {
            Mark::Around("**", _) => matches!(name, "b" | "strong"),
            Mark::Around(..) => matches!(name, "i" | "em"),
            Mark::Code(_) => matches!(name, "code" | "tt" | "kbd"),
            Mark::Link(..) => name == "a",
        };
        // What was opened within and never closed ends with it.
        if let Some(from) = self.marks.iter().rposition(closes) {
            while self.marks.len() > from {
                self.end_mark();
            }
            return;
        }
        match name {
            "ul" | "ol" | "dl" => self.end(|frame| matches!(frame, Frame::List { .. })),
            "li" | "dd" => self.end(|frame| matches!(frame, Frame::Item { .. })),
            "note" | "important" | "caution" | "warning" | "tip" => self.end(|frame| matches!(frame, Frame::Quote(_))),
            "table" => self.end_table(),
            _ if is_block(name) => self.paragraph(),
            _ => {}
        }
    }

    /// Ends the innermost mark: puts its signs around what was written since it was opened.
    fn end_mark(&mut self) {
        let Some(mark) = self.marks.pop() else { return };
        let (Mark::Around(_, start) | Mark::Code(start) | Mark::Link(_, start)) = mark;
        let content = self.inline.split_off(start.min(self.inline.len()));
        let (before, after) = (content.starts_with(' '), content.ends_with(' '));
        let content = content.trim();
        if content.is_empty() {
            return;
        }
        if before && !self.inline.is_empty() && !self.inline.ends_with(' ') {
            self.inline.push(' ');
        }
        let marked = match mark {
            // `**` right after a letter, or two pairs in a row, mean something else or nothing.
            Mark::Around(sign, _) => {
                let touches = self.inline.ends_with(|c: char| c.is_alphanumeric() || c == '*');
                if touches || content.starts_with('*') { content.to_owned() } else { format!("{sign}{content}{sign}") }
            }
            Mark::Code(_) => match (self.marks.iter().any(|mark| matches!(mark, Mark::Link(..))), (self.link)(content))
            {
                (false, Some(path)) => format!("[{}]({path})", span(content)),
                _ => span(content),
            },
            Mark::Link(href, _) => self.linked(&href, content),
        };
        self.inline.push_str(&marked);
        if after {
            self.inline.push(' ');
        }
    }

    /// A link: to the item where it leads to AWS's page of one, else to the page.
    fn linked(&self, href: &str, content: &str) -> String {
        let page = href.rsplit('/').next().and_then(|file| file.strip_prefix("API_")?.split(['.', '#', '?']).next());
        if let Some(path) = page.and_then(self.link) {
            return format!("[{content}]({path})");
        }
        let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '\\' | '`');
        let is_url = href.starts_with("https://") || href.starts_with("http://");
        if is_url && href.chars().all(plain) { format!("[{content}](<{href}>)") } else { content.to_owned() }
    }

    /// Ends the paragraph that is being written, if any.
    fn paragraph(&mut self) {
        while !self.marks.is_empty() {
            self.end_mark();
        }
        let text = std::mem::take(&mut self.inline);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if let Some(cell) = self.table.as_mut().and_then(|rows| rows.last_mut()?.last_mut()) {
            if !cell.is_empty() {
                cell.push(' ');
            }
            return cell.push_str(&text.replace('|', "\\|"));
        }
        self.blocks.block(&[guarded(text)]);
    }

    fn begin(&mut self, frame: Frame) {
        self.paragraph();
        if self.table.is_none() {
            self.blocks.begin(frame);
        }
    }

    /// Starts an item; one outside any list is a paragraph.
    fn item(&mut self) {
        self.paragraph();
        self.blocks.end_item();
        if self.table.is_none() {
            self.blocks.begin_item();
        }
    }

    /// Ends the innermost frame of a kind, and what is open within; one that is not open ends nothing.
    fn end(&mut self, is: fn(&Frame) -> bool) {
        self.paragraph();
        self.blocks.end(is);
    }

    fn fenced(&mut self, text: &str) {
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        let text = text.trim_matches('\n');
        let lines = text.lines().map(|line| line.chars().flat_map(shown).collect());
        let mut block = vec![format!("{fence}text")];
        block.extend(lines);
        block.push(fence);
        self.blocks.block(&block);
    }

    fn end_table(&mut self) {
        self.paragraph();
        let rows: Vec<_> = self.table.take().into_iter().flatten().filter(|row| !row.is_empty()).collect();
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        if width == 0 {
            return;
        }
        let line = |row: &Vec<String>| {
            let cells = (0..width).map(|index| row.get(index).map_or("", String::as_str));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let mut block: Vec<String> = rows.iter().map(line).collect();
        block.insert(1, format!("|{}", "---|".repeat(width)));
        self.blocks.block(&block);
    }

    fn finish(mut self) -> String {
        if let Some(text) = self.preformatted.take() {
            self.fenced(&text);
        }
        self.paragraph();
        self.end_table();
        self.blocks.text()
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "fullname"
            | "br"
            | "hr"
            | "dd"
            | "dt"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "caption"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "center"
            | "title"
            | "examples"
            | "para"
    )
}

#[cfg(test)]
mod tests;
