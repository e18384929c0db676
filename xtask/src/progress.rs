//! Progress of long commands, on standard error: a bar on a terminal, a line for each piece elsewhere, nothing with `--quiet`.
//!
//! A command counts its work in units, and says which piece it begins and how many units that has. The time left follows from
//! the pace so far. Units that are expected seconds give a time left from the first piece on.

use std::fmt::{Display, Write};
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// The way in which this process shows progress.
static SHOWN: OnceLock<Shown> = OnceLock::new();
/// The bar that is on the terminal: an interrupt takes it away.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// The template of the bar. The keys `gauge` and `far` are defined in this module.
const TEMPLATE: &str = "{prefix} {spinner} [{gauge}] {far}: {wide_msg}";
/// The width of the gauge, in characters.
const GAUGE: usize = 24;

/// The display of progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Bar,
    Lines,
    Nothing,
}

/// Decides for this process how progress is shown. The first call counts.
pub fn show(quiet: bool) {
    SHOWN.get_or_init(|| shown(quiet, io::stderr().is_terminal()));
}

fn mode() -> Shown {
    *SHOWN.get_or_init(|| shown(false, io::stderr().is_terminal()))
}

fn shown(quiet: bool, terminal: bool) -> Shown {
    match (quiet, terminal) {
        (true, _) => Shown::Nothing,
        (false, true) => Shown::Bar,
        (false, false) => Shown::Lines,
    }
}

/// Removes the bar, if there is one, so that what is printed next begins on a line of its own.
pub fn clear() {
    if let Some(bar) = bar().take() {
        bar.finish_and_clear();
    }
}

/// Whether this process prints results and errors only.
pub fn is_quiet() -> bool {
    mode() == Shown::Nothing
}

/// Prints a remark: above the bar on a terminal, as a line elsewhere, not at all with `--quiet`.
pub fn note(text: impl Display) {
    match mode() {
        Shown::Nothing => {}
        Shown::Lines => eprintln!("{text}"),
        Shown::Bar => print(&text.to_string()),
    }
}

/// Prints a line that `--quiet` shows as well, such as an error: above the bar where there is one.
pub fn print(text: &str) {
    match &*bar() {
        Some(bar) => bar.suspend(|| eprintln!("{text}")),
        None => eprintln!("{text}"),
    }
}

/// Runs a command to its end. Each line of its standard error is a remark; it is in the output as well.
///
/// # Errors
/// The command cannot be started.
pub fn run(command: &mut Command, name: &str) -> Result<Output> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("{name} could not be started"))?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let remarks = std::thread::spawn(move || {
        let mut all = Vec::new();
        let Some(stderr) = stderr else { return all };
        let mut reader = BufReader::new(stderr);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
            note(String::from_utf8_lossy(&line).trim_end());
            all.append(&mut line);
        }
        all
    });
    let mut output = Vec::new();
    if let Some(mut stdout) = stdout {
        stdout.read_to_end(&mut output).with_context(|| name.to_owned())?;
    }
    let stderr = remarks.join().unwrap_or_default();
    let status = child.wait().with_context(|| name.to_owned())?;
    Ok(Output { status, stdout: output, stderr })
}

fn bar() -> MutexGuard<'static, Option<ProgressBar>> {
    BAR.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The progress of one command.
pub struct Progress {
    what: &'static str,
    shown: Shown,
    state: Mutex<State>,
}

/// The progress of the work.
#[derive(Debug, Clone)]
struct State {
    begun: Instant,
    /// The units of all pieces.
    total: f64,
    /// The units of the pieces that have ended.
    done: f64,
    /// The units of the piece that is being done, and when it was begun.
    piece: f64,
    piece_begun: Instant,
    unit: Unit,
}

/// The unit of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Piece,
    /// Of a size that only compares pieces.
    Share,
    /// An expected one.
    Second,
}

