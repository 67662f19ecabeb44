//! Running a command-line tool to its end.

use anyhow::{Context, Result, bail};

use crate::sandbox::deadline::READY;
use crate::sandbox::directory::Directory;

/// Runs `program` in a sandbox and returns its standard output.
///
/// # Errors
///
/// The program is not installed, or it failed; the message then holds its standard error.
pub(crate) fn run(directory: &Directory, program: &str, arguments: &[&str]) -> Result<String> {
    let named = || format!("{program} {}", arguments.join(" "));
    let done = directory
        .command(program)
        .args(arguments)
        .output()
        .with_context(|| format!("cannot run {}; is it installed?", named()))?;
    if !done.status.success() {
        let complaint = String::from_utf8_lossy(&done.stderr);
        bail!("{} failed ({}): {}", named(), done.status, complaint.trim());
    }
    String::from_utf8(done.stdout).with_context(|| format!("{} printed no UTF-8", named()))
}

/// The option that makes a client of a daemon give up in time, for the tools that have one.
pub(crate) fn timeout() -> String {
    format!("--timeout={}", READY.as_secs())
}
