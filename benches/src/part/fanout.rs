//! One question to every node of a cluster, through the API server.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use ovn_shapes::port_name;
use ovn_tests::kubernetes::{KubeCluster, Pod};
use ovn_tests::sandbox::DatabaseServer;
use serde_json::json;
use tempfile::TempDir;
use tokio::runtime::Builder;

use crate::dataset::Dataset;
use crate::mcp::Conversation;
use crate::measured::{Measured, OURS, percentile99};
use crate::part::Bench;
use crate::part::query::names;
use crate::peer::ovnscope;
use crate::process::{Cost, run as measure};

/// How many nodes the large cluster has.
const NODES: usize = 100;
/// The same in short runs.
const FEW_NODES: usize = 4;
/// How often a warm server is asked.
const CALLS: u32 = 10;

/// A cluster whose nodes' northbound databases are all served by one server.
struct Nodes {
    cluster: KubeCluster,
    count: usize,
    kubeconfig: PathBuf,
    _directory: TempDir,
}

pub(super) fn run(bench: &mut Bench) -> Result<()> {
    let (letter, many) = if bench.short {
        ('T', FEW_NODES)
    } else {
        ('S', NODES)
    };
    let server = bench.serve(&Dataset::northbound(letter))?;
    // The API server and the kubelets are this process.
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    for count in [1, many] {
        let nodes = runtime.block_on(nodes(&server, count))?;
        let case = match count {
            1 => format!("NB {letter}, a port of the one node"),
            _ => format!("NB {letter}, a port of each of {count} nodes"),
        };
        for round in 1..=bench.rounds {
            let before = streams(&nodes);
            let (cost, printed) = measure(&mut question(&nodes.kubeconfig)?)?;
            let opened = streams(&nodes) - before;
            ensure!(opened == count, "{opened} streams to {count} nodes");
            let found = names(&serde_json::from_slice(&printed)?)?;
            let measured = Measured::new("fanout", &case, OURS, round).cost(&cost);
            let streams = f64::from(u32::try_from(opened)?);
            bench
                .log
                .add(measured.with("streams", streams).saw(Some(found)))?;
        }
        let measured = Measured::new("fanout", &case, "ovnscope mcp, warm", 1);
        bench.log.add(warm(measured, &nodes)?)?;
    }
    Ok(())
}

async fn nodes(server: &DatabaseServer, count: usize) -> Result<Nodes> {
    let directory = TempDir::with_prefix("pod-")?;
    symlink(server.socket(), directory.path().join("ovnnb_db.sock"))?;
    let pod = |number| {
        let mut pod = Pod::upstream(&format!("n{number}"), directory.path());
        pod.containers = vec!["nb-ovsdb".to_owned()];
        pod
    };
    let cluster = KubeCluster::start((1..=count).map(pod).collect()).await?;
    Ok(Nodes {
        kubeconfig: cluster.kubeconfig().to_path_buf(),
        cluster,
        count,
        _directory: directory,
    })
}

/// How many streams into pods were opened.
fn streams(nodes: &Nodes) -> usize {
    let requests = nodes.cluster.requests();
    let exec = requests.iter().filter(|request| request.contains("/exec?"));
    exec.count()
}

fn question(kubeconfig: &Path) -> Result<std::process::Command> {
    let mut command = ovnscope()?;
    command.env("KUBECONFIG", kubeconfig);
    command.args(["--source", "kube", "rows-find", "--db", "nb"]);
    command.args(["--table", "Logical_Switch_Port"]);
    command.args(["--where", &format!("name == {}", port_name(7))]);
    command.args(["--columns", "name", "--limit", "1000", "--json"]);
    Ok(command)
}

fn warm(measured: Measured, nodes: &Nodes) -> Result<Measured> {
    let mut command = ovnscope()?;
    command.env("KUBECONFIG", &nodes.kubeconfig);
    let mut conversation = Conversation::begin(command, &["kube".to_owned()])?;
    let arguments = json!({"db": "nb", "table": "Logical_Switch_Port", "limit": 1000,
                           "columns": ["name"], "where": [format!("name == {}", port_name(7))]});
    conversation.call("rows_find", &arguments)?;
    let opened = streams(nodes);
    let before = conversation.cost()?.cpu;
    let mut took = Vec::new();
    for _ in 0..CALLS {
        let start = Instant::now();
        let (answer, _) = conversation.call("rows_find", &arguments)?;
        took.push(start.elapsed().as_secs_f64());
        let total = &answer["structuredContent"]["total"];
        ensure!(
            *total == nodes.count,
            "{total} rows of {} nodes",
            nodes.count
        );
    }
    ensure!(streams(nodes) == opened, "a warm question opened streams");
    let after = conversation.cost()?;
    let cost = Cost {
        wall: Duration::from_secs_f64(took.iter().sum::<f64>() / f64::from(CALLS)),
        cpu: (after.cpu - before) / CALLS,
        rss: after.rss,
    };
    let p99 = percentile99(took).context("some calls")?;
    Ok(measured.cost(&cost).with("p99_ms", p99 * 1000.0))
}
