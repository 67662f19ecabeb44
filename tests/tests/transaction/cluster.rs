//! Transactions on a cluster whose members go.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, bail};
use ovn_tests::duty::{DATABASE, ITEM, numbers};
use ovn_tests::sandbox::{Cluster, READY, Schema, wait_until};
use ovsdb_client::client::{Client, Ending, Monitor, ReadWrite, Resolution, TransactionError};
use ovsdb_client::session::{BackoffConfig, Interest};
use ovsdb_client::value::Datum;

use crate::northbound::chain;

async fn connect(endpoints: &str) -> Result<(Client<ReadWrite>, Monitor<ReadWrite>)> {
    let client = Client::<ReadWrite>::builder()
        .remotes(endpoints)?
        .shuffle(false)
        .backoff(BackoffConfig {
            least: Duration::from_millis(50),
            most: Duration::from_millis(200),
        })
        .connect()
        .await?;
    let monitor = client.monitor(Interest::everything(DATABASE)).await?;
    Ok((client, monitor))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_a_follower_sends_again_is_carried_out_once_and_known_to_be() -> Result<()> {
    let mut cluster = Cluster::start(Schema::duty())?;
    for round in 0..3 {
        let leader = cluster.await_leader()?;
        let follower = cluster.follower()?;
        let (client, monitor) = connect(&cluster.member(follower).endpoint()).await?;
        let schema = Arc::new(client.schema(DATABASE).await?);
        // The leader hands the entry on and is gone before it can say so.
        cluster.fail_at(leader, "crash-after-sending-append-request")?;
        let name = format!("item {round}");
        let replicated = round != 1;
        let result = if replicated {
            monitor
                .transaction(|tx| {
                    let row = [("name", Datum::scalar(name.as_str()))];
                    Ok(tx.table(ITEM).insert(row))
                })
                .deadline(READY)
                .run()
                .await
        } else {
            client
                .transaction(schema, |tx| {
                    let row = [("name", Datum::scalar(name.as_str()))];
                    Ok(tx.table(ITEM).insert(row))
                })
                .deadline(READY)
                .run()
                .await
        };
        wait_until("the leader has crashed", READY, || {
            Ok(cluster.ended(leader)?.then_some(()))
        })?;
        cluster.restart(leader)?;
        cluster.await_members()?;
        cluster.await_leader()?;
        match result {
            Ok(done) => assert_eq!(done.ending, Ending::Committed),
            Err(TransactionError::Unknown(doubt)) => {
                assert_eq!(doubt.resolve(&client).await?, Resolution::Committed);
            }
            Err(error) => bail!("round {round}: {}", chain(&error)),
        }
        client.echo().await?;
        assert!(numbers(&monitor.snapshot()).contains_key(&name));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_without_a_majority_ends_at_its_deadline_and_may_still_be_carried_out() -> Result<()>
{
    let mut cluster = Cluster::start(Schema::duty())?;
    let leader = cluster.await_leader()?;
    let (client, monitor) = connect(&cluster.member(leader).endpoint()).await?;
    let others: Vec<usize> = (0..cluster.len()).filter(|&it| it != leader).collect();
    for &other in &others {
        cluster.pause(other)?;
    }
    let error = monitor
        .transaction(|tx| {
            let row = [("name", Datum::scalar("late"))];
            Ok(tx.table(ITEM).insert(row))
        })
        .deadline(Duration::from_millis(300))
        .run()
        .await
        .unwrap_err();
    let TransactionError::Unknown(doubt) = error else {
        bail!("{}", chain(&error));
    };
    for &other in &others {
        cluster.resume(other)?;
    }
    // It was cancelled, and is carried out all the same once there is a majority.
    let shown = || {
        Ok(numbers(&monitor.snapshot())
            .contains_key("late")
            .then_some(()))
    };
    wait_until("the write shows", READY, shown)?;
    assert_eq!(doubt.resolve(&client).await?, Resolution::Committed);
    Ok(())
}
