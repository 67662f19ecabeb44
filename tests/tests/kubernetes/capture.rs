//! Captures of real packets: on this host, and on a node through a cluster.

use std::fs;
use std::net::{TcpListener, UdpSocket};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use ovn_mcp_server::config::Config;
use ovn_mcp_server::offer::Offer;
use ovn_mcp_server::resource::Body;
use ovn_mcp_server::server::Server;
use ovn_mcp_server::tool::Toolset;
use ovn_tests::kubernetes::{Faults, KubeCluster};
use ovn_tests::sandbox::DatabaseServer;
use ovn_tools::access::bundle::{Progress, Silent};
use ovn_tools::access::{self, Source};
use ovn_tools::report::Report;
use ovn_tools::run::run;
use ovn_tools::tool::packet_capture::{PacketCapture, PacketsCaptured, Params};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use tokio::task::AbortHandle;
use tokio::time::timeout;

use crate::kernel::{debug_namespace, node};
use crate::scene::{keeping, nothing_runs, source};

/// How often packets are sent while one captures.
const BEAT: Duration = Duration::from_millis(50);

/// Packets on the loopback device, again and again: a connection that is refused, and a datagram
/// that is answered.
struct Traffic {
    refused: u16,
    answered: u16,
    sending: AbortHandle,
}

impl Traffic {
    fn start() -> Result<Self> {
        // Nobody listens there any more.
        let refused = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let (asking, answering) = (
            UdpSocket::bind(("127.0.0.1", 0))?,
            UdpSocket::bind(("127.0.0.1", 0))?,
        );
        let answered = answering.local_addr()?.port();
        for socket in [&asking, &answering] {
            socket.set_nonblocking(true)?;
        }
        let (asking, answering) = (
            tokio::net::UdpSocket::from_std(asking)?,
            tokio::net::UdpSocket::from_std(answering)?,
        );
        let sending = tokio::spawn(async move {
            let mut buffer = [0; 16];
            loop {
                let _ = tokio::net::TcpStream::connect(("127.0.0.1", refused)).await;
                let _ = asking.send_to(b"who", ("127.0.0.1", answered)).await;
                if let Ok((length, from)) = answering.recv_from(&mut buffer).await {
                    let _ = answering.send_to(&buffer[..length], from).await;
                }
                let _ = asking.recv_from(&mut buffer).await;
                tokio::time::sleep(BEAT).await;
            }
        });
        Ok(Self {
            refused,
            answered,
            sending: sending.abort_handle(),
        })
    }

    fn filter(&self) -> String {
        format!("tcp port {} or udp port {}", self.refused, self.answered)
    }
}

impl Drop for Traffic {
    fn drop(&mut self) {
        self.sending.abort();
    }
}

/// A node whose pod shop/cart has the loopback device for its port.
async fn node_with_port(programs: &[&str]) -> Result<(KubeCluster, DatabaseServer, TempDir)> {
    node_with_port_at("lo", programs).await
}

/// A node whose pod shop/cart has this device for its port.
pub(crate) async fn node_with_port_at(
    device: &str,
    programs: &[&str],
) -> Result<(KubeCluster, DatabaseServer, TempDir)> {
    let (cluster, server, directory) = node(programs).await?;
    let transaction = json!([
        "Open_vSwitch",
        {"op": "insert", "table": "Interface", "uuid-name": "i",
         "row": {"name": device, "external_ids": ["map", [["iface-id", "shop_cart"]]]}},
        {"op": "insert", "table": "Port", "uuid-name": "p",
         "row": {"name": device, "interfaces": ["named-uuid", "i"]}},
        {"op": "insert", "table": "Bridge", "uuid-name": "b",
         "row": {"name": "br-int", "ports": ["named-uuid", "p"]}},
        {"op": "update", "table": "Open_vSwitch", "where": [],
         "row": {"bridges": ["named-uuid", "b"]}}
    ]);
    server.transact(&transaction.to_string())?;
    Ok((cluster, server, directory))
}

fn at_pod(traffic: &Traffic, seconds: u64) -> Params {
    Params {
        pods: vec!["shop/cart".to_owned()],
        filter: Some(traffic.filter()),
        seconds: Some(seconds),
        ..Params::default()
    }
}

/// The flows to a port: protocol, whether anything came back, and remarks.
fn flows(captured: &PacketsCaptured, port: u16) -> Result<Vec<String>> {
    let at = |name: &str| {
        let place = captured.columns.iter().position(|column| column == name);
        place.with_context(|| format!("no {name} in {:?}", captured.columns))
    };
    let (protocol, from, to, back) = (at("protocol")?, at("from")?, at("to")?, at("back_packets")?);
    let end = format!("127.0.0.1:{port}");
    let mut told = Vec::new();
    for row in &captured.rows {
        if row[to] != end.as_str() {
            continue;
        }
        let remarks = at("remarks").ok().map_or(&Json::Null, |at| &row[at]);
        let remarks = remarks.as_str().unwrap_or("-").replace(&end, "IT");
        if remarks.contains("before the capture ended") {
            continue;
        }
        let is_answered = row[back].as_u64().is_some_and(|back| back > 0);
        ensure!(
            row[from]
                .as_str()
                .is_some_and(|from| from.starts_with("127.0.0.1:"))
        );
        told.push(format!(
            "{} answered: {is_answered} {remarks}",
            row[protocol]
        ));
    }
    told.sort();
    told.dedup();
    Ok(told)
}

