//! A cluster of two nodes whose rows are as its objects say: real databases behind an API server.

use std::os::unix::fs::symlink;

use anyhow::{Context, Result, ensure};
use ovn_tests::kubernetes::{KubeCluster, Pod};
use ovn_tests::sandbox::{DatabaseServer, Schema};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

/// The cluster. Its nodes are `a` and `b`, each with a pod `web-1` or `web-2` of the namespace
/// `shop`.
pub(crate) struct Joined {
    pub(crate) cluster: KubeCluster,
    nodes: Vec<Node>,
}

/// The databases of a node.
struct Node {
    name: &'static str,
    server: DatabaseServer,
    _directory: TempDir,
}

impl Joined {
    pub(crate) async fn start() -> Result<Self> {
        let nodes = vec![
            Node::start("a", [0, 1], "web-1")?,
            Node::start("b", [1, 0], "web-2")?,
        ];
        let mut pods: Vec<Pod> = nodes.iter().map(Node::pod).collect();
        pods.push(web("web-1", "a", 0));
        pods.push(web("web-2", "b", 1));
        let cluster = KubeCluster::start(pods).await?;
        let joined = Self { cluster, nodes };
        for object in objects() {
            joined.cluster.add_object(object);
        }
        joined.northbound("a", &egress())?;
        Ok(joined)
    }

    /// Changes the rows of a node's northbound database.
    pub(crate) fn northbound(&self, node: &str, operations: &Json) -> Result<()> {
        self.of(node)?.transact("OVN_Northbound", operations)
    }

    /// Changes the rows of a node's southbound database.
    pub(crate) fn southbound(&self, node: &str, operations: &Json) -> Result<()> {
        self.of(node)?.transact("OVN_Southbound", operations)
    }

    fn of(&self, name: &str) -> Result<&Node> {
        let mut nodes = self.nodes.iter();
        nodes.find(|node| node.name == name).context("the node")
    }
}

impl Node {
    fn start(name: &'static str, numbers: [u8; 2], pod: &str) -> Result<Self> {
        let server = DatabaseServer::setup()
            .database(Schema::northbound())
            .database(Schema::southbound())
            .start()?;
        let directory = TempDir::with_prefix("joined-")?;
        for socket in ["ovnnb_db.sock", "ovnsb_db.sock"] {
            symlink(server.socket(), directory.path().join(socket))?;
        }
        let node = Self {
            name,
            server,
            _directory: directory,
        };
        let other = if name == "a" { "b" } else { "a" };
        node.transact("OVN_Northbound", &northbound([name, other], numbers, pod))?;
        node.transact("OVN_Southbound", &southbound(name, other, pod))?;
        Ok(node)
    }

    fn pod(&self) -> Pod {
        let mut pod = Pod::upstream(self.name, self._directory.path());
        // What there is of Open vSwitch is of no account here.
        pod.containers = vec!["nb-ovsdb".to_owned(), "sb-ovsdb".to_owned()];
        pod
    }

    fn transact(&self, database: &str, operations: &Json) -> Result<()> {
        let mut all = vec![json!(database)];
        all.extend(operations.as_array().cloned().unwrap_or_default());
        let answer = self.server.transact(&Json::from(all).to_string())?;
        ensure!(!answer.contains("\"error\""), "{answer}");
        Ok(())
    }
}

/// A pod of the shop.
pub(crate) fn web(name: &str, node: &str, number: u8) -> Pod {
    let networks = json!({"default": {
        "ip_addresses": [format!("10.244.{number}.5/24")],
        "mac_address": format!("0a:58:0a:f4:0{number}:05")}});
    let mut pod = Pod::plain("shop", name, node, &["web"], "/nowhere");
    pod.labels.insert("app".to_owned(), "web".to_owned());
    if name == "web-1" {
        pod.labels.insert("leaves".to_owned(), String::new());
    }
    pod.annotations
        .insert("k8s.ovn.org/pod-networks".to_owned(), networks.to_string());
    let container = json!({"name": "web", "image": "web"});
    pod.made_of = Some(json!({"spec": {"nodeName": node, "containers": [container]}}));
    pod
}

