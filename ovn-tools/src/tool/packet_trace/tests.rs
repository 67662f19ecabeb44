//! What is asked of the tracer for the demonstration cluster, and what is made of its answers.

use super::*;
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
    ovn-trace --detailed -- worker-b 'inport == "shop_frontend-6d5f9c7b8d-h8v5n" && eth.src == 0a:58:0a:f4:01:05 && eth.dst == 0a:58:0a:f4:01:06 && ip4.src == 10.244.1.5 && ip4.dst == 10.244.1.6 && ip.ttl == 64 && tcp && tcp.src == 40000 && tcp.dst == 8080'
    ovn-trace --detailed -- worker-b 'inport == "shop_frontend-6d5f9c7b8d-h8v5n" && eth.src == 0a:58:0a:f4:01:05 && eth.dst == 0a:58:0a:f4:01:01 && ip4.src == 10.244.1.5 && ip4.dst == 10.244.0.5 && ip.ttl == 64 && icmp4 && icmp4.type == 8'
    ovn-trace --detailed --lb-dst=10.244.1.6:8080 -- worker-b 'inport == "shop_frontend-6d5f9c7b8d-h8v5n" && eth.src == 0a:58:0a:f4:01:05 && eth.dst == 0a:58:0a:f4:01:01 && ip4.src == 10.244.1.5 && ip4.dst == 10.96.118.7 && ip.ttl == 64 && tcp && tcp.src == 40000 && tcp.dst == 8080'
    ovn-trace --detailed --lb-dst=10.244.1.6:8080 -- worker-b 'inport == "shop_cart-1" && eth.src == 0a:58:0a:f4:01:06 && eth.dst == 0a:58:0a:f4:01:01 && ip4.src == 10.244.1.6 && ip4.dst == 10.96.118.7 && ip.ttl == 64 && tcp && tcp.src == 40000 && tcp.dst == 8080'
    ovn-trace --detailed -- worker-b 'inport == "shop_frontend-6d5f9c7b8d-h8v5n" && eth.src == 0a:58:0a:f4:01:05 && eth.dst == 0a:58:0a:f4:01:01 && ip4.src == 10.244.1.5 && ip4.dst == 8.8.8.8 && ip.ttl == 64 && udp && udp.src == 40000 && udp.dst == 53'
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
    insta::assert_snapshot!(command, @r#"ovn-trace --detailed -- transit_switch 'inport == "tstor-worker-b" && eth.src == 0a:58:64:58:00:03 && eth.dst == 0a:58:64:58:00:02 && ip4.src == 10.244.1.5 && ip4.dst == 10.244.0.7 && ip.ttl == 63 && icmp4 && icmp4.type == 8'"#);
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
