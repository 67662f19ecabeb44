//! A northbound database: switches and gateway routers a node, ports a pod, and what policies and
//! services add.

use crate::rows::{map, references, strings};
use crate::{Rows, Size, address, mac};

/// How many access-control rows a namespace has.
const ACLS: usize = 56;
/// How many backends a service has.
const BACKENDS: usize = 10;

/// The name of a pod's port.
pub fn port_name(pod: usize) -> String {
    format!(
        "namespace-{:04}_deployment-{:03}-7c9f8b6d5-{:05x}",
        pod / 50,
        pod % 50,
        pod
    )
}

/// The columns of a pod's port.
pub fn switch_port(size: Size, pod: usize) -> String {
    let (node, namespace) = (pod % size.nodes, pod / 50);
    let address = format!("{} {}", mac(0, pod), address(0, pod));
    let name = port_name(pod);
    let version = size.uuid("pod", pod);
    let worker = format!("worker-{node:03}.example.org");
    let revision = size.revision.to_string();
    let namespace = format!("namespace-{namespace:04}");
    let mut ids = vec![("namespace", namespace.as_str()), ("pod", "true")];
    if pod % 100 == 7 && size.revision > 0 {
        ids.push(("revision", &revision));
    }
    let options = map(&[("iface-id-ver", &version), ("requested-chassis", &worker)]);
    format!(
        r#"{{"name":"{name}","addresses":"{address}","port_security":"{address}","up":true,"external_ids":{},"options":{options}}}"#,
        map(&ids),
    )
}

/// The row that says which revision of the database this is.
pub fn marked(size: Size) -> String {
    let revision = size.revision.to_string();
    let nodes = size.nodes.to_string();
    let ids = map(&[("marker", &revision), ("nodes", &nodes)]);
    format!(
        r#"{{"name":"global","nb_cfg":{},"options":["map",[["northd_probe_interval","10000"],["use_logical_dp_groups","true"]]],"external_ids":{ids}}}"#,
        size.revision
    )
}

