//! Torture: members of a cluster are killed or replaced while clients write.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use ovn_tests::duty::{DATABASE, await_agreement, insert, numbers};
use ovn_tests::sandbox::{Cluster, READY, Schema, wait_until};
use ovsdb_client::client::{Client, ClientError, ReadWrite};
use ovsdb_client::dial::Dial;
use ovsdb_client::endpoint::Endpoint;
use ovsdb_client::session::Member;
use tokio::task::JoinHandle;

use crate::start::{builder, everything};

/// How often a member is taken away in one case.
const ROUNDS: usize = 3;

/// How long a writer waits for an answer before it counts the write as open: longer than an
/// election takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// How a member goes and comes back.
#[derive(Clone, Copy, Debug)]
enum Blow {
    /// It is killed and started again.
    Kill,
    /// It is removed, and a new one joins.
    Replace,
}

/// What a writer knows of its writes.
#[derive(Debug, Default)]
struct Account {
    acknowledged: BTreeSet<String>,
    doubtful: BTreeSet<String>,
}

/// Writes until told to stop.
async fn write(client: Client<ReadWrite>, name: String, stop: Arc<AtomicBool>) -> Result<Account> {
    let monitor = client.monitor(everything()).await?;
    let mut account = Account::default();
    for number in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let item = format!("{name}{number}");
        let written = client.transact(DATABASE, vec![insert(&item, number)]);
        match tokio::time::timeout(PATIENCE, written).await {
            Ok(Ok(_)) => {
                let seen = numbers(&monitor.snapshot()).contains_key(&item);
                ensure!(seen, "{item} was written and is not to be seen");
                account.acknowledged.insert(item);
            }
            Ok(Err(ClientError::InDoubt(_))) | Err(_) => {
                account.doubtful.insert(item);
            }
            // A server that loses its place in the cluster says so of the writes it had.
            Ok(Err(ClientError::Transact(error))) => {
                ensure!(error.operation.is_none(), "{error:?}");
                account.doubtful.insert(item);
            }
            Ok(Err(error)) => bail!("{error:?}"),
        }
    }
    Ok(account)
}

async fn writer(cluster: &Cluster, member: Member) -> Result<Client<ReadWrite>> {
    let builder = builder::<ReadWrite>().remotes(&cluster.endpoints())?;
    let probe = Some(Duration::from_secs(1));
    Ok(builder.member(member).probe(probe).connect().await?)
}

fn remotes(cluster: &Cluster) -> Result<Vec<Arc<dyn Dial>>> {
    let endpoints = Endpoint::parse_list(&cluster.endpoints())?;
    Ok(endpoints
        .into_iter()
        .map(|endpoint| Arc::new(endpoint) as Arc<dyn Dial>)
        .collect())
}

/// No write that was acknowledged is lost and no row is there that nobody wrote, though `members`
/// servers lose the leader or a follower again and again.
async fn check(members: usize, leader: bool, blow: Blow) -> Result<()> {
    let mut cluster = Cluster::setup(Schema::duty()).members(members).start()?;
    let stop = Arc::new(AtomicBool::new(false));
    let mut clients = Vec::new();
    let mut writers: Vec<JoinHandle<Result<Account>>> = Vec::new();
    for (name, member) in [("leader", Member::Leader), ("any", Member::Any)] {
        let client = writer(&cluster, member).await?;
        clients.push(client.clone());
        writers.push(tokio::spawn(write(
            client,
            name.to_owned(),
            Arc::clone(&stop),
        )));
    }
    let reader = writer(&cluster, Member::Any).await?;
    let rows = reader.monitor(everything()).await?;
    clients.push(reader);
    for _ in 0..ROUNDS {
        let before = numbers(&rows.snapshot()).len();
        wait_until("rows are written", READY, || {
            Ok((numbers(&rows.snapshot()).len() > before + 10).then_some(()))
        })?;
        let target = if leader {
            cluster.await_leader()?
        } else {
            cluster.follower()?
        };
        match blow {
            Blow::Kill => {
                cluster.kill(target)?;
                cluster.await_leader()?;
                cluster.restart(target)?;
            }
            Blow::Replace => {
                cluster.remove(target)?;
                cluster.await_leader()?;
                cluster.add()?;
                for client in &clients {
                    client.set_remotes(remotes(&cluster)?).await;
                }
            }
        }
        cluster.await_members()?;
    }
    stop.store(true, Ordering::Relaxed);
    let mut account = Account::default();
    for writer in writers {
        let Account {
            acknowledged,
            doubtful,
        } = writer.await??;
        account.acknowledged.extend(acknowledged);
        account.doubtful.extend(doubtful);
    }
    await_agreement(cluster.member(cluster.await_leader()?), || rows.snapshot())?;
    let present: BTreeSet<String> = numbers(&rows.snapshot()).into_keys().collect();
    let lost: Vec<_> = account.acknowledged.difference(&present).collect();
    ensure!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    let written: BTreeSet<_> = account
        .acknowledged
        .union(&account.doubtful)
        .cloned()
        .collect();
    let phantoms: Vec<_> = present.difference(&written).collect();
    ensure!(phantoms.is_empty(), "nobody wrote {phantoms:?}");
    Ok(())
}

/// 25
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_while_the_leader_of_three_is_killed() -> Result<()> {
    check(3, true, Blow::Kill).await
}

/// 25
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_while_a_follower_of_three_is_killed() -> Result<()> {
    check(3, false, Blow::Kill).await
}

/// 25
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_while_the_leader_of_three_is_replaced() -> Result<()> {
    check(3, true, Blow::Replace).await
}

/// 25
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_while_a_follower_of_three_is_replaced() -> Result<()> {
    check(3, false, Blow::Replace).await
}

/// 25
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_while_the_leader_of_five_is_killed() -> Result<()> {
    check(5, true, Blow::Kill).await
}

/// 25
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_while_a_follower_of_five_is_killed() -> Result<()> {
    check(5, false, Blow::Kill).await
}

/// 25
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_while_the_leader_of_five_is_replaced() -> Result<()> {
    check(5, true, Blow::Replace).await
}

/// 25
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_while_a_follower_of_five_is_replaced() -> Result<()> {
    check(5, false, Blow::Replace).await
}
