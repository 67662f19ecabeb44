//! Crashing: members end at every point of a write's way through the cluster.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use ovn_tests::duty::{DATABASE, await_agreement, insert, numbers};
use ovn_tests::sandbox::{Cluster, READY, wait_until};
use ovsdb_client::client::{ClientError, ReadWrite};
use ovsdb_client::session::Member;

use crate::start::{builder, cluster, endpoint, everything};

/// How long a write may be open before its outcome counts as unknown: longer than an election and
/// the writer's way to another member take.
const PATIENCE: Duration = Duration::from_secs(3);

/// Which member is made to fail.
#[derive(Clone, Copy, Debug)]
enum Failing {
    Leader,
    /// The follower that the write is sent to.
    Follower,
    /// A follower that the writer has nothing to do with.
    Bystander,
}

/// The members and points that a write passes, by whom it is sent to.
const BY_LEADER: [(Failing, &str); 4] = [
    (Failing::Leader, "crash-before-sending-append-request"),
    (Failing::Leader, "crash-after-sending-append-request"),
    (
        Failing::Leader,
        "transfer-leadership-after-sending-append-request",
    ),
    (
        Failing::Bystander,
        "crash-after-receiving-append-request-update",
    ),
];
const BY_FOLLOWER: [(Failing, &str); 9] = [
    (
        Failing::Follower,
        "crash-before-sending-execute-command-request",
    ),
    (
        Failing::Follower,
        "crash-after-sending-execute-command-request",
    ),
    (Failing::Leader, "crash-before-sending-append-request"),
    (Failing::Leader, "crash-after-sending-append-request"),
    (
        Failing::Leader,
        "crash-before-sending-execute-command-reply",
    ),
    (Failing::Leader, "crash-after-sending-execute-command-reply"),
    (
        Failing::Leader,
        "transfer-leadership-after-sending-append-request",
    ),
    (
        Failing::Follower,
        "crash-after-receiving-append-request-update",
    ),
    (
        Failing::Bystander,
        "crash-after-receiving-append-request-update",
    ),
];

/// Writes one row while `failing` is to fail at `point`: when the write is acknowledged the row is
/// there, in the whole cluster; when it is not there the write is at most in doubt.
async fn check(
    cluster: &mut Cluster,
    failing: Failing,
    point: &str,
    by_leader: bool,
) -> Result<()> {
    let leader = cluster.await_leader()?;
    let followers: Vec<usize> = (0..cluster.len())
        .filter(|member| *member != leader)
        .collect();
    let &[follower, bystander] = &*followers else {
        anyhow::bail!("a cluster of three");
    };
    let sent_to = if by_leader { leader } else { follower };
    // The write goes to this one first; the others serve the client when that one is gone.
    let mut builder = builder::<ReadWrite>().member(Member::Any);
    for member in [sent_to, bystander, leader, follower] {
        builder = builder.dial(endpoint(cluster.member(member))?);
    }
    let client = builder.connect().await?;
    let monitor = client.monitor(everything()).await?;
    let target = match failing {
        Failing::Leader => leader,
        Failing::Follower => follower,
        Failing::Bystander => bystander,
    };
    cluster.fail_at(target, point)?;
    let name = format!("{failing:?} {point} {by_leader}");
    let operations = vec![insert(&name, 1)];
    let written = tokio::time::timeout(PATIENCE, client.transact(DATABASE, operations)).await;
    let acknowledged = match &written {
        Ok(Ok(_)) => {
            let seen = numbers(&monitor.snapshot()).contains_key(&name);
            ensure!(seen, "acknowledged and not to be seen");
            true
        }
        Ok(Err(ClientError::InDoubt(_))) | Err(_) => false,
        // A follower that lost its leader sends the write again itself, and is then refused by the
        // index that the first one has met: OVSDB carries out at least once, not exactly.
        Ok(Err(ClientError::Transact(refused))) if refused.operation.is_none() => false,
        Ok(Err(error)) => anyhow::bail!("{error:?}"),
    };
    if point.starts_with("crash") {
        wait_until("the member crashed", READY, || {
            Ok(cluster.ended(target)?.then_some(()))
        })?;
        cluster.restart(target)?;
    }
    cluster.await_members()?;
    let leader = cluster.await_leader()?;
    await_agreement(cluster.member(leader), || monitor.snapshot())?;
    let present = numbers(&monitor.snapshot()).contains_key(&name);
    ensure!(present || !acknowledged, "acknowledged and lost");
    Ok(())
}

async fn check_all(points: &[(Failing, &str)], by_leader: bool) -> Result<()> {
    let mut cluster = cluster()?;
    for (failing, point) in points {
        check(&mut cluster, *failing, point, by_leader)
            .await
            .with_context(|| format!("{failing:?} at {point}"))?;
    }
    Ok(())
}

/// 26: Of a write to the leader.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_to_the_leader_is_there_when_acknowledged_whoever_crashes() -> Result<()> {
    check_all(&BY_LEADER, true).await
}

/// 26: Of a write to a follower, which it hands on.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_to_a_follower_is_there_when_acknowledged_whoever_crashes() -> Result<()> {
    check_all(&BY_FOLLOWER, false).await
}
