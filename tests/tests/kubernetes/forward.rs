//! Forwarded sockets, with the real tools at this end and real daemons at the other.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context, Result, ensure};
use ovn_shapes::{Size, northbound, standalone};
use ovn_tests::kubernetes::{KubeCluster, Pod};
use ovn_tests::sandbox::{DatabaseServer, Schema};
use ovn_tools::database::Database;
use ovn_tools::forward::{self, ForwardError, Forwarded, Options};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::task::spawn_blocking;

use crate::rows::node;
use crate::scene::{nothing_runs, source};

/// Runs a stock tool, beside the tasks that serve it.
async fn run(program: &str, arguments: &[&str]) -> Result<Output> {
    let mut command = Command::new(program);
    command.args(arguments);
    Ok(spawn_blocking(move || command.output()).await??)
}

async fn told(program: &str, arguments: &[&str]) -> Result<String> {
    let output = run(program, arguments).await?;
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(
        output.status.success(),
        "{program} {arguments:?}: {complaint}"
    );
    Ok(String::from_utf8(output.stdout)?)
}

async fn refused(program: &str, arguments: &[&str]) -> Result<String> {
    let output = run(program, arguments).await?;
    ensure!(
        !output.status.success(),
        "{program} {arguments:?} was carried out"
    );
    Ok(String::from_utf8_lossy(&output.stderr).into_owned())
}

