//! Streams that are kept from one question to the next.

use std::num::NonZero;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use ovn_tests::kubernetes::{Faults, KubeCluster, Pod};
use ovn_tools::access::{Cluster, Source};
use ovn_tools::database::Database;
use ovn_tools::run::run;
use ovn_tools::tool::rows_find::{self, RowsFind};

use crate::scene::{NO_HANG, Scene, keeping, nothing_runs};

/// How many nodes a large cluster has here.
const NODES: usize = 100;

fn streams_opened(cluster: &KubeCluster) -> usize {
    let requests = cluster.requests();
    let exec = requests.iter().filter(|request| request.contains("/exec?"));
    exec.count()
}

/// The names of the switches on all nodes, each as often as it is there.
async fn switches(source: &Source) -> Result<Vec<String>> {
    let mut params = rows_find::Params::new(Database::Nb, "Logical_Switch");
    params.columns = vec!["name".to_owned()];
    params.limit = rows_find::MAX_LIMIT;
    let found = run::<RowsFind>(std::slice::from_ref(source), &params).await?;
    anyhow::ensure!(found.gaps.is_empty(), "{:?}", found.gaps);
    let name = |row: &Vec<serde_json::Value>| {
        let name = row.iter().filter_map(|value| value.as_str()).next_back();
        name.unwrap_or_default().to_owned()
    };
    Ok(found.rows.iter().map(name).collect())
}

/// Copies the scene's node.
fn multiply(scene: &Scene, nodes: usize) {
    let directory = scene.directory.path();
    scene.cluster.change_pods(|pods| {
        for number in 2..=nodes {
            let mut pod = Pod::upstream(&format!("n{number}"), directory);
            pod.containers = vec!["nb-ovsdb".to_owned()];
            pods.push(pod);
        }
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_nodes_take_one_stream_each_and_the_next_question_none() -> Result<()> {
    let scene = Scene::start().await?;
    multiply(&scene, NODES);
    let source = keeping(&scene.cluster);
    assert_eq!(switches(&source).await?.len(), NODES);
    assert_eq!(streams_opened(&scene.cluster), NODES);
    assert_eq!(scene.cluster.running(), NODES);

    scene.server.transact(
        r#"["OVN_Northbound", {"op": "insert", "table": "Logical_Switch", "row": {"name": "sw1"}}]"#,
    )?;
    let found = switches(&source).await?;
    assert_eq!(
        found.len(),
        2 * NODES,
        "what was written in between is seen"
    );
    assert_eq!(streams_opened(&scene.cluster), NODES);
    drop(source);
    nothing_runs(&scene.cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_node_does_not_make_the_others_wait_for_each_other() -> Result<()> {
    let scene = Scene::start().await?;
    multiply(&scene, NODES);
    let started = Instant::now();
    switches(&keeping(&scene.cluster)).await?;
    let set_up = started.elapsed();
    nothing_runs(&scene.cluster).await?;
    let slow = Duration::from_secs(4);
    scene.cluster.set_faults(Faults {
        slow_exec: Some(slow),
        ..Faults::default()
    });
    let started = Instant::now();
    switches(&keeping(&scene.cluster)).await?;
    let took = started.elapsed();
    println!("{NODES} nodes that take {slow:?} each: {took:?}; set-up alone {set_up:?}");
    assert!(took < 2 * slow + 2 * set_up, "{took:?}, set-up {set_up:?}");
    nothing_runs(&scene.cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_are_closed_when_nobody_asks_any_more() -> Result<()> {
    let scene = Scene::start().await?;
    let cluster = Cluster::current().kubeconfig(scene.cluster.kubeconfig());
    let source = Source::Kube(cluster.idle(Duration::from_millis(300)));
    switches(&source).await?;
    // The source is still there.
    nothing_runs(&scene.cluster).await?;
    assert_eq!(switches(&source).await?, ["sw0"]);
    assert_eq!(streams_opened(&scene.cluster), 2);
    nothing_runs(&scene.cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_are_never_more_streams_than_allowed() -> Result<()> {
    let scene = Scene::start().await?;
    multiply(&scene, 24);
    let cluster = Cluster::current().kubeconfig(scene.cluster.kubeconfig());
    let source = Source::Kube(cluster.streams(NonZero::new(6).context("not zero")?));
    for _ in 0..2 {
        assert_eq!(switches(&source).await?.len(), 24);
    }
    // A command takes a moment to end after its stream has.
    let most = scene.cluster.most_running();
    assert!(most <= 12, "{most} at a time");
    drop(source);
    nothing_runs(&scene.cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kept_stream_that_was_lost_is_replaced_without_a_word() -> Result<()> {
    let mut scene = Scene::start().await?;
    let source = keeping(&scene.cluster);
    scene.cluster.set_faults(Faults {
        idle_limit: Some(Duration::from_millis(300)),
        ..Faults::default()
    });
    assert_eq!(switches(&source).await?, ["sw0"]);
    nothing_runs(&scene.cluster).await?;
    scene.cluster.set_faults(Faults::default());
    assert_eq!(switches(&source).await?, ["sw0"]);

    // The server itself restarts.
    scene.server.kill()?;
    scene.server.restart()?;
    assert_eq!(switches(&source).await?, ["sw0"]);

    // It hangs while the stream is kept: told in time.
    scene.server.pause()?;
    let started = Instant::now();
    let hanging = switches(&source).await;
    assert!(
        hanging.is_err() && started.elapsed() < NO_HANG,
        "{hanging:?}"
    );
    scene.server.resume()?;
    assert_eq!(switches(&source).await?, ["sw0"]);
    drop(source);
    nothing_runs(&scene.cluster).await
}
