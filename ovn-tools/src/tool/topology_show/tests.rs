//! The tool over small networks.

mod network;

use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::json;

use crate::report::{Block, Report, ToolError};
use crate::snapshot::Snapshot;
use crate::tool::Tool;
use crate::tool::recording;
use crate::tool::topology_show::tests::network::{Network, map};
use crate::tool::topology_show::{Format, Params, TopologyShow, TopologyShown};

/// Two zones of an interconnect cluster; a pod of the first is bound nowhere.
fn cluster() -> Snapshot {
    recording::snapshot([zone("worker-a", "worker-b"), zone("worker-b", "worker-a")].concat())
}

fn zone(node: &str, other: &str) -> Vec<crate::snapshot::DatabaseRead> {
    zone_of(node, other).reads()
}

fn zone_of(node: &str, other: &str) -> Network {
    let names = |prefix: &str| format!("{prefix}-{node}");
    let (rtos, stor, rtots, tstor) = (names("rtos"), names("stor"), names("rtots"), names("tstor"));
    let (pod, web) = (names("shop_cart"), names("shop_web"));
    let far = format!("tstor-{other}");
    let mut network = Network::new(node);
    network
        .chassis("id-a", "worker-a", other == "worker-a")
        .chassis("id-b", "worker-b", other == "worker-b")
        .router("ovn_cluster_router", json!({}), &[&rtos, &rtots])
        .router_port(&rtos, json!({"mac": "0a:58:0a:f4:00:01", "networks": "10.244.0.1/24"}))
        .router_port(&rtots, json!({"mac": "0a:58:64:58:00:02", "networks": "100.88.0.2/16"}))
        .switch(node, json!({}), &[&stor, &pod, &web])
        .switch_port(&stor, json!({"type": "router", "addresses": "router", "options": map(&[("router-port", &rtos)])}))
        .switch_port(&pod, json!({"addresses": "0a:58:0a:f4:00:05 10.244.0.5"}))
        .switch_port(&web, json!({"addresses": "0a:58:0a:f4:00:06 10.244.0.6"}))
        .switch("transit_switch", json!({"other_config": map(&[("interconn-ts", "transit_switch")])}), &[&tstor, &far])
        .switch_port(&tstor, json!({"type": "router", "options": map(&[("router-port", &rtots)])}))
        .switch_port(&far, json!({"type": "remote", "addresses": "0a:58:64:58:00:03 100.88.0.3/16"}))
        .bound(&far, Some(if other == "worker-a" { "id-a" } else { "id-b" }), json!({"type": "remote"}));
    for patch in [&rtos, &stor, &rtots, &tstor] {
        network.bound(patch, None, json!({"type": "patch"}));
    }
    let own = if node == "worker-a" { "id-a" } else { "id-b" };
    network.bound(&web, Some(own), json!({"up": true})).bound(
        &pod,
        (node != "worker-a").then_some(own),
        json!({"up": node != "worker-a"}),
    );
    network
}

fn ask(snapshot: &Snapshot, params: &serde_json::Value) -> Result<TopologyShown, ToolError> {
    let params: Params = serde_json::from_value(params.clone()).expect("they are parameters");
    TopologyShow::conclude(&params, snapshot)
}

fn json_of(shown: &TopologyShown) -> String {
    serde_json::to_string(shown).expect("an answer is JSON")
}

/// The answer for people, as plain text.
fn text(shown: &TopologyShown) -> String {
    let mut lines = Vec::new();
    for block in shown.blocks() {
        match block {
            Block::Summary(text) | Block::Line(text) | Block::Verbatim(text) => lines.push(text),
            Block::Heading(text) => lines.push(format!("== {text}")),
            Block::Table { columns, rows } => {
                let rows = rows
                    .into_iter()
                    .map(|row| row.into_iter().map(|cell| cell.text).collect());
                let rows: Vec<Vec<String>> = std::iter::once(columns).chain(rows).collect();
                let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max();
                for row in &rows {
                    let cells = row.iter().enumerate();
                    let cells =
                        cells.map(|(at, cell)| format!("{cell:0$}", width(at).unwrap_or(0)));
                    let line = cells.collect::<Vec<_>>().join("  ");
                    lines.push(line.trim_end().to_owned());
                }
            }
        }
    }
    lines.join("\n")
}

