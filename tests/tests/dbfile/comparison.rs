//! Compares what is read with what a real server serves.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use ovn_tests::dump::{self, Rows};
use ovn_tests::sandbox::DatabaseServer;
use ovn_tests::workload::DATABASE;
use ovsdb_client::dbfile::{DatabaseFile, OnDamage, ReadOptions};
use tempfile::TempDir;

/// Runs `ovsdb-tool`.
pub(crate) fn tool(arguments: &[&str]) -> Result<String> {
    let done = Command::new("ovsdb-tool")
        .args(arguments)
        .output()
        .context("ovsdb-tool is not installed")?;
    let complaint = String::from_utf8_lossy(&done.stderr);
    ensure!(
        done.status.success(),
        "ovsdb-tool {arguments:?}: {complaint}"
    );
    Ok(String::from_utf8(done.stdout)?)
}

pub(crate) fn text(path: &Path) -> Result<&str> {
    path.to_str().context("a path in UTF-8")
}

pub(crate) fn stop_at_damage() -> ReadOptions {
    ReadOptions {
        damage: OnDamage::Stop,
        ..ReadOptions::default()
    }
}

/// The rows of a file's snapshot, without the columns that files leave out.
pub(crate) fn recorded(file: &DatabaseFile) -> Rows {
    let mut rows = dump::dynamic(&file.snapshot);
    leave_out(&mut rows, file);
    rows
}

pub(crate) fn leave_out(rows: &mut Rows, file: &DatabaseFile) {
    for (table, column) in file.unrecorded() {
        for row in rows.get_mut(table).into_iter().flat_map(|t| t.values_mut()) {
            row.remove(column);
        }
    }
}

/// Compares a server's own rows with those of its file, and gives the file.
pub(crate) fn check(server: &DatabaseServer) -> Result<DatabaseFile> {
    check_file(server, &server.files()[0])
}

pub(crate) fn check_file(server: &DatabaseServer, path: &Path) -> Result<DatabaseFile> {
    let file = DatabaseFile::read(&fs::read(path)?, &[])?;
    assert_eq!(file.faults, [], "{}", path.display());
    assert_eq!(file.damages, []);
    let mut expected = dump::dump(server, DATABASE)?;
    leave_out(&mut expected, &file);
    assert!(
        recorded(&file) == expected,
        "the rows of {}",
        path.display()
    );
    assert!(
        !expected["Root"].is_empty(),
        "there is something to compare"
    );
    Ok(file)
}

/// What a real server makes of a file's content.
pub(crate) fn served(content: &[u8]) -> Result<Rows> {
    let directory = TempDir::with_prefix("ovn-")?;
    let path = directory.path().join("content.db");
    fs::write(&path, content)?;
    let server = DatabaseServer::setup().file(&path).start()?;
    dump::dump(&server, DATABASE)
}

/// Checks that a file's content is read as a real server reads it.
pub(crate) fn check_content(content: &[u8], options: &ReadOptions, what: &str) -> Result<()> {
    let file = DatabaseFile::read_with(content, &[], options)?;
    let mut expected = served(content)?;
    leave_out(&mut expected, &file);
    assert!(recorded(&file) == expected, "{what}");
    Ok(())
}
