//! The logs of clusters' members.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use ovn_shapes::writer;
use ovn_tests::dump;
use ovn_tests::sandbox::{DatabaseServer, READY, wait_until};
use ovn_tests::workload::{self, DATABASE, Workload};
use ovsdb_client::dbfile::{
    DatabaseFile, Entries, FileError, FileKind, History, Moment, ReadOptions, Records,
};
use ovsdb_client::replica::Snapshot;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::comparison::{check, check_file, recorded, stop_at_damage, text, tool};

/// The file of a new cluster's first member, which listens on a unix socket.
pub(crate) fn create_cluster(directory: &TempDir, contents: &Path) -> Result<PathBuf> {
    let path = directory.path().join("member1.db");
    let address = member_address(directory, 1)?;
    tool(&["create-cluster", text(&path)?, text(contents)?, &address])?;
    Ok(path)
}

fn member_address(directory: &TempDir, number: usize) -> Result<String> {
    Ok(format!("unix:{}/raft{number}", text(directory.path())?))
}

#[test]
fn a_cluster_of_one_is_read_as_its_server_reads_it() -> Result<()> {
    let directory = TempDir::with_prefix("ovn-")?;
    let schema = workload::schema(directory.path())?;
    let path = create_cluster(&directory, schema.path())?;
    let mut server = DatabaseServer::setup().file(&path).start()?;
    server.ovsdb_client("wait", &[DATABASE, "connected"])?;
    let mut workload = Workload::new(5);
    workload.run(&server, 40)?;
    let file = check(&server)?;
    assert_eq!(file.kind, FileKind::Clustered);
    // A cluster keeps the columns that a standalone server leaves out.
    assert_eq!(file.unrecorded().count(), 0);
    let member = file.member.context("a member")?;
    assert_eq!((member.name.as_str(), member.snapshot_index), (DATABASE, 1));
    assert_eq!(member.commit_index, member.last_index);

    server
        .daemon()
        .appctl(&["ovsdb-server/compact", DATABASE])?;
    // A cluster's member writes its snapshot when it comes to it.
    wait_until("the snapshot is written", READY, || {
        let content = fs::read(&server.files()[0])?;
        let file = DatabaseFile::read_with(&content, &[], &stop_at_damage())?;
        let index = file.member.context("a member")?.snapshot_index;
        Ok((index >= member.last_index).then_some(()))
    })?;
    check(&server)?;
    workload.run(&server, 20)?;
    check(&server)?;
    server.restart()?;
    server.ovsdb_client("wait", &[DATABASE, "connected"])?;
    workload.run(&server, 20)?;
    check(&server)?;

    // The standalone equivalent, as the stock tool makes it.
    let standalone = directory.path().join("standalone.db");
    let content = &server.files()[0];
    tool(&["cluster-to-standalone", text(&standalone)?, text(content)?])?;
    check_file(&server, &standalone)?;

    let converted = workload::converted_schema(directory.path())?;
    server.ovsdb_client("convert", &[text(converted.path())?])?;
    let file = check(&server)?;
    assert_eq!(&*file.snapshot.layout().schema.version, "2.0.0");

    // Since OVS 3.2 the log leaves out the rows of a conversion, and readers convert what they have.
    let content = fs::read(&server.files()[0])?;
    let (bare, conversions) = without_converted_rows(&content)?;
    assert_eq!(conversions, 1);
    let bare = DatabaseFile::read(&bare, &[])?;
    assert_eq!(bare.faults, []);
    assert!(
        recorded(&bare) == recorded(&file),
        "the rows as converted here"
    );
    Ok(())
}

/// A cluster's log in which conversions have no rows, and how many they are.
fn without_converted_rows(content: &[u8]) -> Result<(Vec<u8>, usize)> {
    let (mut bare, mut conversions) = (Vec::new(), 0);
    for record in Records::new(content) {
        let record = record?;
        let mut body: Json = serde_json::from_str(record.body)?;
        match body.pointer_mut("/data") {
            Some(data) if !data[0].is_null() => {
                data[1] = Json::Null;
                conversions += 1;
                bare.extend(writer::record(writer::CLUSTER, &body.to_string()));
            }
            _ => bare.extend(&content[record.offset..record.end]),
        }
    }
    Ok((bare, conversions))
}

