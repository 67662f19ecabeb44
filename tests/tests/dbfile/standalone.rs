//! Standalone logs, backups and dumps.

use std::fs;
use std::sync::Arc;

use anyhow::Result;
use ovn_schemas::{nb, sb, vswitch};
use ovn_tests::dump;
use ovn_tests::sandbox::{DatabaseServer, Schema};
use ovn_tests::workload::{self, DATABASE, Workload};
use ovsdb_client::dbfile::{DatabaseFile, FileKind, ReadOptions};
use tempfile::TempDir;

use crate::comparison::{check, check_content, leave_out, recorded, text, tool};

/// A server of an empty database, in a directory that holds its schema too.
pub(crate) fn start(directory: &TempDir, arguments: &[&str]) -> Result<DatabaseServer> {
    let schema = workload::schema(directory.path())?;
    let setup = DatabaseServer::setup().database(schema);
    arguments
        .iter()
        .fold(setup, |setup, argument| setup.argument(argument))
        .start()
}

#[test]
fn a_log_is_read_as_the_server_that_writes_it() -> Result<()> {
    for arguments in [&[][..], &["--disable-file-column-diff"]] {
        let directory = TempDir::with_prefix("ovn-")?;
        let server = start(&directory, arguments)?;
        let mut workload = Workload::new(1);
        // Before a restart: ovsdb-server 3.1.0 itself fails to load such differences.
        workload.wide_differences = true;
        let mut transactions = 0;
        for _ in 0..6 {
            workload.run(&server, 20)?;
            let file = check(&server)?;
            assert_eq!(file.kind, FileKind::Standalone);
            assert!(file.transactions > transactions);
            transactions = file.transactions;
        }
        let content = fs::read(&server.files()[0])?;
        let differs = String::from_utf8_lossy(&content).contains("_is_diff");
        assert_eq!(differs, arguments.is_empty());
    }
    Ok(())
}

#[test]
fn a_compacted_and_restarted_log_is_read_as_its_server_reads_it() -> Result<()> {
    let directory = TempDir::with_prefix("ovn-")?;
    let mut server = start(&directory, &[])?;
    let mut workload = Workload::new(2);
    workload.run(&server, 60)?;
    let before = check(&server)?;
    server
        .daemon()
        .appctl(&["ovsdb-server/compact", DATABASE])?;
    let compacted = check(&server)?;
    assert_eq!(compacted.transactions, 1);
    assert_eq!(recorded(&compacted), recorded(&before));
    workload.run(&server, 30)?;
    check(&server)?;
    server.restart()?;
    workload.run(&server, 30)?;
    let file = check(&server)?;
    assert!(file.transactions > 30);
    Ok(())
}

#[test]
fn a_converted_log_is_read_as_its_server_reads_it() -> Result<()> {
    let directory = TempDir::with_prefix("ovn-")?;
    let server = start(&directory, &[])?;
    Workload::new(3).run(&server, 60)?;
    let converted = workload::converted_schema(directory.path())?;
    let schema = text(converted.path())?;

    let offline = directory.path().join("offline.db");
    tool(&[
        "convert",
        text(&server.files()[0])?,
        schema,
        text(&offline)?,
    ])?;
    server.ovsdb_client("convert", &[schema])?;
    let file = check(&server)?;
    assert_eq!(&*file.snapshot.layout().schema.version, "2.0.0");
    assert!(file.snapshot.table("Gone").is_none());
    // ovsdb-tool 3.1.0 itself converts some values otherwise: it reads old differences as such of
    // the new types.
    check_content(
        &fs::read(offline)?,
        &ReadOptions::default(),
        "converted by ovsdb-tool",
    )?;
    Ok(())
}

#[test]
fn backups_and_dumps_are_read_as_the_rows_they_were_made_of() -> Result<()> {
    let directory = TempDir::with_prefix("ovn-")?;
    let server = start(&directory, &[])?;
    Workload::new(4).run(&server, 60)?;
    let expected = dump::dump(&server, DATABASE)?;

    let backup = server.ovsdb_client("backup", &[DATABASE])?;
    let backup = DatabaseFile::read(backup.as_bytes(), &[])?;
    assert_eq!(
        (backup.kind, backup.transactions),
        (FileKind::Standalone, 1)
    );
    let mut kept = expected.clone();
    leave_out(&mut kept, &backup);
    assert_eq!(recorded(&backup), kept);

    let schema = Arc::clone(&backup.snapshot.layout().schema);
    let options = ReadOptions {
        schema: Some(schema),
        ..ReadOptions::default()
    };
    let text = server.ovsdb_client("dump", &["-f", "json", DATABASE])?;
    let dumped = DatabaseFile::read_with(text.as_bytes(), &[], &options)?;
    assert_eq!((dumped.kind, dumped.faults.len()), (FileKind::Dump, 0));
    // A dump holds what files leave out.
    assert_eq!(recorded(&dumped), expected);
    Ok(())
}

#[test]
fn the_database_of_a_dump_is_found_among_the_generated_ones() -> Result<()> {
    let known: Vec<_> = [&nb::DATABASE, &sb::DATABASE, &vswitch::DATABASE]
        .iter()
        .flat_map(|database| database.tables)
        .copied()
        .collect();
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .database(Schema::southbound())
        .database(Schema::open_vswitch())
        .start()?;
    server.transact(
        r#"["OVN_Northbound", {"op": "insert", "table": "Logical_Switch",
            "row": {"name": "sw0", "other_config": ["map", [["a", "b"]]]}}]"#,
    )?;
    for database in ["OVN_Northbound", "OVN_Southbound", "Open_vSwitch"] {
        let text = server.ovsdb_client("dump", &["-f", "json", database])?;
        let file = DatabaseFile::read(text.as_bytes(), &known)?;
        assert_eq!(&*file.snapshot.layout().schema.name, database);
        assert_eq!(file.faults, []);
        assert_eq!(
            dump::dynamic(&file.snapshot),
            dump::dump(&server, database)?
        );
    }
    let text = server.ovsdb_client("dump", &["-f", "json", "OVN_Northbound", "Logical_Switch"])?;
    let file = DatabaseFile::read(text.as_bytes(), &known)?;
    let names: Vec<_> = file.snapshot.rows::<nb::LogicalSwitch>().collect();
    assert_eq!((names.len(), names[0].name()), (1, "sw0"));
    Ok(())
}