#[test]
fn people_see_a_tree_of_each_zone() {
    insta::assert_snapshot!(text(&ask(&cluster(), &json!({})).unwrap()), @"");
}

#[test]
fn programs_see_rows() {
    let shown = ask(&cluster(), &json!({"node": "worker-a"})).unwrap();
    insta::assert_snapshot!(serde_json::to_string(&shown.zones).unwrap(), @"");
    insta::assert_snapshot!(serde_json::to_string(&shown.problems).unwrap(), @"");
    let again: TopologyShown = serde_json::from_str(&json_of(&shown)).unwrap();
    assert_eq!(json_of(&again), json_of(&shown));
    assert_eq!(text(&again), text(&shown));
}

#[test]
fn mermaid_stands_instead_of_the_rows() {
    let shown = ask(&cluster(), &json!({"format": "mermaid"})).unwrap();
    assert!(shown.zones.is_empty());
    insta::assert_snapshot!(shown.mermaid.unwrap(), @"");
}

/// What becomes of one switch port with this row and, unless it is `null`, this binding.
#[track_caller]
fn check_port(row: serde_json::Value, binding: serde_json::Value, expected: &str) {
    let mut network = Network::new("");
    network
        .chassis("id-a", "worker-a", false)
        .switch("s", json!({}), &["p"])
        .switch_port("p", row);
    if !binding.is_null() {
        let chassis = binding["on"].as_str().map(str::to_owned);
        let mut row = binding;
        row.as_object_mut().unwrap().remove("on");
        network.bound("p", chassis.as_deref(), row);
    }
    let shown = ask(&recording::snapshot(network.reads()), &json!({})).unwrap();
    let port = &shown.zones[0].switches[0].ports[0];
    let reason = shown.problems.first().map_or("", |problem| &problem.reason);
    let found = [
        &port.kind,
        port.state.name(),
        &port.chassis,
        &port.peer,
        reason,
    ]
    .join("|");
    assert_eq!(found, expected);
}

#[test]
fn a_port_says_where_it_is_bound_or_why_not() {
    check_port(
        json!({}),
        json!({"on": "id-a", "up": true}),
        "vif|bound|worker-a||",
    );
    check_port(
        json!({"up": true}),
        json!({"on": "id-a", "up": false}),
        "vif|bound|worker-a||",
    );
    check_port(json!({}), json!({"on": "id-a"}), "vif|bound|worker-a||");
    check_port(
        json!({}),
        json!({"on": "id-a", "up": false}),
        "vif|down|worker-a||up is false",
    );
    check_port(
        json!({"up": false}),
        json!({"on": "id-a", "up": true}),
        "vif|down|worker-a||up is false in nb only: northd has not noted it",
    );
    check_port(json!({}), json!({}), "vif|unbound|||no chassis claims it");
    check_port(
        json!({}),
        json!(null),
        "vif|unprocessed|||no Port_Binding: northd has not processed it",
    );
    let asks = |chassis| json!({"options": map(&[("requested-chassis", chassis)])});
    check_port(
        asks("id-a,id-b"),
        json!({}),
        "vif|unbound|||no chassis claims it (requested: worker-a)",
    );
    check_port(
        asks("worker-z"),
        json!({}),
        "vif|unbound|||no chassis claims it: the requested chassis worker-z does not exist",
    );
    check_port(
        json!({}),
        json!({"on": "id-z"}),
        "vif|unbound|||its chassis row 5f7fdea5-3e2e-cc6a-8d2c-5a0a7e2f0c0e does not exist",
    );
    check_port(
        json!({"enabled": false}),
        json!({"on": "id-a"}),
        "vif|disabled|worker-a||enabled is false",
    );
}