/// All rows of a cluster whose first `pods` pods have their ports yet.
pub fn northbound(size: Size, pods: usize) -> Rows {
    let mut rows = Rows::default();
    rows.add("NB_Global", &size.uuid("global", 0), &marked(size));
    for pod in 0..pods {
        let uuid = size.uuid("port", pod);
        rows.add("Logical_Switch_Port", &uuid, &switch_port(size, pod));
    }
    for node in 0..size.nodes {
        self::node(&mut rows, size, pods, node);
    }
    cluster_router(&mut rows, size);
    for namespace in 0..size.namespaces() {
        self::namespace(&mut rows, size, pods, namespace);
    }
    for service in 0..size.services() {
        self::service(&mut rows, size, service);
    }
    let all = references((0..size.services()).map(|service| size.uuid("service", service)));
    rows.add(
        "Load_Balancer_Group",
        &size.uuid("group", 0),
        &format!(r#"{{"name":"clusterLBGroup","load_balancer":{all}}}"#),
    );
    rows
}

fn node(rows: &mut Rows, size: Size, pods: usize, node: usize) {
    let name = format!("worker-{node:03}.example.org");
    let own = (node..pods).step_by(size.nodes);
    let to_router = size.uuid("to-router", node);
    let ports = references(
        own.map(|pod| size.uuid("port", pod))
            .chain([to_router.clone()]),
    );
    let group = size.uuid("group", 0);
    let subnet = address(0, node << 8);
    rows.add(
        "Logical_Switch",
        &size.uuid("switch", node),
        &format!(
            r#"{{"name":"{name}","ports":{ports},"load_balancer_group":["uuid","{group}"],"other_config":["map",[["mcast_snoop","true"],["subnet","{subnet}/24"]]],"external_ids":["map",[["k8s.ovn.org/network","default"]]]}}"#
        ),
    );
    rows.add(
        "Logical_Switch_Port",
        &to_router,
        &format!(
            r#"{{"name":"stor-{name}","type":"router","addresses":"router","options":["map",[["router-port","rtos-{name}"]]]}}"#
        ),
    );
    let router_port = |rows: &mut Rows, prefix: &str, network: usize| {
        let uuid = size.uuid(prefix, node);
        let (mac, address) = (mac(network, node), address(network, node));
        rows.add(
            "Logical_Router_Port",
            &uuid,
            &format!(
                r#"{{"name":"{prefix}-{name}","mac":"{mac}","networks":"{address}/16","external_ids":["map",[["k8s.ovn.org/node","{name}"]]]}}"#
            ),
        );
        uuid
    };
    router_port(rows, "rtos", 1);
    let gateway_ports = [
        router_port(rows, "rtoj-GR", 90),
        router_port(rows, "rtoe-GR", 160),
    ];
    let nats: Vec<String> = (0..4)
        .map(|number| size.uuid("nat", node * 4 + number))
        .collect();
    for (number, uuid) in nats.iter().enumerate() {
        let external = address(160, node);
        let logical = address(number, number << 16);
        rows.add(
            "NAT",
            uuid,
            &format!(
                r#"{{"type":"snat","external_ip":"{external}","logical_ip":"{logical}/{}","options":["map",[["stateless","false"]]]}}"#,
                16 + number
            ),
        );
    }
    let route = size.uuid("gateway-route", node);
    rows.add(
        "Logical_Router_Static_Route",
        &route,
        &format!(
            r#"{{"ip_prefix":"10.0.0.0/8","nexthop":"100.0.0.1","external_ids":["map",[["k8s.ovn.org/node","{name}"]]]}}"#
        ),
    );
    let (ports, nat) = (
        references(gateway_ports.into_iter()),
        references(nats.into_iter()),
    );
    rows.add(
        "Logical_Router",
        &size.uuid("gateway", node),
        &format!(
            r#"{{"name":"GR_{name}","ports":{ports},"nat":{nat},"static_routes":["uuid","{route}"],"load_balancer_group":["uuid","{group}"],"options":["map",[["always_learn_from_arp_request","false"],["chassis","{}"],["dynamic_neigh_routers","true"],["lb_force_snat_ip","router_ip"],["snat-ct-zone","0"]]],"external_ids":["map",[["physical_ip","{}"],["physical_ips","{}"]]]}}"#,
            size.uuid("chassis", node),
            address(160, node),
            address(160, node),
        ),
    );
}

fn cluster_router(rows: &mut Rows, size: Size) {
    for node in 0..size.nodes {
        let subnet = address(0, node << 8);
        let hop = address(90, node);
        rows.add(
            "Logical_Router_Static_Route",
            &size.uuid("node-route", node),
            &format!(
                r#"{{"ip_prefix":"{subnet}/24","nexthop":"{hop}","policy":"src-ip","external_ids":["map",[["k8s.ovn.org/network","default"]]]}}"#
            ),
        );
        rows.add(
            "Logical_Router_Policy",
            &size.uuid("policy", node),
            &format!(
                r#"{{"priority":1004,"action":"reroute","match":"inport == \"rtos-worker-{node:03}.example.org\" && ip4.dst == {hop} /* worker-{node:03}.example.org */","nexthops":"{hop}","external_ids":["map",[["k8s.ovn.org/network","default"]]]}}"#
            ),
        );
    }
    let of =
        |kind: &'static str| references((0..size.nodes).map(move |node| size.uuid(kind, node)));
    rows.add(
        "Logical_Router",
        &size.uuid("router", 0),
        &format!(
            r#"{{"name":"ovn_cluster_router","ports":{},"static_routes":{},"policies":{},"options":["map",[["mcast_relay","true"]]],"external_ids":["map",[["k8s-cluster-router","yes"]]]}}"#,
            of("rtos"),
            of("node-route"),
            of("policy"),
        ),
    );
}

fn namespace(rows: &mut Rows, size: Size, pods: usize, namespace: usize) {
    let name = format!("namespace-{namespace:04}");
    let own = namespace * 50..(namespace * 50 + 50).min(size.pods);
    let controller = ("k8s.ovn.org/owner-controller", "default-network-controller");
    let set = 10_000_000_000_000_000_000_u64 / 3 + u64::try_from(namespace).unwrap_or_default();
    let addresses = strings(own.clone().map(|pod| address(0, pod)));
    let ids = map(&[
        ("ip-family", "v4"),
        (
            "k8s.ovn.org/id",
            &format!("default-network-controller:Namespace:{name}:v4"),
        ),
        ("k8s.ovn.org/name", &name),
        controller,
        ("k8s.ovn.org/owner-type", "Namespace"),
    ]);
    rows.add(
        "Address_Set",
        &size.uuid("addresses", namespace),
        &format!(r#"{{"name":"a{set}","addresses":{addresses},"external_ids":{ids}}}"#),
    );
    for number in 0..ACLS {
        let uuid = size.uuid("acl", namespace * ACLS + number);
        let id = format!(
            "default-network-controller:NetworkPolicy:{name}:allow-{number:02}:Ingress:0:None:-1"
        );
        let ids = map(&[
            ("direction", "Ingress"),
            ("gress-index", "0"),
            ("ip-block-index", "-1"),
            ("k8s.ovn.org/id", &id),
            ("k8s.ovn.org/name", &format!("{name}:allow-{number:02}")),
            controller,
            ("k8s.ovn.org/owner-type", "NetworkPolicy"),
            ("port-policy-protocol", "tcp"),
        ]);
        rows.add(
            "ACL",
            &uuid,
            &format!(
                r#"{{"action":"allow-related","direction":"to-lport","priority":1001,"match":"ip4.src == {{$a{set}, $a{}}} && outport == @a{set} && tcp && tcp.dst=={}","name":"NP:{name}:allow-{number:02}:Ingress:0","severity":"info","meter":"acl-logging","external_ids":{ids}}}"#,
                set + 17,
                8000 + number,
            ),
        );
    }
    let acls = references((0..ACLS).map(|number| size.uuid("acl", namespace * ACLS + number)));
    let ports = references(
        own.filter(|pod| *pod < pods)
            .map(|pod| size.uuid("port", pod)),
    );
    rows.add(
        "Port_Group",
        &size.uuid("ports", namespace),
        &format!(
            r#"{{"name":"a{set}","ports":{ports},"acls":{acls},"external_ids":["map",[["k8s.ovn.org/name","{name}"],["k8s.ovn.org/owner-type","Namespace"]]]}}"#
        ),
    );
}

fn service(rows: &mut Rows, size: Size, service: usize) {
    let name = format!("namespace-{:04}/service-{:02}", service / 5, service % 5);
    let backends = |port: usize| {
        let address = |number| format!("{}:{port}", address(0, service * BACKENDS + number));
        (0..BACKENDS).map(address).collect::<Vec<_>>().join(",")
    };
    let vip = address(162, service);
    let vips = [80, 443, 8443].map(|port| (format!("{vip}:{port}"), backends(port + 8000)));
    let vips: Vec<(&str, &str)> = vips
        .iter()
        .map(|(vip, backends)| (vip.as_str(), backends.as_str()))
        .collect();
    let ids = map(&[
        ("k8s.ovn.org/kind", "Service"),
        ("k8s.ovn.org/owner", &name),
    ]);
    rows.add(
        "Load_Balancer",
        &size.uuid("service", service),
        &format!(
            r#"{{"name":"Service_{name}_TCP_cluster","protocol":"tcp","vips":{},"options":["map",[["event","false"],["hairpin_snat_ip","169.254.169.5 fd69::5"],["neighbor_responder","none"],["reject","true"],["skip_snat","false"]]],"external_ids":{ids}}}"#,
            map(&vips),
        ),
    );
}
