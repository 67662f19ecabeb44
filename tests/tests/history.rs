//! The past of recorded databases, against what the stock tools tell of the same files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use ovn_tests::demo::{Demo, FILES, NODES, NORTHBOUND};
use ovn_tests::sandbox::DatabaseServer;
use ovn_tools::access::Source;
use ovn_tools::database::Database;
use ovn_tools::moment::Moment;
use ovn_tools::run::{RunError, run};
use ovn_tools::tool::rows_at::{self, RowsAt};
use ovn_tools::tool::rows_diff::{self, Identity, RowsDiff, Side};
use ovn_tools::tool::rows_find;
use ovn_tools::tool::transaction_list::{self, Order, TransactionList};
use ovsdb_client::dbfile::Records;
use serde_json::Value as Json;

fn ovsdb_tool(arguments: &[&str]) -> Result<String> {
    // Its times are local ones.
    let done = Command::new("ovsdb-tool")
        .env("TZ", "UTC")
        .args(arguments)
        .output();
    let done = done.context("cannot run ovsdb-tool; is it installed?")?;
    let complaint = String::from_utf8_lossy(&done.stderr);
    ensure!(
        done.status.success(),
        "ovsdb-tool {arguments:?}: {complaint}"
    );
    Ok(String::from_utf8(done.stdout)?)
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().context("a UTF-8 path")
}

fn recorded(path: &Path) -> [Source; 1] {
    [Source::Recorded(path.to_owned())]
}

/// The names of the switch ports in a file, as ovsdb-tool finds them.
fn ports(file: &Path) -> Result<BTreeSet<String>> {
    let question = r#"["OVN_Northbound",{"op":"select","table":"Logical_Switch_Port","where":[],"columns":["name"]}]"#;
    let answer: Json = serde_json::from_str(&ovsdb_tool(&["query", text(file)?, question])?)?;
    let rows = answer[0]["rows"].as_array().context("rows")?;
    let names = rows.iter().filter_map(|row| row["name"].as_str());
    Ok(names.map(str::to_owned).collect())
}

/// The same as a tool of ours answers for a moment.
async fn ports_at(file: &Path, at: Moment) -> Result<BTreeSet<String>> {
    let mut find = rows_find::Params::new(Database::Nb, "Logical_Switch_Port");
    find.columns = vec!["name".to_owned()];
    let found = run::<RowsAt>(&recorded(file), &rows_at::Params { find, at }).await?;
    let names = found.rows.iter().filter_map(|row| row[1].as_str());
    Ok(names.map(str::to_owned).collect())
}