#[test]
fn kinds_differ_in_what_binding_means() {
    let physnet = |kind: &str| json!({"type": kind, "tag": 7, "options": map(&[("network_name", "physnet")])});
    check_port(
        physnet("localnet"),
        json!({"type": "localnet"}),
        "localnet|not applicable||physnet VLAN 7|",
    );
    check_port(
        physnet("l2gateway"),
        json!({"type": "l2gateway"}),
        "l2gateway|unbound||physnet VLAN 7|no chassis claims it",
    );
    check_port(
        json!({"type": "localnet"}),
        json!({"type": "localnet"}),
        "localnet|dangling|||it names no physical network",
    );
    check_port(
        json!({"type": "localport"}),
        json!({"on": "id-a"}),
        "localport|not applicable|worker-a||",
    );
    check_port(
        json!({"type": "virtual", "options": map(&[("virtual-parents", "a, b")])}),
        json!({"type": "virtual"}),
        "virtual|not applicable||a,b|",
    );
    check_port(
        json!({"type": "remote"}),
        json!({}),
        "remote|unbound|||no chassis is set",
    );
    check_port(
        json!({"parent_name": "vm"}),
        json!({"on": "id-a"}),
        "container|dangling|worker-a|vm|parent vm does not exist",
    );
    check_port(json!({"type": "new"}), json!({}), "new|not applicable|||");
}

/// What is wrong with a network of a router `r` with port `rp`, a router `q` with port `qp` and a
/// switch `s` with ports `sp` and `tp`.
#[track_caller]
fn check_peers(
    rp: serde_json::Value,
    qp: serde_json::Value,
    sp: serde_json::Value,
    tp: serde_json::Value,
    expected: &[&str],
) {
    let mut network = Network::new("");
    network
        .router("r", json!({}), &["rp"])
        .router("q", json!({}), &["qp"])
        .switch("s", json!({}), &["sp", "tp"])
        .router_port("rp", rp)
        .router_port("qp", qp)
        .switch_port("sp", sp)
        .switch_port("tp", tp);
    for port in ["rp", "qp", "sp", "tp"] {
        network.bound(port, None, json!({"type": "patch"}));
    }
    let shown = ask(&recording::snapshot(network.reads()), &json!({})).unwrap();
    let links = shown.zones[0].links.iter();
    let links = links.map(|link| format!("{} {}", link.from_port, link.to_port));
    let problems = shown.problems.iter();
    let problems = problems.map(|one| {
        let port = one.port.as_deref().unwrap_or_default();
        format!("{port}: {}", one.reason)
    });
    let found: Vec<String> = links.chain(problems).collect();
    assert_eq!(found, expected);
}

#[test]
fn peers_are_found_and_missing_ones_are_kept() {
    let to = |port: &str| json!({"type": "router", "options": map(&[("router-port", port)])});
    let peer = |port: &str| json!({"peer": port});
    let local = || json!({"type": "localport"});
    check_peers(
        json!({}),
        json!({}),
        to("rp"),
        to("qp"),
        &["qp tp", "rp sp"],
    );
    check_peers(peer("qp"), peer("rp"), local(), local(), &["qp rp"]);
    check_peers(
        peer("qp"),
        json!({}),
        to("rp-z"),
        to("sp"),
        &[
            "qp: no port is attached to it",
            "rp: peer qp does not name it as its own peer",
            "sp: peer rp-z does not exist",
            "tp: peer sp is of the wrong kind: router",
        ],
    );
    check_peers(
        json!({}),
        peer("qp"),
        to("rp"),
        to("rp"),
        &[
            "rp sp",
            "qp: it names itself as its peer",
            "tp: another port is the peer of rp",
        ],
    );
    check_peers(
        peer("sp"),
        to("x"),
        json!({"type": "switch", "peer": "tp"}),
        json!({"type": "switch", "peer": "sp"}),
        &[
            "sp tp",
            "qp: no port is attached to it",
            "rp: peer sp is of the wrong kind: switch",
        ],
    );
    check_peers(
        json!({}),
        json!({}),
        json!({"type": "switch"}),
        json!({"type": "router"}),
        &[
            "qp: no port is attached to it",
            "rp: no port is attached to it",
            "tp: it names no peer",
            "sp: it names no peer",
        ],
    );
}

