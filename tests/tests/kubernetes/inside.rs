//! Captures in the network namespace of a pod: one of this machine's, with a process of its own.

use std::io;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use ovn_tools::access::Source;
use ovn_tools::run::run;
use ovn_tools::tool::packet_capture::{PacketCapture, PacketsCaptured, Params};

use crate::capture::{gaps, node_with_port_at};
use crate::scene::{nothing_runs, source};

/// The addresses of the node's end and of the pod's.
/// **Source**: RFC 2544, a network for tests that is nobody's.
const NODE: &str = "198.18.77.1";
const POD: &str = "198.18.77.2";

/// What the pod does: it sends to itself and to the node, where nobody listens, again and again.
const SENDING: &str = "
import socket, sys, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
    for address in sys.argv[1:]:
        s.sendto(b'x', (address, 9))
    time.sleep(0.05)
";

/// A pod's network.
struct PodNetwork {
    name: String,
    /// The node's end.
    port: String,
    process: Option<Child>,
}

impl PodNetwork {
    fn start() -> Result<Self> {
        let number = std::process::id();
        let mut network = Self {
            name: format!("ovnscope-{number}"),
            port: format!("vp{number}"),
            process: None,
        };
        let (name, port) = (network.name.clone(), network.port.clone());
        for line in [
            format!("netns add {name}"),
            format!("link add {port} type veth peer name eth0 netns {name}"),
            format!("address add {NODE}/30 dev {port}"),
            format!("link set {port} up"),
            format!("-n {name} address add {POD}/30 dev eth0"),
            format!("-n {name} link set eth0 up"),
            format!("-n {name} link set lo up"),
        ] {
            let done = ip(&line)?;
            ensure!(done, "`ip {line}` failed: is this root?");
        }
        let process = Command::new("ip")
            .args(["netns", "exec", &name, "python3", "-c", SENDING])
            .args(["127.0.0.1", NODE])
            .stdin(Stdio::null())
            .spawn();
        network.process = Some(process.context("a process in the namespace")?);
        Ok(network)
    }
}

fn ip(line: &str) -> io::Result<bool> {
    let arguments = line.split(' ');
    Ok(Command::new("ip").args(arguments).status()?.success())
}

impl Drop for PodNetwork {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
        // Its end goes with the namespace.
        let _ = ip(&format!("netns del {}", self.name));
    }
}

async fn captured(source: &Source, change: impl Fn(&mut Params)) -> Result<PacketsCaptured> {
    let mut params = Params {
        pods: vec!["shop/cart".to_owned()],
        inside: true,
        filter: Some("udp port 9".to_owned()),
        packets: Some(4),
        seconds: Some(20),
        ..Params::default()
    };
    change(&mut params);
    Ok(run::<PacketCapture>(std::slice::from_ref(source), &params).await?)
}

/// The interface and the ends of the packets that were captured at one place.
fn seen(captured: &PacketsCaptured) -> Result<String> {
    let [point] = captured.points.as_slice() else {
        anyhow::bail!("{}: {}", captured.summary, gaps(captured));
    };
    ensure!(point.inside && point.port.as_deref() == Some("shop_cart"));
    let at = |name: &str| captured.columns.iter().position(|column| column == name);
    let (from, to) = (at("from").context("from")?, at("to").context("to")?);
    let ends = captured.rows.iter().map(|row| {
        let from = row[from].as_str().unwrap_or_default();
        let (from, _) = from.split_once(':').unwrap_or((from, ""));
        format!("{from} to {}", row[to].as_str().unwrap_or_default())
    });
    let ends: Vec<String> = ends.collect();
    Ok(format!("{}: {}", point.interface, ends.join(", ")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pod_s_own_network_is_entered_on_the_host_and_through_the_node_s_pod() -> Result<()> {
    let network = PodNetwork::start()?;
    for programs in [&["python3"][..], &["socat", "perl"]] {
        let (cluster, server, _directory) = node_with_port_at(&network.port, programs).await?;
        let here: Source = server.endpoint().parse()?;
        for source in [here, source(&cluster)] {
            let own = captured(&source, |_| {}).await?;
            assert_eq!(seen(&own)?, format!("eth0: {POD} to {NODE}:9"));
            assert_eq!(own.gaps, []);
            // What never leaves the pod.
            let loopback = captured(&source, |params| {
                params.interfaces = vec!["lo".to_owned()];
            });
            assert_eq!(seen(&loopback.await?)?, "lo: 127.0.0.1 to 127.0.0.1:9");
        }
        nothing_runs(&cluster).await?;
    }
    // The process goes, and with it whatever led into the namespace.
    let port = network.port.clone();
    drop(network);
    let (cluster, _server, _directory) = node_with_port_at(&port, &["python3"]).await?;
    let gone = captured(&source(&cluster), |_| {}).await?;
    let told = format!("{}\n{}", gone.summary, gaps(&gone)).replace(&port, "PORT");
    insta::assert_snapshot!(told, @"
    nothing could be captured; not all could be captured, see gaps
    n1: inside PORT: the node's kernel has no interface PORT
    ");
    let (cluster, _server, _directory) = node_with_port_at("lo", &["python3"]).await?;
    let loopback = captured(&source(&cluster), |_| {}).await?;
    insta::assert_snapshot!(gaps(&loopback), @"n1: inside lo: lo (hardware) has no other end in another network namespace");
    nothing_runs(&cluster).await
}