/// The objects besides the pods.
fn objects() -> Vec<Json> {
    let config = r#"{"name":"shop_blue","type":"ovn-k8s-cni-overlay","topology":"layer2"}"#;
    vec![
        node("a", 0),
        node("b", 1),
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"kubernetes.io/metadata.name": "shop"}}}),
        service(),
        slice(&["10.244.0.5", "10.244.1.5"]),
        policy("web"),
        admin_policy("edge"),
        json!({"apiVersion": "k8s.ovn.org/v1", "kind": "EgressIP", "metadata": {"name": "out"},
            "spec": {"egressIPs": ["172.18.0.100"], "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "shop"}}, "podSelector": {"matchExpressions": [{"key": "leaves", "operator": "Exists"}]}},
            "status": {"items": [{"node": "a", "egressIP": "172.18.0.100"}]}}),
        firewall("shop"),
        json!({"apiVersion": "k8s.cni.cncf.io/v1", "kind": "NetworkAttachmentDefinition", "metadata": {"name": "blue", "namespace": "shop"}, "spec": {"config": config}}),
    ]
}

pub(crate) fn node(name: &str, number: u8) -> Json {
    let own = number + 2;
    json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "annotations": {
        "k8s.ovn.org/zone-name": name,
        "k8s.ovn.org/node-chassis-id": format!("id-{name}"),
        "k8s.ovn.org/node-subnets": json!({"default": [format!("10.244.{number}.0/24")]}).to_string(),
        "k8s.ovn.org/node-gateway-router-lrp-ifaddrs": json!({"default": {"ipv4": format!("100.64.0.{own}/16")}}).to_string(),
        "k8s.ovn.org/node-transit-switch-port-ifaddr": json!({"ipv4": format!("100.88.0.{own}/16")}).to_string()}}})
}

pub(crate) fn service() -> Json {
    json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"type": "ClusterIP", "clusterIP": "10.96.0.5", "clusterIPs": ["10.96.0.5"], "selector": {"app": "web"}, "ports": [{"port": 80, "protocol": "TCP"}]}})
}

pub(crate) fn slice(addresses: &[&str]) -> Json {
    let endpoints: Vec<Json> = addresses
        .iter()
        .map(|address| json!({"addresses": [address], "conditions": {"ready": true}}))
        .collect();
    json!({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
        "metadata": {"name": "web-x", "namespace": "shop", "labels": {"kubernetes.io/service-name": "web"}},
        "addressType": "IPv4", "ports": [{"name": "", "port": 8080, "protocol": "TCP"}], "endpoints": endpoints})
}

pub(crate) fn admin_policy(name: &str) -> Json {
    let ready = |node: &str| json!({"type": format!("Ready-In-Zone-{node}"), "status": "True"});
    json!({"apiVersion": "policy.networking.k8s.io/v1alpha1", "kind": "AdminNetworkPolicy", "metadata": {"name": name},
        "spec": {"priority": 10, "subject": {"namespaces": {"matchLabels": {"kubernetes.io/metadata.name": "shop"}}},
            "ingress": [{"action": "Deny", "from": [{"pods": {"namespaceSelector": {}, "podSelector": {"matchLabels": {"app": "web"}}}}]}]},
        "status": {"conditions": [ready("a"), ready("b")]}})
}

pub(crate) fn policy(name: &str) -> Json {
    json!({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": name, "namespace": "shop"},
        "spec": {"podSelector": {"matchLabels": {"app": "web"}}, "policyTypes": ["Ingress"], "ingress": [{}]}})
}

pub(crate) fn firewall(namespace: &str) -> Json {
    json!({"apiVersion": "k8s.ovn.org/v1", "kind": "EgressFirewall", "metadata": {"name": "default", "namespace": namespace},
        "spec": {"egress": [{"type": "Deny", "to": {"cidrSelector": "192.0.2.0/24"}}]}})
}

fn map(pairs: &[(&str, &str)]) -> Json {
    let pairs: Vec<Json> = pairs
        .iter()
        .map(|(key, value)| json!([key, value]))
        .collect();
    json!(["map", pairs])
}

fn insert(table: &str, id: &str, row: &Json) -> Json {
    json!({"op": "insert", "table": table, "uuid-name": id, "row": row})
}

fn all_of(ids: &[&str]) -> Json {
    let ids: Vec<Json> = ids.iter().map(|id| json!(["named-uuid", id])).collect();
    json!(["set", ids])
}

fn mark(kind: &str, name: &str, direction: &str) -> Json {
    map(&[
        ("k8s.ovn.org/owner-type", kind),
        ("k8s.ovn.org/name", name),
        ("direction", direction),
    ])
}

