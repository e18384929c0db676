//! Blocks of Markdown: lines, and the lists and notes that they stand in.

/// The greatest depth of lists and notes; deeper ones stand at this depth.
const DEEPEST: usize = 8;
/// A block that others stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Frame {
    Quote(String),
    /// A list, and how many items it has so far.
    List {
        ordered: bool,
        count: usize,
    },
    /// An item of it: what stands before its first line, once.
    Item {
        marker: String,
        begun: bool,
    },
}

/// Lines, within the frames that are open.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    lines: Vec<String>,
    frames: Vec<Frame>,
}

impl Blocks {
    /// Separates what follows from what stands before it.
    fn blank(&mut self) {
        let starts_item = matches!(self.frames.last(), Some(Frame::Item { begun: false, .. }));
        let follows_item =
            self.frames.iter().rev().nth(1).is_some_and(|list| matches!(list, Frame::List { count: 2.., .. }));
        let is_tight = starts_item && follows_item;
        if !self.lines.is_empty() && !is_tight {
            let blank: String = self.frames.iter().map(continued).collect();
            self.lines.push(blank.trim_end().to_owned());
        }
    }

    /// Writes lines that belong together, within the frames that are open.
    pub fn block(&mut self, block: &[String]) {
        self.blank();
        self.lines(block);
    }

    fn lines(&mut self, block: &[String]) {
        for line in block {
            let mut prefix = String::new();
            for frame in &mut self.frames {
                match frame {
                    Frame::Item { marker, begun } if !*begun => {
                        prefix.push_str(marker);
                        *begun = true;
                    }
                    frame => prefix.push_str(&continued(frame)),
                }
            }
            self.lines.push(format!("{prefix}{line}").trim_end().to_owned());
        }
    }

    /// Opens a frame; what is too deep stands in the frame around it.
    pub fn begin(&mut self, frame: Frame) {
        if self.frames.len() >= DEEPEST * 2 {
            return;
        }
        let label = match &frame {
            Frame::Quote(label) => Some(format!("**{label}:**")),
            _ => None,
        };
        if label.is_some() {
            self.blank();
        }
        self.frames.push(frame);
        if let Some(label) = label {
            self.lines(&[label]);
        }
    }

    /// Starts an item; one outside any list is a paragraph.
    pub fn begin_item(&mut self) {
        if let Some(Frame::List { ordered, count }) = self.frames.last_mut() {
            *count += 1;
            let marker = if *ordered { format!("{count}. ") } else { "- ".to_owned() };
            self.frames.push(Frame::Item { marker, begun: false });
        }
    }

    /// Ends an item, where it is the innermost frame.
    pub fn end_item(&mut self) {
        if let Some(Frame::Item { .. }) = self.frames.last() {
            self.frames.pop();
        }
    }

    /// Ends the innermost frame of a kind, and what is open within; one that is not open ends nothing.
    pub fn end(&mut self, is: fn(&Frame) -> bool) {
        if let Some(from) = self.frames.iter().rposition(is) {
            self.frames.truncate(from);
        }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.lines.join("\n")
    }
}

/// The text that a frame puts before every line but an item's first.
fn continued(frame: &Frame) -> String {
    match frame {
        Frame::Quote(_) => "> ".to_owned(),
        Frame::List { .. } => String::new(),
        Frame::Item { marker, .. } => " ".repeat(marker.len()),
    }
}
