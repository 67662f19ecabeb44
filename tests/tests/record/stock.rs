//! Stock programs, and where recordings go.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use ovn_tests::sandbox::DatabaseServer;
use tempfile::TempDir;

pub(crate) fn folder() -> Result<TempDir> {
    Ok(TempDir::with_prefix("record-")?)
}

pub(crate) fn tool(program: &str, arguments: &[&str]) -> Result<String> {
    let done = Command::new(program)
        .args(arguments)
        .output()
        .context(program.to_owned())?;
    let complaint = String::from_utf8_lossy(&done.stderr);
    ensure!(
        done.status.success(),
        "{program} {arguments:?}: {complaint}"
    );
    Ok(String::from_utf8(done.stdout)?)
}

pub(crate) fn dump(server: &DatabaseServer, database: &str) -> Result<String> {
    server.ovsdb_client("dump", &[database])
}
