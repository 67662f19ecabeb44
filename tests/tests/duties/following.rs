//! Following: which member of a cluster a client is with, and when it leaves.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use ovn_tests::duty::{DATABASE, await_agreement, await_numbers, insert, numbers};
use ovn_tests::gate::Gate;
use ovn_tests::sandbox::{Cluster, READY, Schema, wait_until};
use ovsdb_client::client::{Client, ClientError, Lost, Monitor, ReadOnly, ReadWrite};
use ovsdb_client::session::{Member, SessionError, State, Unsuitable};

use crate::start::{await_server, builder, cluster, endpoint, everything, reader, writer};

/// A client that replicates everything by whatever member of the kind.
async fn follow(
    cluster: &Cluster,
    member: Member,
) -> Result<(Client<ReadWrite>, Monitor<ReadWrite>)> {
    let client = builder::<ReadWrite>()
        .remotes(&cluster.endpoints())?
        .member(member)
        .probe(Some(Duration::from_millis(300)))
        .connect()
        .await?;
    let monitor = client.monitor(everything()).await?;
    Ok((client, monitor))
}

/// Waits until the client is served by a member of this number.
fn await_member(client: &Client<ReadWrite>, cluster: &Cluster, member: usize) -> Result<()> {
    await_server(client, |remote| cluster.at(remote) == Some(member))?;
    Ok(())
}

/// The member that serves the client now.
fn serving(client: &Client<ReadWrite>, cluster: &Cluster) -> Result<usize> {
    let remote = await_server(client, |_| true)?;
    cluster.at(&remote).context("a member")
}

/// Waits until the last connection ended for a reason of this kind.
fn await_reason<A: ovsdb_client::client::Access>(
    client: &Client<A>,
    suits: impl Fn(&Unsuitable) -> bool,
) -> Result<()> {
    wait_until("the client says why it left", READY, || {
        Ok(match client.lost() {
            Some(Lost::Session(error)) => match &*error {
                SessionError::Unsuitable(reason) => suits(reason).then_some(()),
                _ => None,
            },
            _ => None,
        })
    })
}

/// 21: A client that wants the leader follows it through a transfer, in one round of the members.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_the_leader_moves_with_it_in_one_round() -> Result<()> {
    let cluster = cluster()?;
    let (client, monitor) = follow(&cluster, Member::Leader).await?;
    let (bystander, _rows) = follow(&cluster, Member::Any).await?;
    await_member(&client, &cluster, cluster.await_leader()?)?;
    let at = serving(&bystander, &cluster)?;
    let mut states = bystander.state();
    states.mark_unchanged();

    for round in 0..3 {
        let leader = cluster.transfer_leadership()?;
        await_member(&client, &cluster, leader)?;
        client
            .transact(DATABASE, vec![insert(&format!("round{round}"), 1)])
            .await?;
        assert_eq!(numbers(&monitor.snapshot()).len(), round + 1);
    }
    ensure!(!states.has_changed()?, "who wants any member stays");
    assert_eq!(serving(&bystander, &cluster)?, at);
    Ok(())
}

/// 6: A member that falls silent is left for the next one, and the rows go on.
#[tokio::test(flavor = "multi_thread")]
async fn a_silent_member_is_left_for_the_next() -> Result<()> {
    let mut cluster = cluster()?;
    let (client, monitor) = follow(&cluster, Member::Any).await?;
    let silent = serving(&client, &cluster)?;
    cluster.pause(silent)?;
    await_server(&client, |remote| cluster.at(remote) != Some(silent))?;
    let other = serving(&client, &cluster)?;
    cluster.await_leader()?;
    writer(cluster.member(other))
        .await?
        .transact(DATABASE, vec![insert("after", 1)])
        .await?;
    await_numbers(&[("after", 1)], || monitor.snapshot())?;
    await_agreement(cluster.member(other), || monitor.snapshot())
}

/// 22: A member without a majority is left even where it is the only remote, and taken back when
/// the majority is.
#[tokio::test(flavor = "multi_thread")]
async fn a_member_out_of_touch_is_left_even_when_there_is_no_other() -> Result<()> {
    let mut cluster = cluster()?;
    let alone = cluster.follower()?;
    let gate = Gate::before(endpoint(cluster.member(alone))?);
    let client = builder::<ReadOnly>().dial(gate.clone()).connect().await?;
    let monitor = client.monitor(everything()).await?;
    let others: Vec<usize> = (0..cluster.len())
        .filter(|member| *member != alone)
        .collect();
    for member in &others {
        cluster.kill(*member)?;
    }
    await_reason(&client, |reason| *reason == Unsuitable::Disconnected)?;
    let asked = gate.connections();
    wait_until("it is asked again and again", READY, || {
        Ok((gate.connections() > asked + 1).then_some(()))
    })?;
    assert!(!matches!(*client.state().borrow(), State::Serving(_)));
    for member in &others {
        cluster.restart(*member)?;
    }
    cluster.await_members()?;
    await_server(&client, |_| true)?;
    writer(cluster.member(alone))
        .await?
        .transact(DATABASE, vec![insert("after", 1)])
        .await?;
    await_numbers(&[("after", 1)], || monitor.snapshot())
}