#[test]
fn gateways_say_which_chassis_they_are_on() {
    let mut network = Network::new("");
    network
        .chassis("id-a", "worker-a", false)
        .chassis("id-b", "worker-b", false)
        .router("edge", json!({}), &["out"])
        .router_port("out", json!({"networks": "192.0.2.1/24"}))
        .gateway("out", "id-a", 10)
        .gateway("out", "id-b", 20)
        .gateway("out", "id-z", 5)
        .router(
            "GR",
            json!({"options": map(&[("chassis", "id-b")])}),
            &["join"],
        )
        .router_port("join", json!({}))
        .router(
            "lost",
            json!({"options": map(&[("chassis", "id-y")]), "enabled": false}),
            &[],
        )
        .switch("s", json!({}), &["to-out", "to-join"])
        .switch_port(
            "to-out",
            json!({"type": "router", "options": map(&[("router-port", "out")])}),
        )
        .switch_port(
            "to-join",
            json!({"type": "router", "options": map(&[("router-port", "join")])}),
        )
        .bound("out", None, json!({"type": "patch"}))
        .bound("cr-out", Some("id-b"), json!({"type": "chassisredirect"}))
        .bound("join", None, json!({"type": "l3gateway"}))
        .bound("to-out", None, json!({"type": "patch"}))
        .bound("to-join", Some("id-b"), json!({"type": "l3gateway"}))
        .bound("old", Some("id-b"), json!({}));
    let shown = ask(&recording::snapshot(network.reads()), &json!({})).unwrap();
    insta::assert_snapshot!(text(&shown), @"");
}

#[test]
fn one_thing_is_shown_with_what_is_linked_to_it() {
    let summary = |of: &str| ask(&cluster(), &json!({"of": of})).unwrap().summary;
    insta::assert_snapshot!(summary("shop_cart-worker-a"), @"");
    insta::assert_snapshot!(summary("worker-b"), @"");
    insta::assert_snapshot!(summary("ovn_cluster_router"), @"");
    insta::assert_snapshot!(summary("rtos-worker-a"), @"");
    let shown = ask(&cluster(), &json!({"of": "rtos-worker-a"})).unwrap();
    insta::assert_snapshot!(serde_json::to_string(&shown.zones).unwrap(), @"");
    let uuid = network::id("shop_cart-worker-a");
    for text in [&*uuid, &uuid[..8], &uuid[..20], &uuid.to_uppercase()] {
        assert_eq!(summary(text), summary("shop_cart-worker-a"));
    }
    assert_eq!(
        summary(&network::id("binding of rtos-worker-a")),
        summary("rtos-worker-a")
    );
    assert_eq!(summary("cr-rtos-worker-a"), summary("rtos-worker-a"));
}

#[test]
fn what_does_not_exist_is_an_error_that_helps() {
    let error = |params| {
        let error = ask(&cluster(), &params).unwrap_err();
        format!("{}; {}", error.message, error.hint.unwrap_or_default())
    };
    insta::assert_snapshot!(error(json!({"of": "shop/cart"})), @"");
    insta::assert_snapshot!(error(json!({"of": ""})), @"");
    insta::assert_snapshot!(error(json!({"node": "worker"})), @"");
    let plain = recording::snapshot(Network::new("").reads());
    let error = ask(&plain, &json!({"node": "worker-a"})).unwrap_err();
    insta::assert_snapshot!(error.hint.unwrap(), @"");
    let nothing = ask(&Snapshot::default(), &json!({})).unwrap_err();
    insta::assert_snapshot!(nothing.message, @"");
}

#[test]
fn without_a_southbound_database_bindings_are_a_gap() {
    let mut snapshot = cluster();
    snapshot
        .databases
        .retain(|read| read.database == crate::database::Database::Nb);
    let shown = ask(&snapshot, &json!({"node": "worker-a"})).unwrap();
    insta::assert_snapshot!(shown.summary, @"");
    insta::assert_snapshot!(serde_json::to_string(&shown.gaps).unwrap(), @"");
}

