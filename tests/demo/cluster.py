#!/usr/bin/env python3
"""The demonstration cluster: its facts, and the rows OVN-Kubernetes writes for them.

`record` runs the servers; this file only prints.  Each line that a stage prints is one OVSDB
transaction, ready for `ovsdb-client transact`, so the recorded logs hold the small, uncommented
transactions that ovnkube's own client would have left there.

    cluster.py northbound NODE      everything ovnkube writes for a node that has not started its pods
    cluster.py southbound NODE      the remote chassis, as the zone chassis handler writes it, and its port
    cluster.py local-chassis NODE   the mark "not remote" on the node's own chassis
    cluster.py faults NODE          what breaks worker-a (nothing for worker-b)
    cluster.py oddities NODE        rows that look wrong at first sight and are not, for the healthy recording
    cluster.py heartbeat SECONDS    ovnkube's end-to-end timestamp
    cluster.py pods NODE            one line a pod for ovs-vsctl: port, iface-id, UID, MAC, IP, sandbox
    cluster.py node NODE            shell assignments: chassis, address, pod subnet, management port

Row shapes were read from ovn-kubernetes c32ba1d8f3e9b0cd6912a2c3897428f4f8d389fd (30 April 2026), the
last commit on which namespace address sets and chassis IDs in `requested-chassis` are both present.
Columns that OVN 23.03 does not have yet (ACL.tier, NAT.match, QoS action `mark`) are left out.
UUIDs of northbound rows are derived from names, so that two recordings can be compared.
"""

import hashlib
import json
import sys
import uuid
from types import SimpleNamespace

# --- the cluster ------------------------------------------------------------------------------------

CLUSTER_SUBNET = "10.244.0.0/16"
JOIN_SUBNET = "100.64.0.0/16"
JOIN_ADDRESS = "100.64.0.1"  # ovn_cluster_router's own port
MASQUERADE_SUBNET = "169.254.169.0/29"
DUMMY_NEXT_HOP = "169.254.169.4"
HAIRPIN_ADDRESS = "169.254.169.5"
UPSTREAM_GATEWAY = "172.18.0.1"
API_SERVER = "172.18.0.4:6443"
TRANSIT_TUNNEL_KEY = "16711683"  # BaseTransitSwitchTunnelKey + network ID 0
CONTROLLER = "default-network-controller"
PORT_RANGE = "32768-60999"


def node(name, ident, address, prefix, chassis):
    """One node; `ident` is k8s.ovn.org/node-id, from which join and transit addresses follow."""
    return SimpleNamespace(
        name=name, ident=ident, address=address, chassis=chassis,
        subnet=f"{prefix}.0/24", gateway=f"{prefix}.1", management=f"{prefix}.2",
        join=f"100.64.0.{ident}", transit=f"100.88.0.{ident}", router=f"GR_{name}",
        mac="02:42:" + ":".join(f"{int(part):02x}" for part in address.split(".")),
    )


NODES = {n.name: n for n in (
    node("worker-a", 2, "172.18.0.2", "10.244.0", "6c0f5c1e-8b0a-4d5e-9a6b-0f3d2f7a1b01"),
    node("worker-b", 3, "172.18.0.3", "10.244.1", "c2a9e7d4-51f3-4b7c-8e12-7d94b6e05a02"),
)}


def pod(where, namespace, name, address, **labels):
    """One pod; its logical port is named namespace_name."""
    return SimpleNamespace(node=where, namespace=namespace, name=name, address=address,
                           labels=labels, port=f"{namespace}_{name}")


PODS = [
    pod("worker-a", "shop", "frontend-6d5f9c7b8d-x2k4q", "10.244.0.5", app="frontend"),
    pod("worker-a", "shop", "cart-0", "10.244.0.6", app="cart"),
    pod("worker-a", "shop", "checkout-5b7f6d9c48-q9w2t", "10.244.0.7", app="checkout", egress="partner"),
    pod("worker-a", "monitoring", "prometheus-0", "10.244.0.8", app="prometheus"),
    pod("worker-b", "shop", "frontend-6d5f9c7b8d-h8v5n", "10.244.1.5", app="frontend"),
    pod("worker-b", "shop", "cart-1", "10.244.1.6", app="cart"),
    pod("worker-b", "shop", "payments-68c8f7d5b9-c6j2r", "10.244.1.7", app="payments", egress="partner"),
    pod("worker-b", "monitoring", "grafana-5f6b8c9d7b-l4n9s", "10.244.1.8", app="grafana"),
]