impl Progress {
    /// The progress of so many pieces of one unit each.
    #[must_use]
    pub fn count(what: &'static str, pieces: usize) -> Self {
        Self::new(what, pieces as f64, Unit::Piece)
    }

    /// The progress of work of so many units, by which its pieces differ.
    #[must_use]
    pub fn units(what: &'static str, units: f64) -> Self {
        Self::new(what, units, Unit::Share)
    }

    /// The progress of work that is expected to take so many seconds.
    #[must_use]
    pub fn seconds(what: &'static str, seconds: f64) -> Self {
        Self::new(what, seconds, Unit::Second)
    }

    fn new(what: &'static str, total: f64, unit: Unit) -> Self {
        let now = Instant::now();
        let state = State { begun: now, total, done: 0.0, piece: 0.0, piece_begun: now, unit };
        let shown = mode();
        if shown == Shown::Bar {
            clear();
            *bar() = Some(draw(what, state.clone()));
        }
        Self { what, shown, state: Mutex::new(state) }
    }

    /// Begins the next piece, of one unit. The piece before has ended.
    pub fn next(&self, name: impl Display) {
        self.begin(1.0, name);
    }

    /// Says what is being done within the piece.
    pub fn within(&self, name: impl Display) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        self.draw(&state, &name);
    }

    /// Begins a piece of so many units. The piece before has ended.
    pub fn begin(&self, units: f64, name: impl Display) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.begin(units, Instant::now());
        self.draw(&state, &name);
    }

    fn draw(&self, state: &State, name: &dyn Display) {
        match self.shown {
            Shown::Nothing => {}
            Shown::Lines => eprintln!("{}: {}: {name}", self.what, state.line(Instant::now())),
            Shown::Bar => {
                let mut bar = bar();
                // A result that was printed has taken the bar away.
                let bar = bar.get_or_insert_with(|| draw(self.what, state.clone()));
                style(bar, state.clone());
                bar.set_message(name.to_string());
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown == Shown::Bar {
            clear();
        }
    }
}

impl State {
    fn begin(&mut self, units: f64, now: Instant) {
        self.done += self.piece;
        self.piece = units;
        self.piece_begun = now;
        // More work than was expected is no negative time.
        self.total = self.total.max(self.done + units);
    }

    /// The part of the work that is done, from 0 to 1. Of the piece that is being done, it is an estimate.
    fn share(&self, now: Instant) -> f64 {
        let of_piece = self.pace().map_or(0.0, |pace| self.in_piece(now) / pace.max(f64::EPSILON));
        if self.total > 0.0 { (self.done + of_piece.min(self.piece)) / self.total } else { 0.0 }
    }

    /// The seconds that a unit takes; `None` before there is a pace.
    fn pace(&self) -> Option<f64> {
        match self.unit {
            _ if self.done > 0.0 => Some(self.piece_begun.duration_since(self.begun).as_secs_f64() / self.done),
            Unit::Second => Some(1.0),
            Unit::Piece | Unit::Share => None,
        }
    }

    /// The seconds of the piece that is being done.
    fn in_piece(&self, now: Instant) -> f64 {
        now.duration_since(self.piece_begun).as_secs_f64()
    }

    /// The time that is left; `None` before there is a pace.
    fn left(&self, now: Instant) -> Option<Duration> {
        let pace = self.pace()?;
        // Of the piece that is being done, what has passed is no longer left, and not less than nothing.
        let of_piece = self.piece * pace - self.in_piece(now);
        let rest = (self.total - self.done - self.piece) * pace;
        Some(Duration::from_secs_f64((of_piece.max(0.0) + rest).max(0.0)))
    }

    /// The progress in words: `3 of 12, about 2 min left`, or `25 %, about 2 min left` of other units.
    /// There is no estimate where the last piece takes longer than was expected.
    fn line(&self, now: Instant) -> String {
        let far = match self.unit {
            Unit::Piece => format!("{:.0} of {:.0}", self.done + self.piece, self.total),
            Unit::Share | Unit::Second => format!("{:.0} %", self.share(now) * 100.0),
        };
        match self.left(now) {
            Some(left) if left >= Duration::from_secs(1) => format!("{far}, about {} left", words(left)),
            _ => far,
        }
    }
}

/// A duration to the precision of an estimate.
fn words(duration: Duration) -> String {
    match duration.as_secs() {
        seconds if seconds < 100 => format!("{seconds} s"),
        seconds if seconds < 7200 => format!("{} min", (seconds + 30) / 60),
        seconds => format!("{:.1} h", seconds as f64 / 3600.0),
    }
}

/// Puts a bar on the terminal.
fn draw(what: &'static str, state: State) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_prefix(what);
    style(&bar, state);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Has the bar say how far a state is, and count down the time left.
fn style(bar: &ProgressBar, state: State) {
    let gauge = state.clone();
    // The template is right, as a test shows.
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    let style = style.with_key("far", move |_: &ProgressState, out: &mut dyn Write| {
        // What the terminal does not take is not shown.
        let _ = out.write_str(&state.line(Instant::now()));
    });
    bar.set_style(style.with_key("gauge", move |_: &ProgressState, out: &mut dyn Write| {
        let done = (gauge.share(Instant::now()) * GAUGE as f64) as usize;
        let _ = write!(out, "{:GAUGE$}", "=".repeat(done.min(GAUGE)));
    }));
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use indicatif::ProgressStyle;

    use super::{Shown, State, TEMPLATE, Unit, shown, words};

    fn state(total: f64, unit: Unit) -> State {
        let now = Instant::now();
        State { begun: now, total, done: 0.0, piece: 0.0, piece_begun: now, unit }
    }

    #[test]
    fn a_terminal_has_a_bar_and_quiet_has_nothing() {
        assert_eq!([shown(false, true), shown(false, false)], [Shown::Bar, Shown::Lines]);
        assert_eq!([shown(true, true), shown(true, false)], [Shown::Nothing; 2]);
    }

    #[test]
    fn the_time_left_follows_the_pace() {
        let mut state = state(10.0, Unit::Piece);
        let start = state.begun;
        let at = |seconds| start + Duration::from_secs(seconds);
        state.begin(1.0, start);
        assert_eq!((state.left(at(5)), state.line(at(5))), (None, "1 of 10".to_owned()));
        state.begin(1.0, at(6));
        // One of ten took six seconds, and of the second two have passed.
        assert_eq!(state.left(at(8)), Some(Duration::from_secs(52)));
        // It takes longer than the first: the others are still to do.
        assert_eq!(state.line(at(60)), "2 of 10, about 48 s left");
    }

    #[test]
    fn expected_seconds_are_a_time_left_before_anything_has_ended() {
        let mut state = state(600.0, Unit::Second);
        let start = state.begun;
        state.begin(60.0, start);
        assert_eq!(state.line(start), "0 %, about 10 min left");
        assert_eq!(state.line(start + Duration::from_secs(30)), "5 %, about 10 min left");
        // Twice as fast as was expected.
        state.begin(60.0, start + Duration::from_secs(30));
        assert_eq!(state.left(start + Duration::from_secs(30)), Some(Duration::from_secs(270)));
    }

    #[test]
    fn more_pieces_than_expected_are_no_negative_time() {
        let mut state = state(1.0, Unit::Piece);
        let start = state.begun;
        for second in 0..5 {
            state.begin(1.0, start + Duration::from_secs(second));
        }
        assert_eq!(state.line(start + Duration::from_secs(9)), "5 of 5");
        assert!(state.share(start + Duration::from_secs(9)) <= 1.0);
    }

    #[test]
    fn durations_are_as_precise_as_an_estimate() {
        let word = |seconds| words(Duration::from_secs(seconds));
        assert_eq!([word(99), word(150), word(9000)], ["99 s", "3 min", "2.5 h"]);
    }

    #[test]
    fn the_template_of_the_bar_is_one() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }
}
