//! Drops of a real switch and of this kernel, counted on the host and through a cluster.

use std::net::UdpSocket;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use ovn_tests::kubernetes::{KubeCluster, Pod};
use ovn_tests::sandbox::Node;
use ovn_tools::listing::Listing;
use ovn_tools::run::run;
use ovn_tools::tool::packet_drops::{PacketDrops, Params};
use serde_json::Value as Json;
use tokio::task::{AbortHandle, spawn_blocking};

use crate::rows::{direct, node};
use crate::scene::{nothing_runs, source};

/// How often a packet is dropped while one counts.
const BEAT: Duration = Duration::from_millis(100);

/// A packet that the port may send and that is for nobody.
const PACKET: &str = "in_port(1),eth(src=50:54:00:00:00:01,dst=50:54:00:00:00:99),\
                      eth_type(0x0800),ipv4(src=10.0.0.1,dst=10.0.0.99,proto=17,tos=0,ttl=64,frag=no),\
                      udp(src=1,dst=2)";

/// Has packets dropped by the switch and by the kernel, again and again.
fn dropping(node: &Arc<Node>) -> Result<AbortHandle> {
    let socket = UdpSocket::bind(("127.0.0.1", 0))?;
    // Nobody listens there any more.
    let closed = UdpSocket::bind(("127.0.0.1", 0))?.local_addr()?;
    let node = Arc::clone(node);
    let dropping = tokio::spawn(async move {
        loop {
            let _ = socket.send_to(b"x", closed);
            let node = Arc::clone(&node);
            let sent = spawn_blocking(move || node.appctl(&["netdev-dummy/receive", "p1", PACKET]));
            if let Ok(Err(error)) = sent.await {
                return error;
            }
            tokio::time::sleep(BEAT).await;
        }
    });
    Ok(dropping.abort_handle())
}

/// The row of a counter.
fn row<'a>(listed: &'a Listing, of: &str, owner: &str, counter: &str) -> Result<&'a Vec<Json>> {
    let at = |name: &str| listed.columns.iter().position(|column| column == name);
    let places = (at("of"), at("owner"), at("counter"));
    let (Some(of_at), Some(owner_at), Some(counter_at)) = places else {
        anyhow::bail!("{:?}", listed.columns);
    };
    let found = listed.rows.iter().find(|row| {
        let owned = row[owner_at].as_str().unwrap_or_default() == owner;
        row[of_at] == of && owned && row[counter_at] == counter
    });
    found.with_context(|| format!("no {of} {owner} {counter} in {:?}", listed.rows))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_switch_and_a_kernel_drop_is_counted_on_the_host_and_through_the_node_s_pod()
-> Result<()> {
    let node = Arc::new(node("hv1")?);
    let cluster = KubeCluster::start(vec![Pod::upstream("hv1", node.directory())]).await?;
    let sending = dropping(&node)?;
    let ways = [direct(&[&node])?, vec![source(&cluster)]];
    for sources in &ways {
        let params = Params {
            seconds: Some(2),
            rising: true,
            ..Params::default()
        };
        let listed = run::<PacketDrops>(sources, &params).await?;
        assert_eq!(listed.gaps, [], "{}", listed.summary);
        let risen = listed.columns.iter().position(|column| column == "risen");
        let risen = risen.context("a difference")?;
        for (of, owner, counter) in [
            ("ovs flow", "p1", "packets"),
            ("protocol", "", "UdpNoPorts"),
        ] {
            let row = row(&listed, of, owner, counter)?;
            let count = row[risen].as_u64().context("a number")?;
            assert!((2..1_000).contains(&count), "{row:?}");
        }
        assert!(!listed.next.is_empty() && !listed.hints.is_empty());
    }
    sending.abort();
    drop(ways);
    nothing_runs(&cluster).await
}
