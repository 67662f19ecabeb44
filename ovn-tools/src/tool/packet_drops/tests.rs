//! Which counters are told, and whose they are.

use serde_json::json;

use super::*;
use crate::snapshot::Output;
use crate::tool::recording::read;

/// A node whose interface veth1 is the pod shop/cart's.
fn node() -> Snapshot {
    let text = json!({"type": "string"});
    let ids = json!({"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}});
    let schema = json!({
        "name": "Open_vSwitch",
        "version": "8.3.0",
        "tables": {"Interface": {"columns": {"name": text, "external_ids": ids}}},
    });
    let row = json!({"name": "veth1", "external_ids": ["map", [["iface-id", "shop_cart"]]]});
    let records = [
        schema,
        json!({"Interface": {"00000000-0000-4000-8000-000000000001": row}}),
    ];
    let mut read = read(Database::Ovs, "n1", &records);
    read.recorded = false;
    Snapshot {
        databases: vec![read],
        ..Snapshot::default()
    }
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
    let listed = concluded(&Params::default(), 10, 25);
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
        ..Params::default()
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
        concluded(&Params::default(), 10, 10)
            .summary
            .starts_with("no counter of drops rises within 5 s")
    );
    let rising = Params {
        rising: true,
        of: Some("rx_dropped".to_owned()),
        ..Params::default()
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
        ..Params::default()
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
    insta::assert_snapshot!(refused.to_string(), @"drops are counted on live nodes only, and these databases were recorded");
    let long = Params {
        seconds: Some(1_000),
        ..params
    };
    insta::assert_snapshot!(PacketDrops::needs(&long).expect_err("refused").to_string(), @"`seconds` is 1000, not from 1 to 120");
}