fn northbound([node, other]: [&str; 2], [number, far]: [u8; 2], pod: &str) -> Json {
    let (own, others) = (number + 2, far + 2);
    let address = format!("0a:58:0a:f4:0{number}:05 10.244.{number}.5");
    let service = map(&[
        ("k8s.ovn.org/kind", "Service"),
        ("k8s.ovn.org/owner", "shop/web"),
    ]);
    let vips = map(&[("10.96.0.5:80", "10.244.0.5:8080,10.244.1.5:8080")]);
    let pod_ids = map(&[("namespace", "shop"), ("pod", "true")]);
    let uid = map(&[("iface-id-ver", "5b1c8a2e-0000-4000-8000-000000000001")]);
    let rule = map(&[
        ("k8s.ovn.org/owner-type", "AdminNetworkPolicy"),
        ("k8s.ovn.org/name", "edge"),
        ("direction", "Ingress"),
        ("gress-index", "0"),
    ]);
    let selected = map(&[
        ("k8s.ovn.org/owner-controller", "default-network-controller"),
        ("k8s.ovn.org/owner-type", "PodSelector"),
        ("k8s.ovn.org/name", "shop_LS{ML:{app: web,},}_LNM"),
    ]);
    let sets = json!(["set", ["10.244.0.5", "10.244.1.5"]]);
    let router_port = |name: String, network: String, last: u8| json!({"name": name, "mac": format!("0a:58:00:00:00:{last:02x}"), "networks": network});
    json!([
        insert(
            "NB_Global",
            "g",
            &json!({"name": node, "options": map(&[("name", node)])})
        ),
        insert(
            "Logical_Switch",
            "sw",
            &json!({"name": node, "ports": all_of(&["pod"]), "other_config": map(&[("subnet", &format!("10.244.{number}.0/24"))]), "load_balancer_group": all_of(&["group"])})
        ),
        insert(
            "Logical_Switch_Port",
            "pod",
            &json!({"name": format!("shop_{pod}"), "addresses": address.clone(), "port_security": address, "options": uid, "external_ids": pod_ids, "up": true})
        ),
        insert(
            "Logical_Router",
            "r",
            &json!({"name": "ovn_cluster_router", "ports": all_of(&["rtots"]), "static_routes": all_of(&["route"])})
        ),
        insert(
            "Logical_Router_Port",
            "rtots",
            &router_port(format!("rtots-{node}"), format!("100.88.0.{own}/16"), 1)
        ),
        insert(
            "Logical_Router_Static_Route",
            "route",
            &json!({"ip_prefix": format!("10.244.{far}.0/24"), "nexthop": format!("100.88.0.{others}"), "external_ids": map(&[("ic-node", other)])})
        ),
        insert(
            "Logical_Router",
            "gr",
            &json!({"name": format!("GR_{node}"), "ports": all_of(&["rtoj", "rtoe"])})
        ),
        insert(
            "Logical_Router_Port",
            "rtoj",
            &router_port(format!("rtoj-GR_{node}"), format!("100.64.0.{own}/16"), 2)
        ),
        insert(
            "Logical_Router_Port",
            "rtoe",
            &router_port(format!("rtoe-GR_{node}"), format!("172.18.0.{own}/16"), 3)
        ),
        insert(
            "Logical_Switch",
            "ts",
            &json!({"name": "transit_switch", "ports": all_of(&["far"]), "other_config": map(&[("interconn-ts", "transit_switch")])})
        ),
        insert(
            "Logical_Switch_Port",
            "far",
            &json!({"name": format!("tstor-{other}"), "type": "remote", "addresses": format!("0a:58:64:58:00:0{others} 100.88.0.{others}/16"), "external_ids": map(&[("node", other)])})
        ),
        insert(
            "Logical_Switch",
            "blue",
            &json!({"name": "shop_blue_ovn_layer2_switch", "external_ids": map(&[("k8s.ovn.org/network", "shop_blue")])})
        ),
        insert(
            "Load_Balancer",
            "lb",
            &json!({"name": "Service_shop/web_TCP_cluster", "protocol": "tcp", "external_ids": service, "vips": vips})
        ),
        insert(
            "Load_Balancer_Group",
            "group",
            &json!({"name": "clusterLBGroup", "load_balancer": all_of(&["lb"])})
        ),
        insert(
            "Port_Group",
            "np",
            &json!({"name": "a1", "ports": all_of(&["pod"]), "acls": all_of(&["allow"]), "external_ids": mark("NetworkPolicy", "shop:web", "")})
        ),
        insert(
            "Port_Group",
            "deny",
            &json!({"name": "a2", "ports": all_of(&["pod"]), "acls": all_of(&["drop"]), "external_ids": mark("NetpolNamespace", "shop", "Ingress")})
        ),
        insert(
            "Port_Group",
            "nspg",
            &json!({"name": "a4", "ports": all_of(&["pod"]), "acls": all_of(&["wall"]), "external_ids": mark("Namespace", "shop", "")})
        ),
        insert(
            "Port_Group",
            "anp",
            &json!({"name": "a5", "ports": all_of(&["pod"]), "acls": all_of(&["edge"]), "external_ids": mark("AdminNetworkPolicy", "edge", "")})
        ),
        insert(
            "ACL",
            "edge",
            &json!({"match": "outport == @a5 && ip4.src == $a6", "direction": "to-lport", "action": "drop", "priority": 29000, "external_ids": rule.clone()})
        ),
        insert(
            "Address_Set",
            "anpset",
            &json!({"name": "a6", "addresses": sets.clone(), "external_ids": rule})
        ),
        insert(
            "Address_Set",
            "selected",
            &json!({"name": "a7", "addresses": sets.clone(), "external_ids": selected})
        ),
        insert(
            "ACL",
            "allow",
            &json!({"match": "outport == @a1", "direction": "to-lport", "action": "allow-related", "priority": 1001, "external_ids": mark("NetworkPolicy", "shop:web", "Ingress")})
        ),
        insert(
            "ACL",
            "drop",
            &json!({"match": "outport == @a2", "direction": "to-lport", "action": "drop", "priority": 1000, "external_ids": mark("NetpolNamespace", "shop", "Ingress")})
        ),
        insert(
            "ACL",
            "wall",
            &json!({"match": "inport == @a4 && ip4.dst == 192.0.2.0/24", "direction": "from-lport", "action": "drop", "priority": 10000, "external_ids": mark("EgressFirewall", "shop", "")})
        ),
        insert(
            "Address_Set",
            "ns",
            &json!({"name": "a3", "addresses": sets, "external_ids": mark("Namespace", "shop", "")})
        ),
    ])
}

