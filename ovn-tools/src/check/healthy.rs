//! Healthy databases that several diagnostics' tests start from.

use serde_json::json;

use crate::check::fixture::Fixture;
use crate::objects::ObjectKind;

/// A network policy with its default denial, its allowance, and the namespace's addresses.
pub(crate) fn policy() -> Fixture {
    let mark = |kind: &str, name: &str, direction: &str| json!({"k8s.ovn.org/owner-type": kind, "k8s.ovn.org/name": name, "direction": direction});
    let acl = |text: &str, action: &str, priority: i64| json!({"match": text, "direction": "to-lport", "action": action, "priority": priority});
    Fixture::on("a")
        .nb("Logical_Switch", "sw", json!({"name": "a", "ports": ["web"]}))
        .nb("Logical_Switch_Port", "web", json!({"name": "shop_web", "addresses": ["0a:58:0a:f4:00:05 10.244.0.5"], "external_ids": {"namespace": "shop", "pod": "true"}}))
        .nb("Port_Group", "np", json!({"name": "a1", "ports": ["web"], "acls": ["allow"], "external_ids": mark("NetworkPolicy", "shop:web", "")}))
        .nb("Port_Group", "deny", json!({"name": "a2", "ports": ["web"], "acls": ["drop"], "external_ids": mark("NetpolNamespace", "shop", "Ingress")}))
        .nb("ACL", "allow", acl("outport == @a1 && tcp", "allow-related", 1001))
        .nb("ACL", "drop", acl("outport == @a2", "drop", 1000))
        .nb("Address_Set", "ns", json!({"name": "a3", "addresses": ["10.244.0.5", "10.244.7.5"], "external_ids": mark("Namespace", "shop", "")}))
        .nb("Logical_Switch", "sw", json!({"other_config": {"subnet": "10.244.0.0/24"}}))
}

/// A port that is bound and up on its chassis.
pub(crate) fn bound_port() -> Fixture {
    Fixture::on("a")
        .nb(
            "Logical_Switch",
            "sw",
            json!({"name": "a", "ports": ["web"]}),
        )
        .nb(
            "Logical_Switch_Port",
            "web",
            json!({"name": "web", "up": true}),
        )
        .sb("Chassis", "ch", json!({"name": "id-a", "hostname": "a"}))
        .sb(
            "Port_Binding",
            "web",
            json!({"logical_port": "web", "chassis": "ch", "up": true}),
        )
}

/// Two hosts, each with its chassis and a tunnel to the other.
pub(crate) fn two_chassis() -> Fixture {
    Fixture::on("a")
        .sb("Chassis", "a", json!({"name": "id-a", "hostname": "a", "encaps": ["ea"]}))
        .sb("Chassis", "b", json!({"name": "id-b", "hostname": "b", "encaps": ["eb"]}))
        .sb("Encap", "ea", json!({"chassis_name": "id-a", "type": "geneve", "ip": "172.18.0.2"}))
        .sb("Encap", "eb", json!({"chassis_name": "id-b", "type": "geneve", "ip": "172.18.0.3"}))
        .sb("Chassis_Private", "pa", json!({"name": "id-a", "chassis": "a"}))
        .sb("Chassis_Private", "pb", json!({"name": "id-b", "chassis": "b"}))
        .ovs("Open_vSwitch", "o", json!({"bridges": ["br"], "external_ids": {
            "system-id": "id-a", "hostname": "a", "ovn-remote": "unix:x",
            "ovn-encap-ip": "172.18.0.2", "ovn-encap-type": "geneve"}}))
        .ovs("Bridge", "br", json!({"name": "br-int", "fail_mode": "secure"}))
        .ovs("Interface", "t", json!({"name": "ovn-b", "type": "geneve", "ofport": 1, "options": {"remote_ip": "172.18.0.3"}}))
}

/// An interface whose port is bound here.
pub(crate) fn bound_interface() -> Fixture {
    Fixture::on("a")
        .nb("Logical_Switch", "sw", json!({"name": "a", "ports": ["web"]}))
        .nb("Logical_Switch_Port", "web", json!({"name": "web", "up": true}))
        .sb("Chassis", "a", json!({"name": "id-a", "hostname": "a"}))
        .sb("Port_Binding", "web", json!({"logical_port": "web", "chassis": "a", "up": true}))
        .ovs("Open_vSwitch", "o", json!({"bridges": ["br"], "external_ids": {"system-id": "id-a", "hostname": "a"}}))
        .ovs("Bridge", "br", json!({"name": "br-int", "external_ids": {"ct-zone-web": "1"}}))
        .ovs("Interface", "if", json!({"name": "v1", "ofport": 3, "external_ids": {"iface-id": "web", "ovn-installed": "true"}}))
}

