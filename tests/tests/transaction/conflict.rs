//! Transactions of several clients that change the same rows.

use std::time::Duration;

use anyhow::{Context, Result};
use ovn_schemas::nb;
use ovsdb_client::client::{Ending, Monitor, ReadWrite, TransactionError};
use ovsdb_client::table::{Ref, Table};

use crate::northbound::{Northbound, chain, join, northbound, switch_names};

const COUNT: i64 = 200;

async fn global(monitor: &Monitor<ReadWrite>) -> Result<Ref<nb::NbGlobal>> {
    let done = monitor
        .transaction(|tx| Ok(tx.insert::<nb::NbGlobal>().reference()))
        .run()
        .await?;
    Ok(done.value)
}

/// Counts up by reading and writing; gives how many attempts were needed.
async fn count_up(monitor: Monitor<ReadWrite>, global: Ref<nb::NbGlobal>) -> Result<u32> {
    let mut attempts = 0;
    for _ in 0..COUNT {
        let done = monitor
            .transaction(|tx| {
                let number = tx.get(global).map_or(0, |row| row.nb_cfg());
                tx.verify(global, nb::nb_global::NB_CFG);
                tx.update(global).set(nb::nb_global::NB_CFG, number + 1);
                Ok(())
            })
            .retries(u32::MAX)
            .run()
            .await?;
        attempts += done.attempts;
    }
    Ok(attempts)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_clients_that_count_at_once_lose_no_count() -> Result<()> {
    let Northbound {
        server, monitor, ..
    } = northbound().await?;
    let global = global(&monitor).await?;
    let (_other_client, other) = join(&server).await?;
    let one = tokio::spawn(count_up(monitor.clone(), global));
    let two = tokio::spawn(count_up(other, global));
    let attempts = one.await?? + two.await??;
    let monitor_sees = monitor.snapshot().get(global).context("the row")?.nb_cfg();
    let (_third_client, third) = join(&server).await?;
    let counted = third.snapshot().get(global).context("the row")?.nb_cfg();
    assert_eq!(counted, 2 * COUNT);
    assert!(monitor_sees <= counted);
    assert!(
        i64::from(attempts) > 2 * COUNT,
        "there was a conflict at all: {attempts} attempts"
    );
    Ok(())
}

#[tokio::test]
async fn a_conflict_runs_the_closure_over_a_snapshot_that_shows_the_cause() -> Result<()> {
    let Northbound {
        server, monitor, ..
    } = northbound().await?;
    let global = global(&monitor).await?;
    let update =
        r#"["OVN_Northbound",{"op":"update","table":"NB_Global","where":[],"row":{"name":"%"}}]"#;
    let mut seen = Vec::new();
    let done = monitor
        .transaction(|tx| {
            let name = tx.get(global).map(|row| row.name().to_owned());
            let name = name.unwrap_or_default();
            tx.verify(global, nb::nb_global::NAME);
            tx.verify(global, nb::nb_global::NAME);
            tx.verify_row(global);
            tx.update(global).set(nb::nb_global::NB_CFG, 1);
            if seen.len() < 3 {
                // Someone else is faster.
                let other = update.replace('%', &seen.len().to_string());
                server.transact(&other).map_err(std::io::Error::other)?;
            }
            seen.push(name.clone());
            Ok(name)
        })
        .run()
        .await?;
    assert_eq!((done.ending, done.attempts), (Ending::Committed, 4));
    assert_eq!(done.value, "2");
    assert_eq!(seen, ["", "0", "1", "2"]);
    Ok(())
}

#[tokio::test]
async fn a_transaction_gives_up_after_as_many_conflicts_as_it_may() -> Result<()> {
    let Northbound {
        server, monitor, ..
    } = northbound().await?;
    let global = global(&monitor).await?;
    let add = r#"["OVN_Northbound",{"op":"mutate","table":"NB_Global","where":[],"mutations":[["sb_cfg","+=",1]]}]"#;
    let mut runs = 0;
    let error = monitor
        .transaction(|tx| {
            runs += 1;
            tx.verify(global, nb::nb_global::SB_CFG);
            tx.update(global).set(nb::nb_global::NB_CFG, 1);
            server.transact(add).map_err(std::io::Error::other)?;
            Ok(())
        })
        .retries(2)
        .run()
        .await
        .unwrap_err();
    assert_eq!(runs, 3);
    assert!(error.may_repeat());
    let text = chain(&error).replace(&global.uuid().to_string(), "GLOBAL");
    insta::assert_snapshot!(text, @"other clients changed what was read, 3 times; last, the check of NB_Global GLOBAL");
    let row = monitor.snapshot().get(global).context("the row")?;
    assert_eq!((row.nb_cfg(), row.sb_cfg()), (0, 3));
    Ok(())
}

#[tokio::test]
async fn a_row_that_another_client_deleted_is_a_conflict_where_it_was_verified() -> Result<()> {
    let Northbound {
        server, monitor, ..
    } = northbound().await?;
    let global = global(&monitor).await?;
    let delete = r#"["OVN_Northbound",{"op":"delete","table":"NB_Global","where":[]}]"#;
    for verify_column in [true, false] {
        let global = match monitor.snapshot().rows::<nb::NbGlobal>().next() {
            Some(row) => Ref::from(&row),
            None => self::global(&monitor).await?,
        };
        let mut found = Vec::new();
        let done = monitor
            .transaction(|tx| {
                let row = tx.get(global);
                found.push(row.is_some());
                if row.is_some() {
                    if verify_column {
                        tx.verify(global, nb::nb_global::NAME);
                    } else {
                        tx.verify_row(global);
                    }
                    tx.update(global).set(nb::nb_global::NB_CFG, 1);
                    server.transact(delete).map_err(std::io::Error::other)?;
                }
                Ok(())
            })
            .run()
            .await?;
        assert_eq!(found, [true, false]);
        assert_eq!(done.ending, Ending::Unchanged, "there was nothing to do");
    }
    // Without a check it is merely not matched.
    let done = monitor
        .transaction(|tx| Ok(tx.update(global).set(nb::nb_global::NB_CFG, 1).step()))
        .run()
        .await?;
    assert_eq!(done.count(done.value), Some(0));
    Ok(())
}

#[tokio::test]
async fn a_name_that_nobody_may_have_is_taken_once() -> Result<()> {
    let Northbound {
        server, monitor, ..
    } = northbound().await?;
    let mut others = Vec::new();
    for _ in 0..4 {
        others.push(join(&server).await?);
    }
    let take = |monitor: Monitor<ReadWrite>| async move {
        monitor
            .transaction(|tx| {
                let taken = tx.rows::<nb::LogicalSwitch>();
                let taken = taken.filter(|switch| switch.name() == "sw0").count();
                if taken == 0 {
                    let name = nb::logical_switch::NAME;
                    tx.verify_none([name.eq("sw0")]);
                    tx.insert::<nb::LogicalSwitch>().set(name, "sw0");
                }
                Ok(taken)
            })
            .run()
            .await
    };
    let mut tasks = Vec::new();
    for (_, monitor) in &others {
        tasks.push(tokio::spawn(take(monitor.clone())));
    }
    let mut endings = Vec::new();
    for task in tasks {
        endings.push(task.await??.ending);
    }
    let committed = endings
        .iter()
        .filter(|ending| **ending == Ending::Committed);
    assert_eq!(committed.count(), 1, "{endings:?}");
    drop(monitor);
    let (_client, monitor) = join(&server).await?;
    assert_eq!(switch_names(&monitor.snapshot()), ["sw0"]);

    // Without looking first, it conflicts with what the snapshot shows already.
    let error = monitor
        .transaction(|tx| {
            tx.verify_none::<nb::LogicalSwitch>([]);
            tx.insert::<nb::LogicalSwitch>();
            Ok(())
        })
        .deadline(Duration::from_secs(30))
        .run()
        .await
        .unwrap_err();
    assert!(
        matches!(error, TransactionError::Conflict { attempts: 1, .. }),
        "{error:?}"
    );
    assert_eq!(nb::LogicalSwitch::DEFINITION.max_rows, None);
    Ok(())
}