# The pod of worker-a that is deleted and made again under its old name (a StatefulSet's pod).
RECREATED = "shop_cart-0"

# namespace, name, virtual address, backends; cart-0 is not ready, so cart has one backend.
SERVICES = [
    ("shop", "frontend", "10.96.45.12:80", ["10.244.0.5:8080", "10.244.1.5:8080"]),
    ("shop", "cart", "10.96.118.7:8080", ["10.244.1.6:8080"]),
    ("shop", "payments", "10.96.88.140:8443", ["10.244.1.7:8443"]),
    ("monitoring", "prometheus", "10.96.201.9:9090", ["10.244.0.8:9090"]),
    ("monitoring", "grafana", "10.96.77.30:3000", ["10.244.1.8:3000"]),
]
FRONTEND_NODE_PORT = 30080

EGRESS_IP = SimpleNamespace(name="shop-egress", address="172.18.0.100", node="worker-b",
                            namespace="shop", label=("egress", "partner"))

# The keys are those of ovnkube's getPodSelectorKey; _LNM marks a peer with a namespace selector only.
FRONTEND_PEERS = "shop_LS{ML:{app: frontend,},}"
MONITORING_PEERS = "LS{ML:{kubernetes.io/metadata.name: monitoring,},}_LS{}_LNM"


def pods_of(name):
    return [p for p in PODS if p.node == name]