fn southbound(node: &str, other: &str, pod: &str) -> Json {
    let encap = |name: &str, ip: &str| json!({"type": "geneve", "ip": ip, "chassis_name": format!("id-{name}")});
    json!([
        insert(
            "SB_Global",
            "g",
            &json!({"options": map(&[("name", node)])})
        ),
        insert("Encap", "e1", &encap(node, "172.18.0.2")),
        insert("Encap", "e2", &encap(other, "172.18.0.3")),
        insert(
            "Chassis",
            "own",
            &json!({"name": format!("id-{node}"), "hostname": node, "encaps": all_of(&["e1"])})
        ),
        insert(
            "Chassis",
            "far",
            &json!({"name": format!("id-{other}"), "hostname": other, "encaps": all_of(&["e2"]), "other_config": map(&[("is-remote", "true")])})
        ),
        insert(
            "Datapath_Binding",
            "dp",
            &json!({"tunnel_key": 1, "external_ids": map(&[("name", node)])})
        ),
        insert(
            "Port_Binding",
            "pb",
            &json!({"logical_port": format!("shop_{pod}"), "datapath": ["named-uuid", "dp"], "tunnel_key": 1, "chassis": ["named-uuid", "own"], "up": true, "mac": if node == "a" { "0a:58:0a:f4:00:05 10.244.0.5" } else { "0a:58:0a:f4:01:05 10.244.1.5" }})
        ),
    ])
}

/// What carries the egress IP out on its node, which is that of its pod too.
fn egress() -> Json {
    let mark = mark("EgressIP", "out_shop/web-1", "");
    let into = |router: &str, column: &str, id: &str| json!({"op": "mutate", "table": "Logical_Router", "where": [["name", "==", router]], "mutations": [[column, "insert", ["set", [["named-uuid", id]]]]]});
    json!([
        insert(
            "NAT",
            "nat",
            &json!({"type": "snat", "external_ip": "172.18.0.100", "logical_ip": "10.244.0.5", "external_ids": mark.clone()})
        ),
        into("GR_a", "nat", "nat"),
        insert(
            "Logical_Router_Policy",
            "policy",
            &json!({"action": "reroute", "priority": 100, "match": "ip4.src == 10.244.0.5", "nexthops": "100.64.0.2", "external_ids": mark})
        ),
        into("ovn_cluster_router", "policies", "policy"),
    ])
}