#[test]
fn one_database_of_each_kind_need_not_name_the_same_node() {
    let mut snapshot = recording::snapshot(zone("worker-a", "worker-b"));
    for read in &mut snapshot.databases {
        if read.database == crate::database::Database::Nb {
            read.node = None;
        }
    }
    let shown = ask(&snapshot, &json!({})).unwrap();
    assert!(shown.gaps.is_empty());
    insta::assert_snapshot!(shown.summary, @"");
}

#[test]
fn an_answer_is_cut_by_whole_rows_with_problems_first() {
    for format in [Format::Graph, Format::Mermaid] {
        let mut shown = ask(&cluster(), &json!({"format": format})).unwrap();
        let total = shown.items();
        for keep in (0..=total).rev() {
            shown.keep(keep);
            assert_eq!((shown.items(), shown.returned), (keep, keep));
            assert_eq!((shown.total, shown.truncated), (total, keep < total));
            assert_eq!(shown.next.is_empty(), keep == total);
            assert_eq!(shown.problems.is_empty(), keep == 0);
        }
    }
    let mut shown = ask(&cluster(), &json!({})).unwrap();
    shown.keep(shown.items() - 2);
    insta::assert_snapshot!(serde_json::to_string(&shown.next).unwrap(), @"");
    insta::assert_snapshot!(text(&shown), @"");
}

proptest! {
    #[test]
    fn the_order_of_rows_makes_no_difference(salt in 0u32..1000, cut in 0usize..20) {
        let mut shown = [0, salt].map(|salt| {
            let zones = [("worker-b", "worker-a"), ("worker-a", "worker-b")];
            let reads = zones.map(|(node, other)| zone_of(node, other).shuffled(salt).reads());
            ask(&recording::snapshot(reads.concat()), &json!({})).unwrap()
        });
        prop_assert_eq!(json_of(&shown[0]), json_of(&shown[1]));
        for shown in &mut shown {
            shown.keep(cut);
        }
        prop_assert_eq!(json_of(&shown[0]), json_of(&shown[1]));
        prop_assert_eq!(text(&shown[0]), text(&shown[1]));
    }

    /// Any rows that fit the schemas: nothing panics, and no port is dropped.
    #[test]
    fn every_port_is_shown_whatever_the_rows_say(
        ports in proptest::collection::vec(any_port(), 0..12),
        devices in proptest::collection::vec((any::<bool>(), 0usize..3, 0usize..3), 0..5),
        bindings in proptest::collection::vec((0usize..12, 0usize..3, any::<bool>()), 0..8),
        held in subsequence((0..12).collect::<Vec<usize>>(), 0..12),
        format in prop_oneof![Just(Format::Graph), Just(Format::Mermaid)],
        keep in 0usize..30,
    ) {
        let snapshot = network::any(&ports, &devices, &bindings, &held);
        let mut shown = ask(&snapshot, &json!({})).unwrap();
        let device_ports: usize = shown.zones.iter().flat_map(|zone| zone.devices()).map(|device| device.port_count).sum();
        let rows: usize = shown.zones.iter().flat_map(|zone| zone.devices()).map(|device| device.ports.len()).sum();
        let links: usize = shown.zones.iter().map(|zone| zone.links.len()).sum();
        prop_assert_eq!(device_ports, rows + 2 * links);
        prop_assert_eq!(shown.items(), shown.total);
        let _ = text(&shown);
        shown.keep(keep);
        let _ = text(&shown);
        let mut shown = ask(&snapshot, &json!({"format": format, "ports": keep % 2 == 0})).unwrap();
        shown.keep(keep);
        let _ = text(&shown);
        for of in ["p0", "p3", "cr-p1", "d0"] {
            let _ = ask(&snapshot, &json!({"of": of, "format": format}));
        }
    }
}

/// A port's row: its kind, the port it names as its peer, and its name.
fn any_port() -> impl Strategy<Value = network::AnyPort> {
    let kinds = [
        "",
        "router",
        "switch",
        "localnet",
        "remote",
        "virtual",
        "odd \"kind\"",
        "lrp",
        "lrp",
        "lrp",
    ];
    (0..kinds.len(), 0usize..12, 0usize..14).prop_map(move |(kind, peer, name)| network::AnyPort {
        kind: kinds[kind],
        peer,
        name,
    })
}