/// An egress IP with its policy, its NAT and its sets.
pub(crate) fn egress_ip() -> Fixture {
    let mark = json!({"k8s.ovn.org/owner-type": "EgressIP", "k8s.ovn.org/name": "out_shop/web"});
    let set =
        |kind: &str, name: &str| json!({"k8s.ovn.org/owner-type": kind, "k8s.ovn.org/name": name});
    let nat = json!({"type": "snat", "external_ip": "172.18.0.100", "logical_ip": "10.244.0.5", "external_ids": mark.clone()});
    let policy = json!({"action": "reroute", "priority": 100, "match": "ip4.src == 10.244.0.5", "nexthops": ["100.64.0.2"], "external_ids": mark});
    Fixture::on("a")
        .nb("Logical_Router", "r", json!({"name": "ovn_cluster_router", "policies": ["policy"]}))
        .nb("Logical_Router_Policy", "policy", policy)
        .nb("Logical_Router", "gr", json!({"name": "GR_a", "nat": ["nat"], "ports": ["rtoj"]}))
        .nb("Logical_Router_Port", "rtoj", json!({"name": "rtoj-GR_a", "networks": ["100.64.0.2/16"]}))
        .nb("NAT", "nat", nat)
        .nb("Address_Set", "as", json!({"name": "a1", "addresses": ["10.244.0.5"], "external_ids": set("Namespace", "shop")}))
        .nb("Address_Set", "eip", json!({"name": "a2", "addresses": ["10.244.0.5"], "external_ids": set("EgressIP", "egressip-served-pods")}))
}

/// Routes to the subnet and to the gateway of another node.
pub(crate) fn routed() -> Fixture {
    Fixture::on("a")
        .nb("Logical_Router", "r", json!({"name": "ovn_cluster_router", "ports": ["rtots"], "static_routes": ["route"]}))
        .nb("Logical_Router_Port", "rtots", json!({"name": "rtots-a", "networks": ["100.88.0.2/16"]}))
        .nb("Logical_Switch", "ts", json!({"name": "transit_switch", "ports": ["own", "far"]}))
        .nb("Logical_Switch_Port", "own", json!({"name": "tstor-a", "type": "router", "options": {"router-port": "rtots-a"}}))
        .nb("Logical_Switch_Port", "far", json!({"name": "tstor-b", "type": "remote", "addresses": ["0a:58:64:58:00:03 100.88.0.3/16"], "external_ids": {"node": "b"}}))
        .nb("Logical_Router_Static_Route", "route", json!({"ip_prefix": "10.244.1.0/24", "nexthop": "100.88.0.3", "external_ids": {"ic-node": "b"}}))
}

/// A service with a backend, on the node's switch.
pub(crate) fn service() -> Fixture {
    let ids = json!({"k8s.ovn.org/kind": "Service", "k8s.ovn.org/owner": "shop/web"});
    let vips = json!({"10.96.0.5:80": "10.244.0.5:8080"});
    Fixture::on("a")
        .nb("NB_Global", "g", json!({"name": "a"}))
        .nb("Load_Balancer", "lb", json!({"name": "Service_shop/web_TCP_cluster", "external_ids": ids, "vips": vips}))
        .nb("Load_Balancer_Group", "group", json!({"name": "clusterLBGroup", "load_balancer": ["lb"]}))
        .nb("Logical_Switch", "sw", json!({"name": "a", "ports": ["web"], "load_balancer_group": ["group"], "other_config": {"subnet": "10.244.0.0/24"}}))
        .nb("Logical_Switch_Port", "web", json!({"name": "shop_web", "addresses": ["0a:58:0a:f4:00:05 10.244.0.5"]}))
}

