//! Recordings that go on while servers change, fail and come back.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use ovn_tests::sandbox::{Cluster, DatabaseServer, READY, Schema};
use ovn_tools::access::Source;
use ovn_tools::record::{RecordOptions, Recording};
use ovn_tools::run::run;
use ovn_tools::tool::transaction_list::{self, TransactionList};
use ovsdb_client::dbfile::{History, ReadOptions};
use ovsdb_client::row::Row;

use crate::stock::{dump, folder, tool};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changes_are_followed_one_by_one() -> Result<()> {
    let live = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    let nbctl = |words: &str| {
        let db = format!("--db={}", live.endpoint());
        let mut arguments = vec![db.as_str()];
        arguments.extend(words.split(' '));
        tool("ovn-nbctl", &arguments).map(drop)
    };
    nbctl("ls-add before")?;
    let directory = folder()?;
    let target = directory.path().join("nb/");
    let mut recording = Recording::begin(
        &[live.endpoint().parse()?],
        &RecordOptions::default(),
        &target,
    )
    .await?;
    assert!(recording.is_live());
    for command in [
        "ls-add sw0",
        "lsp-add sw0 p1",
        "lsp-set-addresses p1 unknown",
        "ls-del before",
    ] {
        nbctl(command)?;
        recording.follow(Duration::from_millis(300)).await?;
    }
    let manifest = recording.finish()?.manifest;
    let path = target.join(&manifest.databases[0].path);
    let bytes = fs::read(&path)?;
    let mut history = History::open(&bytes, &[], &ReadOptions::default())?;
    let mut told = Vec::new();
    for transaction in &mut history {
        let transaction = transaction?;
        let rows = transaction.changes.rows().map(|(table, row)| {
            let sign = match (&row.old, &row.new) {
                (None, _) => '+',
                (_, None) => '-',
                _ => '~',
            };
            format!("{sign}{}", table.name)
        });
        told.push(rows.collect::<Vec<_>>().join(" "));
    }
    assert_eq!(
        told[1..],
        [
            "+Logical_Switch",
            "~Logical_Switch +Logical_Switch_Port",
            "~Logical_Switch_Port",
            "-Logical_Switch"
        ]
    );
    assert_eq!(manifest.databases[0].transactions, 5);
    let again = DatabaseServer::setup().file(&path).start()?;
    assert_eq!(
        dump(&again, "OVN_Northbound")?,
        dump(&live, "OVN_Northbound")?
    );
    // The timeline of the recording is that of the server.
    let params = transaction_list::Params {
        text: Some("p1".to_owned()),
        ..transaction_list::Params::new()
    };
    let listed = run::<TransactionList>(&[Source::Recorded(path)], &params).await?;
    assert_eq!(listed.total, 1);
    Ok(())
}

/// What the transactions of a recorded file did: `+` and the name for a switch that came.
fn switches(bytes: &[u8]) -> Result<Vec<String>> {
    let mut history = History::open(bytes, &[], &ReadOptions::default())?;
    let mut told = Vec::new();
    for transaction in &mut history {
        let transaction = transaction?;
        for (table, row) in transaction.changes.rows() {
            let switch = |row: &Row| Some(row.value(table, "name")?.to_string());
            match (row.old.as_ref(), row.new.as_ref()) {
                _ if &*table.name != "Logical_Switch" => {}
                (None, Some(new)) => told.push(format!("+{}", switch(new).context("a name")?)),
                (old, _) => told.push(format!("changed or gone: {old:?}")),
            }
        }
    }
    Ok(told)
}

