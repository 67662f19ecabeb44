//! Drops that programs on a node trace packet by packet. The programs are stood in for by scripts
//! that print what the real ones do, since those take a kernel with BPF; everything else is real.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use ovn_tests::kubernetes::{Faults, KubeCluster};
use ovn_tests::sandbox::DatabaseServer;
use ovn_tools::access;
use ovn_tools::listing::Listing;
use ovn_tools::run::run;
use ovn_tools::tool::packet_drops::{PacketDrops, Params};
use tempfile::TempDir;

use crate::capture::node_with_port_at;
use crate::kernel::debug_namespace;
use crate::scene::{keeping, nothing_runs, source};

/// The port of the pod shop/cart.
const PORT: &str = "0123456789abcde";

/// What retis writes: that it listens, and a packet that was dropped.
/// **Source**: retis 1.6.0, its own tests (`test_events_packets.json`), without what is not read.
const RETIS: [&str; 2] = [
    r#"{"common":{"timestamp":30415793489711},"startup":{"retis_version":"v1.6.0","clock_monotonic_offset":{"sec":1742309146,"nsec":691042000}}}"#,
    r#"{"kernel":{"symbol":"skb:kfree_skb","probe_type":"raw_tracepoint","stack_trace":["kfree_skb_reason+0x8f","icmp_rcv+0x77"]},"skb-drop":{"drop_reason":"NO_SOCKET"},"packet":{"len":98,"capture_len":98,"data":"psIRcVlF+ly9jswBCABFAABUTCMAAEABsx/AqH0LwKh9CgAASFpxTAAB7f3ZZwAAAACzHw0AAAAAABAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc="},"netns":{"cookie":3,"inum":4026532741},"dev":{"name":"0123456789abcde","ifindex":11,"rx_ifindex":11}}"#,
];
/// What pwru prints of a packet: the members of version 1.0.12.
const PWRU: &str = r#"{"skb":"0xffff936378692ce8","cpu":6,"process":"curl:77","func":"sk_skb_reason_drop(SKB_DROP_REASON_NETFILTER_DROP)","caller_func":"nf_hook_slow","netns":4026531840,"iface":"~456789abcde:21","tuple":{"saddr":"10.0.0.1","daddr":"1.1.1.1","sport":33918,"dport":4240,"proto":6}}"#;

/// Puts a script where a program would be.
fn script(path: &Path, text: &str) -> Result<()> {
    fs::create_dir_all(path.parent().context("a folder")?)?;
    fs::write(path, format!("#!/bin/sh\n{text}"))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    Ok(())
}

/// A script that notes its arguments, prints lines, and goes on until it is told to end.
fn printing(name: &str, says: &str, lines: &[&str], directory: &Path) -> Result<()> {
    let asked = directory.join(format!("{name}.asked"));
    let mut text = format!("printf '%s\\n' \"$@\" > {}\n", asked.display());
    text.push_str(&format!("echo '{says}' >&2\n"));
    for line in lines {
        text.push_str(&format!("echo '{line}'\n"));
    }
    text.push_str("exec sleep 300\n");
    script(&directory.join("bin/own").join(name), &text)
}

/// The programs of the pod's image are found before those of this machine.
fn own_programs(directory: &Path) -> Result<()> {
    let own = directory.join("bin/own");
    fs::create_dir_all(&own)?;
    let text = format!(
        "PATH={}:$PATH\nexport PATH\nexec /usr/bin/env python3 \"$@\"\n",
        own.display()
    );
    script(&directory.join("bin/python3"), &text)
}

async fn node() -> Result<(KubeCluster, DatabaseServer, TempDir)> {
    let node = node_with_port_at(PORT, &["python3"]).await?;
    own_programs(node.2.path())?;
    Ok(node)
}

fn params(filter: &str) -> Params {
    Params {
        seconds: Some(1),
        filter: Some(filter.to_owned()),
        ..Params::default()
    }
}

