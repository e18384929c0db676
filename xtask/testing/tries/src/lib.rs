//! Inputs made from a corpus at random, the same for the same seed. A fuzzer does this and also watches the code; this needs
//! only the stable toolchain.

use std::fmt::Write;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

/// SplitMix64 (public domain): small, and good enough to try things out.
pub struct Random(u64);

impl Random {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    #[allow(clippy::should_implement_trait, reason = "a sequence without an end is read number by number")]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("a count");
        usize::try_from(self.next() % end).expect("below a count")
    }

    /// One of several.
    pub fn of<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        &several[self.below(several.len())]
    }
}

/// A number from the environment.
pub fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

/// Checks every input in a folder, and `count` made from them; `FUZZ_INPUTS` and `FUZZ_SEED` ask for others, or more.
pub fn run(folder: &Path, count: u64, check: fn(&[u8])) {
    let (first, count) = (setting("FUZZ_SEED", 1), setting("FUZZ_INPUTS", count));
    let mut names: Vec<_> =
        fs::read_dir(folder).expect("a corpus").map(|entry| entry.expect("a file").path()).collect();
    names.sort();
    let corpus: Vec<Vec<u8>> = names.iter().map(|name| fs::read(name).expect("a file")).collect();
    assert!(!corpus.is_empty(), "{}: no corpus", folder.display());
    for (name, input) in names.iter().zip(&corpus) {
        attempt(check, input, &name.display().to_string());
    }
    for seed in first..first + count {
        attempt(check, &made_from(&corpus, &mut Random::new(seed)), &format!("seed {seed}"));
    }
    println!("{} inputs tried: {} of the corpus, {count} from seed {first}", corpus.len() as u64 + count, corpus.len());
}

fn attempt(check: fn(&[u8]), input: &[u8], name: &str) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| check(input))) {
        let shown = input.escape_ascii().fold(String::new(), |mut shown, c| {
            let _ = write!(shown, "{}", char::from(c));
            shown
        });
        eprintln!("{name} fails: {shown}");
        resume_unwind(panic);
    }
}

/// One of the corpus, changed in one to four places.
fn made_from(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = random.of(corpus).clone();
    for _ in 0..1 + random.below(4) {
        let (at, to) = range(&input, random);
        match random.below(7) {
            0 => drop(input.drain(at..to)),
            1 => {
                let copy = input[at..to].to_vec();
                input.splice(at..at, copy);
            }
            2 => input.truncate(at),
            3 => input.insert(at, *random.of(b"\"\\{}[]:,.-+ \n\r\t\0\x7f\x80\xff019aAzZ_/")),
            4 if at < input.len() => input[at] ^= 1 << random.below(8),
            5 if at < input.len() => input[at] = *random.of(b"0123456789\"{}[]:,-.eE"),
            // A part of another, in place of a part of this.
            _ => {
                let other = random.of(corpus);
                let (from, end) = range(other, random);
                input.splice(at..to, other[from..end].iter().copied());
            }
        }
    }
    input
}

/// A part of an input: often a short one.
fn range(input: &[u8], random: &mut Random) -> (usize, usize) {
    let at = random.below(input.len() + 1);
    let longest = if random.below(2) == 0 { 8 } else { input.len() };
    (at, (at + random.below(longest + 1)).min(input.len()))
}