pub(crate) fn gaps(captured: &PacketsCaptured) -> String {
    let gaps = captured.gaps.iter();
    let gaps: Vec<String> = gaps
        .map(|gap| format!("{}: {}", gap.what, gap.why))
        .collect();
    gaps.join("\n")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn real_packets_are_captured_on_the_host_and_through_the_node_s_pod() -> Result<()> {
    let traffic = Traffic::start()?;
    for programs in [&["python3"][..], &["socat", "perl"]] {
        let (cluster, server, _directory) = node_with_port(programs).await?;
        let here: Source = server.endpoint().parse()?;
        for source in [here, source(&cluster)] {
            let captured = run::<PacketCapture>(&[source], &at_pod(&traffic, 2)).await?;
            assert_eq!(captured.gaps, [], "{}", captured.summary);
            let [point] = captured.points.as_slice() else {
                panic!("{:?}", captured.points);
            };
            assert_eq!((&*point.node, &*point.interface), ("n1", "lo"));
            assert_eq!(point.port.as_deref(), Some("shop_cart"));
            assert_eq!(point.ended_by, "time");
            assert!(point.packets > 4, "{}", captured.summary);
            assert_eq!(
                flows(&captured, traffic.refused)?,
                ["\"tcp\" answered: true refused by IT"]
            );
            assert_eq!(
                flows(&captured, traffic.answered)?,
                ["\"udp\" answered: true -"]
            );
            let file = captured.file().context("a file")?;
            assert_eq!(file.content[..4], [0x0a, 0x0d, 0x0d, 0x0a]);
        }
        nothing_runs(&cluster).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_capture_ends_at_whichever_limit_comes_first() -> Result<()> {
    let traffic = Traffic::start()?;
    let (cluster, server, _directory) = node_with_port(&["python3"]).await?;
    let here: Source = server.endpoint().parse()?;
    for source in [here, source(&cluster)] {
        let few = Params {
            packets: Some(3),
            ..at_pod(&traffic, 60)
        };
        let started = Instant::now();
        let captured = run::<PacketCapture>(std::slice::from_ref(&source), &few).await?;
        let point = captured.points.first().context("a point")?;
        assert_eq!((point.packets, &*point.ended_by), (3, "packets"));
        assert!(started.elapsed() < Duration::from_secs(30));
        let silent = Params {
            filter: Some("udp port 9 and host 192.0.2.1".to_owned()),
            ..at_pod(&traffic, 1)
        };
        let captured = run::<PacketCapture>(std::slice::from_ref(&source), &silent).await?;
        assert_eq!(captured.gaps, []);
        insta::allow_duplicates!(
            insta::assert_snapshot!(captured.summary, @"no packet that is udp port 9 and host 192.0.2.1 passed at lo (shop_cart) of n1 within 1 s")
        );
        let nowhere = Params {
            interfaces: vec!["nowhere0".to_owned()],
            ..Params::default()
        };
        let captured = run::<PacketCapture>(&[source], &nowhere).await?;
        assert!(
            gaps(&captured).contains("No such device exists"),
            "{captured:?}"
        );
    }
    nothing_runs(&cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_before_a_stream_broke_off_is_kept_and_told() -> Result<()> {
    let traffic = Traffic::start()?;
    let (cluster, _server, _directory) = node_with_port(&["python3"]).await?;
    // The database comes whole, and its stream is kept.
    let sources = [keeping(&cluster)];
    let silent = Params {
        filter: Some("udp port 9 and host 192.0.2.1".to_owned()),
        ..at_pod(&traffic, 1)
    };
    run::<PacketCapture>(&sources, &silent).await?;
    // Behind the header and a packet or more: how many of them come in one piece is up to the load.
    for faults in [
        Faults {
            kubelet_dies_after: Some(400),
            ..Faults::default()
        },
        Faults {
            server_dies_after: Some(400),
            ..Faults::default()
        },
    ] {
        cluster.set_faults(faults);
        let captured = run::<PacketCapture>(&sources, &at_pod(&traffic, 20)).await?;
        let point = captured.points.first().context("a point")?;
        assert!((1..8).contains(&point.packets), "{}", captured.summary);
        assert!(
            gaps(&captured).contains("what was captured until then is told"),
            "{captured:?}"
        );
        assert!(captured.file().is_some());
        cluster.set_faults(Faults::default());
    }
    drop(sources);
    nothing_runs(&cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_goes_away_leaves_no_capture_behind() -> Result<()> {
    let traffic = Traffic::start()?;
    let (cluster, server, _directory) = node_with_port(&["perl", "socat"]).await?;
    let here: Source = server.endpoint().parse()?;
    for source in [here, source(&cluster)] {
        let marked = Params {
            filter: Some(format!(
                "udp portrange {0}-{0} or udp port 9",
                traffic.answered
            )),
            ..at_pod(&traffic, 100)
        };
        let sources = [source];
        let asked = run::<PacketCapture>(&sources, &marked);
        assert!(timeout(Duration::from_secs(3), asked).await.is_err());
    }
    nothing_runs(&cluster).await?;
    let mark = format!("udp port {} or udp port 9", traffic.answered);
    let started = Instant::now();
    while is_running(&mark)? {
        ensure!(
            started.elapsed() < Duration::from_secs(10),
            "tcpdump goes on"
        );
        tokio::time::sleep(BEAT).await;
    }
    Ok(())
}

/// Whether a program has this argument.
fn is_running(argument: &str) -> Result<bool> {
    for process in fs::read_dir("/proc")? {
        let line = fs::read(process?.path().join("cmdline")).unwrap_or_default();
        if line
            .split(|byte| *byte == 0)
            .any(|word| word == argument.as_bytes())
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The node has tcpdump, while its containers have none.
fn only_on_host(directory: &Path) -> Result<()> {
    let bin = directory.join("bin");
    let scripts = [
        (
            "python3",
            format!(
                "#!/bin/sh\ncase \"$*\" in\n*\" chroot \"*) PATH={}:$PATH; export PATH;;\n\
                 *\" tcpdump \"*) printf '\\000run-end errno=2 0\\n'; exit 0;;\nesac\n\
                 exec /usr/bin/env python3 \"$@\"\n",
                bin.join("host").display()
            ),
        ),
        (
            "host/chroot",
            "#!/bin/sh\n[ \"$1\" = /host ] && shift && exec \"$@\"\n".to_owned(),
        ),
    ];
    for (name, text) in scripts {
        let path = bin.join(name);
        fs::create_dir_all(path.parent().context("a folder")?)?;
        fs::write(&path, text)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_no_container_has_the_program_a_debug_pod_captures_or_is_told_to_be_needed()
-> Result<()> {
    let traffic = Traffic::start()?;
    let (cluster, _server, directory) = node_with_port(&["python3"]).await?;
    only_on_host(directory.path())?;
    let sources = [source(&cluster)];
    let few = Params {
        packets: Some(3),
        ..at_pod(&traffic, 30)
    };
    let captured = run::<PacketCapture>(&sources, &few).await?;
    assert!(captured.points.is_empty());
    let told = gaps(&captured).replace(&traffic.filter(), "FILTER");
    insta::assert_snapshot!(told, @"n1: tcpdump -i lo -n -p -U --immediate-mode -s 256 -c 3 -w - -- 'FILTER': the container ovnkube-controller does not have tcpdump, and a debug pod could do it, but the namespace ovnscope-debug does not exist: deploy/debug.yaml makes it");
    debug_namespace(&cluster, directory.path())?;
    only_on_host(directory.path())?;
    let captured = run::<PacketCapture>(&sources, &few).await?;
    assert_eq!(captured.gaps, []);
    assert_eq!(captured.points.first().map(|point| point.packets), Some(3));
    access::close(&sources).await;
    nothing_runs(&cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_mcp_client_reads_the_packets_as_a_resource() -> Result<()> {
    let traffic = Traffic::start()?;
    let (_cluster, server, _directory) = node_with_port(&["python3"]).await?;
    let config = Config::new(vec![server.endpoint().parse()?], None, None)?;
    let offer = Offer::new(&[Toolset::Capture], &[], &[]);
    let offer = offer.map_err(|failure| anyhow::anyhow!(failure.text()))?;
    let mcp = Server::new(&config, offer);
    let asked = json!({"pod": ["shop/cart"], "filter": traffic.filter(), "packets": 4});
    let asked = asked.as_object().context("an object")?.clone();
    let answer = mcp.call("packet_capture", asked).await;
    let answer = answer.map_err(|failure| anyhow::anyhow!(failure.text()))?;
    let uri = answer["file"]["uri"].as_str().context("a file")?;
    let silent: Arc<dyn Progress> = Arc::new(Silent);
    let contents = mcp.read(uri, &silent).await;
    let contents = contents.map_err(|failure| anyhow::anyhow!(failure.text()))?;
    assert_eq!(contents.mime_type, "application/x-pcapng");
    let Body::Bytes(bytes) = contents.body else {
        panic!("no bytes");
    };
    assert_eq!(answer["file"]["bytes"], bytes.len());
    // What reads captures reads this one.
    let file = tempfile::NamedTempFile::new()?;
    fs::write(file.path(), &**bytes)?;
    let read = std::process::Command::new("tcpdump")
        .args(["-n", "-r"])
        .arg(file.path())
        .output()?;
    let lines = String::from_utf8(read.stdout)?;
    assert_eq!(lines.lines().count(), 4, "{lines}");
    let gone = mcp
        .read("ovn://capture/00000000000000000000000000000000", &silent)
        .await;
    let gone = gone.expect_err("none").text();
    assert!(gone.contains("is not kept"), "{gone}");
    Ok(())
}