/// A cluster of two nodes, each its own zone, whose rows are as its objects say.
pub(crate) fn cluster() -> Fixture {
    let all = half(Fixture::on("b"), ["b", "a"], ["1", "0"], "web-2");
    let all = half(all.node("a"), ["a", "b"], ["0", "1"], "web-1");
    let mark = json!({"k8s.ovn.org/owner-type": "EgressIP", "k8s.ovn.org/name": "out_shop/web-1"});
    let all = all
        .nb("NAT", "nat", json!({"type": "snat", "external_ip": "172.18.0.100", "logical_ip": "10.244.0.5", "external_ids": mark.clone()}))
        .nb("Logical_Router", "gr", json!({"nat": ["nat"]}))
        .nb("Logical_Router_Policy", "policy", json!({"action": "reroute", "priority": 100, "match": "ip4.src == 10.244.0.5", "nexthops": ["100.64.0.2"], "external_ids": mark}))
        .nb("Logical_Router", "r", json!({"policies": ["policy"]}))
        .nb("Logical_Switch", "blue", json!({"name": "shop_blue_ovn_layer2_switch", "external_ids": {"k8s.ovn.org/network": "shop_blue"}}));
    let config = r#"{"name":"shop_blue","type":"ovn-k8s-cni-overlay","topology":"layer2"}"#;
    all.object(ObjectKind::Namespace, "shop", json!({"metadata": {"labels": {"kubernetes.io/metadata.name": "shop"}}}))
        .object(ObjectKind::Service, "shop/web", json!({"spec": {"clusterIP": "10.96.0.5", "selector": {"app": "web"}, "ports": [{"port": 80, "protocol": "TCP"}]}}))
        .object(ObjectKind::EndpointSlice, "shop/web-x", json!({
            "metadata": {"labels": {"kubernetes.io/service-name": "web"}}, "ports": [{"name": "", "port": 8080, "protocol": "TCP"}],
            "endpoints": [{"addresses": ["10.244.0.5"]}, {"addresses": ["10.244.1.5"]}]}))
        .object(ObjectKind::NetworkPolicy, "shop/web", json!({"spec": {"podSelector": {"matchLabels": {"app": "web"}}, "policyTypes": ["Ingress"], "ingress": [{}]}}))
        .object(ObjectKind::AdminNetworkPolicy, "edge", json!({
            "spec": {"priority": 10, "subject": {"pods": {"namespaceSelector": {}, "podSelector": {"matchLabels": {"app": "web"}}}}, "ingress": [{"action": "Deny", "from": [{"namespaces": {}}]}]},
            "status": {"conditions": [{"type": "Ready-In-Zone-a", "status": "True"}, {"type": "Ready-In-Zone-b", "status": "True"}]}}))
        .object(ObjectKind::EgressIp, "out", json!({
            "spec": {"egressIPs": ["172.18.0.100"], "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "shop"}}, "podSelector": {"matchExpressions": [{"key": "leaves", "operator": "Exists"}]}},
            "status": {"items": [{"node": "a", "egressIP": "172.18.0.100"}]}}))
        .object(ObjectKind::Pod, "shop/web-1", json!({"metadata": {"labels": {"leaves": ""}}}))
        .object(ObjectKind::EgressFirewall, "shop/default", json!({"spec": {"egress": [{}]}}))
        .object(ObjectKind::NetworkAttachment, "shop/blue", json!({"spec": {"config": config}}))
}

/// One node of it, with a pod: the node and the other one, and the numbers of both.
fn half(fixture: Fixture, nodes: [&str; 2], numbers: [&str; 2], pod: &str) -> Fixture {
    let ([node, other], [number, far]) = (nodes, numbers);
    // The addresses of a node end in its number and two, since the first ones are the networks' own.
    let host = |number: &str| if number == "0" { "2" } else { "3" };
    let (own, others) = (host(number), host(far));
    let address = format!("0a:58:0a:f4:0{number}:05 10.244.{number}.5");
    let mark = |kind: &str, name: &str, direction: &str| json!({"k8s.ovn.org/owner-type": kind, "k8s.ovn.org/name": name, "direction": direction});
    let service = json!({"k8s.ovn.org/kind": "Service", "k8s.ovn.org/owner": "shop/web"});
    let rule = json!({"k8s.ovn.org/owner-type": "AdminNetworkPolicy", "k8s.ovn.org/name": "edge", "direction": "Ingress", "gress-index": "0"});
    let selected = json!({"k8s.ovn.org/owner-controller": "default-network-controller", "k8s.ovn.org/owner-type": "PodSelector", "k8s.ovn.org/name": "shop_LS{ML:{app: web,},}_LNM"});
    let networks = json!({"default": {"ip_addresses": [format!("10.244.{number}.5/24")], "mac_address": format!("0a:58:0a:f4:0{number}:05")}});
    fixture
        .nb("NB_Global", "g", json!({"name": node}))
        .nb("Logical_Switch", "sw", json!({"name": node, "ports": [pod], "other_config": {"subnet": format!("10.244.{number}.0/24")}}))
        .nb("Logical_Switch_Port", pod, json!({"name": format!("shop_{pod}"), "addresses": [address.clone()], "port_security": [address], "options": {"iface-id-ver": format!("uid-{pod}")}, "external_ids": {"namespace": "shop", "pod": "true"}}))
        .nb("Logical_Router", "r", json!({"name": "ovn_cluster_router", "ports": ["rtots"], "static_routes": ["route"]}))
        .nb("Logical_Router_Port", "rtots", json!({"name": format!("rtots-{node}"), "networks": [format!("100.88.0.{own}/16")]}))
        .nb("Logical_Router_Static_Route", "route", json!({"ip_prefix": format!("10.244.{far}.0/24"), "nexthop": format!("100.88.0.{others}"), "external_ids": {"ic-node": other}}))
        .nb("Logical_Router", "gr", json!({"name": format!("GR_{node}"), "ports": ["rtoj", "rtoe"]}))
        .nb("Logical_Router_Port", "rtoj", json!({"name": format!("rtoj-GR_{node}"), "networks": [format!("100.64.0.{own}/16")]}))
        .nb("Logical_Router_Port", "rtoe", json!({"name": format!("rtoe-GR_{node}"), "networks": [format!("172.18.0.{own}/16")]}))
        .nb("Logical_Switch", "ts", json!({"name": "transit_switch", "ports": ["far"], "other_config": {"interconn-ts": "transit_switch"}}))
        .nb("Logical_Switch_Port", "far", json!({"name": format!("tstor-{other}"), "type": "remote", "addresses": [format!("0a:58:64:58:00:0{others} 100.88.0.{others}/16")], "external_ids": {"node": other}}))
        .nb("Load_Balancer", "lb", json!({"name": "Service_shop/web_TCP_cluster", "protocol": "tcp", "external_ids": service, "vips": {"10.96.0.5:80": "10.244.0.5:8080,10.244.1.5:8080"}}))
        .nb("Port_Group", "np", json!({"name": "a1", "ports": [pod], "acls": ["allow"], "external_ids": mark("NetworkPolicy", "shop:web", "")}))
        .nb("Port_Group", "deny", json!({"name": "a2", "ports": [pod], "external_ids": mark("NetpolNamespace", "shop", "Ingress")}))
        .nb("Port_Group", "nspg", json!({"name": "a4", "ports": [pod], "acls": ["wall"], "external_ids": mark("Namespace", "shop", "")}))
        .nb("Port_Group", "anp", json!({"name": "a5", "ports": [pod], "acls": ["edge"], "external_ids": mark("AdminNetworkPolicy", "edge", "")}))
        .nb("ACL", "edge", json!({"match": "outport == @a5 && ip4.src == $a6", "direction": "to-lport", "action": "drop", "priority": 29000, "tier": 1, "external_ids": rule}))
        .nb("Address_Set", "anp-set", json!({"name": "a6", "addresses": ["10.244.0.5", "10.244.1.5"], "external_ids": rule}))
        .nb("Address_Set", "sel", json!({"name": "a7", "addresses": ["10.244.0.5", "10.244.1.5"], "external_ids": selected}))
        .nb("ACL", "allow", json!({"match": "outport == @a1", "direction": "to-lport", "action": "allow-related", "priority": 1001}))
        .nb("ACL", "wall", json!({"match": "inport == @a4", "direction": "from-lport", "action": "drop", "priority": 10000, "external_ids": mark("EgressFirewall", "shop", "")}))
        .nb("Address_Set", "ns", json!({"name": "a3", "addresses": ["10.244.0.5", "10.244.1.5"], "external_ids": mark("Namespace", "shop", "")}))
        .sb("Chassis", "own", json!({"name": format!("id-{node}"), "hostname": node}))
        .sb("Chassis", "far", json!({"name": format!("id-{other}"), "hostname": other, "other_config": {"is-remote": "true"}}))
        .object(ObjectKind::Node, node, json!({"metadata": {"annotations": {
            "k8s.ovn.org/zone-name": node,
            "k8s.ovn.org/node-chassis-id": format!("id-{node}"),
            "k8s.ovn.org/node-subnets": format!(r#"{{"default":["10.244.{number}.0/24"]}}"#),
            "k8s.ovn.org/node-gateway-router-lrp-ifaddrs": format!(r#"{{"default":{{"ipv4":"100.64.0.{own}/16"}}}}"#),
            "k8s.ovn.org/node-transit-switch-port-ifaddr": format!(r#"{{"ipv4":"100.88.0.{own}/16"}}"#)}}}))
        .object(ObjectKind::Pod, &format!("shop/{pod}"), json!({
            "metadata": {"uid": format!("uid-{pod}"), "labels": {"app": "web"}, "annotations": {"k8s.ovn.org/pod-networks": networks.to_string()}},
            "spec": {"nodeName": node}, "status": {"phase": "Running", "podIP": format!("10.244.{number}.5")}}))
}