def pod_uid(port, generation):
    """A pod's UID in the form of a random UUID, the same on every run."""
    digest = bytearray(hashlib.sha256(f"{port}#{generation}".encode()).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x40
    digest[8] = digest[8] & 0x3F | 0x80
    return str(uuid.UUID(bytes=bytes(digest)))


def mac_of(address):
    """util.IPAddrToHWAddr: 0a:58 and the four bytes of the address."""
    return "0a:58:" + ":".join(f"{int(part):02x}" for part in address.split("."))


# --- how ovnkube names its rows ---------------------------------------------------------------------

def hashed(text):
    """util.HashForOVN: "a" and the decimal FNV-1a hash, 64 bits."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"a{value}"


assert hashed(f"{CONTROLLER}:Namespace:default:v4") == "a4322231855293774466"  # from docs/design/acls.md


def owner_ids(owner_type, keys):
    """DbObjectIDs.GetExternalIDs: the owner, each key, and the primary id in the order of the keys."""
    ids = {"k8s.ovn.org/owner-controller": CONTROLLER, "k8s.ovn.org/owner-type": owner_type}
    ids.update((("k8s.ovn.org/name" if key == "name" else key), value) for key, value in keys)
    ids["k8s.ovn.org/id"] = ":".join([CONTROLLER, owner_type] + [value for _, value in keys])
    return ids


def namespace_set(namespace):
    return owner_ids("Namespace", [("name", namespace), ("ip-family", "v4")])


def selector_set(selector):
    return owner_ids("PodSelector", [("name", selector), ("ip-family", "v4")])


def egress_set(owner_type, name):
    keys = [("name", name), ("ip-family", "v4")]
    if owner_type == "EgressIP":
        keys.append(("network", "default"))
    return owner_ids(owner_type, keys)


def name_of(ids):
    return hashed(ids["k8s.ovn.org/id"])


# --- OVSDB ------------------------------------------------------------------------------------------

def row_uuid(table, key):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"ovnscope-demo/{STAGE_NODE}/{table}/{key}"))


def ref(table, key):
    return ["uuid", row_uuid(table, key)]


def a_set(values):
    return ["set", list(values)]


def a_map(values):
    return ["map", [[key, value] for key, value in values.items()]]


def insert(table, key, **row):
    """An insert whose UUID follows from the table and the key; dicts become maps, lists become sets."""
    encoded = {}
    for column, value in row.items():
        if isinstance(value, dict):
            value = a_map(value)
        elif isinstance(value, list) and value[:1] != ["uuid"]:
            value = a_set(value)
        encoded[column] = value
    return {"op": "insert", "table": table, "uuid": row_uuid(table, key), "row": encoded}


def add_to(table, key, column, value):
    return {"op": "mutate", "table": table, "where": [["_uuid", "==", ref(table, key)]],
            "mutations": [[column, "insert", value]]}


def remove_from(table, key, column, value):
    return {"op": "mutate", "table": table, "where": [["_uuid", "==", ref(table, key)]],
            "mutations": [[column, "delete", value]]}


def transact(*operations, database="OVN_Northbound"):
    print(json.dumps([database, *operations], separators=(",", ":")))


def on(table, key, column, operation):
    """A row that something else holds: the insert, and the reference to it."""
    return [operation, add_to(table, key, column, ["uuid", operation["uuid"]])]


# --- rows of one node's northbound database ---------------------------------------------------------

def switch_port(switch, name, **row):
    return on("Logical_Switch", switch, "ports",
              insert("Logical_Switch_Port", name, name=name, **row))


def router_port(router, name, address, length, **row):
    row.setdefault("mac", mac_of(address))
    return on("Logical_Router", router, "ports",
              insert("Logical_Router_Port", name, name=name, networks=[f"{address}/{length}"], **row))


def router_pair(router, switch, router_side, switch_side, address, length, options=None, **row):
    """A router port and the switch port that faces it."""
    return (router_port(router, router_side, address, length, **row)
            + switch_port(switch, switch_side, type="router", addresses=["router"],
                          options={"router-port": router_side, **(options or {})}))


def static_route(router, prefix, nexthop, **row):
    key = f"{router}/{row.get('policy', 'dst-ip')}/{prefix}"
    return on("Logical_Router", router, "static_routes",
              insert("Logical_Router_Static_Route", key, ip_prefix=prefix, nexthop=nexthop, **row))


def policy(priority, match, action, ids=None, **row):
    if ids:
        row["external_ids"] = ids
    return on("Logical_Router", "ovn_cluster_router", "policies",
              insert("Logical_Router_Policy", match, priority=priority, match=match, action=action, **row))


def snat(router, external, logical, **row):
    return on("Logical_Router", router, "nat",
              insert("NAT", f"{router}/{external}/{logical}", type="snat", external_ip=external,
                     logical_ip=logical, external_port_range=PORT_RANGE,
                     options={"stateless": "false"}, **row))


def acl(holder_table, holder, ids, priority, match, action, direction, name=None):
    row = {"external_ids": ids, "priority": priority, "match": match, "action": action,
           "direction": "to-lport" if direction == "Ingress" else "from-lport",
           "meter": "acl-logging", "log": False}
    if direction == "Egress":
        row["options"] = {"apply-after-lb": "true"}
    if name:
        row["name"] = name[:63]
    return on(holder_table, holder, "acls", insert("ACL", ids["k8s.ovn.org/id"], **row))


def address_set(ids, addresses):
    return insert("Address_Set", name_of(ids), name=name_of(ids), addresses=addresses, external_ids=ids)


def port_group(ids, ports=()):
    return insert("Port_Group", name_of(ids), name=name_of(ids), external_ids=ids,
                  ports=[ref("Logical_Switch_Port", port) for port in ports])


def load_balancer(name, owner, vips, holders, template=False):
    options = {"reject": "true", "event": "false", "skip_snat": "false", "neighbor_responder": "none",
               "hairpin_snat_ip": f"{HAIRPIN_ADDRESS} fd69::5"}
    if template:
        options.update({"template": "true", "address-family": "ipv4"})
    row = insert("Load_Balancer", name, name=name, protocol="tcp", vips=vips, options=options,
                 external_ids={"k8s.ovn.org/kind": "Service", "k8s.ovn.org/owner": owner})
    return [row] + [add_to(table, key, "load_balancer", ["uuid", row["uuid"]]) for table, key in holders]


CLUSTER_GROUP = owner_ids("Cluster", [("name", "clusterPortGroup")])
ROUTER_GROUP = owner_ids("Cluster", [("name", "clusterRtrPortGroup")])


def cluster_rows(here):
    """What ovnkube makes at start, before it looks at nodes and pods."""
    protocols = ("arp", "arp-resolve", "bfd", "event-elb", "icmp4-error", "icmp6-error", "reject",
                 "tcp-reset", "svc-monitor")
    transact({"op": "update", "table": "NB_Global", "where": [], "row": {"name": here.name}},
             {"op": "mutate", "table": "NB_Global", "where": [],
              "mutations": [["options", "insert", a_map({"name": here.name,
                                                         "northd-backoff-interval-ms": "300"})]]})
    transact(insert("Meter_Band", "acl-logging", action="drop", rate=20),
             insert("Meter", "acl-logging", name="acl-logging", unit="pktps", fair=True,
                    bands=[ref("Meter_Band", "acl-logging")]))
    transact(insert("Meter_Band", "copp", action="drop", rate=25),
             *[insert("Meter", p, name=f"{p}-rate-limiter", unit="pktps", fair=True,
                      bands=[ref("Meter_Band", "copp")]) for p in protocols],
             insert("Copp", "ovnkube-default", name="ovnkube-default",
                    meters={p: f"{p}-rate-limiter" for p in protocols}))
    transact(*[insert("Load_Balancer_Group", name, name=name)
               for name in ("clusterLBGroup", "clusterSwitchLBGroup", "clusterRouterLBGroup")])
    transact(insert("Logical_Router", "ovn_cluster_router", name="ovn_cluster_router",
                    external_ids={"k8s-cluster-router": "yes"},
                    options={"always_learn_from_arp_request": "false"},
                    copp=ref("Copp", "ovnkube-default")))
    transact(port_group(CLUSTER_GROUP), port_group(ROUTER_GROUP))
    hairpin = [(d, owner_ids("NetpolDefault", [("name", "allow-hairpinning"), ("direction", d)]))
               for d in ("Ingress", "Egress")]
    transact(*[op for d, ids in hairpin
               for op in acl("Port_Group", name_of(CLUSTER_GROUP), ids, 1001,
                             f"ip4.src == {HAIRPIN_ADDRESS}", "allow-related", d)])
    transact(insert("Logical_Switch", "join", name="join"),
             *router_pair("ovn_cluster_router", "join", "rtoj-ovn_cluster_router",
                          "jtor-ovn_cluster_router", JOIN_ADDRESS, 16))


def node_rows(here):
    """The node's switch, its management port and its place on the transit switch."""
    transact(insert("Logical_Switch", here.name, name=here.name,
                    other_config={"subnet": here.subnet, "exclude_ips": here.management},
                    load_balancer_group=[ref("Load_Balancer_Group", "clusterLBGroup"),
                                         ref("Load_Balancer_Group", "clusterSwitchLBGroup")]),
             insert("Gateway_Chassis", f"rtos-{here.name}", name=f"rtos-{here.name}-{here.chassis}",
                    chassis_name=here.chassis, priority=1),
             *router_pair("ovn_cluster_router", here.name, f"rtos-{here.name}", f"stor-{here.name}",
                          here.gateway, 24, gateway_chassis=[ref("Gateway_Chassis", f"rtos-{here.name}")],
                          options={"arp_proxy": f"0a:58:a9:fe:01:01 169.254.1.1 fe80::1 {CLUSTER_SUBNET}"}))
    management = owner_ids("NetpolNode", [("name", here.name), ("ip", here.management)])
    transact(*acl("Logical_Switch", here.name, management, 1001, f"ip4.src=={here.management}",
                  "allow-related", "Ingress"))
    transact(*switch_port(here.name, f"k8s-{here.name}",
                          addresses=[f"{mac_of(here.management)} {here.management}"]),
             add_to("Port_Group", name_of(CLUSTER_GROUP), "ports",
                    ref("Logical_Switch_Port", f"k8s-{here.name}")))
    transact(insert("Logical_Switch", "transit_switch", name="transit_switch",
                    other_config={"interconn-ts": "transit_switch", "requested-tnl-key": TRANSIT_TUNNEL_KEY,
                                  "mcast_snoop": "true", "mcast_querier": "false",
                                  "mcast_flood_unregistered": "true"}))
    transact(*router_port("ovn_cluster_router", f"rtots-{here.name}", here.transit, 16,
                          options={"mcast_flood": "true"}),
             *switch_port("transit_switch", f"tstor-{here.name}", type="router", addresses=["router"],
                          options={"router-port": f"rtots-{here.name}", "requested-tnl-key": str(here.ident)},
                          external_ids={"node": here.name}))


def remote_rows(there):
    """The other node's zone: a remote transit port, and routes to its pods and its gateway router."""
    transact(*switch_port("transit_switch", f"tstor-{there.name}", type="remote",
                          addresses=[f"{mac_of(there.transit)} {there.transit}/16"],
                          options={"requested-tnl-key": str(there.ident), "requested-chassis": there.chassis},
                          external_ids={"node": there.name}))
    ids = {"ic-node": there.name, "k8s.ovn.org/network": "default"}
    transact(*static_route("ovn_cluster_router", there.subnet, there.transit, external_ids=ids),
             *static_route("ovn_cluster_router", f"{there.join}/32", there.transit, external_ids=ids))


def gateway_rows(here):
    """The gateway router, its external switch, and the routes and SNATs that lead there."""
    router, external = here.router, f"rtoe-{here.router}"
    transact(insert("Logical_Router", router, name=router, copp=ref("Copp", "ovnkube-default"),
                    options={"always_learn_from_arp_request": "false", "dynamic_neigh_routers": "false",
                             "chassis": here.chassis, "lb_force_snat_ip": "router_ip",
                             "mac_binding_age_threshold": "300", "snat-ct-zone": "0"},
                    external_ids={"physical_ip": here.address, "physical_ips": here.address},
                    load_balancer_group=[ref("Load_Balancer_Group", "clusterLBGroup"),
                                         ref("Load_Balancer_Group", "clusterRouterLBGroup")]))
    transact(*router_pair(router, "join", f"rtoj-{router}", f"jtor-{router}", here.join, 16))
    transact(*router_port(router, external, here.address, 16, mac=here.mac,
                          external_ids={"gateway-physical-ip": "yes"}))
    transact(insert("Logical_Switch", f"ext_{here.name}", name=f"ext_{here.name}"),
             *switch_port(f"ext_{here.name}", f"br-ex_{here.name}", type="localnet", addresses=["unknown"],
                          options={"network_name": "physnet"}),
             *switch_port(f"ext_{here.name}", f"etor-{router}", type="router", addresses=[here.mac],
                          options={"router-port": external, "nat-addresses": "router",
                                   "exclude-lb-vips-from-garp": "true"}))
    transact(insert("Static_MAC_Binding", external, logical_port=external, ip=DUMMY_NEXT_HOP,
                    mac=mac_of(DUMMY_NEXT_HOP), override_dynamic_mac=True))
    transact(*static_route(router, CLUSTER_SUBNET, JOIN_ADDRESS),
             *static_route(router, MASQUERADE_SUBNET, DUMMY_NEXT_HOP, output_port=external,
                           external_ids={"k8s.ovn.org/node-masquerade-subnet": ""}),
             *static_route(router, "0.0.0.0/0", UPSTREAM_GATEWAY, output_port=external))
    transact(*static_route("ovn_cluster_router", here.join, here.join),
             *static_route("ovn_cluster_router", here.subnet, here.join, policy="src-ip"))
    transact(*snat(router, here.address, here.join), *snat(router, here.address, CLUSTER_SUBNET))
    transact(*policy(1004, f'inport == "rtos-{here.name}" && ip4.dst == {here.address} /* {here.name} */',
                     "reroute", nexthops=[here.management]))


def pod_port(here, one, generation):
    address = f"{mac_of(one.address)} {one.address}"
    operation = insert("Logical_Switch_Port", f"{one.port}#{generation}" if generation else one.port,
                       name=one.port, addresses=[address], port_security=[address],
                       external_ids={"namespace": one.namespace, "pod": "true"},
                       options={"iface-id-ver": pod_uid(one.port, generation),
                                "requested-chassis": here.chassis})
    return operation, on("Logical_Switch", here.name, "ports", operation)


def groups_of(one):
    """The port groups that hold a pod's port: its namespace's, and those of the policies that select it."""
    groups = [owner_ids("Namespace", [("name", one.namespace)])]
    if one.namespace == "shop":
        groups.append(owner_ids("NetpolNamespace", [("name", "shop"), ("direction", "Ingress")]))
        groups.append(owner_ids("NetworkPolicy", [("name", "shop:allow-monitoring")]))
        if one.labels["app"] == "cart":
            groups.append(owner_ids("NetworkPolicy", [("name", "shop:allow-frontend")]))
    return [name_of(ids) for ids in groups]


def namespace_rows():
    for namespace in ("shop", "monitoring"):
        members = [p.address for p in PODS if p.namespace == namespace]
        transact(address_set(namespace_set(namespace), members),
                 port_group(owner_ids("Namespace", [("name", namespace)])))


def policy_rows():
    """Two NetworkPolicies of namespace shop, and the default deny that their presence brings."""
    operations = []
    for direction, side in (("Ingress", "outport"), ("Egress", "inport")):
        ids = owner_ids("NetpolNamespace", [("name", "shop"), ("direction", direction)])
        group = name_of(ids)
        operations.append(port_group(ids))
        for kind, priority, match, action in (
                ("defaultDeny", 1000, f"{side} == @{group}", "drop"),
                ("arpAllow", 1001, f"{side} == @{group} && (arp || nd)", "allow")):
            entry = owner_ids("NetpolNamespace", [("name", "shop"), ("direction", direction), ("type", kind)])
            operations += acl("Port_Group", group, entry, priority, match, action, direction,
                              name=f"NP:shop:{direction}")
    transact(*operations)
    frontends = [p.address for p in PODS if p.namespace == "shop" and p.labels["app"] == "frontend"]
    monitors = [p.address for p in PODS if p.namespace == "monitoring"]
    for name, selector, members, port in (("allow-frontend", FRONTEND_PEERS, frontends, 8080),
                                          ("allow-monitoring", MONITORING_PEERS, monitors, 9102)):
        peers = selector_set(selector)
        transact(address_set(peers, members))
        ids = owner_ids("NetworkPolicy", [("name", f"shop:{name}")])
        entry = owner_ids("NetworkPolicy", [
            ("name", f"shop:{name}"), ("direction", "Ingress"), ("gress-index", "0"),
            ("port-policy-protocol", "tcp"), ("ip-block-index", "-1")])
        match = (f"ip4.src == {{${name_of(peers)}}} && tcp && tcp.dst=={port}"
                 f" && outport == @{name_of(ids)}")
        transact(port_group(ids), *acl("Port_Group", name_of(ids), entry, 1001, match, "allow-related",
                                       "Ingress", name=f"NP:shop:{name}:Ingress:0"))


def service_rows(here):
    node_balancer = "Service_default/kubernetes_TCP_node_router+switch_" + here.name
    transact(*load_balancer(node_balancer, "default/kubernetes", {"10.96.0.1:443": API_SERVER},
                            [("Logical_Switch", here.name), ("Logical_Router", here.router)]))
    for namespace, name, vip, backends in SERVICES:
        transact(*load_balancer(f"Service_{namespace}/{name}_TCP_cluster", f"{namespace}/{name}",
                                {vip: ",".join(backends)}, [("Load_Balancer_Group", "clusterLBGroup")]))
    transact(insert("Chassis_Template_Var", here.chassis, chassis=here.chassis,
                    variables={"NODEIP_IPv4_0": here.address}))
    transact(*load_balancer("Service_shop/frontend_TCP_node_switch_template_IPv4_merged", "shop/frontend",
                            {f"^NODEIP_IPv4_0:{FRONTEND_NODE_PORT}": ",".join(SERVICES[0][3])},
                            [("Load_Balancer_Group", "clusterSwitchLBGroup"),
                             ("Load_Balancer_Group", "clusterRouterLBGroup")], template=True))


def egress_rows(here):
    """Egress IP: the policies every cluster has, then those of the pods that are served."""
    served_pods = [p for p in PODS if p.labels.get(EGRESS_IP.label[0]) == EGRESS_IP.label[1]]
    local = [p for p in served_pods if p.node == here.name]
    served = egress_set("EgressIP", "egressip-served-pods")
    nodes = egress_set("EgressIP", "node-ips")
    service = egress_set("EgressService", "egresssvc-served-pods")
    transact(address_set(served, []), address_set(service, []),
             address_set(nodes, [n.address for n in NODES.values()]))
    def ids(priority, name, family="ip4"):
        return owner_ids("EgressIP", [("priority", str(priority)), ("name", name), ("ip-family", family),
                                      ("network", "default")])
    transact(*policy(102, f"ip4.src == {CLUSTER_SUBNET} && ip4.dst == {CLUSTER_SUBNET}", "allow",
                     ids(102, "EIP-No-Reroute-Pod-To-Pod")),
             *policy(102, f"ip4.src == {CLUSTER_SUBNET} && ip4.dst == {JOIN_SUBNET}", "allow",
                     ids(102, "EIP-No-Reroute-Pod-To-Join")),
             *policy(102, "pkt.mark == 42", "allow", ids(102, "EIP-No-Reroute-reply-traffic", "ip")),
             *policy(102, f"(ip4.src == ${name_of(served)} || ip4.src == ${name_of(service)})"
                          f" && ip4.dst == ${name_of(nodes)}", "allow",
                     ids(102, "EIP-No-Reroute-Pod-To-Node"), options={"pkt_mark": "1008"}))
    egress = NODES[EGRESS_IP.node]
    for one in served_pods:
        name = f"{EGRESS_IP.name}_{one.namespace}/{one.name}"
        operations = []
        if one in local:
            nexthop = here.join if egress is here else egress.transit
            operations += [add_to("Address_Set", name_of(served), "addresses", one.address)]
            operations += policy(100, f"ip4.src == {one.address}", "reroute", ids(100, name),
                                 nexthops=[nexthop])
        if egress is here:
            operations += snat(here.router, EGRESS_IP.address, one.address, logical_port=f"k8s-{here.name}",
                               external_ids=owner_ids("EgressIP", [("name", name), ("ip-family", "ip4")]))
        if operations:
            transact(*operations)


# --- stages -----------------------------------------------------------------------------------------

def northbound(here, there):
    cluster_rows(here)
    node_rows(here)
    gateway_rows(here)
    remote_rows(there)
    namespace_rows()
    policy_rows()
    service_rows(here)
    egress_rows(here)
    for one in pods_of(here.name):
        operation, operations = pod_port(here, one, 0)
        transact(*operations, *[add_to("Port_Group", group, "ports", ["uuid", operation["uuid"]])
                                for group in groups_of(one)])


def southbound(there):
    encap = {"op": "insert", "table": "Encap", "uuid-name": "encap",
             "row": {"type": "geneve", "ip": there.address, "chassis_name": there.chassis,
                     "options": a_map({"csum": "true"})}}
    chassis = {"op": "insert", "table": "Chassis", "uuid-name": "chassis",
               "row": {"name": there.chassis, "hostname": there.name,
                       "encaps": ["named-uuid", "encap"], "other_config": a_map({"is-remote": "true"})}}
    # Later versions of northd (seen with 25.03) bind a remote port to the chassis that it asks for; 23.03
    # leaves it to its client.
    bind = {"op": "update", "table": "Port_Binding",
            "where": [["logical_port", "==", f"tstor-{there.name}"]],
            "row": {"chassis": ["named-uuid", "chassis"], "up": True}}
    transact(encap, chassis, bind, database="OVN_Southbound")


def local_chassis(here):
    transact({"op": "mutate", "table": "Chassis", "where": [["name", "==", here.chassis]],
              "mutations": [["other_config", "insert", a_map({"is-remote": "false"})]]},
             database="OVN_Southbound")


def faults(here, there):
    if here.name != "worker-a":
        return
    # The pod's new logical port asks for the new pod's UID; the interface on the node keeps the old one.
    one = next(p for p in PODS if p.port == RECREATED)
    transact(remove_from("Logical_Switch", here.name, "ports", ref("Logical_Switch_Port", one.port)))
    operation, operations = pod_port(here, one, 1)
    transact(*operations, *[add_to("Port_Group", group, "ports", ["uuid", operation["uuid"]])
                            for group in groups_of(one)])
    # The address set goes while an ACL still names it.
    peers = name_of(selector_set(FRONTEND_PEERS))
    transact({"op": "delete", "table": "Address_Set", "where": [["_uuid", "==", ref("Address_Set", peers)]]})
    # The route to the other node's pods goes; the one to its gateway router stays.
    transact(remove_from("Logical_Router", "ovn_cluster_router", "static_routes",
                         ref("Logical_Router_Static_Route", f"ovn_cluster_router/dst-ip/{there.subnet}")))


def oddities(here):
    """What an eager reader would call the cause of anything, and is the cause of nothing."""
    # A set that no rule names any more: ovnkube keeps selectors' sets for a while.
    transact(address_set(selector_set("shop_LS{ML:{app: retired,},}"), ["10.244.9.9"]))
    # A port that is never bound, by design: each chassis has it for itself.
    transact(*switch_port(here.name, f"metadata-{here.name}", type="localport",
                          addresses=["0a:58:a9:fe:a9:fe 169.254.169.254"]))
    # An egress firewall that denies mail, on purpose.
    firewall = owner_ids("EgressFirewall", [("name", "monitoring"), ("rule-index", "0")])
    holder = name_of(owner_ids("Namespace", [("name", "monitoring")]))
    members = name_of(namespace_set("monitoring"))
    transact(*acl("Port_Group", holder, firewall, 10000,
                  f"ip4.dst == 192.0.2.25/32 && tcp && tcp.dst == 25 && ip4.src == ${members}",
                  "drop", "Egress", name="EF:monitoring:0"))
    # A route that drops, on purpose: documentation networks go nowhere.
    transact(*static_route(here.router, "192.0.2.0/24", "discard"))
    # Things made for a project that never began.
    transact(insert("Logical_Switch", "lab", name="lab", external_ids={"note": "made for a test, empty"}))
    transact(insert("Logical_Router", "lab-router", name="lab-router"))
    transact(insert("Load_Balancer", "old-balancer", name="old-balancer", protocol="udp"))
    transact(insert("DHCP_Options", "unused", cidr="192.168.77.0/24", options={"lease_time": "3600"}))
    transact(insert("Meter_Band", "unused", action="drop", rate=1),
             insert("Meter", "unused", name="unused", unit="kbps", bands=[ref("Meter_Band", "unused")]))


def heartbeat(seconds):
    transact({"op": "mutate", "table": "NB_Global", "where": [],
              "mutations": [["options", "delete", a_set(["e2e_timestamp"])],
                            ["options", "insert", a_map({"e2e_timestamp": seconds})]]})


def interfaces(here):
    """The interface name is the first fifteen characters of the sandbox ID, as ovnkube's CNI makes it."""
    for one in pods_of(here.name):
        sandbox = hashlib.sha256(f"sandbox/{one.port}".encode()).hexdigest()
        print(sandbox[:15], one.port, pod_uid(one.port, 0), mac_of(one.address), f"{one.address}/24", sandbox)


def assignments(here):
    print(f"chassis={here.chassis} address={here.address} bridge_mac={here.mac}"
          f" management_mac={mac_of(here.management)}")


stage, argument = sys.argv[1:]
STAGE_NODE = argument
if stage == "heartbeat":
    heartbeat(argument)
else:
    this = NODES[argument]
    other = next(n for n in NODES.values() if n is not this)
    {
        "northbound": lambda: northbound(this, other),
        "southbound": lambda: southbound(other),
        "local-chassis": lambda: local_chassis(this),
        "faults": lambda: faults(this, other),
        "oddities": lambda: oddities(this),
        "pods": lambda: interfaces(this),
        "node": lambda: assignments(this),
    }[stage]()