/// The answer in words, without counters, which are those of this machine.
fn told(listed: &Listing) -> String {
    let rows = listed.rows.iter();
    let rows = rows.map(|row| serde_json::Value::from(row.clone()).to_string());
    let mut lines = vec![listed.summary.clone(), listed.columns.join(" ")];
    lines.extend(rows);
    lines.extend(listed.hints.iter().cloned());
    let gaps = listed.gaps.iter();
    lines.extend(gaps.map(|gap| format!("gap: {}: {}", gap.what, gap.why)));
    lines.join("\n")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whichever_program_a_node_has_tells_of_its_drops_and_is_ended_in_time() -> Result<()> {
    let (cluster, _server, directory) = node().await?;
    let directory = directory.path();
    let sources = [source(&cluster)];
    printing("pwru", "Listening for events..", &[PWRU, PWRU], directory)?;
    let started = Instant::now();
    let of_web = params("tcp port 80 and not src host fd00::1");
    let listed = run::<PacketDrops>(&sources, &of_web).await?;
    assert!(started.elapsed() < Duration::from_secs(30));
    insta::assert_snapshot!(told(&listed), @r#"
    2 packets were dropped for 1 reason within 1 s or a little more
    reason function device netns protocol from to packets owner
    ["NETFILTER_DROP","nf_hook_slow","0123456789abcde",4026531840,"tcp","10.0.0.1:33918","1.1.1.1:4240",2,"shop_cart"]
    n1: pwru told of each packet, since retis: the container ovnkube-controller does not have retis, and a debug pod could do it, but the namespace ovnscope-debug does not exist: deploy/debug.yaml makes it
    "#);
    insta::assert_snapshot!(fs::read_to_string(directory.join("pwru.asked"))?, @"
    --filter-func
    ^(kfree_skb|kfree_skb_reason|sk_skb_reason_drop)$
    --output-json
    --output-meta
    --output-tuple
    --output-caller
    --timestamp
    none
    --output-limit-lines
    10000
    --
    tcp port 80 and (not src host fd00::1)
    ");
    printing("retis", "L2+L3 packet filter(s) loaded", &RETIS, directory)?;
    let listed = run::<PacketDrops>(&sources, &params("icmp")).await?;
    insta::assert_snapshot!(told(&listed), @r#"
    1 packet that is icmp was dropped within 1 s or a little more
    reason function device netns protocol from to packets owner
    ["NO_SOCKET","icmp_rcv","0123456789abcde",4026532741,"icmp","192.168.125.11","192.168.125.10",1,"shop_cart"]
    n1: retis told of each packet
    "#);
    insta::assert_snapshot!(fs::read_to_string(directory.join("retis.asked"))?, @"
    collect
    --collectors
    skb-drop,skb,dev,ns
    --stack
    --out
    /dev/stdout
    --filter-packet=icmp
    ");
    nothing_runs(&cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_fails_or_is_deaf_is_told_and_drops_are_counted() -> Result<()> {
    let (cluster, _server, directory) = node().await?;
    let own = directory.path().join("bin/own");
    script(&own.join("retis"), "echo 'error: no BTF' >&2\nexit 3\n")?;
    printing("pwru", "Attaching kprobes...", &[], directory.path())?;
    let listed = run::<PacketDrops>(&[source(&cluster)], &params("tcp")).await?;
    assert!(listed.summary.contains("drops ris"), "{}", listed.summary);
    insta::assert_snapshot!(listed.hints.join("\n"), @"n1: these are counters of drops, of all packets, whatever `filter` says, not the packets, since retis: retis on the node gave no answer: it ended with exit code 3: error: no BTF; pwru: it did not show that it listened within 5 s more; its last words: Attaching kprobes...; packet_capture shows where packets stop");
    nothing_runs(&cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_dropped_before_a_stream_broke_off_is_told() -> Result<()> {
    let (cluster, _server, directory) = node().await?;
    let sources = [keeping(&cluster)];
    // The database comes whole, and its stream is kept.
    let counted = Params {
        by: Some(ovn_tools::tool::packet_drops::By::Counters),
        seconds: Some(1),
        ..Params::default()
    };
    run::<PacketDrops>(&sources, &counted).await?;
    let lines = [RETIS[0], RETIS[1], RETIS[1], RETIS[1]];
    printing("retis", "", &lines, directory.path())?;
    // In the midst of the second packet.
    let length = RETIS[0].len() + RETIS[1].len() + 100;
    cluster.set_faults(Faults {
        kubelet_dies_after: Some(length),
        ..Faults::default()
    });
    let listed = run::<PacketDrops>(&sources, &params("icmp")).await?;
    cluster.set_faults(Faults::default());
    insta::assert_snapshot!(told(&listed), @r#"
    1 packet that is icmp was dropped within 1 s or a little more; not all could be read, see gaps
    reason function device netns protocol from to packets owner
    ["NO_SOCKET","icmp_rcv","0123456789abcde",4026532741,"icmp","192.168.125.11","192.168.125.10",1,"shop_cart"]
    n1: retis told of each packet
    gap: n1: retis: its output is not complete: the end is missing after 679 bytes; what was dropped until then is told
    "#);
    drop(sources);
    nothing_runs(&cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_container_has_is_run_in_a_debug_pod_where_the_node_has_it() -> Result<()> {
    let (cluster, _server, directory) = node_with_port_at(PORT, &["python3"]).await?;
    let directory = directory.path();
    debug_namespace(&cluster, directory)?;
    printing("retis", "", &RETIS, directory)?;
    // Only behind chroot are the programs of the node.
    script(
        &directory.join("bin/python3"),
        &format!(
            "case \"$*\" in\n*\" chroot \"*) PATH={}:$PATH; export PATH;;\nesac\n\
             exec /usr/bin/env python3 \"$@\"\n",
            directory.join("bin/host").display()
        ),
    )?;
    let own = directory.join("bin/own");
    let text = format!(
        "[ \"$1\" = /host ] && shift && PATH={}:$PATH exec \"$@\"\n",
        own.display()
    );
    script(&directory.join("bin/host/chroot"), &text)?;
    let sources = [source(&cluster)];
    let listed = run::<PacketDrops>(&sources, &params("icmp")).await?;
    ensure!(
        listed
            .hints
            .iter()
            .any(|hint| hint == "n1: retis told of each packet"),
        "{}",
        told(&listed)
    );
    assert_eq!(listed.rows.len(), 1);
    access::close(&sources).await;
    nothing_runs(&cluster).await
}
