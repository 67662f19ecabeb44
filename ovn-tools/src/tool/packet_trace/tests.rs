//! What is asked of the tracer for the demonstration cluster, and what is made of its answers.

use serde_json::json;

use super::*;
use crate::check::fixture::Fixture;
use crate::objects::ObjectKind;
use crate::snapshot::Output;
use crate::tool::recording::demo;

fn params(from: &str, to: &str) -> Params {
    Params {
        from: from.to_owned(),
        to: to.to_owned(),
        ..Params::default()
    }
}

/// The commands that are wanted at first, without the states of conntrack.
fn wanted(params: &Params) -> String {
    let requests = match PacketTrace::needs(params).and_then(|_| PacketTrace::plan(params, &demo()))
    {
        Ok(requests) => requests,
        Err(error) => return format!("{error} ({})", error.hint.as_deref().unwrap_or_default()),
    };
    let commands = requests.iter().map(|request| request.command.to_string());
    commands
        .collect::<Vec<_>>()
        .join("\n")
        .replace(" --ct=trk,new", "")
}

#[test]
fn packets_are_built_from_what_people_call_their_ends() {
    let frontend = "shop/frontend-6d5f9c7b8d-h8v5n";
    let near = Params {
        port: Some(8080),
        ..params(frontend, "shop/cart-1")
    };
    let udp = Params {
        protocol: Some(Protocol::Udp),
        port: Some(53),
        ..params("10.244.1.5", "8.8.8.8")
    };
    let asked = [
        near,
        params(frontend, "10.244.0.5"),
        params(frontend, "shop/cart"),
        params("shop_cart-1", "10.96.118.7"),
        udp,
    ];
    let told: Vec<String> = asked.iter().map(wanted).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    ovn-trace --detailed --select-id=1 -- worker-b 'inport == "shop_frontend-6d5f9c7b8d-h8v5n" && eth.src == 0a:58:0a:f4:01:05 && eth.dst == 0a:58:0a:f4:01:06 && ip4.src == 10.244.1.5 && ip4.dst == 10.244.1.6 && ip.ttl == 64 && tcp && tcp.src == 40000 && tcp.dst == 8080'
    ovn-trace --detailed --select-id=1 -- worker-b 'inport == "shop_frontend-6d5f9c7b8d-h8v5n" && eth.src == 0a:58:0a:f4:01:05 && eth.dst == 0a:58:0a:f4:01:01 && ip4.src == 10.244.1.5 && ip4.dst == 10.244.0.5 && ip.ttl == 64 && icmp4 && icmp4.type == 8'
    ovn-trace --detailed --select-id=1 --lb-dst=10.244.1.6:8080 -- worker-b 'inport == "shop_frontend-6d5f9c7b8d-h8v5n" && eth.src == 0a:58:0a:f4:01:05 && eth.dst == 0a:58:0a:f4:01:01 && ip4.src == 10.244.1.5 && ip4.dst == 10.96.118.7 && ip.ttl == 64 && tcp && tcp.src == 40000 && tcp.dst == 8080'
    ovn-trace --detailed --select-id=1 --lb-dst=10.244.1.6:8080 -- worker-b 'inport == "shop_cart-1" && eth.src == 0a:58:0a:f4:01:06 && eth.dst == 0a:58:0a:f4:01:01 && ip4.src == 10.244.1.6 && ip4.dst == 10.96.118.7 && ip.ttl == 64 && tcp && tcp.src == 40000 && tcp.dst == 8080'
    ovn-trace --detailed --select-id=1 -- worker-b 'inport == "shop_frontend-6d5f9c7b8d-h8v5n" && eth.src == 0a:58:0a:f4:01:05 && eth.dst == 0a:58:0a:f4:01:01 && ip4.src == 10.244.1.5 && ip4.dst == 8.8.8.8 && ip.ttl == 64 && udp && udp.src == 40000 && udp.dst == 53'
    "#);
}

