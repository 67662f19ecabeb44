//! What the tool says of single ports, peers and gateways.

use serde_json::{Value as Json, json};

use crate::tool::recording;
use crate::tool::topology_show::tests::network::{Network, id, map, towards};
use crate::tool::topology_show::tests::{ask, text};

/// What becomes of one switch port with this row and, unless it is `null`, this binding.
#[track_caller]
fn check_port(row: Json, binding: Json, expected: &str) {
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
    let lost = id("id-z");
    check_port(
        json!({}),
        json!({"on": "id-z"}),
        &format!("vif|unbound|||its chassis row {lost} does not exist"),
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
fn check_peers(rp: Json, qp: Json, sp: Json, tp: Json, expected: &[&str]) {
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
    let to = |port: &str| towards(port);
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
        .switch_port("to-out", towards("out"))
        .switch_port("to-join", towards("join"))
        .bound("out", None, json!({"type": "patch"}))
        .bound("cr-out", Some("id-b"), json!({"type": "chassisredirect"}))
        .bound("join", None, json!({"type": "l3gateway"}))
        .bound("to-out", None, json!({"type": "patch"}))
        .bound("to-join", Some("id-b"), json!({"type": "l3gateway"}))
        .bound("old", Some("id-b"), json!({}));
    let shown = ask(&recording::snapshot(network.reads()), &json!({})).unwrap();
    insta::assert_snapshot!(text(&shown), @r"
    1 switch, 3 routers, 4 ports; 1 port is bound nowhere: join; 2 references lead nowhere: out, lost; 1 is disabled: lost; 1 is left over as Port_Binding: old
    logical network  type  addresses     attached to         chassis                                       state
    router GR                                                worker-b
    └─ join          link                switch s (to-join)                                                unbound: no chassis claims it (requested: worker-b)
    router edge
    └─ out           link  192.0.2.1/24  switch s (to-out)   worker-b of worker-b 20, worker-a 10, id-z 5  dangling: its gateway chassis id-z does not exist
    router lost                                              id-y                                          dangling: its chassis id-y does not exist; enabled is false
    switch s
    ├─ to-join       link                router GR (join)
    └─ to-out        link                router edge (out)
    == problems
    node  of  name  problem
              old   stray: a Port_Binding without a logical port: northd has not removed it
    ");
}
