//! The step `minimal-versions`: the lowest versions that the manifests allow are resolved together and compile.

use anyhow::Result;
use xtask::outcome::Outcome;
use xtask::repository::Repository;

use crate::checkout::Checkout;

/// The description in the list of steps.
pub const ABOUT: &str = "in a scratch checkout: cargo update -Z direct-minimal-versions, then cargo check --workspace --all-targets --all-features";

/// Resolves and checks the workspace in a scratch checkout. The option of `cargo update` is unstable; RUSTC_BOOTSTRAP has a
/// stable cargo take it, so no other toolchain is needed. The check itself runs without it.
pub fn run(repository: &Repository) -> Result<Outcome> {
    let checkout = Checkout::new(repository, "minimal-versions")?;
    let update = ["update", "--quiet", "-Z", "direct-minimal-versions"];
    let resolved = checkout.cargo().args(update).env("RUSTC_BOOTSTRAP", "1").status()?;
    let check = ["check", "--quiet", "--locked", "--workspace", "--all-targets", "--all-features"];
    if !resolved.success() || !checkout.cargo().args(check).status()?.success() {
        eprintln!("raise the lower bound of the dependency that the message is about, in the manifest that names it");
        return Ok(Outcome::Different);
    }
    checkout.clear()?;
    Ok(Outcome::Done)
}
