//! `cargo xtask bench check`: how many instructions the compiler takes to check the crate. Valgrind counts them, so the figures are the same
//! on a busy machine, and a change of a thousandth can be seen.

use anyhow::Result;

use xtask::outcome::print;

use crate::bench::Bench;
use crate::{areas, growth};

/// Prints the instructions of a check without an operation, with one area, and with all.
pub fn run(bench: &mut Bench) -> Result<()> {
    let (index, build) = (areas::all(bench)?, areas::whole(bench)?);
    let features = areas::features(&index);
    let mut text = String::new();
    for chosen in [0, 1, features.len()].map(|count| growth::spread(&features, count)) {
        let title = match chosen.as_slice() {
            [] => "no operation".to_owned(),
            [one] => format!("the area {one}"),
            several => format!("all {} areas", several.len()),
        };
        bench.say(&format!("count the instructions of a check: {title}"));
        let billions = areas::instructions(&build, &chosen)? / 1e9;
        text.push_str(&format!("{title:<40} {billions:>8.3} billion instructions\n"));
    }
    print(&text)
}
