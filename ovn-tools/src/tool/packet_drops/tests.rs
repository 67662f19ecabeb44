//! Which drops are told, by whom, and whose they are.

use serde_json::json;

use super::*;
use std::sync::Arc;

use crate::capture::tests::tcp;
use crate::command::Tracer;
use crate::snapshot::{Captured, DatabaseRead, DropsRead, Output};
use crate::tool::recording::read;

/// A question for counters alone.
fn counters() -> Params {
    Params {
        by: Some(By::Counters),
        ..Params::default()
    }
}

/// A node whose interface veth1 is the pod shop/cart's.
fn node() -> Snapshot {
    Snapshot {
        databases: vec![database("n1", "veth1")],
        ..Snapshot::default()
    }
}

/// The database of a node whose interface of that name is the pod shop/cart's.
fn database(node: &str, interface: &str) -> DatabaseRead {
    let text = json!({"type": "string"});
    let ids = json!({"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}});
    let schema = json!({
        "name": "Open_vSwitch",
        "version": "8.3.0",
        "tables": {"Interface": {"columns": {"name": text, "external_ids": ids}}},
    });
    let row = json!({"name": interface, "external_ids": ["map", [["iface-id", "shop_cart"]]]});
    let records = [
        schema,
        json!({"Interface": {"00000000-0000-4000-8000-000000000001": row}}),
    ];
    let mut read = read(Database::Ovs, node, &records);
    read.recorded = false;
    read
}

/// What is answered at a look, with these numbers of drops.
fn answers(of: Counters, drops: u64) -> String {
    match of {
        Counters::DatapathPorts => format!(
            "system@ovs-system:\n  lookups: hit:5 missed:1 lost:0\n  port 2: veth1\n    \
             RX packets:9 errors:0 dropped:{drops} overruns:0 frame:0\n"
        ),
        Counters::DatapathFlows => format!(
            "ufid:f4a9b6da-6ef6-4755-a603-3a28d639c350, in_port(veth1),eth_type(0x0800),\
             ipv4(dst=10.0.0.9), packets:{drops}, bytes:1, used:1s, dp:ovs, actions:drop\n\
             ufid:f4a9b6da-6ef6-4755-a603-3a28d639c351, in_port(veth1),eth_type(0x0800), \
             packets:{drops}, bytes:1, used:1s, dp:ovs, actions:2\n"
        ),
        Counters::Coverage => {
            format!(
                "drop_action_of_pipeline 0.0/sec 0.2/sec 0.0/sec total: {}\n",
                16 + drops / 10
            )
        }
        Counters::Devices => json!([
            {"ifname": "veth1", "stats64": {"rx": {"dropped": drops}, "tx": {"errors": 3}}},
            {"ifname": "lo", "stats64": {"rx": {"dropped": 0}, "tx": {}}},
        ])
        .to_string(),
        Counters::Protocols => json!({"kernel": {"UdpNoPorts": 7, "IpInDiscards": 0}}).to_string(),
        Counters::Queues => "00000009 00000000 00000002\n".to_owned(),
    }
}

/// The answer where the first look finds so many drops and the second so many.
fn concluded(params: &Params, first: u64, second: u64) -> Listing {
    let mut snapshot = node();
    for request in PacketDrops::plan(params, &snapshot).expect("a plan") {
        let text = match request.command {
            Command::Counters {
                of,
                look: Look::First,
            } => answers(of, first),
            Command::Counters {
                of,
                look: Look::Second,
            } => answers(of, second),
            _ => String::new(),
        };
        snapshot.outputs.push(Output { request, text });
    }
    PacketDrops::conclude(params, &snapshot).expect("an answer")
}

fn shown(listed: &Listing) -> String {
    let rows = listed
        .rows
        .iter()
        .map(|row| Json::from(row.clone()).to_string());
    let rows: Vec<String> = rows.collect();
    format!("{}\n{}", listed.summary, rows.join("\n"))
}

#[test]
fn counters_that_rise_come_first_with_the_port_that_they_are_of() {
    let listed = concluded(&counters(), 10, 25);
    insta::assert_snapshot!(shown(&listed), @r#"
    4 counters of drops rise within 5 s
    ["ovs port","veth1","rx_dropped",15,25,"shop_cart"]
    ["ovs flow","in_port(veth1),eth_type(0x0800),ipv4(dst=10.0.0.9)","packets",15,25,"shop_cart"]
    ["device","veth1","rx_dropped",15,25,"shop_cart"]
    ["ovs event","","drop_action_of_pipeline",1,18,null]
    ["protocol","","UdpNoPorts",0,7,null]
    ["device","veth1","tx_errors",0,3,"shop_cart"]
    ["processor","0","time_squeeze",0,2,null]
    "#);
    let next: Vec<String> = listed.next.iter().map(Next::command).collect();
    assert_eq!(next, [r#"datapath-flow-list --actions "drop" --node "n1""#]);
    let rising = Params {
        rising: true,
        of: Some("shop_cart".to_owned()),
        ..counters()
    };
    insta::assert_snapshot!(shown(&concluded(&rising, 10, 25)), @r#"
    3 counters of drops rise within 5 s
    ["ovs port","veth1","rx_dropped",15,25,"shop_cart"]
    ["ovs flow","in_port(veth1),eth_type(0x0800),ipv4(dst=10.0.0.9)","packets",15,25,"shop_cart"]
    ["device","veth1","rx_dropped",15,25,"shop_cart"]
    "#);
}

#[test]
fn nothing_rises_where_nothing_is_dropped_and_what_began_anew_counts_from_there() {
    assert!(
        concluded(&counters(), 10, 10)
            .summary
            .starts_with("no counter of drops rises within 5 s")
    );
    let rising = Params {
        rising: true,
        of: Some("rx_dropped".to_owned()),
        ..counters()
    };
    insta::assert_snapshot!(shown(&concluded(&rising, 10, 4)), @r#"
    2 counters of drops rise within 5 s
    ["ovs port","veth1","rx_dropped",4,4,"shop_cart"]
    ["device","veth1","rx_dropped",4,4,"shop_cart"]
    "#);
}

#[test]
fn both_looks_are_asked_for_with_the_time_between_and_a_recording_is_refused() {
    let params = Params {
        seconds: Some(3),
        ..counters()
    };
    let planned = PacketDrops::plan(&params, &node()).expect("a plan");
    let planned: Vec<String> = planned
        .iter()
        .map(|request| request.command.to_string())
        .collect();
    insta::assert_snapshot!(planned.join("\n"), @"
    ovs-appctl -t ovs-vswitchd dpctl/show -s
    ovs-appctl -t ovs-vswitchd dpctl/dump-flows -m
    ovs-appctl -t ovs-vswitchd coverage/show
    ip -j -d -s link show
    nstat -a -s -z -j
    cat /proc/net/softnet_stat
    sleep 3
    ovs-appctl -t ovs-vswitchd dpctl/show -s
    ovs-appctl -t ovs-vswitchd dpctl/dump-flows -m
    ovs-appctl -t ovs-vswitchd coverage/show
    ip -j -d -s link show
    nstat -a -s -z -j
    cat /proc/net/softnet_stat
    ");
    let mut recorded = node();
    recorded.databases[0].recorded = true;
    let refused = PacketDrops::plan(&params, &recorded).expect_err("refused");
    insta::assert_snapshot!(refused.to_string(), @"drops are seen on live nodes only, and these databases were recorded");
    let long = Params {
        seconds: Some(1_000),
        ..params
    };
    insta::assert_snapshot!(PacketDrops::needs(&long).expect_err("refused").to_string(), @"`seconds` is 1000, not from 1 to 60");
}

/// What a program prints of these drops, each a line.
fn captured(lines: &[String], notes: &str, end: CaptureEnd) -> Captured {
    let lines = lines.iter().map(|line| format!("{line}\n"));
    Captured {
        bytes: Arc::new(lines.collect::<String>().into_bytes()),
        notes: notes.to_owned(),
        end,
    }
}

/// What retis writes of a segment that was dropped at a device.
fn by_retis(device: &str, reason: &str, port: u16) -> String {
    use base64::Engine;
    let (one, two) = (
        ([2, 0, 0, 0, 0, 1], [10, 0, 0, 1]),
        ([2, 0, 0, 0, 0, 2], [10, 0, 0, 2]),
    );
    let packet = tcp((one, 40_000), (two, port), "SYN", 1, b"");
    let data = base64::engine::general_purpose::STANDARD.encode(packet);
    let stack = ["kfree_skb_reason+0x8f", "nf_hook_slow+0xb6", "ip_rcv+0x1"];
    json!({
        "kernel": {"symbol": "skb:kfree_skb", "stack_trace": stack},
        "skb-drop": {"drop_reason": reason},
        "packet": {"data": data},
        "netns": {"inum": 4026531840_u64},
        "dev": {"name": device, "ifindex": 7},
    })
    .to_string()
}

/// What pwru prints of a segment that was dropped at a device.
fn by_pwru(device: &str) -> String {
    json!({
        "func": "sk_skb_reason_drop(SKB_DROP_REASON_TCP_CSUM)",
        "caller_func": "tcp_v4_rcv",
        "netns": 4026531840_u64,
        "iface": device,
        "tuple": {"saddr": "10.0.0.1", "daddr": "10.0.0.9", "sport": 1, "dport": 2, "proto": 6},
    })
    .to_string()
}

const STARTED: &str = r#"{"startup":{"retis_version":"v1.6.4"}}"#;
const ABSENT: &str = "the container c does not have retis";

/// The answer where the programs on the nodes do what `outcome` says, which answers counters too.
fn traced(
    params: &Params,
    mut snapshot: Snapshot,
    outcome: impl Fn(usize, Tracer) -> Result<Captured, String>,
) -> Listing {
    let mut asked: Vec<Request> = Vec::new();
    loop {
        let mut requests = PacketDrops::plan(params, &snapshot).expect("a plan");
        requests.retain(|request| !asked.contains(request));
        if requests.is_empty() {
            return PacketDrops::conclude(params, &snapshot).expect("an answer");
        }
        asked.extend_from_slice(&requests);
        for request in requests {
            let text = match request.command {
                Command::Drops(trace) => {
                    let outcome = outcome(request.database, trace.tracer);
                    snapshot.drops.push(DropsRead {
                        database: request.database,
                        trace,
                        outcome,
                    });
                    continue;
                }
                Command::Counters {
                    of,
                    look: Look::First,
                } => answers(of, 10),
                Command::Counters {
                    of,
                    look: Look::Second,
                } => answers(of, 25),
                _ => String::new(),
            };
            snapshot.outputs.push(Output { request, text });
        }
    }
}

fn told(listed: &Listing) -> String {
    let hints = listed.hints.join("\n");
    let gaps = listed
        .gaps
        .iter()
        .map(|gap| format!("{}: {}", gap.what, gap.why));
    let gaps: Vec<String> = gaps.collect();
    let next = listed.next.iter().map(Next::command);
    let next: Vec<String> = next.collect();
    let columns = listed.columns.join(" ");
    let parts = [
        columns,
        shown(listed),
        hints,
        gaps.join("\n"),
        next.join("\n"),
    ];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_first_program_that_a_node_has_tells_of_each_packet_and_equal_ones_are_counted() {
    let lines = [
        STARTED.to_owned(),
        by_retis("veth1", "NETFILTER_DROP", 80),
        by_retis("veth1", "NETFILTER_DROP", 80),
        by_retis("eth0", "NO_SOCKET", 81),
        "retis said something else".to_owned(),
    ];
    let listed = traced(&Params::default(), node(), |_, tracer| {
        assert_eq!(tracer, Tracer::Retis, "the other one is not tried");
        Ok(captured(&lines, "", CaptureEnd::Time))
    });
    insta::assert_snapshot!(told(&listed), @r#"
    reason function device netns protocol from to packets owner
    3 packets were dropped for 2 reasons within 5 s or a little more; 1 lines could not be read, as "n1: retis said something else"
    ["NETFILTER_DROP","nf_hook_slow","veth1",4026531840,"tcp","10.0.0.1:40000","10.0.0.2:80",2,"shop_cart"]
    ["NO_SOCKET","nf_hook_slow","eth0",4026531840,"tcp","10.0.0.1:40000","10.0.0.2:81",1,null]
    n1: retis told of each packet
    nft-show --node "n1"
    socket-list --node "n1"
    "#);
    let of = Params {
        of: Some("shop_cart".to_owned()),
        filter: Some("tcp port 80".to_owned()),
        ..Params::default()
    };
    let listed = traced(&of, node(), |_, _| {
        Ok(captured(&lines, "", CaptureEnd::Bytes))
    });
    insta::assert_snapshot!(told(&listed), @r#"
    reason function device netns protocol from to packets owner
    2 packets were dropped for 1 reason within 5 s or a little more; 1 lines could not be read, as "n1: retis said something else"
    ["NETFILTER_DROP","nf_hook_slow","veth1",4026531840,"tcp","10.0.0.1:40000","10.0.0.2:80",2,"shop_cart"]
    n1: retis was ended early, after 3 drops: there are more than it is given; `filter` chooses among them
    n1: retis told of each packet
    nft-show --node "n1"
    "#);
}

#[test]
fn nodes_without_one_program_use_the_other_or_count_and_each_way_says_why() {
    let databases = vec![
        database("n1", "0123456789abcde"),
        database("n2", "veth1"),
        database("n3", "veth1"),
    ];
    let nodes = Snapshot {
        databases,
        ..Snapshot::default()
    };
    let params = Params {
        filter: Some("tcp".to_owned()),
        ..Params::default()
    };
    let listed = traced(&params, nodes, |node, tracer| match (node, tracer) {
        (0, Tracer::Pwru) => {
            let lines = [by_pwru("~56789abcde:21"), "{}".to_owned()];
            let end = CaptureEnd::Broken("the connection broke off".to_owned());
            Ok(captured(&lines, "Listening for events..", end))
        }
        (_, Tracer::Retis) => Err(ABSENT.to_owned()),
        _ => Err(ABSENT.replace("retis", "pwru")),
    });
    insta::assert_snapshot!(told(&listed), @r#"
    node of object counter risen total reason function device netns protocol from to packets owner
    1 packet that is tcp was dropped within 5 s or a little more; 1 lines could not be read, as "n1: {}"; 8 counters of drops rise within 5 s; not all could be read, see gaps
    ["n1",null,null,null,null,null,"TCP_CSUM","tcp_v4_rcv","0123456789abcde",4026531840,"tcp","10.0.0.1:1","10.0.0.9:2",1,"shop_cart"]
    ["n2","ovs port","veth1","rx_dropped",15,25,null,null,null,null,null,null,null,null,"shop_cart"]
    ["n2","ovs flow","in_port(veth1),eth_type(0x0800),ipv4(dst=10.0.0.9)","packets",15,25,null,null,null,null,null,null,null,null,"shop_cart"]
    ["n2","device","veth1","rx_dropped",15,25,null,null,null,null,null,null,null,null,"shop_cart"]
    ["n3","ovs port","veth1","rx_dropped",15,25,null,null,null,null,null,null,null,null,"shop_cart"]
    ["n3","ovs flow","in_port(veth1),eth_type(0x0800),ipv4(dst=10.0.0.9)","packets",15,25,null,null,null,null,null,null,null,null,"shop_cart"]
    ["n3","device","veth1","rx_dropped",15,25,null,null,null,null,null,null,null,null,"shop_cart"]
    ["n2","ovs event","","drop_action_of_pipeline",1,18,null,null,null,null,null,null,null,null,null]
    ["n3","ovs event","","drop_action_of_pipeline",1,18,null,null,null,null,null,null,null,null,null]
    ["n2","protocol","","UdpNoPorts",0,7,null,null,null,null,null,null,null,null,null]
    ["n3","protocol","","UdpNoPorts",0,7,null,null,null,null,null,null,null,null,null]
    ["n2","device","veth1","tx_errors",0,3,null,null,null,null,null,null,null,null,"shop_cart"]
    ["n3","device","veth1","tx_errors",0,3,null,null,null,null,null,null,null,null,"shop_cart"]
    ["n2","processor","0","time_squeeze",0,2,null,null,null,null,null,null,null,null,null]
    ["n3","processor","0","time_squeeze",0,2,null,null,null,null,null,null,null,null,null]
    n1: pwru told of each packet, since retis: the container c does not have retis
    n2, n3: these are counters of drops, of all packets, whatever `filter` says, not the packets, since retis: the container c does not have retis; pwru: the same; packet_capture shows where packets stop
    n1: pwru: the connection broke off; what was dropped until then is told
    datapath-flow-list --actions "drop" --node "n2"
    "#);
}

#[test]
fn silence_of_a_program_that_did_not_listen_is_not_taken_for_an_absence_of_drops() {
    let silent =
        |notes: &'static str| move |_: usize, _: Tracer| Ok(captured(&[], notes, CaptureEnd::Time));
    let by = |by| Params {
        by: Some(by),
        ..Params::default()
    };
    let quiet = traced(&by(By::Pwru), node(), silent("Listening for events..\n"));
    assert!(quiet.rows.is_empty(), "{quiet:?}");
    insta::assert_snapshot!(quiet.summary, @"no packet was dropped within 5 s or a little more");
    let deaf = traced(&by(By::Pwru), node(), silent("Attaching kprobes...\n"));
    assert!(!deaf.rows.is_empty(), "counters are told");
    insta::assert_snapshot!(deaf.hints.join("\n"), @"n1: these are counters of drops, not the packets, since pwru: it did not show that it listened within 5 s more; its last words: Attaching kprobes...; packet_capture shows where packets stop");
}

#[test]
fn what_cannot_be_traced_is_refused_with_what_to_send() {
    let refused = |change: fn(&mut Params)| {
        let mut params = counters();
        change(&mut params);
        let error = PacketDrops::needs(&params).expect_err("refused");
        format!("{error} ({})", error.hint.clone().unwrap_or_default())
    };
    let told = [
        refused(|params| params.filter = Some("tcp".to_owned())),
        refused(|params| params.filter = Some("-w /etc/passwd".to_owned())),
        refused(|params| params.seconds = Some(0)),
    ];
    insta::assert_snapshot!(told.join("\n"), @r#"
    `filter`: counters do not tell which packets they counted (leave out `filter` or `by`; `of` chooses among the counters)
    `filter`: "-w" is nothing that a filter can say (write [src|dst] host ADDRESS, [src|dst] net CIDR, [tcp|udp|sctp] [src|dst] port N, portrange N-M, ether host MAC, ether proto N, proto N, vlan N, geneve N, ip, ip6, arp, tcp, udp, sctp, icmp, icmp6, igmp, tcp-syn, tcp-fin, tcp-rst, broadcast or multicast, with and, or, not and parentheses between)
    `seconds` is 0, not from 1 to 60 ()
    "#);
}