#[test]
fn every_transaction_of_a_cluster_is_a_moment_of_its_file() -> Result<()> {
    let directory = TempDir::with_prefix("ovn-")?;
    let schema = workload::schema(directory.path())?;
    let path = create_cluster(&directory, schema.path())?;
    let server = DatabaseServer::setup().file(&path).start()?;
    server.ovsdb_client("wait", &[DATABASE, "connected"])?;
    let mut workload = Workload::new(6);
    let mut moments = Vec::new();
    for _ in 0..15 {
        workload.run(&server, 1)?;
        let file = check(&server)?;
        moments.push((file.transactions, recorded(&file)));
    }
    let content = fs::read(&server.files()[0])?;
    let mut history = History::open(&content, &[], &ReadOptions::default())?;
    let mut ids = Vec::new();
    let mut snapshots: Vec<Snapshot> = Vec::new();
    while let Some(transaction) = history.next() {
        ids.push(transaction?.raft.context("a place in the log")?.eid);
        snapshots.push(history.snapshot());
    }
    for (transactions, expected) in moments {
        let at = transactions - 1;
        assert_eq!(dump::dynamic(&snapshots[at]), expected);
        let options = ReadOptions {
            until: Some(Moment::Transaction(ids[at])),
            ..ReadOptions::default()
        };
        let file = DatabaseFile::read_with(&content, &[], &options)?;
        assert_eq!(recorded(&file), expected);
    }
    Ok(())
}

/// Waits until a member's file holds what the leader serves.
fn converge(leader: &DatabaseServer, file: &Path) -> Result<DatabaseFile> {
    let expected = dump::dump(leader, DATABASE)?;
    let what = format!("{} holds what the leader serves", file.display());
    wait_until(&what, READY, || {
        // A record that is being written is damage until it is whole.
        match DatabaseFile::read_with(&fs::read(file)?, &[], &stop_at_damage()) {
            Ok(read) if recorded(&read) == expected => Ok(Some(read)),
            Ok(_) | Err(FileError::Joining { .. } | FileError::Record(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    })
}

#[test]
fn the_members_of_a_cluster_have_the_same_rows_in_their_files() -> Result<()> {
    let directory = TempDir::with_prefix("ovn-")?;
    let schema = workload::schema(directory.path())?;
    let path = create_cluster(&directory, schema.path())?;
    let leader = DatabaseServer::setup().file(&path).start()?;
    leader.ovsdb_client("wait", &[DATABASE, "connected"])?;
    let mut workload = Workload::new(7);
    workload.run(&leader, 10)?;
    let mut followers = Vec::new();
    for number in 2..=3 {
        let path = directory.path().join(format!("member{number}.db"));
        let (own, first) = (
            member_address(&directory, number)?,
            member_address(&directory, 1)?,
        );
        tool(&["join-cluster", text(&path)?, DATABASE, &own, &first])?;
        let joining = DatabaseFile::read(&fs::read(&path)?, &[]);
        assert!(
            matches!(joining, Err(FileError::Joining { .. })),
            "{joining:?}"
        );
        let server = DatabaseServer::setup().file(&path).start()?;
        server.ovsdb_client("wait", &[DATABASE, "connected"])?;
        followers.push(server);
    }
    workload.run(&leader, 10)?;
    let leaders = converge(&leader, &leader.files()[0])?;
    let leaders = leaders.member.context("a member")?;
    assert_eq!(leaders.servers.len(), 3);
    for follower in &followers {
        let file = converge(&leader, &follower.files()[0])?;
        let member = file.member.context("a member")?;
        assert_eq!(member.cluster_id, leaders.cluster_id);
        assert_eq!(member.servers, leaders.servers);
    }

    // One that is gone for a while has what was true then, which the others remember.
    followers[1].kill()?;
    let gone = fs::read(&followers[1].files()[0])?;
    let stale = DatabaseFile::read_with(&gone, &[], &stop_at_damage())?;
    workload.run(&leader, 10)?;
    let last = History::open(&gone, &[], &stop_at_damage())?
        .last()
        .context("a transaction")??;
    let then = ReadOptions {
        until: Some(Moment::Transaction(last.raft.context("a place")?.eid)),
        ..ReadOptions::default()
    };
    let remembered = DatabaseFile::read_with(&fs::read(&leader.files()[0])?, &[], &then)?;
    assert_eq!(recorded(&remembered), recorded(&stale));
    followers[1].restart()?;
    converge(&leader, &followers[1].files()[0])?;

    // Without a majority nothing is committed, and what the leader wrote down does not count.
    for follower in &mut followers {
        follower.kill()?;
    }
    let committed = DatabaseFile::read(&fs::read(&leader.files()[0])?, &[])?;
    let insert = json!([DATABASE, {"op": "insert", "table": "Gone", "row": {"text": "lost?"}}]);
    let socket = leader.endpoint();
    let unanswered = Command::new("ovsdb-client")
        .args(["--timeout=1", "transact", &socket, &insert.to_string()])
        .output()?;
    ensure!(!unanswered.status.success(), "it waits for a majority");
    let content = fs::read(&leader.files()[0])?;
    let file = DatabaseFile::read(&content, &[])?;
    assert_eq!(recorded(&file), recorded(&committed));
    let all = ReadOptions {
        entries: Entries::All,
        ..ReadOptions::default()
    };
    let all = DatabaseFile::read_with(&content, &[], &all)?;
    assert_eq!(all.transactions, file.transactions + 1);
    let text = |file: &DatabaseFile| format!("{:?}", recorded(file)["Gone"]).contains("lost?");
    assert_eq!((text(&file), text(&all)), (false, true));
    Ok(())
}