#[tokio::test]
async fn the_timeline_has_the_records_and_times_of_ovsdb_tool() -> Result<()> {
    let demo = Demo::unpack()?;
    for node in NODES {
        for file in FILES {
            let path = demo.file(node, file);
            let log = ovsdb_tool(&["show-log", text(&path)?])?;
            let expected = log.lines().filter_map(|line| {
                // `record 1: 2026-11-21 06:14:56.844 "ovn-nbctl: ovn-nbctl init"`
                let (number, rest) = line.strip_prefix("record ")?.split_once(": ")?;
                let time = rest.get(..23)?.replace(' ', "T") + "Z";
                let time: Moment = time.parse().ok()?;
                Some((number.parse::<usize>().ok()?, time.to_string()))
            });
            let expected: Vec<_> = expected.collect();
            let params = transaction_list::Params {
                order: Order::Oldest,
                limit: transaction_list::MAX_LIMIT,
                ..transaction_list::Params::new()
            };
            let listed = run::<TransactionList>(&recorded(&path), &params).await?;
            let found = listed
                .transactions
                .iter()
                .map(|listed| (listed.record, listed.time.clone().unwrap_or_default()));
            let found: Vec<_> = found.collect();
            assert!(found.len() > 10);
            assert_eq!(found, expected, "{node} {file}");
            for listed in &listed.transactions {
                let comment = listed.comment.as_deref().unwrap_or_default();
                let first = comment.lines().next().unwrap_or_default();
                let first = first.split('"').next().unwrap_or_default();
                assert!(log.contains(first), "{comment}");
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn any_moment_is_what_ovsdb_tool_finds_in_the_file_up_to_there() -> Result<()> {
    let demo = Demo::unpack()?;
    let path = demo.file(NODES[0], NORTHBOUND);
    let bytes = fs::read(&path)?;
    let records = Records::new(&bytes).collect::<Result<Vec<_>, _>>()?;
    let cut = demo.path().join("cut.db");
    let mut seen = BTreeSet::new();
    for record in records.iter().skip(1) {
        fs::write(&cut, &bytes[..record.end])?;
        let expected = ports(&cut)?;
        let found = ports_at(&path, Moment::Record(record.number)).await?;
        assert_eq!(found, expected, "record {}", record.number);
        seen.insert(expected);
    }
    assert!(seen.len() > 3, "the ports change with time");
    Ok(())
}

#[tokio::test]
async fn what_differs_between_two_moments_is_what_ovsdb_tool_finds_there() -> Result<()> {
    let demo = Demo::unpack()?;
    let path = demo.file(NODES[0], NORTHBOUND);
    let bytes = fs::read(&path)?;
    let records = Records::new(&bytes).collect::<Result<Vec<_>, _>>()?;
    let cut = demo.path().join("cut.db");
    for number in [1, 20, 40] {
        fs::write(&cut, &bytes[..records[number].end])?;
        let (old, new) = (ports(&cut)?, ports(&path)?);
        let from = Side {
            at: Some(Moment::Record(number)),
            ..Side::default()
        };
        let mut params = rows_diff::Params::new(Database::Nb, from, Side::default());
        params.table = Some("Logical_Switch_Port".to_owned());
        for identity in [Identity::Uuid, Identity::Index] {
            params.identity = Some(identity);
            let differed = run::<RowsDiff>(&recorded(&path), &params).await?;
            let counts = differed.tables.first();
            assert_eq!(
                counts.map_or(0, |counts| counts.inserted),
                new.difference(&old).count()
            );
            assert_eq!(
                counts.map_or(0, |counts| counts.deleted),
                old.difference(&new).count()
            );
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_clusters_transactions_have_ids_that_are_moments() -> Result<()> {
    let demo = Demo::unpack()?;
    let path = demo.path().join("member.db");
    let contents = demo.file(NODES[0], NORTHBOUND);
    let address = format!("unix:{}/raft", text(demo.path())?);
    ovsdb_tool(&["create-cluster", text(&path)?, text(&contents)?, &address])?;
    let server = DatabaseServer::setup().file(&path).start()?;
    server.ovsdb_client("wait", &["OVN_Northbound", "connected"])?;
    // The server has a copy of its own.
    let path = server.files()[0].clone();
    for name in ["later-1", "later-2"] {
        server.transact(&format!(
            r#"["OVN_Northbound",{{"op":"insert","table":"Logical_Switch_Port","row":{{"name":"{name}"}},"uuid-name":"p"}},
               {{"op":"insert","table":"Logical_Switch","row":{{"name":"{name}","ports":["named-uuid","p"]}}}}]"#
        ))?;
    }
    let params = transaction_list::Params {
        text: Some("later".to_owned()),
        order: Order::Oldest,
        ..transaction_list::Params::new()
    };
    let listed = run::<TransactionList>(&recorded(&path), &params).await?;
    assert_eq!(listed.total, 2);
    let mut ids = listed
        .transactions
        .iter()
        .filter_map(|listed| listed.transaction.as_deref());
    let first: Moment = ids.next().context("an ID")?.parse()?;
    let second: Moment = ids.next().context("an ID")?.parse()?;
    let before = ports(&contents)?;
    let new = async |at| -> Result<Vec<String>> {
        Ok(ports_at(&path, at)
            .await?
            .difference(&before)
            .cloned()
            .collect())
    };
    assert_eq!(new(first).await?, ["later-1"]);
    assert_eq!(new(second).await?, ["later-1", "later-2"]);
    Ok(())
}

#[tokio::test]
async fn a_running_server_has_no_past_and_differs_from_its_file_in_nothing() -> Result<()> {
    let demo = Demo::unpack()?;
    for (file, database) in FILES.into_iter().zip(Database::ALL) {
        let server = DatabaseServer::setup()
            .file(demo.file(NODES[0], file))
            .start()?;
        let live: Source = server.endpoint().parse()?;
        let hint = |error: RunError| match error {
            RunError::Tool(error) => error.hint.unwrap_or_default(),
            other => other.to_string(),
        };
        let sources = std::slice::from_ref(&live);
        let error = run::<TransactionList>(sources, &transaction_list::Params::new()).await;
        let error = hint(error.err().context("no history")?);
        assert!(
            error.contains("ovnscope record SOURCE -o FILE --follow"),
            "{error}"
        );
        let table = database.definition().tables[0].name;
        let params = rows_at::Params {
            find: rows_find::Params::new(database, table),
            at: Moment::Record(1),
        };
        let error = hint(
            run::<RowsAt>(sources, &params)
                .await
                .err()
                .context("no past")?,
        );
        assert!(
            error.contains("a running server knows only the present"),
            "{error}"
        );

        let file = server.files()[0].clone();
        let side = |source: String| Side {
            source: Some(source),
            ..Side::default()
        };
        let from = side(format!("recorded:{}", file.display()));
        let mut params = rows_diff::Params::new(database, from, side(live.to_string()));
        for identity in [Identity::Uuid, Identity::Index] {
            params.identity = Some(identity);
            let sources = [Source::Recorded(file.clone()), live.clone()];
            let differed = run::<RowsDiff>(&sources, &params).await?;
            assert_eq!(differed.total, 0, "{database}: {:?}", differed.rows);
            let told = differed
                .gaps
                .iter()
                .all(|gap| gap.why.contains("ephemeral"));
            assert!(told, "{:?}", differed.gaps);
        }
    }
    Ok(())
}
