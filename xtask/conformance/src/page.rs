//! The stand-in's page, in a headless Chromium.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use xtask::progress;

use crate::report::Report;
use crate::setup::Setup;
use crate::stand_in::Server;

/// The names that Chromium has on different systems.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Looks at the page of a new stand-in. It is skipped, and says so, where there is no browser; with `REQUIRE_BROWSER` in the
/// environment, as in the workflow, that is a failure.
pub fn run(setup: &Setup<'_>) -> Result<Vec<Report>> {
    let Some(browser) = browser() else {
        let missing = format!("the page was not looked at, because PATH has none of {}", BROWSERS.join(", "));
        ensure!(env::var_os("REQUIRE_BROWSER").is_none(), "{missing}");
        progress::print(&format!("SKIPPED: {missing}"));
        return Ok(Vec::new());
    };
    setup.progress.next("page: the stand-in's build");
    let server = Server::start(setup)?;
    setup.progress.next("page: a look at it");
    let mut look = setup.python.command("stand_in_page.py");
    look.args(["--url", &server.url, "--browser"]).arg(browser);
    setup.python.reports(&mut look)
}

fn browser() -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    let all = env::split_paths(&folders).flat_map(|folder| BROWSERS.map(|name| folder.join(name)));
    all.into_iter().find(|path| path.is_file())
}