/// 22: A member that is still joining is asked again until it has joined.
#[tokio::test(flavor = "multi_thread")]
async fn a_joining_member_is_asked_until_it_has_joined() -> Result<()> {
    let mut cluster = cluster()?;
    writer(cluster.member(0))
        .await?
        .transact(DATABASE, vec![insert("before", 1)])
        .await?;
    // Without a majority nobody can be taken in.
    for member in 0..2 {
        cluster.pause(member)?;
    }
    let joining = cluster.join()?;
    let gate = Gate::before(endpoint(cluster.member(joining))?);
    let client = builder::<ReadOnly>().dial(gate.clone()).start();
    let rows = tokio::spawn({
        let client = client.clone();
        async move { client.monitor(everything()).await }
    });
    await_reason(&client, |_| true)?;
    assert!(!rows.is_finished());
    for member in 0..2 {
        cluster.resume(member)?;
    }
    let monitor = rows.await??;
    await_numbers(&[("before", 1)], || monitor.snapshot())
}

/// 23: Servers restored from a backup are behind what was seen and are left, until the client is
/// told that they are all there is.
#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_restored_from_a_backup_is_behind_until_the_client_is_told() -> Result<()> {
    let mut cluster = Cluster::setup(Schema::duty()).members(1).start()?;
    let write = async |cluster: &Cluster, name: &str| -> Result<()> {
        let writer = writer(cluster.member(0)).await?;
        writer.transact(DATABASE, vec![insert(name, 1)]).await?;
        Ok(())
    };
    write(&cluster, "old").await?;
    cluster.kill(0)?;
    let file = cluster.member(0).files()[0].clone();
    let backup = file.with_extension("backup");
    std::fs::copy(&file, &backup)?;
    cluster.restart(0)?;
    cluster.await_members()?;

    let gate = Gate::before(endpoint(cluster.member(0))?);
    let client = builder::<ReadOnly>().dial(gate.clone()).connect().await?;
    let monitor = client.monitor(everything()).await?;
    for number in 0..10 {
        write(&cluster, &format!("lost{number}")).await?;
    }
    let server = cluster.member(0);
    await_agreement(server, || monitor.snapshot())?;
    cluster.kill(0)?;
    std::fs::copy(&backup, &file)?;
    cluster.restart(0)?;
    cluster.await_members()?;

    await_reason(&client, |reason| matches!(reason, Unsuitable::Stale { .. }))?;
    assert_eq!(
        numbers(&monitor.snapshot()).len(),
        11,
        "what was seen stays"
    );
    client.forget_cluster().await;
    await_numbers(&[("old", 1)], || monitor.snapshot())
}

/// 23: A server of another cluster is refused, until the client is told to take any.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_of_another_cluster_is_refused_until_the_client_is_told() -> Result<()> {
    let first = Cluster::setup(Schema::duty()).members(1).start()?;
    let second = Cluster::setup(Schema::duty()).members(1).start()?;
    for (cluster, name) in [(&first, "first"), (&second, "second")] {
        writer(cluster.member(0))
            .await?
            .transact(DATABASE, vec![insert(name, 1)])
            .await?;
    }
    let gate = Gate::before(endpoint(first.member(0))?);
    let monitor = reader_of(&gate).await?;
    let client = &monitor.0;
    await_numbers(&[("first", 1)], || monitor.1.snapshot())?;
    let other = Gate::before(endpoint(second.member(0))?);
    client.set_remotes(vec![std::sync::Arc::new(other)]).await;
    await_reason(client, |reason| {
        matches!(reason, Unsuitable::OtherCluster { .. })
    })?;
    assert_eq!(numbers(&monitor.1.snapshot()).len(), 1);
    client.forget_cluster().await;
    await_numbers(&[("second", 1)], || monitor.1.snapshot())
}

async fn reader_of(gate: &Gate) -> Result<(Client<ReadOnly>, Monitor<ReadOnly>)> {
    let client = builder::<ReadOnly>().dial(gate.clone()).connect().await?;
    let monitor = client.monitor(everything()).await?;
    Ok((client, monitor))
}

/// 24: A write without a majority stays open and honours its caller's patience; when the majority
/// is back it is carried out, and shows.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_without_a_majority_waits_and_shows_when_it_is_carried_out() -> Result<()> {
    let mut cluster = cluster()?;
    let alone = cluster.await_leader()?;
    let others: Vec<usize> = (0..cluster.len())
        .filter(|member| *member != alone)
        .collect();
    let gate = Gate::before(endpoint(cluster.member(alone))?);
    let monitor = reader(&gate).await?;
    // It replicates nothing, and so is not concerned with who leads.
    let writer = writer(cluster.member(alone)).await?;
    for member in &others {
        cluster.pause(*member)?;
    }
    let patience = Duration::from_millis(200);
    let written = writer.transact(DATABASE, vec![insert("late", 1)]);
    if let Ok(written) = tokio::time::timeout(patience, written).await {
        bail!("{written:?} without a majority");
    }
    for member in &others {
        cluster.resume(*member)?;
    }
    await_numbers(&[("late", 1)], || monitor.snapshot())
}

/// 11, 24: A client that replicates leaves a member without a majority, and the write that was
/// open is in doubt, not failed.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_is_open_when_its_server_is_left_is_in_doubt() -> Result<()> {
    let mut cluster = cluster()?;
    let (client, monitor) = follow(&cluster, Member::Leader).await?;
    let alone = serving(&client, &cluster)?;
    let others: Vec<usize> = (0..cluster.len())
        .filter(|member| *member != alone)
        .collect();
    for member in &others {
        cluster.pause(*member)?;
    }
    let written = client.transact(DATABASE, vec![insert("doubtful", 1)]).await;
    ensure!(
        matches!(written, Err(ClientError::InDoubt(_))),
        "{written:?}"
    );
    for member in &others {
        cluster.resume(*member)?;
    }
    let leader = cluster.await_leader()?;
    await_server(&client, |remote| cluster.at(remote) == Some(leader))?;
    await_agreement(cluster.member(leader), || monitor.snapshot())
}