/// All that a recording that is being made holds so far.
fn staged(folder: &Path) -> Result<String> {
    let mut text = String::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            text += &staged(&path)?;
        } else {
            text += &String::from_utf8_lossy(&fs::read(&path)?);
        }
    }
    Ok(text)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_is_followed_across_changes_of_its_leader() -> Result<()> {
    let mut cluster = Cluster::start(Schema::northbound())?;
    let add = |cluster: &Cluster, name: &str| {
        let db = format!("--db={}", cluster.endpoints());
        tool("ovn-nbctl", &["--timeout=60", &db, "ls-add", name]).map(drop)
    };
    add(&cluster, "before")?;
    let directory = folder()?;
    let target = directory.path().join("nb/");
    // The leader comes first, so that it is the one that is followed.
    let leader = cluster.await_leader()?;
    let mut members: Vec<usize> = (0..cluster.len()).collect();
    members.swap(0, leader);
    let endpoints = members
        .iter()
        .map(|member| cluster.member(*member).endpoint());
    let source: Source = endpoints.collect::<Vec<_>>().join(",").parse()?;
    let mut recording = Recording::begin(&[source], &RecordOptions::default(), &target).await?;
    let mut added = vec!["before".to_owned()];
    for event in ["nothing", "hands over", "dies", "comes back", "dies again"] {
        match event {
            "hands over" => drop(cluster.transfer_leadership()?),
            "dies" => {
                // Also who is followed, whether it leads or not.
                cluster.kill(leader)?;
                cluster.await_leader()?;
            }
            "comes back" => {
                cluster.restart(leader)?;
                cluster.await_members()?;
            }
            "dies again" => {
                let last = cluster.await_leader()?;
                cluster.kill(last)?;
                cluster.await_leader()?;
            }
            _ => {}
        }
        let name = format!("after-{}", event.replace(' ', "-"));
        add(&cluster, &name)?;
        added.push(name.clone());
        let end = Instant::now() + READY;
        while !staged(directory.path())?.contains(&name) {
            ensure!(Instant::now() < end, "{name} is not recorded");
            recording.follow(Duration::from_millis(100)).await?;
        }
    }
    let recorded = recording.finish()?;
    let path = target.join(&recorded.manifest.databases[0].path);
    let expected: Vec<String> = added.iter().map(|name| format!("+{name}")).collect();
    assert_eq!(switches(&fs::read(&path)?)?, expected);
    let again = DatabaseServer::setup().file(&path).start()?;
    let leader = cluster.await_leader()?;
    assert_eq!(
        dump(&again, "OVN_Northbound")?,
        dump(cluster.member(leader), "OVN_Northbound")?
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changed_while_the_server_was_lost_is_one_transaction_and_told() -> Result<()> {
    let mut cluster = Cluster::start(Schema::northbound())?;
    let add = |cluster: &Cluster, name: &str| {
        let db = format!("--db={}", cluster.endpoints());
        tool("ovn-nbctl", &["--timeout=60", &db, "ls-add", name]).map(drop)
    };
    let directory = folder()?;
    let target = directory.path().join("nb/");
    let member = cluster.follower()?;
    let source: Source = cluster.member(member).endpoint().parse()?;
    let mut recording = Recording::begin(&[source], &RecordOptions::default(), &target).await?;
    cluster.kill(member)?;
    for name in ["missed-first", "missed-last"] {
        add(&cluster, name)?;
    }
    cluster.restart(member)?;
    let end = Instant::now() + READY;
    while !staged(directory.path())?.contains("missed-last") {
        ensure!(Instant::now() < end, "what changed is not recorded");
        recording.follow(Duration::from_millis(100)).await?;
    }
    let recorded = recording.finish()?;
    let path = target.join(&recorded.manifest.databases[0].path);
    let mut switches = switches(&fs::read(&path)?)?;
    switches.sort_unstable();
    assert_eq!(switches, ["+missed-first", "+missed-last"]);
    assert!(!recorded.gaps.is_empty(), "what was missed is told");
    for gap in &recorded.gaps {
        assert!(
            gap.what.contains("ovnnb_db.db") && gap.why.contains("the connection was lost"),
            "{gap:?}"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_lost_for_good_is_told_among_the_gaps() -> Result<()> {
    let mut live = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    let directory = folder()?;
    let target = directory.path().join("nb/");
    let source: Source = live.endpoint().parse()?;
    let options = RecordOptions::default();
    let mut recording = Recording::begin(&[source], &options, &target).await?;
    live.kill()?;
    recording.follow(Duration::from_millis(500)).await?;
    let gaps = recording.finish()?.gaps;
    let [gap] = gaps.as_slice() else {
        anyhow::bail!("one gap: {gaps:?}");
    };
    assert!(
        gap.what.contains("ovnnb_db.db") && gap.why.contains("the server was lost"),
        "{gap:?}"
    );
    Ok(())
}
