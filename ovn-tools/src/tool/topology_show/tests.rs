//! The tool over small networks.

mod any;
mod network;
mod ports;

use serde_json::json;

use crate::database::Database;
use crate::report::{Block, Report, ToolError};
use crate::snapshot::{DatabaseRead, Snapshot};
use crate::tool::Tool;
use crate::tool::recording;
use crate::tool::topology_show::tests::network::{Network, map, towards};
use crate::tool::topology_show::{Format, Params, TopologyShow, TopologyShown};

/// Two zones of an interconnect cluster; a pod of the first is bound nowhere.
fn cluster() -> Snapshot {
    recording::snapshot([zone("worker-a", "worker-b"), zone("worker-b", "worker-a")].concat())
}

fn zone(node: &str, other: &str) -> Vec<DatabaseRead> {
    zone_of(node, other).reads()
}

fn zone_of(node: &str, other: &str) -> Network {
    let names = |prefix: &str| format!("{prefix}-{node}");
    let (rtos, stor, rtots, tstor) = (names("rtos"), names("stor"), names("rtots"), names("tstor"));
    let (pod, web) = (names("shop_cart"), names("shop_web"));
    let far = format!("tstor-{other}");
    let transit = json!({"other_config": map(&[("interconn-ts", "transit_switch")])});
    let remote = json!({"type": "remote", "addresses": "0a:58:64:58:00:03 100.88.0.3/16"});
    let network_of = |address: &str, mac: &str| json!({"mac": mac, "networks": address});
    let (own, theirs) = match node {
        "worker-a" => ("id-a", "id-b"),
        _ => ("id-b", "id-a"),
    };
    let mut network = Network::new(node);
    network
        .chassis(own, node, false)
        .chassis(theirs, other, true)
        .router("ovn_cluster_router", json!({}), &[&rtos, &rtots])
        .router_port(&rtos, network_of("10.244.0.1/24", "0a:58:0a:f4:00:01"))
        .router_port(&rtots, network_of("100.88.0.2/16", "0a:58:64:58:00:02"))
        .switch(node, json!({}), &[&stor, &pod, &web])
        .switch_port(&stor, towards(&rtos))
        .switch_port(&pod, json!({"addresses": "0a:58:0a:f4:00:05 10.244.0.5"}))
        .switch_port(&web, json!({"addresses": "0a:58:0a:f4:00:06 10.244.0.6"}))
        .switch("transit_switch", transit, &[&tstor, &far])
        .switch_port(&tstor, towards(&rtots))
        .switch_port(&far, remote)
        .bound(&far, Some(theirs), json!({"type": "remote"}));
    for patch in [&rtos, &stor, &rtots, &tstor] {
        network.bound(patch, None, json!({"type": "patch"}));
    }
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
    insta::assert_snapshot!(text(&ask(&cluster(), &json!({})).unwrap()), @r"
    2 nodes: 4 switches, 2 routers, 14 ports; 1 port is bound nowhere: shop_cart-worker-a on worker-a
    == worker-a
    logical network            type     addresses                        attached to                                 chassis            state
    router ovn_cluster_router
    ├─ rtos-worker-a           link     0a:58:0a:f4:00:01 10.244.0.1/24  switch worker-a (stor-worker-a)
    └─ rtots-worker-a          link     0a:58:64:58:00:02 100.88.0.2/16  switch transit_switch (tstor-worker-a)
    switch transit_switch      transit
    ├─ tstor-worker-a          link                                      router ovn_cluster_router (rtots-worker-a)
    └─ tstor-worker-b          remote   0a:58:64:58:00:03 100.88.0.3/16                                              worker-b (remote)  bound
    switch worker-a
    ├─ stor-worker-a           link                                      router ovn_cluster_router (rtos-worker-a)
    ├─ shop_cart-worker-a      vif      0a:58:0a:f4:00:05 10.244.0.5                                                                    unbound: no chassis claims it
    └─ shop_web-worker-a       vif      0a:58:0a:f4:00:06 10.244.0.6                                                 worker-a           bound
    == worker-b
    logical network            type     addresses                        attached to                                 chassis            state
    router ovn_cluster_router
    ├─ rtos-worker-b           link     0a:58:0a:f4:00:01 10.244.0.1/24  switch worker-b (stor-worker-b)
    └─ rtots-worker-b          link     0a:58:64:58:00:02 100.88.0.2/16  switch transit_switch (tstor-worker-b)
    switch transit_switch      transit
    ├─ tstor-worker-b          link                                      router ovn_cluster_router (rtots-worker-b)
    └─ tstor-worker-a          remote   0a:58:64:58:00:03 100.88.0.3/16                                              worker-a (remote)  bound
    switch worker-b
    ├─ stor-worker-b           link                                      router ovn_cluster_router (rtos-worker-b)
    ├─ shop_cart-worker-b      vif      0a:58:0a:f4:00:05 10.244.0.5                                                 worker-b           bound
    └─ shop_web-worker-b       vif      0a:58:0a:f4:00:06 10.244.0.6                                                 worker-b           bound
    ");
}

#[test]
fn programs_see_rows() {
    let shown = ask(&cluster(), &json!({"node": "worker-a"})).unwrap();
    insta::assert_snapshot!(serde_json::to_string(&shown.zones).unwrap(), @r#"[{"node":"worker-a","routers":[{"name":"ovn_cluster_router","port_count":2}],"switches":[{"name":"transit_switch","transit":true,"port_count":2,"ports":[["tstor-worker-b","remote","0a:58:64:58:00:03 100.88.0.3/16","","worker-b (remote)","bound"]]},{"name":"worker-a","port_count":3,"ports":[["shop_cart-worker-a","vif","0a:58:0a:f4:00:05 10.244.0.5","","","unbound"],["shop_web-worker-a","vif","0a:58:0a:f4:00:06 10.244.0.6","","worker-a","bound"]]}],"links":[["ovn_cluster_router","rtos-worker-a","worker-a","stor-worker-a","0a:58:0a:f4:00:01 10.244.0.1/24","","linked"],["ovn_cluster_router","rtots-worker-a","transit_switch","tstor-worker-a","0a:58:64:58:00:02 100.88.0.2/16","","linked"]]}]"#);
    insta::assert_snapshot!(serde_json::to_string(&shown.problems).unwrap(), @r#"[{"node":"worker-a","of":"worker-a","port":"shop_cart-worker-a","state":"unbound","reason":"no chassis claims it"}]"#);
    let again: TopologyShown = serde_json::from_str(&json_of(&shown)).unwrap();
    assert_eq!(json_of(&again), json_of(&shown));
    assert_eq!(text(&again), text(&shown));
}

#[test]
fn mermaid_stands_instead_of_the_rows() {
    let shown = ask(&cluster(), &json!({"format": "mermaid"})).unwrap();
    assert!(shown.zones.is_empty());
    insta::assert_snapshot!(shown.mermaid.unwrap(), @r#"
    flowchart LR
      subgraph g0["worker-a"]
        g0n0{{"router ovn_cluster_router"}}
        g0n1["switch transit_switch"]
        g0n2["switch worker-a"]
        g0n3(["tstor-worker-b<br/>0a:58:64:58:00:03 100.88.0.3/16<br/>worker-b (remote)"])
        g0n4(["shop_cart-worker-a<br/>0a:58:0a:f4:00:05 10.244.0.5<br/>unbound: no chassis claims it"]):::problem
        g0n5(["shop_web-worker-a<br/>0a:58:0a:f4:00:06 10.244.0.6<br/>worker-a"])
      end
      subgraph g1["worker-b"]
        g1n0{{"router ovn_cluster_router"}}
        g1n1["switch transit_switch"]
        g1n2["switch worker-b"]
        g1n3(["tstor-worker-a<br/>0a:58:64:58:00:03 100.88.0.3/16<br/>worker-a (remote)"])
        g1n4(["shop_cart-worker-b<br/>0a:58:0a:f4:00:05 10.244.0.5<br/>worker-b"])
        g1n5(["shop_web-worker-b<br/>0a:58:0a:f4:00:06 10.244.0.6<br/>worker-b"])
      end
      g0n1 --- g0n3
      g0n2 -.- g0n4
      g0n2 --- g0n5
      g0n0 ---|"rtos-worker-a<br/>0a:58:0a:f4:00:01 10.244.0.1/24"| g0n2
      g0n0 ---|"rtots-worker-a<br/>0a:58:64:58:00:02 100.88.0.2/16"| g0n1
      g1n1 --- g1n3
      g1n2 --- g1n4
      g1n2 --- g1n5
      g1n0 ---|"rtos-worker-b<br/>0a:58:0a:f4:00:01 10.244.0.1/24"| g1n2
      g1n0 ---|"rtots-worker-b<br/>0a:58:64:58:00:02 100.88.0.2/16"| g1n1
      g0n1 -.-|"interconnect"| g1n1
      classDef problem stroke:#c62828,stroke-width:3px,color:#c62828
    "#);
}

#[test]
fn one_thing_is_shown_with_what_is_linked_to_it() {
    let summary = |of: &str| ask(&cluster(), &json!({"of": of})).unwrap().summary;
    insta::assert_snapshot!(summary("shop_cart-worker-a"), @"port shop_cart-worker-a of switch worker-a on worker-a: vif, 0a:58:0a:f4:00:05 10.244.0.5; no chassis claims it");
    insta::assert_snapshot!(summary("worker-b"), @"switch worker-b on worker-b: 3 ports, linked to router ovn_cluster_router; no problem found");
    insta::assert_snapshot!(summary("ovn_cluster_router"), @"2 found: router ovn_cluster_router on worker-a, router ovn_cluster_router on worker-b; no problem found");
    insta::assert_snapshot!(summary("rtos-worker-a"), @"port rtos-worker-a of router ovn_cluster_router on worker-a: router port, 0a:58:0a:f4:00:01 10.244.0.1/24, peer stor-worker-a of switch worker-a; no problem found");
    let shown = ask(&cluster(), &json!({"of": "rtos-worker-a"})).unwrap();
    insta::assert_snapshot!(serde_json::to_string(&shown.zones).unwrap(), @r#"[{"node":"worker-a","routers":[{"name":"ovn_cluster_router","port_count":2}],"switches":[{"name":"worker-a","port_count":3}],"links":[["ovn_cluster_router","rtos-worker-a","worker-a","stor-worker-a","0a:58:0a:f4:00:01 10.244.0.1/24","","linked"]]}]"#);
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
    insta::assert_snapshot!(error(json!({"of": "shop/cart"})), @"no switch, router or port is called `shop/cart` or has a UUID that begins so; did you mean `shop_cart-worker-a` or `shop_cart-worker-b`?");
    insta::assert_snapshot!(error(json!({"of": ""})), @"no switch, router or port is called `` or has a UUID that begins so; leave `of` out to see what there is");
    insta::assert_snapshot!(error(json!({"node": "worker"})), @"no OVN_Northbound of node `worker` was read; did you mean `worker-a` or `worker-b`? nodes there are: worker-a, worker-b");
    let plain = recording::snapshot(Network::new("").reads());
    let error = ask(&plain, &json!({"node": "worker-a"})).unwrap_err();
    insta::assert_snapshot!(error.hint.unwrap(), @"the databases there are belong to no node in particular: leave `node` out");
    let nothing = ask(&Snapshot::default(), &json!({})).unwrap_err();
    insta::assert_snapshot!(nothing.message, @"no OVN_Northbound was read");
}

#[test]
fn without_a_southbound_database_bindings_are_a_gap() {
    let mut snapshot = cluster();
    snapshot
        .databases
        .retain(|read| read.database == Database::Nb);
    let shown = ask(&snapshot, &json!({"node": "worker-a"})).unwrap();
    insta::assert_snapshot!(shown.summary, @"worker-a: 2 switches, 1 router, 7 ports; no problem found; where ports are bound is not known");
    insta::assert_snapshot!(serde_json::to_string(&shown.gaps).unwrap(), @r#"[{"what":"where the ports of worker-a are bound","why":"no Southbound database was read beside the Northbound one"}]"#);
}

#[test]
fn one_database_of_each_kind_need_not_name_the_same_node() {
    let mut snapshot = recording::snapshot(zone("worker-a", "worker-b"));
    for read in &mut snapshot.databases {
        if read.database == Database::Nb {
            read.node = None;
        }
    }
    let shown = ask(&snapshot, &json!({})).unwrap();
    assert!(shown.gaps.is_empty());
    insta::assert_snapshot!(shown.summary, @"2 switches, 1 router, 7 ports; 1 port is bound nowhere: shop_cart-worker-a");
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
            let mut next = shown.next.iter();
            let leads_to_the_rest = next.any(|next| next.tool != "health_check");
            assert_eq!(leads_to_the_rest, keep < total);
            assert_eq!(shown.problems.is_empty(), keep == 0);
        }
    }
    let mut shown = ask(&cluster(), &json!({})).unwrap();
    shown.keep(shown.items() - 2);
    insta::assert_snapshot!(serde_json::to_string(&shown.next).unwrap(), @r#"[{"tool":"health_check","arguments":{"object":"shop_cart-worker-a","node":"worker-a"},"why":"why it is so, with the rows that show it"},{"tool":"topology_show","arguments":{"of":"worker-b","node":"worker-b"},"why":"2 more ports of worker-b"}]"#);
    insta::assert_snapshot!(text(&shown), @r"
    2 nodes: 4 switches, 2 routers, 14 ports; 1 port is bound nowhere: shop_cart-worker-a on worker-a
    == worker-a
    logical network            type     addresses                        attached to                                 chassis            state
    router ovn_cluster_router
    ├─ rtos-worker-a           link     0a:58:0a:f4:00:01 10.244.0.1/24  switch worker-a (stor-worker-a)
    └─ rtots-worker-a          link     0a:58:64:58:00:02 100.88.0.2/16  switch transit_switch (tstor-worker-a)
    switch transit_switch      transit
    ├─ tstor-worker-a          link                                      router ovn_cluster_router (rtots-worker-a)
    └─ tstor-worker-b          remote   0a:58:64:58:00:03 100.88.0.3/16                                              worker-b (remote)  bound
    switch worker-a
    ├─ stor-worker-a           link                                      router ovn_cluster_router (rtos-worker-a)
    ├─ shop_cart-worker-a      vif      0a:58:0a:f4:00:05 10.244.0.5                                                                    unbound: no chassis claims it
    └─ shop_web-worker-a       vif      0a:58:0a:f4:00:06 10.244.0.6                                                 worker-a           bound
    == worker-b
    logical network            type     addresses                        attached to                                 chassis            state
    router ovn_cluster_router
    ├─ rtos-worker-b           link     0a:58:0a:f4:00:01 10.244.0.1/24  switch worker-b (stor-worker-b)
    └─ rtots-worker-b          link     0a:58:64:58:00:02 100.88.0.2/16  switch transit_switch (tstor-worker-b)
    switch transit_switch      transit
    ├─ tstor-worker-b          link                                      router ovn_cluster_router (rtots-worker-b)
    └─ tstor-worker-a          remote   0a:58:64:58:00:03 100.88.0.3/16                                              worker-a (remote)  bound
    switch worker-b
    ├─ stor-worker-b           link                                      router ovn_cluster_router (rtos-worker-b)
    └─ … 2 more ports
    14 of 16 rows are shown; name a node, or a switch, router or port to see all of it
    ");
}
