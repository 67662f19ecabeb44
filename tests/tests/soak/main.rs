//! A soak: writers, disconnects, changed conditions and changed leaders at random, and at every
//! quiet point each replica is what the server's own dump says, and each change stream replayed is
//! what its replica holds.
//!
//! `OVNSCOPE_SOAK_SECONDS` says how long each of the two modes goes on, `OVNSCOPE_SOAK_SEED` takes
//! the choices of an earlier run; the order in which processes get their turn stays open.

mod dice;

mod held;

mod replay;

mod scene;

mod watcher;
mod writer;

use std::env;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use ovn_tests::sandbox::{Cluster, DatabaseServer, READY, Schema, wait_until};
use tokio::sync::RwLock;

use crate::dice::Dice;
use crate::scene::Scene;
use crate::watcher::{View, Watcher};
use crate::writer::{Tally, Writer};

/// How long each mode goes on unless said otherwise.
///
/// **Default and why**: 7 s, so that both together are a quarter of a minute of a test run.
const LENGTH: Duration = Duration::from_secs(7);

/// How long the disturbance lasts between two quiet points, at most.
const ROUND: Duration = Duration::from_millis(1500);

/// The longest pause between two disturbances, in milliseconds.
const PAUSE: u64 = 60;

/// How many writers there are.
const WRITERS: usize = 3;

fn length() -> Result<Duration> {
    match env::var("OVNSCOPE_SOAK_SECONDS") {
        Ok(seconds) => Ok(Duration::from_secs(
            seconds.parse().context("a number of seconds")?,
        )),
        Err(_) => Ok(LENGTH),
    }
}

fn seed() -> Result<u64> {
    match env::var("OVNSCOPE_SOAK_SEED") {
        Ok(seed) => seed.parse().context("a seed"),
        Err(_) => Ok(u64::try_from(
            SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos() & u128::from(u64::MAX),
        )?),
    }
}

/// Disturbs everything for a while, again and again, and compares in between; says what was done.
async fn soak(mut scene: Scene, seed: u64) -> Result<String> {
    let mut dice = Dice::new(seed);
    // Writers and those who change conditions hold it shared for each step; a quiet point holds it
    // alone.
    let quiet = Arc::new(RwLock::new(()));
    let tally = Arc::new(Tally::default());
    let mut tasks = Vec::new();
    for number in 0..WRITERS {
        let writer = Writer {
            client: scene.writer().await?,
            dice: dice.fork(),
            quiet: Arc::clone(&quiet),
            tally: Arc::clone(&tally),
        };
        tasks.push((format!("writer {number}"), tokio::spawn(writer.run())));
    }
    let mut watchers = Vec::new();
    for view in [View::everything(), View::conditional(), View::columns()] {
        let watcher = Arc::new(Watcher::start(&scene, view).await?);
        watchers.push(Arc::clone(&watcher));
        let conditions = watcher.change_conditions(dice.fork(), Arc::clone(&quiet));
        tasks.push(("conditions".to_owned(), tokio::spawn(conditions)));
    }
    let end = Instant::now() + length()?;
    let mut comparisons = 0;
    while Instant::now() < end {
        disturb(&mut scene, &watchers, &mut dice, end).await?;
        let held = quiet.write().await;
        for (name, task) in &mut tasks {
            if task.is_finished() {
                let ended = task.await?;
                ended.with_context(|| format!("{name} ended"))?;
            }
        }
        for watcher in &watchers {
            compare(&scene, watcher).with_context(|| format!("after {comparisons} comparisons"))?;
            comparisons += 1 + watcher.replays();
        }
        drop(held);
    }
    for (_, task) in &tasks {
        task.abort();
    }
    ensure!(comparisons > 0, "nothing was compared");
    let connections: usize = watchers.iter().map(|watcher| watcher.connections()).sum();
    let changed: usize = watchers.iter().map(|watcher| watcher.changed()).sum();
    let mut report = format!(
        "{}; {connections} connections, {changed} conditions changed; {}; \
         {comparisons} comparisons, 0 differences",
        tally.told()?,
        scene.told()
    );
    for watcher in &watchers {
        report.push('\n');
        report.push_str(&watcher.told());
    }
    Ok(report)
}

/// Lets things befall servers and connections for one round, and then everything work again.
async fn disturb(
    scene: &mut Scene,
    watchers: &[Arc<Watcher>],
    dice: &mut Dice,
    end: Instant,
) -> Result<()> {
    let round = end.min(Instant::now() + ROUND);
    while Instant::now() < round {
        match dice.below(3) {
            0 => scene.disturb(dice)?,
            _ => watchers[dice.index(watchers.len())].disturb(dice).await,
        }
        tokio::time::sleep(Duration::from_millis(dice.below(PAUSE))).await;
    }
    scene.calm()?;
    for watcher in watchers {
        watcher.calm();
    }
    Ok(())
}

/// Waits until a watcher has caught up; what differs then is a fault.
fn compare(scene: &Scene, watcher: &Watcher) -> Result<()> {
    let mut difference = String::new();
    let agreed = wait_until("the replica is what the server holds", READY, || {
        let Some(held) = scene.held()? else {
            "the servers differ".clone_into(&mut difference);
            return Ok(None);
        };
        let found = watcher.difference(&held);
        let agrees = found.is_none();
        difference = found.unwrap_or_default();
        Ok(agrees.then_some(()))
    });
    agreed
        .with_context(|| format!("{}\n{difference}", watcher.told()))
        .with_context(|| scene.state())?;
    watcher.faults()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standalone_server_and_its_clients_agree_at_every_quiet_point() -> Result<()> {
    let seed = seed()?;
    println!("OVNSCOPE_SOAK_SEED={seed}");
    let server = DatabaseServer::setup().database(Schema::duty()).start()?;
    println!("{}", soak(Scene::standalone(server), seed).await?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_and_its_clients_agree_at_every_quiet_point() -> Result<()> {
    let seed = seed()?;
    println!("OVNSCOPE_SOAK_SEED={seed}");
    let cluster = Cluster::start(Schema::duty())?;
    println!("{}", soak(Scene::cluster(cluster), seed).await?);
    Ok(())
}