fn socket(forwarded: &Forwarded, name: &str) -> Result<String> {
    let named = |path: &Path| {
        let file = path.file_name().and_then(|file| file.to_str());
        file.is_some_and(|file| file.starts_with(name))
    };
    let mut sockets = forwarded.sockets.iter();
    let found = sockets.find(|socket| named(&socket.path));
    let found = found.with_context(|| format!("no {name}: {:?}", forwarded.sockets))?;
    Ok(found.path.display().to_string())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_stock_tools_read_through_forwarded_sockets_and_change_nothing() -> Result<()> {
    let node = node("hv1")?;
    let cluster = KubeCluster::start(vec![Pod::upstream("hv1", node.directory())]).await?;
    let mut forwarded = forward::start(&[source(&cluster)], &Options::default()).await?;
    assert_eq!(forwarded.gaps, []);
    let mode = |path: &Path| {
        Ok::<_, std::io::Error>(std::fs::metadata(path)?.permissions().mode() & 0o777)
    };
    assert_eq!(mode(forwarded.folder())?, 0o700);
    for socket in &forwarded.sockets {
        assert_eq!(mode(&socket.path)?, 0o600);
    }

    let nb = format!("--db=unix:{}", socket(&forwarded, "ovnnb_db.sock")?);
    let sb = format!("--db=unix:{}", socket(&forwarded, "ovnsb_db.sock")?);
    let ovs = format!("--db=unix:{}", socket(&forwarded, "db.sock")?);
    assert_eq!(
        told("ovn-nbctl", &[&nb, "show"]).await?,
        node.nbctl(&["show"])?
    );
    assert_eq!(
        told("ovn-sbctl", &[&sb, "show"]).await?,
        node.sbctl(&["show"])?
    );
    assert_eq!(
        told("ovs-vsctl", &[&ovs, "show"]).await?,
        node.vsctl(&["show"])?
    );
    let vswitchd = socket(&forwarded, "ovs-vswitchd.")?;
    let bridges = told("ovs-appctl", &["-t", &vswitchd, "ofproto/list"]).await?;
    assert_eq!(bridges, node.appctl(&["ofproto/list"])?);
    let northd = socket(&forwarded, "ovn-northd.")?;
    assert!(
        told("ovn-appctl", &["-t", &northd, "status"])
            .await?
            .contains("active")
    );

    let complaint = refused("ovn-nbctl", &[&nb, "ls-add", "sw9"]).await?;
    assert!(complaint.contains("not allowed"), "{complaint}");
    let complaint = refused("ovs-vsctl", &[&ovs, "--no-wait", "del-br", "br-int"]).await?;
    assert!(complaint.contains("not allowed"), "{complaint}");
    let complaint = refused("ovs-appctl", &["-t", &vswitchd, "exit"]).await?;
    assert!(complaint.contains("not allowed"), "{complaint}");
    let complaint = refused("ovs-appctl", &["-t", &vswitchd, "vlog/set", "dbg"]).await?;
    assert!(complaint.contains("not allowed"), "{complaint}");
    assert!(!node.nbctl(&["show"])?.contains("sw9"));
    let note = forwarded.notes.recv().await.context("a note")?;
    assert_eq!(
        note,
        "ovnnb_db.sock of hv1: a transaction with insert was refused"
    );

    // Many at once, each with a stream of its own.
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let nb = nb.clone();
        clients.spawn(async move { told("ovn-nbctl", &[&nb, "show"]).await });
    }
    while let Some(shown) = clients.join_next().await {
        assert_eq!(shown??, node.nbctl(&["show"])?);
    }

    let folder = forwarded.folder().to_owned();
    let mut open = UnixStream::connect(socket(&forwarded, "ovnnb_db.sock")?).await?;
    forwarded.stop().await?;
    assert!(!folder.exists());
    assert_eq!(open.read(&mut [0]).await?, 0, "the connection has ended");
    nothing_runs(&cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_writes_are_allowed_they_are_carried_out() -> Result<()> {
    let node = node("hv1")?;
    let cluster = KubeCluster::start(vec![Pod::upstream("hv1", node.directory())]).await?;
    let options = Options {
        databases: vec![Database::Nb],
        writes: true,
        ..Options::default()
    };
    let forwarded = forward::start(&[source(&cluster)], &options).await?;
    assert_eq!(forwarded.sockets.len(), 1);
    let nb = format!("--db=unix:{}", socket(&forwarded, "ovnnb_db.sock")?);
    told("ovn-nbctl", &[&nb, "ls-add", "sw9"]).await?;
    assert!(node.nbctl(&["show"])?.contains("sw9"));
    forwarded.stop().await?;
    nothing_runs(&cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_forwarded_says_what_to_name() -> Result<()> {
    let directory = TempDir::new()?;
    let cluster = KubeCluster::start(vec![
        Pod::upstream("n1", directory.path()),
        Pod::upstream("n2", directory.path()),
    ])
    .await?;
    let kube = source(&cluster);
    let of = |nodes: &[&str]| Options {
        nodes: nodes.iter().map(|&node| node.to_owned()).collect(),
        databases: vec![Database::Nb],
        ..Options::default()
    };
    let wrong = |error: ForwardError| format!("{error}; {}", error.hint().unwrap_or_default());
    let mut words = Vec::new();
    for (sources, options) in [
        (vec![kube.clone()], of(&[])),
        (vec![kube.clone()], of(&["n9"])),
        (vec!["demo".parse()?], of(&[])),
        (vec![kube.clone(), kube.clone()], of(&[])),
    ] {
        let error = forward::start(&sources, &options).await;
        words.push(wrong(error.err().context("nothing is forwarded")?));
    }
    insta::assert_snapshot!(words.join("\n"), @"
    the cluster has 2 nodes, and none was named; name one with --node: n1, n2
    there is no node `n9` with a database; the nodes are n1, n2
    demo is no cluster whose sockets could be forwarded; name one with --source kube or --source kube:CONTEXT; sockets of this machine need no forwarding, and `ovnscope serve` serves recordings
    sockets of one cluster are forwarded at a time, and several were named; name one with --source kube:CONTEXT
    ");

    // A socket that leads nowhere: the client is told by the end, the user by a note.
    let mut forwarded = forward::start(&[kube], &of(&["n1", "n2"])).await?;
    assert_eq!(forwarded.sockets.len(), 2);
    let mut client = UnixStream::connect(&forwarded.sockets[1].path).await?;
    assert_eq!(client.read(&mut [0]).await?, 0);
    let note = forwarded.notes.recv().await.context("a note")?;
    assert!(
        note.contains("ovnnb_db.sock of n2: there is no socket"),
        "{note}"
    );
    forwarded.stop().await?;
    nothing_runs(&cluster).await
}

/// How many pods make a database of which a monitor is some 50 MB.
const PODS: usize = 40_000;

/// What a server answers to a monitor of everything, to the last byte.
async fn monitored(path: &str) -> Result<Vec<u8>> {
    let mut stream = UnixStream::connect(path).await?;
    let request = br#"{"method":"monitor","params":["OVN_Northbound",null,{"Logical_Switch_Port":{},"Logical_Switch":{},"ACL":{},"Address_Set":{},"Load_Balancer":{}}],"id":"x"}"#;
    stream.write_all(request).await?;
    // Behind the answer comes that of an echo, which tells its end.
    stream
        .write_all(br#"{"method":"echo","params":["the end"],"id":"y"}"#)
        .await?;
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    while !bytes.ends_with(br#""result":["the end"]}"#) {
        let count = stream.read(&mut buffer).await?;
        ensure!(count > 0, "the stream ended after {} bytes", bytes.len());
        bytes.extend_from_slice(&buffer[..count]);
        let tail = &bytes[bytes.len().saturating_sub(200)..];
        if String::from_utf8_lossy(tail).contains("the end") {
            break;
        }
    }
    Ok(bytes)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_monitor_of_49_megabytes_comes_through_to_the_byte() -> Result<()> {
    let directory = TempDir::with_prefix("pod-")?;
    let file = directory.path().join("large.db");
    let rows = northbound(Size::new(100, PODS), PODS);
    standalone(&file, Schema::northbound().path(), &rows)?;
    let server = DatabaseServer::setup().file(&file).start()?;
    symlink(server.socket(), directory.path().join("ovnnb_db.sock"))?;
    let cluster = KubeCluster::start(vec![Pod::upstream("n1", directory.path())]).await?;
    let expected = monitored(&server.socket().display().to_string()).await?;
    ensure!(expected.len() > 49_000_000, "only {} bytes", expected.len());
    for writes in [false, true] {
        let options = Options {
            databases: vec![Database::Nb],
            writes,
            ..Options::default()
        };
        let forwarded = forward::start(&[source(&cluster)], &options).await?;
        let found = monitored(&socket(&forwarded, "ovnnb_db.sock")?).await?;
        // Not assert_eq, which would print all of it.
        ensure!(
            found == expected,
            "{} bytes, not {}",
            found.len(),
            expected.len()
        );
        forwarded.stop().await?;
    }
    nothing_runs(&cluster).await
}