#[test]
fn what_cannot_be_traced_says_why_and_what_to_send() {
    let asked = [
        params("shop/cart", "8.8.8.8"),
        params("shop/cart-1", "shop/card-1"),
        params("--db=tcp:1.2.3.4:5", "8.8.8.8"),
        params("shop/cart-1", ""),
        params("shop/cart-1", "fd00::1"),
        Params {
            node: Some("worker-c".to_owned()),
            ..params("shop/cart-1", "8.8.8.8")
        },
    ];
    let told: Vec<String> = asked.iter().map(wanted).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    `from`: no Port_Binding is called `shop/cart` or has it for an address (did you mean `shop_cart-0` or `shop_cart-1`?)
    `to`: no Port_Binding is called `shop/card-1` or has it for an address (did you mean `shop_cart-1` or `shop_cart-0`?)
    `from`: "--db=tcp:1.2.3.4:5" begins with `-`, which would make it an option (name a pod as namespace/name, a logical port or an IP address)
    `to`: it is empty (name a pod as namespace/name, a logical port or an IP address)
    shop_cart-1 has no IPv6 address to send to fd00::1 from ()
    no OVN_Southbound of node `worker-c` was read (sources_list shows which databases there are)
    "#);
}

#[test]
fn a_trace_that_leaves_for_another_zone_is_followed_there() {
    let mut snapshot = demo();
    let asked = params(
        "shop/frontend-6d5f9c7b8d-h8v5n",
        "shop/checkout-5b7f6d9c48-q9w2t",
    );
    let first = PacketTrace::plan(&asked, &snapshot)
        .expect("a plan")
        .remove(0);
    assert_eq!(
        snapshot.databases[first.database].node.as_deref(),
        Some("worker-b")
    );
    let text = r#"egress(dp="transit_switch", inport="tstor-worker-b", outport="tstor-worker-a")
--------------
 9. ls_out_apply_port_sec: 1, priority 0, uuid 10000000
    ip.ttl--;
    eth.src = 0a:58:64:58:00:03;
    eth.dst = 0a:58:64:58:00:02;
    output;
    /* output to "tstor-worker-a", type "remote" */
"#;
    snapshot.outputs.push(Output {
        request: first,
        text: text.to_owned(),
    });
    let second = PacketTrace::plan(&asked, &snapshot)
        .expect("a plan")
        .remove(0);
    assert_eq!(
        snapshot.databases[second.database].node.as_deref(),
        Some("worker-a")
    );
    let command = second.command.to_string().replace(" --ct=trk,new", "");
    insta::assert_snapshot!(command, @r#"ovn-trace --detailed --select-id=1 -- transit_switch 'inport == "tstor-worker-b" && eth.src == 0a:58:64:58:00:03 && eth.dst == 0a:58:64:58:00:02 && ip4.src == 10.244.1.5 && ip4.dst == 10.244.0.7 && ip.ttl == 63 && icmp4 && icmp4.type == 8'"#);
    snapshot.outputs.push(Output {
        request: second,
        text: "ingress(dp=\"worker-a\", inport=\"stor-worker-a\")\n----------\n 0. ls_in_x: 1, priority 0, uuid 20000000\n    drop;\n".to_owned(),
    });
    assert_eq!(PacketTrace::plan(&asked, &snapshot), Ok(Vec::new()));
    let answer = PacketTrace::conclude(&asked, &snapshot).expect("an answer");
    insta::assert_snapshot!(answer.summary, @"the packet to port shop_checkout-5b7f6d9c48-q9w2t (10.244.0.7 icmp) is dropped in stage ls_in_x of worker-a on worker-a: drop;");
    assert_eq!(answer.verdict, Verdict::Dropped);
}

#[test]
fn a_trace_that_was_not_made_is_no_verdict() {
    let asked = params("shop/cart-1", "8.8.8.8");
    let answer = PacketTrace::conclude(&asked, &demo()).expect("an answer");
    insta::assert_snapshot!(answer.summary, @"the packet to address 8.8.8.8 (8.8.8.8 icmp) could not be followed, see gaps");
    assert_eq!(answer.verdict, Verdict::Unknown);
}

/// A pod whose port is on two nodes, since it was not deleted on the one.
fn moved() -> Fixture {
    let port = |fixture: Fixture, node: &str| {
        fixture
            .node(node)
            .sb("SB_Global", "g", json!({"options": {"name": node}}))
            .sb("Datapath_Binding", "dp", json!({"tunnel_key": 1, "external_ids": {"name": node}}))
            .sb("Port_Binding", "web", json!({"logical_port": "shop_web-1", "datapath": "dp", "tunnel_key": 1, "mac": ["0a:58:0a:f4:00:05 10.244.0.5"]}))
            .sb("Port_Binding", "db", json!({"logical_port": format!("shop_{node}"), "datapath": "dp", "tunnel_key": 2, "mac": ["0a:58:0a:f4:00:06 10.244.0.6"]}))
            .sb("Port_Binding", "host", json!({"logical_port": format!("k8s-{node}"), "datapath": "dp", "tunnel_key": 3, "mac": ["0a:58:0a:f4:00:02 10.244.0.2"]}))
    };
    port(port(Fixture::default(), "a"), "b")
}

fn sent(fixture: &Fixture, from: &str, to: &str) -> String {
    let params = params(from, to);
    let journey = match Journey::follow(&params, &fixture.snapshot()) {
        Ok(journey) => journey,
        Err(error) => return format!("{error} ({})", error.hint.as_deref().unwrap_or_default()),
    };
    let notes = [journey.sender.note.clone(), journey.target.note.clone()];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    format!(
        "{} on {} to {} at {}: {}",
        journey.sender.name,
        journey.sender.node.as_deref().unwrap_or("-"),
        journey.target.words,
        journey.target.ip,
        notes.join("; ")
    )
}

#[test]
fn the_cluster_tells_where_a_pod_is_and_what_has_no_rows() {
    let pod = |node: &str| json!({"spec": {"nodeName": node}, "status": {"phase": "Running", "podIP": "10.244.0.5"}});
    let on_host = json!({"spec": {"nodeName": "b", "hostNetwork": true}, "status": {"phase": "Running", "podIP": "172.18.0.3"}});
    let elsewhere =
        json!({"spec": {"nodeName": "c"}, "status": {"phase": "Running", "podIP": "10.244.2.9"}});
    let service = json!({"spec": {"clusterIP": "10.244.0.77", "ports": [{"port": 443}]}});
    let in_cluster = moved()
        .object(ObjectKind::Pod, "shop/web-1", pod("b"))
        .object(ObjectKind::Pod, "shop/agent", on_host)
        .object(ObjectKind::Pod, "shop/far", elsewhere)
        .object(ObjectKind::Service, "shop/api", service)
        .object(ObjectKind::Node, "a", json!({}))
        .object(ObjectKind::Node, "b", json!({}));
    let told = [
        sent(&moved(), "shop/web-1", "10.244.0.6"),
        sent(&in_cluster, "shop/web-1", "10.244.0.6"),
        sent(&in_cluster, "shop_a", "shop/web-1"),
        sent(&in_cluster, "shop/agent", "shop/web-1"),
        sent(&in_cluster, "shop/far", "shop/web-1"),
        sent(&in_cluster, "shop_a", "shop/far"),
        sent(&in_cluster, "shop_a", "shop/api"),
        sent(&in_cluster, "shop_a", "shop/agent"),
    ];
    insta::assert_snapshot!(told.join("\n"), @"
    `shop/web-1` is on several nodes: a, b (say which with `node`)
    shop_web-1 on b to port shop_a at 10.244.0.6: pod shop/web-1 runs on node b, so its port is the one there
    shop_a on a to port shop_web-1 at 10.244.0.5: pod shop/web-1 runs on node b, so its port is the one there
    k8s-b on b to port shop_web-1 at 10.244.0.5: pod shop/agent shares the network of node b: what it sends to pods comes in by k8s-b; pod shop/web-1 runs on node b, so its port is the one there
    `from`: pod shop/far runs on node c (Running) and has no port in the databases that were read (health_check with `check` pod-unwired says why)
    nothing on switch a leads to 10.244.2.9: no port has that address, and there is no router; pod shop/far has no port in the databases that were read; its address is what the cluster says ()
    nothing on switch a leads to 10.244.0.77: no port has that address, and there is no router; the cluster has service shop/api at 10.244.0.77 443/TCP with 0 of 0 endpoints ready, and no load balancer of the sender's zone is for it ()
    nothing on switch a leads to 172.18.0.3: no port has that address, and there is no router; pod shop/agent shares the network of node b and has its address ()
    ");
}

#[test]
fn ends_that_are_names_are_asked_of_the_cluster_and_others_are_not() {
    let asked = |from: &str, to: &str| {
        let needs = PacketTrace::needs(&params(from, to)).expect("a question");
        let questions: Vec<String> = needs.object_questions().map(ToString::to_string).collect();
        questions.join(", ")
    };
    insta::assert_snapshot!(
        [asked("shop/web-1", "shop/api"), asked("shop_web-1", "10.0.0.1"), asked("a/b/c", "d/-e")]
            .join("\n"),
        @"pods shop/api, pods shop/web-1, services shop/api, endpointslices.discovery.k8s.io of shop/api"
    );
}
